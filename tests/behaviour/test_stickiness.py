"""Figures of stickiness on logs so small that the right answers are seen by eye."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.behaviour.event import Event, Kind
from assistant.behaviour.intake import Intake
from assistant.behaviour.reading import read_value
from assistant.behaviour.stickiness.activity import activity, acts_of, yesterday
from assistant.behaviour.stickiness.cohorts import cohorts, retention
from assistant.behaviour.stickiness.days import daily
from assistant.behaviour.stickiness.figures import LANGUAGES, definitions, figures
from assistant.behaviour.stickiness.visits import visits
from assistant.errors import NotAllowed
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import GUEST, SYSTEM

MONDAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


def at(day=0, minute=0):
    return MONDAY + timedelta(days=day, minutes=minute)


def log(*acts, zone="UTC", last=None):
    """An activity of (person, kind, day) or (person, kind, day, minute)."""
    told = [(person, Kind(kind), at(day, *minute)) for person, kind, day, *minute in acts]
    return activity(told, zone=zone, last=last)


def days_of(known):
    return {str(day): tuple(counts) for day, *counts in daily(known).iter_rows()}


def test_a_window_counts_everybody_in_it_once():
    known = log(("a", "search", 0), ("a", "search", 0, 5), ("a", "search", 3), ("b", "search", 7), ("a", "search", 9))
    found = days_of(known)
    assert [found[f"2026-06-{day:02}"][0] for day in range(1, 11)] == [1, 0, 0, 1, 0, 0, 0, 1, 0, 1]
    # The first whole week ends on the seventh day; on the eighth b has come and a's third day still counts.
    assert [found[f"2026-06-{day:02}"][1] for day in (6, 7, 8, 10)] == [None, 1, 2, 2]
    assert all(row[2] is None for row in found.values())


def test_stickiness_is_the_mean_of_dau_over_mau_on_days_with_a_whole_month():
    daily_guest = [("a", "search", day) for day in range(31)]
    known = log(*daily_guest, ("b", "search", 0))
    # Day 30 of the log (the 30th day): a and b in the month, a there; the next day b has left it.
    assert days_of(known)["2026-06-30"] == (1, 1, 2) and days_of(known)["2026-07-01"] == (1, 1, 1)
    assert figures(known).named["stickiness"] == (1 / 2 + 1) / 2


def test_a_short_log_has_no_stickiness():
    named = figures(log(("a", "search", 0), ("a", "search", 5))).named
    assert named["stickiness"] is None and named["mau"] is None and named["wau"] is None and named["dau"] == 2 / 6


def test_retention_asks_only_whose_day_has_been_seen_and_only_that_day():
    known = log(("a", "search", 0), ("a", "search", 1), ("b", "search", 0), ("b", "search", 2), ("c", "search", 2))
    one = retention(known, 1)
    assert (one.people, one.came) == (2, 1)  # c's next day has not been seen
    assert retention(known, 7).share is None


def test_cohorts_are_told_for_whole_periods_alone():
    known = log(("a", "search", 0), ("a", "search", 8), ("b", "search", 6), ("c", "search", 7), last=date(2026, 6, 21))
    first, second = cohorts(known, "week")
    assert (str(first.begins), first.people, first.active) == ("2026-06-01", 2, (2, 1, 0))
    assert (str(second.begins), second.people, second.active) == ("2026-06-08", 1, (1, 0))
    assert figures(known).named["cohort_week_1"] == 1 / 3
    (month,) = cohorts(known, "month")
    assert month.active == (3,) and figures(known).named["cohort_month_1"] is None


def test_a_visit_ends_with_a_pause_of_more_than_half_an_hour():
    known = log(("a", "search", 0), ("a", "search", 0, 30), ("a", "search", 0, 61), ("b", "search", 0, 31))
    made = [(row["person"], row["visit"], row["length"], row["events"]) for row in visits(known).iter_rows(named=True)]
    assert made == [("a", 0, timedelta(minutes=30), 2), ("a", 1, timedelta(), 1), ("b", 0, timedelta(), 1)]
    named = figures(known).named
    assert named["visits"] == 3 and named["visits_per_person"] == 1.5 and named["returning_share"] == 0.5
    assert named["session_minutes.mean"] == 10 and named["session_minutes.median"] == 0
    assert named["session_minutes.p90"] == 30
    assert named["single_event_share"] == 2 / 3 and named["events_per_visit"] == 4 / 3


def test_the_way_to_a_purchase_is_taken_in_order():
    whole = ("search", "product_view", "cart_add", "checkout_begin", "purchase")
    known = log(
        *(("a", kind, 0, minute) for minute, kind in enumerate(whole)),
        ("b", "purchase", 0),  # bought without looking: a conversion, no step of the way
        ("c", "product_view", 0),
        ("c", "search", 0, 1),  # the product was opened before the search
        ("d", "search", 0),
        ("d", "product_view", 1),  # in another visit: a step of the person, none of the visit
    )
    named = figures(known).named
    steps = ("look", "view", "cart", "checkout", "purchase")
    assert [named[f"funnel.{step}"] for step in steps] == [3 / 5, 1 / 5, 1 / 5, 1 / 5, 1 / 5]
    assert [named[f"funnel_people.{step}"] for step in steps] == [3 / 4, 2 / 4, 1 / 4, 1 / 4, 1 / 4]
    assert named["conversion"] == 2 / 5


def test_what_the_shop_does_with_an_order_is_nobodys_presence():
    known = log(("a", "purchase", 0), ("a", "refund", 4), ("a", "cancel", 4), ("b", "identify", 2), ("b", "search", 3))
    named = figures(known).named
    assert (named["events"], named["people"], named["days"]) == (2, 2, 4)
    assert activity([("a", Kind.REFUND, MONDAY)]) is None


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-06-01"), ("Asia/Shanghai", "2026-06-02")])
def test_a_day_is_the_shops_own(zone, day):
    known = activity([("a", Kind.SEARCH, datetime(2026, 6, 1, 17, tzinfo=UTC))], zone=zone)
    assert str(known.first) == day


def test_days_go_on_over_a_change_of_the_clock():
    zone = ZoneInfo("Europe/Berlin")  # 29 March 2026 has 23 hours
    evenings = [datetime(2026, 3, day, 23, 30, tzinfo=zone) for day in (28, 29, 30)]
    known = activity([("a", Kind.SEARCH, evening.astimezone(UTC)) for evening in evenings], zone=str(zone))
    assert [dau for dau, *_ in days_of(known).values()] == [1, 1, 1] and retention(known, 1).share == 1


def test_a_day_that_is_not_over_is_left_out():
    known = log(("a", "search", 0), ("a", "search", 1), ("b", "search", 2), last=date(2026, 6, 2))
    assert figures(known).named["people"] == 1 and retention(known, 1).share == 1
    assert yesterday(at(2), "UTC") == date(2026, 6, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_definition_and_every_definition_its_figure(language):
    named = figures(log(("a", "search", 0))).named
    told = definitions(language)
    assert set(told) == set(named)
    assert all(one.name.strip() and one.means.endswith("." if language == "en" else "。") for one in told.values())


def test_definitions_in_another_language_are_english():
    assert definitions("tlh") == definitions("en") != definitions("zh")


class Shelf:
    """Sells whatever is named."""

    def sold_as(self, names):
        return {name: (name, None) for name in names}


def test_programs_and_refused_events_are_nobodys_visit(tmp_path):
    database = open_database("", tmp_path)
    events = Events(database)
    told = [
        {"kind": "product_view", "id": "1", "at": "2026-06-01T10:00:00Z", "anonymous": "b", "product": "P"},
        {"kind": "product_view", "id": "2", "at": "2026-06-02T10:00:00Z", "anonymous": "x", "product": "P",
         "user_agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"kind": "product_view", "id": "3", "at": "1999-06-02T10:00:00Z", "anonymous": "y", "product": "P"},
        {"kind": "login", "id": "4", "at": "2026-06-03T10:00:00Z", "anonymous": "b", "customer": "C"},
    ]  # fmt: skip
    receipt = Intake(events, Shelf()).take(read_value(told, "", at(10)), SYSTEM, received_at=at(10))
    assert receipt.accepted == 2 and receipt.rejected == 2
    known = activity(events.acts(SYSTEM))
    assert set(known.table["person"]) == {"customer:C"}  # the look before signing in is the customer's, too
    assert figures(known).named["people"] == 1 and figures(known).named["visits"] == 2
    with pytest.raises(NotAllowed):
        events.acts(GUEST)
    assert activity(acts_of(events.all(SYSTEM))).table.equals(known.table)
    database.dispose()


def test_an_event_stands_in_its_owners_history():
    one = Event(id="1", kind=Kind.SEARCH, at=MONDAY, anonymous_id="b", belongs_to="customer:C")
    assert list(acts_of([one])) == [("customer:C", Kind.SEARCH, MONDAY)]
