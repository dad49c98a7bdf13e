"""Figures and their intervals, against plain Python and against what is known of them."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from eval.harness import reducers
from eval.harness.metrics import Metric, column_of, measured


def row(id_, *values, cluster="", trial=0, name="s", weights=None, truth=None):
    scores = [
        {"name": name, "value": value, "weight": 1.0 if weights is None else weights[at], "truth": truth}
        for at, value in enumerate(values)
    ]
    return {"id": id_, "cluster": cluster, "trial": trial, "scores": scores}


def test_a_mean_of_shares_weighted_by_what_was_judged_is_the_share_of_all():
    rows = [row("a", 1.0, weights=[3]), row("b", 0.5, weights=[2]), row("c", 0.0, weights=[1])]
    assert measured([Metric("m", of="s")], rows, seed=1)[0]["m"] == pytest.approx(4 / 6)


def test_pass_hat_is_the_share_of_ways_to_pick_k_trials_that_all_succeed():
    trials = {"a": [1, 1, 0, 1], "b": [0, 0, 1, 0], "c": [1, 1, 1, 1]}
    rows = [row(id_, float(v), trial=t) for id_, values in trials.items() for t, v in enumerate(values)]
    for k in (1, 2, 3, 4):
        plain = np.mean([np.mean([all(pick) for pick in combinations(v, k)]) for v in trials.values()])
        assert reducers.pass_hat(k)(column_of(rows, "s")) == pytest.approx(plain)
    assert math.isnan(reducers.pass_hat(5)(column_of(rows, "s")))


def test_quantiles_are_values_that_were_seen():
    rows = [row(str(n), float(n)) for n in range(1, 21)]
    column = column_of(rows, "s")
    assert reducers.quantile(0.5)(column) == 10 and reducers.quantile(0.95)(column) == 19


def test_chances_are_held_against_their_truth():
    rows = [row(str(n), p, truth=t) for n, (p, t) in enumerate([(0.9, 1.0), (0.8, 0.0), (0.7, 1.0), (0.1, 0.0)])]
    assert reducers.auc(column_of(rows, "s")) == pytest.approx(3 / 4)
    assert math.isnan(reducers.auc(column_of(rows[:1], "s")))


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(0, 3)), min_size=4, max_size=40).filter(
        lambda drawn: {truth for _, truth, weight in drawn if weight} == {0, 1}
    )
)
def test_areas_are_what_scikit_learn_says_of_ties_and_weights(drawn):
    chances, truths, weights = np.asarray(drawn, np.float64).T
    numbers = np.arange(len(drawn))
    column = reducers.Column(chances / 5, weights, truths, numbers, numbers)
    assert reducers.auc(column) == pytest.approx(roc_auc_score(truths, chances, sample_weight=weights))
    assert reducers.aupr(column) == pytest.approx(average_precision_score(truths, chances, sample_weight=weights))


def test_an_interval_covers_the_truth_about_as_often_as_it_says():
    chance = np.random.default_rng(3)
    covered = 0
    for round_ in range(200):
        rows = [row(str(n), float(v)) for n, v in enumerate(chance.normal(2.0, 1.0, 60))]
        low, high = Metric("m", of="s").interval(rows, seed=round_, draws=400)
        covered += low <= 2.0 <= high
    assert 0.89 <= covered / 200 <= 0.985


def test_turns_of_one_visit_are_drawn_together():
    """Twenty turns of two visits that agree with themselves tell no more than two examples."""
    chance = np.random.default_rng(5)
    alone = [row(f"{n}", float(n % 2)) for n in range(40)]
    together = [row(f"{n}", float(n // 4 % 2), cluster=f"v{n // 4}") for n in range(40)]
    low, high = Metric("m", of="s").interval(alone, seed=1)
    wide_low, wide_high = Metric("m", of="s").interval(together, seed=1)
    assert wide_high - wide_low > 1.5 * (high - low)
    assert chance is not None


def test_a_share_that_never_failed_is_not_said_to_be_sure():
    low, high = Metric("m", of="s").interval([row(str(n), 1.0) for n in range(30)], seed=1)
    assert high == pytest.approx(1.0) and 0.85 < low < 0.9  # Wilson: 30 / (30 + 1.96²)


def test_rows_can_be_picked_and_sums_have_no_interval():
    rows = [row("a", 1.0), row("b", 0.0), row("b2", 1.0)]
    figures, bounds = measured(
        [
            Metric("first", of="s", where=lambda r: r["id"].startswith("a")),
            Metric("sum", of="s", reduce=reducers.total),
            Metric("absent", of="other"),
        ],
        rows,
        seed=1,
    )
    assert figures == {"first": 1.0, "sum": 2.0} and bounds == {}


def test_a_count_has_no_interval_and_bounds_may_be_found_otherwise():
    rows = [row(str(n), float(n % 2)) for n in range(9)]
    own = Metric("own", of="s", bounds=lambda rows, seed: (seed, len(rows)))
    figures, bounds = measured([Metric("n", of="s", reduce=reducers.counted), own], rows, seed=7)
    assert figures["n"] == 9 and bounds == {"own": (7, 9)}
