"""The blend: weights follow what was chosen, lists what is asked of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.recommend.blend import Blend, BlendSettings
from assistant.recommend.content import Content, ContentSettings
from assistant.recommend.contract import Run, Signal
from assistant.recommend.ease import Ease
from assistant.recommend.errors import TooManyItems, UnknownItem
from assistant.recommend.interactions import Histories
from assistant.recommend.items import ItemNeighbours
from assistant.recommend.models import PARTS
from assistant.recommend.popular import Popular
from assistant.recommend.tune import last_held_out

WALK = [12, 13, 14]


@pytest.fixture(scope="module")
def held_out(rings):
    return last_held_out(rings)


@pytest.fixture(scope="module")
def blend(held_out):
    before, judges = held_out
    parts = {kind.name: kind.fit(before) for kind in (Popular, Content, ItemNeighbours)}
    return Blend.blended(parts, judges).model


def test_what_predicts_counts_most(blend, held_out):
    weights = blend.settings.weights
    assert weights["items"] > max(weights["popular"], weights["content"])
    assert blend.recommend(WALK, 1)[0].item == 15


def test_it_is_no_worse_than_its_best_part_on_what_it_learned_from(held_out):
    before, judges = held_out
    chosen = Blend.blended({kind.name: kind.fit(before) for kind in (Popular, Content, ItemNeighbours)}, judges)
    assert chosen.tried["blend"] >= max(chosen.tried[name] for name in ("popular", "content")) - 1e-9
    assert chosen.tried["blend"] >= chosen.tried["items"] - 0.01


def test_a_guest_sees_what_many_choose(blend, rings):
    first = blend.recommend([], 5)
    popular = set(np.argsort(-rings.counts())[:15].tolist())
    assert {one.item for one in first} <= popular
    assert blend.reasons([], [first[0].item])[0].signal is Signal.MANY_CHOSE


def test_the_reason_names_the_part_it_speaks_through(blend):
    reason = blend.reasons(WALK, [15])[0]
    assert reason.because == "b4" and reason.signal is Signal.CHOSEN_TOGETHER and reason.people > 0


def test_a_new_item_is_placed_by_content_and_unknown_steps_are_passed_over(blend):
    grown = blend.with_items(["new"], ["mug ware"])
    history = [*WALK, 60]
    scores = grown.scores(Histories.of([history, [40]]))
    assert scores.shape == (2, 61) and scores[0, 60] > scores[1, 60]
    with pytest.raises(UnknownItem, match="'new'"):
        Blend(blend.items, blend.settings, {"items": blend.parts["items"]}).with_items(["new"], ["mug"])


def with_knobs(blend, **knobs):
    return Blend(blend.items, replace(blend.settings, **knobs), blend.parts)


def test_diversity_brings_other_kinds_in(blend):
    def kinds(model):
        return len({one.item // 10 for one in model.recommend(WALK, 8)})

    assert kinds(with_knobs(blend, diversity=0.8)) > kinds(blend)


def test_exploration_changes_lists_and_not_scores(blend):
    adventurous = with_knobs(blend, exploration=0.5)
    plain = [one.item for one in blend.recommend(WALK, 10)]
    lists = [[one.item for one in adventurous.recommend(WALK, 10)] for _ in range(5)]
    assert any(own != plain for own in lists) and all(len(set(own)) == 10 for own in lists)
    assert [one.item for one in blend.recommend(WALK, 10)] == plain


def test_a_part_that_cannot_be_fitted_is_left_out_and_said_so(rings, held_out, monkeypatch):
    class Refusing(Ease):
        @classmethod
        def chosen(cls, *_given):
            raise TooManyItems("ease", 60, 59)

    monkeypatch.setitem(PARTS, "ease", Refusing)
    for name in ("sequence", "ials", "users"):
        monkeypatch.delitem(PARTS, name)
    said = []
    model = Blend.fit(rings, None, Run(progress=lambda step, *_: said.append(step)))
    assert set(model.parts) == {"popular", "content", "items"}
    assert any("left out" in step and "at most 59 items" in step for step in said)


def test_settings_are_made_again_from_their_record():
    from dataclasses import asdict

    settings = BlendSettings(parts={"content": ContentSettings(recency=0.4)}, weights={"content": 1.0}, diversity=0.2)
    assert Blend.settings_of(asdict(settings)) == settings
