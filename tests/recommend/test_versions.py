"""Model files: whole or not at all, found again, and swapped while in use."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from assistant.recommend.blend import Blend
from assistant.recommend.content import Content
from assistant.recommend.errors import BadModel
from assistant.recommend.interactions import Histories
from assistant.recommend.items import ItemNeighbours
from assistant.recommend.popular import Popular
from assistant.recommend.tune import last_held_out
from assistant.recommend.versions import Live, Versions

WALK = Histories.of([[12, 13, 14]])


def test_a_version_is_the_model_that_was_added(rings, tmp_path):
    before, judges = last_held_out(rings)
    parts = {kind.name: kind.fit(before) for kind in (Popular, Content, ItemNeighbours)}
    blend = Blend.blended(parts, judges).model
    versions = Versions(tmp_path)
    version = versions.add(blend, fitted_to="these", read_until=7.0)
    assert (version.number, version.kind, version.fitted_to, version.read_until) == (1, "blend", "these", 7.0)
    twin = versions.load(1)
    assert twin.items == blend.items and twin.settings == blend.settings
    np.testing.assert_array_equal(twin.scores(WALK), blend.scores(WALK))


def test_going_back_to_an_earlier_version(rings, tmp_path):
    versions, live = Versions(tmp_path), Live(Versions(tmp_path))
    assert live.model() is None and versions.current() is None
    versions.add(Popular.fit(rings))
    assert live.model().name == "popular" and live.model() is live.model()
    versions.add(ItemNeighbours.fit(rings))
    assert live.model().name == "items" and [one.number for one in versions.all()] == [1, 2]
    versions.use(1)
    assert live.model().name == "popular"
    with pytest.raises(BadModel, match="0009"):
        versions.use(9)


def test_an_interrupted_write_leaves_nothing(rings, tmp_path, monkeypatch):
    versions = Versions(tmp_path)
    versions.add(Popular.fit(rings))

    def interrupted(*_given, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", interrupted)
    with pytest.raises(KeyboardInterrupt):
        versions.add(ItemNeighbours.fit(rings))
    assert versions.current().number == 1 and [one.number for one in versions.all()] == [1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0001", "current"]


@pytest.mark.parametrize("name", ["arrays.npz", "items.json"])
def test_a_changed_file_is_refused(rings, tmp_path, name):
    versions = Versions(tmp_path)
    versions.add(Popular.fit(rings))
    path = tmp_path / "0001" / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(BadModel, match=f"{name}.*missing or was changed"):
        versions.load(1)


def test_lists_go_on_while_versions_are_swapped(rings, tmp_path):
    versions, live = Versions(tmp_path), Live(Versions(tmp_path))
    models = [Popular.fit(rings), ItemNeighbours.fit(rings)]
    versions.add(models[0])
    failures, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            if len(live.model().recommend([12, 13], 5)) != 5:
                failures.append("a list is short")

    asking = threading.Thread(target=ask)
    asking.start()
    for at in range(6):
        versions.add(models[at % 2])
    stop.set()
    asking.join()
    assert failures == [] and versions.current().number == 7
