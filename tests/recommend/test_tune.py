"""Choosing settings: the best by what was held out, and on from where it was interrupted."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.recommend.contract import HeldOut, Run
from assistant.recommend.interactions import Histories
from assistant.recommend.items import ItemNeighbours, ItemSettings
from assistant.recommend.popular import Popular
from assistant.recommend.tune import judged, last_held_out, sampled


class TwoSettings(ItemNeighbours):
    fits = 0

    @classmethod
    def grid(cls):
        return (ItemSettings(backward=50.0, gap_decay=1.0), ItemSettings())

    @classmethod
    def fit(cls, interactions, settings=None, run=None):
        cls.fits += 1
        return super().fit(interactions, settings)


@pytest.fixture
def two_settings():
    TwoSettings.fits = 0
    return TwoSettings


def test_the_setting_that_ranks_best_is_chosen(rings, two_settings):
    chosen = two_settings.chosen(*last_held_out(rings))
    assert chosen.settings == ItemSettings() and chosen.model.settings == chosen.settings
    assert chosen.tried[repr(chosen.settings)] == max(chosen.tried.values()) and len(chosen.tried) == 2


def test_an_interrupted_search_goes_on_with_the_next_setting(rings, two_settings, tmp_path):
    def interrupt(_step, done, _total):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        two_settings.chosen(*last_held_out(rings), Run(folder=tmp_path, progress=interrupt))
    assert two_settings.fits == 1
    chosen = two_settings.chosen(*last_held_out(rings), Run(folder=tmp_path))
    assert two_settings.fits == 2 and chosen.settings == ItemSettings()
    assert two_settings.chosen(*last_held_out(rings), Run(folder=tmp_path)).model.settings == ItemSettings()


def test_the_judge_is_the_mean_of_the_discounted_ranks(rings):
    model = Popular.fit(rings)
    order = np.argsort(-model.scores(Histories.of([[]]))[0], kind="stable").tolist()
    held_out = HeldOut(
        histories=Histories.of([[order[0]], [], []]), targets=np.array([order[5], order[-1], order[3]], np.int32)
    )
    ranks = [
        1 + sum(rings.counts()[item] >= rings.counts()[own] for item in order if item not in (own, *seen))
        for own, seen in ((order[5], order[:1]), (order[-1], []), (order[3], []))
    ]
    expected = np.mean([1 / np.log2(rank + 1) if rank <= 10 else 0 for rank in ranks])
    assert judged(model, held_out) == pytest.approx(expected)


def test_a_sample_keeps_histories_and_targets_together(rings):
    _before, judges = last_held_out(rings)
    few = sampled(judges, seed=1, most=20)
    pairs = {(tuple(row), int(target)) for row, target in zip(judges.histories, judges.targets, strict=True)}
    assert len(few.targets) == 20
    assert {(tuple(row), int(target)) for row, target in zip(few.histories, few.targets, strict=True)} <= pairs
