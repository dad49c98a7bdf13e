"""Diversity and exploration: nothing at zero, more of it the more is asked."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recommend.variety import diversified, explored

SCORES = st.lists(st.integers(-50, 50), min_size=1, max_size=12, unique=True).map(lambda row: np.array(row, float))


def likeness(count, seed):
    own = np.random.default_rng(seed).random((count, 3))
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    return own @ own.T


@settings(deadline=None)
@given(SCORES, st.integers(0, 5), st.floats(0, 1))
def test_nothing_twice_and_the_best_first(scores, seed, diversity):
    picked = diversified(scores, likeness(len(scores), seed), k=5, diversity=diversity)
    assert len(set(picked)) == len(picked) == min(5, len(scores))
    if diversity < 1:
        assert picked[0] == scores.argmax()


@settings(deadline=None)
@given(SCORES, st.integers(0, 5))
def test_no_diversity_is_the_order_of_the_scores(scores, seed):
    picked = diversified(scores, likeness(len(scores), seed), k=20, diversity=0.0)
    assert picked == np.argsort(-scores).tolist()


@settings(deadline=None)
@given(st.lists(st.integers(0, 99), unique=True, max_size=20), st.integers(0, 12), st.floats(0, 1))
def test_exploring_keeps_the_number_and_repeats_nothing(order, k, share):
    shown = explored(order, k=k, exploration=share, chance=np.random.default_rng(1))
    assert len(shown) == min(k, len(order)) and len(set(shown)) == len(shown) and set(shown) <= set(order)


def test_as_many_places_as_asked_are_explored():
    order, chance = list(range(100)), np.random.default_rng(0)
    shown = [explored(order, k=10, exploration=0.3, chance=chance) for _ in range(500)]
    share = np.mean([[item >= 10 for item in row] for row in shown])
    assert abs(share - 0.3) < 0.03
