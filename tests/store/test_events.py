"""Events are kept once, in the right history and visit, whatever order they come in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.visits import sessionise
from assistant.errors import NotAllowed
from assistant.store.database import open_database, writing
from assistant.store.events import Events
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.visits import Visit, joined

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
ADA = Principal("shopper", "c-ada")


def seen(name, minute=0, customer=None, browser="b1", **more):
    return Event(
        id=name,
        kind=more.pop("kind", Kind.PRODUCT_VIEW),
        at=NINE + timedelta(minutes=minute),
        customer_id=customer,
        anonymous_id=browser,
        items=more.pop("items", (EventItem(product_id="p1"),)),
        **more,
    )


@pytest.fixture
def events(database):
    return Events(database)


def test_an_event_comes_back_as_it_was(events):
    event = seen(
        "e1",
        customer="c-ada",
        kind=Kind.PURCHASE,
        items=(
            EventItem(product_id="p1", variant_id="v1", quantity=2, price_minor=1999, position=0),
            EventItem(product_id="p2", position=3),
        ),
        currency="EUR",
        value_minor=3998,
        order_number="R-1",
        query="红色 mug",
        rating=4.5,
        channel="email",
        device="mobile",
        source="ga4",
        duration_s=12.5,
        details={"coupon": "TEN"},
    )
    added = events.add([event], SYSTEM)
    assert (added.accepted, added.duplicates) == (1, 0)
    kept = events.of("customer:c-ada", SYSTEM)
    assert kept == [event] and kept[0].number == added.events[0].number > 0 and kept[0].person == "customer:c-ada"


def test_the_same_message_counts_once(events):
    first = events.add([seen("e1"), seen("e2"), seen("e1")], SYSTEM)
    again = events.add([seen("e2"), seen("e3")], SYSTEM)
    assert (first.accepted, first.duplicates) == (2, 1) and (again.accepted, again.duplicates) == (1, 1)
    assert [one.id for one in events.all(SYSTEM)] == ["e1", "e2", "e3"]
    assert [one.id for one in events.all(SYSTEM, after=first.events[-1].number)] == ["e3"]


def test_what_a_guest_did_goes_along_when_they_sign_in(events):
    events.add([seen("e1"), seen("e2", 10), seen("e9", 500)], SYSTEM)
    events.add([seen("e3", 12, customer="c-ada")], SYSTEM)
    assert [one.id for one in events.of("customer:c-ada", ADA)] == ["e1", "e2", "e3"]
    assert [one.id for one in events.of("anonymous:b1", GUEST)] == ["e9"]
    assert events.visits("customer:c-ada", ADA) == [Visit(NINE, NINE + timedelta(minutes=12), 3)]


def test_kinds_times_and_a_limit_narrow_a_history(events):
    events.add([seen("e1"), seen("e2", 1, kind=Kind.SEARCH), seen("e3", 2)], SYSTEM)
    assert [e.id for e in events.of("anonymous:b1", GUEST, kinds=[Kind.PRODUCT_VIEW])] == ["e1", "e3"]
    assert [e.id for e in events.of("anonymous:b1", GUEST, since=NINE + timedelta(minutes=1))] == ["e2", "e3"]
    assert [e.id for e in events.of("anonymous:b1", GUEST, limit=1)] == ["e3"]


def test_nobody_reads_or_writes_another_history(events):
    events.add([seen("e1", customer="c-ada")], ADA)
    for principal in (GUEST, Principal("shopper", "c-bo")):
        with pytest.raises(NotAllowed):
            events.of("customer:c-ada", principal)
        with pytest.raises(NotAllowed):
            events.add([seen("e2", customer="c-ada")], principal)
        with pytest.raises(NotAllowed):
            events.forget("customer:c-ada", principal)
        with pytest.raises(NotAllowed):
            next(events.all(principal))


def test_a_history_that_is_off_takes_nothing_more(events):
    events.add([seen("e1", customer="c-ada")], SYSTEM)
    events.switch_recording("customer:c-ada", ADA, on=False)
    assert events.recording_off("customer:c-ada") and not events.recording_off("customer:c-bo")
    added = events.add([seen("e2", 1, customer="c-ada"), seen("e0", -5), seen("e4", customer="c-bo")], SYSTEM)
    assert (added.accepted, added.withheld) == (1, 2)
    events.switch_recording("customer:c-ada", ADA, on=True)
    assert events.add([seen("e3", 2, customer="c-ada")], SYSTEM).accepted == 1
    assert [one.id for one in events.of("customer:c-ada", ADA)] == ["e1", "e3"]


def test_signing_in_with_the_history_off_takes_nothing_along(events):
    events.switch_recording("customer:c-ada", ADA, on=False)
    events.add([seen("e1")], SYSTEM)
    events.add([seen("e2", 5, customer="c-ada")], SYSTEM)
    assert [one.id for one in events.of("anonymous:b1", GUEST)] == ["e1"]


def test_what_is_forgotten_is_gone(events):
    events.add([seen("e1", customer="c-ada"), seen("e2", browser="b2")], SYSTEM)
    assert events.forget("customer:c-ada", ADA) == 1
    assert events.of("customer:c-ada", ADA) == [] == events.visits("customer:c-ada", ADA)
    assert [one.id for one in events.all(SYSTEM)] == ["e2"]
    assert events.add([seen("e3")], SYSTEM).events[0].number > 2  # numbers are never given twice


moments = st.lists(st.integers(0, 400), min_size=1, max_size=30)


@given(minutes=moments, cuts=st.lists(st.integers(0, 30), max_size=4))
def test_visits_formed_bit_by_bit_are_the_visits_formed_at_once(minutes, cuts):
    times = [NINE + timedelta(minutes=m) for m in minutes]
    known, edges = [], sorted({0, len(times), *(c for c in cuts if c < len(times))})
    for start, end in pairwise(edges):
        known = joined(known, times[start:end])
    assert known == joined([], times)
    assert sum(one.events for one in known) == len(times)


doings = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from([None, None, "c-ada", "c-bo"]), st.sampled_from(["b1", "b2"])),
    min_size=1,
    max_size=14,
)


@given(doings=doings, order=st.randoms(use_true_random=False), size=st.integers(1, 5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_histories_and_visits_do_not_depend_on_the_order_of_arrival(tmp_path_factory, doings, order, size):
    engine = _one_database(tmp_path_factory)
    batch = [seen(f"e{n}", minute, who, browser) for n, (minute, who, browser) in enumerate(doings)]
    events = Events(engine)
    with writing(engine) as connection:
        for table in ("events", "visits"):
            connection.execute(text(f"DELETE FROM {table}"))
    late = order.sample(batch, len(batch))
    for start in range(0, len(late), size):
        events.add(late[start : start + size], SYSTEM)
    kept = {one.id: one for one in events.all(SYSTEM)}
    assert {name: one.person for name, one in kept.items()} == {one.id: _owner(one, batch) for one in batch}
    for person in {one.person for one in kept.values()}:
        history = events.of(person, SYSTEM)
        formed = [Visit(visit[0].at, visit[-1].at, len(visit)) for visit in sessionise(history)]
        assert events.visits(person, SYSTEM) == formed


def _owner(event, batch):
    """The rule, said plainly: the customer next known in the same browser."""
    if event.customer_id:
        return f"customer:{event.customer_id}"
    known = [(e.at, e.customer_id) for e in batch if e.customer_id and e.anonymous_id == event.anonymous_id]
    after = sorted(one for one in known if one[0] >= event.at)
    return f"customer:{after[0][1]}" if after else f"anonymous:{event.anonymous_id}"


_ENGINES = []


def _one_database(tmp_path_factory):
    if not _ENGINES:
        _ENGINES.append(open_database("", tmp_path_factory.mktemp("events")))
    return _ENGINES[0]


def test_a_repeat_with_other_words_changes_nothing(events):
    events.add([seen("e1")], SYSTEM)
    events.add([replace(seen("e1", 5), query="other")], SYSTEM)
    assert events.of("anonymous:b1", GUEST) == [seen("e1")]


def test_what_one_source_told_can_be_forgotten_and_nothing_else(events):
    events.add([seen("e1", 0, source="demo"), seen("e2", 5, source="ga4"), seen("e3", 90, source="demo")], SYSTEM)
    with pytest.raises(NotAllowed):
        events.forget_source("demo", GUEST)
    assert events.forget_source("demo", SYSTEM) == 2
    assert [one.id for one in events.all(SYSTEM)] == ["e2"]
    (visit,) = events.visits("anonymous:b1", SYSTEM)
    assert (visit.started_at, visit.events) == (NINE + timedelta(minutes=5), 1)
