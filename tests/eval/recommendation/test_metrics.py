"""The figures of lists, against plain loops and cases worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from eval.recommendation.metrics import Known, accuracy, beyond, diversity, places
from eval.retrieval.metrics import ndcg, reciprocal_rank

LISTS = st.lists(st.permutations(range(12)).map(lambda row: row[:10]), min_size=1, max_size=6)


@given(LISTS, st.data())
def test_accuracy_is_what_the_one_list_metrics_say(rows, data):
    targets = [data.draw(st.integers(0, 11)) for _ in rows]
    figures = accuracy(places(np.array(rows), np.array(targets)), 10)
    for at, (row, target) in enumerate(zip(rows, targets, strict=True)):
        ranked, gains = [str(item) for item in row], {str(target): 1.0}
        assert figures["ndcg@10"][at] == pytest.approx(ndcg(ranked, gains))
        assert figures["map@10"][at] == pytest.approx(reciprocal_rank(ranked, frozenset(gains)))
        assert figures["hr@10"][at] == figures["recall@10"][at] == (target in row)
        assert figures["precision@10"][at] == (target in row) / 10


@given(LISTS, st.integers(0, 5))
def test_diversity_is_one_minus_the_mean_cosine_of_pairs(rows, seed):
    vectors = np.random.default_rng(seed).random((12, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs = [[1 - vectors[one] @ vectors[other] for one in row for other in row if one != other] for row in rows]
    assert diversity(np.array(rows), sparse.csr_matrix(vectors)) == pytest.approx(np.mean(pairs))


def test_the_shops_figures_by_hand():
    known = Known(np.array([6, 2, 0, 0]), sparse.csr_matrix(np.eye(4)), usual=5.0)
    figures = beyond(np.array([[0, 1], [0, 1]]), known)
    assert figures["coverage"] == 0.5
    assert figures["novelty"] == pytest.approx(-(math.log2(6 / 8) + math.log2(2 / 8)) / 2)
    assert figures["diversity"] == 1.0
    assert figures["popularity_bias"] == pytest.approx(4 / 5)
