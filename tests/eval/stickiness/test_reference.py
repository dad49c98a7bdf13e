"""The shop's figures of stickiness equal the reference's: on random logs, real invoices and the simulated store."""

import argparse
import dataclasses
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.behaviour.event import Kind
from assistant.behaviour.stickiness.activity import activity
from assistant.behaviour.stickiness.figures import figures
from assistant.demo.behaviour import behaviour
from assistant.errors import SettingError
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import SYSTEM
from eval.harness.book import RunBook
from eval.harness.running import run
from eval.stickiness.persons import told_of
from eval.stickiness.reference import reference
from eval.stickiness.sources import Source, invoices, kept
from eval.stickiness.stage import Visitors, as_told, plain
from eval.tasks.stickiness import TASK

ZONES = ("UTC", "Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")
CLOCKS_CHANGE = datetime(2026, 3, 20, tzinfo=UTC)
PAUSES = [timedelta(minutes=30), timedelta(minutes=30, microseconds=1), timedelta(0), timedelta(hours=1)]
gaps = st.one_of(st.sampled_from(PAUSES), st.timedeltas(timedelta(0), timedelta(days=40)))
acts = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(list(Kind)), gaps), min_size=1, max_size=40)


def by_both(told, zone, last=None):
    ours = activity(told, zone=zone, last=last)
    theirs = reference(((person, kind.value, at) for person, kind, at in told), zone=zone, last=last)
    return ours and as_told(figures(ours)), theirs and plain(theirs)


@settings(max_examples=80, deadline=None)
@given(acts, st.sampled_from(ZONES), st.booleans(), st.none() | st.integers(0, 60))
def test_any_log_gives_the_same_figures(steps, zone, near_midnight, until):
    """Steps of any length, or all of them around midnight, over the days on which clocks change in March."""
    told, at = [], CLOCKS_CHANGE
    for person, kind, gap in steps:
        at += gap
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) + gap % timedelta(seconds=3)
        told.append((person, kind, midnight if near_midnight else at))
    last = None if until is None else date(2026, 3, 18) + timedelta(days=until)
    ours, theirs = by_both(told, zone, last)
    assert ours == theirs


@given(st.integers(2, 60), st.sampled_from(ZONES))
@settings(max_examples=20, deadline=None)
def test_one_person_every_day_is_as_sticky_as_can_be(days, zone):
    noon = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo(zone))
    told = [("a", Kind.SEARCH, (noon + timedelta(days=day)).astimezone(UTC)) for day in range(days)]
    ours, theirs = by_both(told, zone)
    assert ours == theirs and ours["named"]["dau"] == 1 and ours["named"]["retention@1"] == 1
    assert ours["named"]["stickiness"] == (1 if days >= 30 else None)


@given(acts, st.sampled_from(ZONES))
@settings(max_examples=25, deadline=None)
def test_windows_grow_and_the_way_narrows(steps, zone):
    at = CLOCKS_CHANGE
    ours, _ = by_both([(person, kind, at := at + gap) for person, kind, gap in steps], zone)
    if ours is None:
        return
    for dau, wau, mau in ours["days"].values():
        known = [count for count in (dau, wau, mau) if count is not None]
        assert known == sorted(known)
    for way in ("funnel", "funnel_people"):
        shares = [ours["named"][f"{way}.{step}"] for step in ("look", "view", "cart", "checkout", "purchase")]
        assert shares == sorted(shares, reverse=True)
    assert ours["named"]["conversion"] >= ours["named"]["funnel.purchase"]


def test_the_reference_tells_whose_an_event_is_by_what_follows_in_the_browser():
    def at(minute):
        return CLOCKS_CHANGE + timedelta(minutes=minute)

    raws = [
        (None, "b", "search", at(0)),
        ("C", "b", "login", at(1)),
        (None, "b", "search", at(2)),
        (None, "c", "x", at(0)),
    ]
    assert [person for person, *_ in told_of(raws)] == ["customer:C", "customer:C", "anonymous:b", "anonymous:c"]


@contextmanager
def played(source, tmp_path, **given):
    args = argparse.Namespace(seed=7, trials=None, fresh=False, limit=None, zone="", data=None)

    @contextmanager
    def opened(_args):
        yield Visitors(source, zone=given.get("zone", ""), limit=given.get("limit"))

    yield run(dataclasses.replace(TASK, opened=opened), args, RunBook(tmp_path / "runs"))


def parts_agree(ended, rows):
    """What follows from the people's parts is what the shop computed of everybody."""
    named = next(row for row in rows if row["id"] == "all figures")["output"]["shop"]["named"]
    for name, value in named.items():
        if value is None:
            assert name not in ended.metrics
        else:
            assert ended.metrics[name] == pytest.approx(value, rel=1e-9), name


def test_online_retail_gives_the_same_figures(shared_data, tmp_path):
    folder = shared_data / "online-retail"
    source = invoices(folder)
    with played(dataclasses.replace(source), tmp_path, limit=40) as (ended, rows):
        assert ended.metrics["differs_from_reference"] == 0
        assert ended.metrics["people"] > 2_000 and ended.metrics["conversion"] == 1
    named = next(row for row in rows if row["id"] == "all figures")["output"]["shop"]["named"]
    assert named["funnel.look"] == 0 and 0 < named["stickiness"] < 1 and named["retention@30"] > 0


def test_the_simulated_store_gives_the_same_figures(tmp_path):
    database = open_database("", tmp_path)
    events = Events(database)
    told = [event for event in behaviour() if "customer" not in event.person or event.customer_id < "C-0250"]
    some = [event for event in told if hash_of(event) < 4]
    events.add(some, SYSTEM)
    with played(kept("simulated", events, "Asia/Shanghai"), tmp_path) as (ended, rows):
        assert ended.metrics["differs_from_reference"] == 0
        assert ended.metrics["people"] > 100 and 0 < ended.metrics["conversion"] < 1
        assert ended.metrics["stickiness"] > 0 and "stickiness" in ended.intervals
        parts_agree(ended, rows)
    database.dispose()


def hash_of(event):
    """A number from 0 to 9 that is the same for all events of a visitor."""
    return sum(map(ord, event.anonymous_id or event.customer_id or "")) % 10


def test_a_figure_that_is_wrong_is_found(tmp_path, monkeypatch):
    told = [("a", Kind.SEARCH, CLOCKS_CHANGE), ("a", Kind.SEARCH, CLOCKS_CHANGE + timedelta(minutes=20))]
    raws = [("a", None, kind.value, at) for _, kind, at in told]
    source = Source(name="toy", acts=[("customer:a", kind, at) for _, kind, at in told], raws=raws, zone="UTC")
    with played(source, tmp_path / "right") as (ended, _):
        assert ended.metrics["differs_from_reference"] == 0
    monkeypatch.setattr("assistant.behaviour.stickiness.visits.PAUSE", timedelta(minutes=10))
    with played(source, tmp_path / "wrong") as (ended, rows):
        assert ended.metrics["differs_from_reference"] >= 4
    wrong = [score["explanation"] for score in rows[0]["scores"] if score["name"] == "differs" and score["value"]]
    assert any(told.startswith("visits: 2 and by the reference 1") for told in wrong)


def test_a_folder_without_invoices_is_told(tmp_path):
    with pytest.raises(SettingError, match="a folder with transactions"):
        invoices(tmp_path)


def test_a_log_of_nobody_is_told():
    with pytest.raises(SettingError, match="somebody"):
        Visitors(Source(name="empty", acts=(), raws=(), zone="UTC"))
