"""EASE against its closed form worked out naively, and its cap."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.recommend.ease import Ease, EaseSettings
from assistant.recommend.errors import TooManyItems


def test_without_order_it_is_ease_as_published(rings):
    model = Ease.fit(rings, EaseSettings(penalty=5.0, ordered=0.0))
    chosen = (rings.histories.matrix(len(rings.items)).toarray() > 0).astype(float)
    inverse = np.linalg.inv(chosen.T @ chosen + 5.0 * np.eye(len(rings.items)))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0.0)
    np.testing.assert_allclose(model.arrays()["weights"], expected, atol=1e-4)


def test_with_order_it_is_the_best_linear_model_with_a_diagonal_of_zeros(rings):
    fading, penalty = 0.5, 7.0
    model = Ease.fit(rings, EaseSettings(penalty=penalty, ordered=1.0, fading=fading))
    past, future = [], []
    for row in rings.histories:
        for at in range(len(row) - 1):
            now, then = np.zeros((2, len(rings.items)))
            for step, item in enumerate(row[at::-1]):
                now[item] += fading**step
            for step, item in enumerate(row[at + 1 :]):
                then[item] += fading**step
            past.append(now)
            future.append(then)
    past, future, weights = np.array(past), np.array(future), model.arrays()["weights"].astype(float)
    slope = past.T @ (past @ weights - future) + penalty * weights
    off_diagonal = ~np.eye(len(rings.items), dtype=bool)
    assert np.abs(slope[off_diagonal]).max() < 1e-2  # flat wherever a weight is free to move
    assert not np.diag(weights).any()


def test_order_tells_the_next_step_from_the_last(rings):
    assert Ease.fit(rings, EaseSettings(penalty=5.0)).recommend([12], 1)[0].item == 13


def test_a_catalogue_beyond_the_cap_is_refused(rings):
    with pytest.raises(TooManyItems, match="at most 59 items and was given 60") as caught:
        Ease.fit(rings, EaseSettings(max_items=59))
    assert (caught.value.items, caught.value.most) == (60, 59)
