"""iALS: folding in and updating agree with fitting again."""

from __future__ import annotations

import numpy as np
from scipy.stats import spearmanr

from assistant.recommend.ials import Ials, IalsSettings
from assistant.recommend.interactions import Histories

FEW = IalsSettings(factors=8, recency=1.0)


def without_last(rings, share):
    chance = np.random.default_rng(0)
    late = chance.random(len(rings.histories)) < share
    kept = ~(late[rings.histories.rows] & (rings.histories.age == 0))
    return rings.with_histories(rings.histories.keep(kept))


def test_a_folded_in_history_solves_the_fits_own_equations(rings):
    model = Ials.fit(rings, FEW)
    factors, history = model.arrays()["factors"].astype(float), [3, 4, 5]
    system = factors.T @ factors + FEW.penalty * np.eye(FEW.factors)
    right = np.zeros(FEW.factors)
    for item in history:
        system += FEW.confidence * np.outer(factors[item], factors[item])
        right += (1 + FEW.confidence) * factors[item]
    np.testing.assert_allclose(
        model.people(Histories.of([history]))[0], np.linalg.solve(system, right), rtol=1e-3, atol=1e-4
    )


def test_updated_and_fully_fitted_factors_rank_alike(rings):
    before = without_last(rings, 0.2)
    updated = Ials.fit(before, FEW).refreshed(rings, before.histories.lengths.astype(np.int32))
    full = Ials.fit(rings, FEW)
    stale = Ials.fit(before, FEW)
    pairs = zip(updated.scores(rings.histories), full.scores(rings.histories), strict=True)
    agreement = np.mean([spearmanr(one, other).statistic for one, other in pairs])
    untouched = np.mean(
        [
            spearmanr(one, other).statistic
            for one, other in zip(stale.scores(before.histories), full.scores(rings.histories), strict=True)
        ]
    )
    assert agreement > 0.8
    assert agreement > untouched


def test_an_item_that_nobody_had_chosen_is_placed_by_its_first_choosers(rings):
    from dataclasses import replace

    items = (*rings.items, "new")
    model = Ials.fit(rings, FEW)
    rows = [*rings.histories, *[[10, 11, 60, 12]] * 4]
    grown = replace(rings, people=(*rings.people, *"wxyz"), items=items, words=(), histories=Histories.of(rows))
    read = np.r_[rings.histories.lengths, [0] * 4].astype(np.int32)
    fresh = model.refreshed(grown, read)
    scores = fresh.scores(Histories.of([[11, 12, 13], [41, 42, 43]]))[:, 60]
    assert scores[0] > 0.3 and scores[1] < 0.1
