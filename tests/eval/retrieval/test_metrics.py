import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.retrieval.metrics import ndcg, recall, reciprocal_rank

GAINS = st.dictionaries(st.sampled_from("abcdefghijkl"), st.sampled_from([0.0, 0.01, 0.1, 1.0]), min_size=1)


@given(GAINS, st.permutations("abcdefghijkl"))
def test_ndcg_lies_between_nothing_and_the_ideal(gains, ranked):
    assert 0 <= ndcg(ranked, gains) <= 1 + 1e-12


@given(GAINS)
def test_the_ideal_order_has_one(gains):
    ideal = sorted(gains, key=lambda id_: -gains[id_])
    assert ndcg(ideal, gains) == pytest.approx(1.0 if any(gains.values()) else 0.0)


@given(GAINS, st.permutations("abcdefghijkl"), st.integers(0, 10))
def test_a_better_product_earlier_never_costs(gains, ranked, at):
    first, second = gains.get(ranked[at], 0), gains.get(ranked[at + 1], 0)
    swapped = [*ranked[:at], ranked[at + 1], ranked[at], *ranked[at + 2 :]]
    better, worse = (ranked, swapped) if first >= second else (swapped, ranked)
    assert ndcg(better, gains) >= ndcg(worse, gains) - 1e-12


def test_a_list_worked_by_hand():
    gains = {"a": 1.0, "b": 0.1, "c": 0.0}
    assert ndcg(["x", "a"], gains) == pytest.approx((1 / 1.5849625) / (1 + 0.1 / 1.5849625))
    assert ndcg([], gains) == 0.0


def test_recall_and_reciprocal_rank():
    assert recall(["a", "b"], frozenset("abc"), 2) == pytest.approx(2 / 3)
    assert recall([], frozenset()) == 1.0
    assert reciprocal_rank(["x", "y", "a"], frozenset("a")) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], frozenset("a")) == 0.0
