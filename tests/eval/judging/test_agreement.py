"""Cohen's κ is scikit-learn's, drawn rows included; too few labels give none."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from eval.harness.metrics import column_of
from eval.judging.agreement import FEWEST, kappa, kappa_of, trusted_by

verdicts = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 3)), min_size=2, max_size=40)


@given(verdicts, st.booleans())
def test_kappa_is_that_of_scikit_learn(found, squares):
    one, other, weights = (np.asarray(column) for column in zip(*found, strict=True))
    ours = kappa(one, other, weights.astype(float), squares=squares)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it divides by nothing where both always say the same, and warns
        theirs = cohen_kappa_score(
            one, other, labels=range(5), weights="quadratic" if squares else None, sample_weight=weights
        )
    assert (math.isnan(ours) and math.isnan(theirs)) or ours == pytest.approx(theirs)


def column(pairs):
    scores = [{"name": "s", "value": value, "truth": truth} for value, truth in pairs]
    return column_of([{"id": str(n), "cluster": "", "trial": 0, "scores": [one]} for n, one in enumerate(scores)], "s")


def test_too_few_labels_are_not_reported():
    assert math.isnan(kappa_of(2)(column([(1, 1), (0, 0)] * (FEWEST // 2 - 1))))
    assert kappa_of(2)(column([(1, 1), (0, 0)] * (FEWEST // 2))) == 1
    assert trusted_by(2)(column([(1, 1), (0, 0)] * 5)) == 0


def test_a_verdict_between_two_choices_agrees_with_neither():
    right, between = [(1, 1), (0, 0)] * 20, [(0.5, 1), (0.5, 0)] * 20
    assert kappa_of(2)(column(right)) == 1 and kappa_of(2)(column(between)) == 0
    assert 0 < kappa_of(2)(column(right + between)) < 0.6


def test_near_misses_on_a_scale_count_less():
    near, far = [(4, 3), (3, 4), (0, 1), (1, 0)] * 6, [(4, 0), (0, 4), (3, 1), (1, 3)] * 6
    assert kappa_of(5)(column(near)) > 0.75 and kappa_of(5)(column(far)) < 0


def test_who_says_one_thing_of_everything_has_no_agreement():
    assert kappa_of(2)(column([(1, 1), (1, 0)] * 15)) == 0
    assert math.isnan(kappa_of(2)(column([(1, 1)] * 30)))
