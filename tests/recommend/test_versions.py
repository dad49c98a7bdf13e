"""Model files: whole or not at all, found again, and no more of them than can be gone back to."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.recommend.blend import Blend
from assistant.recommend.content import Content
from assistant.recommend.errors import BadModel
from assistant.recommend.interactions import Histories
from assistant.recommend.items import ItemNeighbours
from assistant.recommend.popular import Popular
from assistant.recommend.tune import last_held_out
from assistant.recommend.versions import KEPT, How, Origin, Versions

WALK = Histories.of([[12, 13, 14]])


def test_a_version_is_the_model_that_was_added(rings, tmp_path):
    before, judges = last_held_out(rings)
    parts = {kind.name: kind.fit(before) for kind in (Popular, Content, ItemNeighbours)}
    blend = Blend.blended(parts, judges).model
    versions = Versions(tmp_path)
    version = versions.add(blend, Origin(fitted_to="these", read_until=7.0))
    assert (version.number, version.kind) == (1, "blend")
    assert version.origin == Origin(how=How.QUICK, fitted_to="these", read_until=7.0)
    twin = versions.load(1)
    assert twin.items == blend.items and twin.settings == blend.settings
    np.testing.assert_array_equal(twin.scores(WALK), blend.scores(WALK))


def test_going_back_to_an_earlier_version(rings, tmp_path):
    versions = Versions(tmp_path)
    assert versions.current() is None and versions.in_use() is None
    versions.add(Popular.fit(rings))
    versions.add(ItemNeighbours.fit(rings))
    assert versions.in_use() == 2 and [one.number for one in versions.all()] == [1, 2]
    versions.use(1)
    assert versions.current().kind == "popular"
    with pytest.raises(BadModel, match="0009"):
        versions.use(9)


def test_a_full_training_is_dated_and_knows_its_items(rings, tmp_path):
    origin = Versions(tmp_path).add(Popular.fit(rings), Origin(how=How.FULL)).origin
    assert origin.trained_items == len(rings.items) and origin.trained_at
    assert Versions(tmp_path).items(1) == rings.items


def test_a_version_of_an_earlier_release_counts_as_the_quick_one(rings, tmp_path):
    versions = Versions(tmp_path)
    versions.add(Popular.fit(rings), Origin(how=How.FULL))
    manifest = tmp_path / "0001" / "manifest.json"
    record = json.loads(manifest.read_text())
    for key in ("how", "trained_at", "trained_items"):
        del record[key]
    manifest.write_text(json.dumps(record))
    assert versions.current().origin.how is How.QUICK
    assert versions.load(1).name == "popular"


def test_only_the_latest_versions_stay(rings, tmp_path):
    versions, model = Versions(tmp_path), Popular.fit(rings)
    for _ in range(KEPT + 2):
        versions.add(model)
    assert [one.number for one in versions.all()] == [3, 4, 5, 6, 7]


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
