"""The nightly training: nothing for nothing, what is new for something new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.recommend.errors import BadInteractions
from assistant.recommend.interactions import Histories
from assistant.recommend.items import ItemNeighbours
from assistant.recommend.nightly import full_because, read_before, refresh, train
from assistant.recommend.popular import Popular
from assistant.recommend.versions import CURRENT, How, Origin, Versions


@pytest.fixture
def timed(rings):
    own = rings.histories
    return rings.with_histories(Histories(own.items, own.starts, None, 1000.0 - own.age))


def until(timed, time):
    return timed.with_histories(timed.histories.keep(timed.histories.times <= time))


def test_nothing_new_makes_no_version(timed, tmp_path):
    versions = Versions(tmp_path)
    assert train(versions, timed, kind=ItemNeighbours).number == 1
    assert train(versions, timed, kind=ItemNeighbours) is None
    assert refresh(versions, timed) is None and len(versions.all()) == 1


def test_a_refresh_reads_only_what_is_new_and_equals_the_whole(timed, tmp_path, monkeypatch):
    versions = Versions(tmp_path)
    train(versions, until(timed, 999.0), kind=ItemNeighbours)
    monkeypatch.setattr(ItemNeighbours, "fit", None)  # a whole fit would fail
    version = refresh(versions, timed)
    assert version.origin.read_until == 1000.0 and version.origin.how is How.REFRESHED
    monkeypatch.undo()
    settings = versions.load(2).settings
    whole = ItemNeighbours.fit(timed, settings)
    assert (versions.load(2).similarity != whole.similarity).nnz == 0


def test_what_was_read_is_told_by_time(timed):
    assert read_before(timed, 999.0).tolist() == (timed.histories.lengths - 1).tolist()


def test_interactions_that_cannot_be_taken_up_are_named(rings, timed, tmp_path):
    versions = Versions(tmp_path)
    train(versions, until(timed, 999.0), kind=ItemNeighbours)
    with pytest.raises(BadInteractions, match="times"):
        refresh(versions, rings)
    with pytest.raises(BadInteractions, match="order of the items"):
        refresh(versions, replace(timed, items=timed.items[::-1]))


def test_the_first_night_trains_everything(timed, tmp_path, monkeypatch):
    trained = []
    monkeypatch.setattr("assistant.recommend.nightly.train", lambda *given, **_named: trained.append(given))
    refresh(Versions(tmp_path), timed)
    assert [given[1] for given in trained] == [timed]


def test_it_is_time_for_everything_when_the_model_is_quick_old_or_knows_too_little(timed, tmp_path):
    versions, now, sold = Versions(tmp_path), datetime.now(UTC), timed.items
    assert full_because(versions, sold, now) == "there is no model yet"
    versions.add(Popular.fit(timed), Origin(read_until=999.0))
    assert "quick first" in full_because(versions, sold, now)
    assert refresh(versions, timed).origin.how is How.QUICK and "quick first" in full_because(versions, sold, now)
    train(versions, timed, kind=Popular)
    assert full_because(versions, sold, now) == ""
    assert "last full training" in full_because(versions, sold, now + timedelta(days=8))
    assert full_because(versions, [*sold, "new"], now) == ""
    assert "12 of 72 products are new" in full_because(versions, [*sold, *map(str, range(12))], now)


def test_a_refresh_of_the_quick_model_does_not_keep_a_full_training_of_the_same_data_away(timed, tmp_path):
    versions = Versions(tmp_path)
    versions.add(Popular.fit(timed), Origin(read_until=999.0))
    refresh(versions, timed)
    assert train(versions, timed, kind=Popular).origin.how is How.FULL
    assert train(versions, timed, kind=Popular) is None


def test_broken_files_are_trained_anew(timed, tmp_path):
    versions = Versions(tmp_path)
    train(versions, timed, kind=Popular)
    (tmp_path / "0001" / "manifest.json").write_text("no manifest")
    assert "cannot be used" in full_because(versions, timed.items, datetime.now(UTC))
    assert train(versions, timed, kind=Popular).number == 2
    (tmp_path / CURRENT).write_text("none")
    assert train(versions, timed, kind=Popular).number == 3
