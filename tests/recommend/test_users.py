"""User neighbours against a plain loop."""

from __future__ import annotations

import numpy as np

from assistant.recommend.interactions import Histories
from assistant.recommend.users import UserNeighbours, UserSettings


def test_scores_are_what_a_plain_loop_adds_up(rings):
    wanted = UserSettings(neighbours=10_000, shrinkage=2.0, sharpness=2.0, recency=0.5)
    chosen = rings.histories.matrix(len(rings.items)).toarray() > 0
    rarity = np.log1p(len(rings.people) / np.maximum(chosen.sum(axis=0), 1))
    history = [3, 4, 25]
    expected = np.zeros(len(rings.items))
    for person in chosen:
        own = person * rarity
        asked = sum(0.5**age * rarity[item] * own[item] for age, item in enumerate(reversed(history)))
        expected += (asked / (np.sqrt((own**2).sum()) + 2.0)) ** 2 * person
    np.testing.assert_allclose(
        UserNeighbours.fit(rings, wanted).scores(Histories.of([history]))[0], expected, rtol=1e-5
    )


def test_only_the_nearest_are_asked(rings):
    few = UserNeighbours.fit(rings, UserSettings(neighbours=1)).scores(Histories.of([[3, 4, 25]]))
    many = UserNeighbours.fit(rings, UserSettings(neighbours=50)).scores(Histories.of([[3, 4, 25]]))
    assert (few > 0).sum() < (many > 0).sum()
