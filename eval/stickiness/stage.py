"""What the task plays: one example that computes everything twice, and one for each person, whose part it tells.

A person's part comes from the shop's own tables. The figures of all people follow from the parts (a test holds it), so
that drawing people again tells how sure each figure is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from assistant.behaviour.stickiness.activity import Activity, activity
from assistant.behaviour.stickiness.cohorts import AFTER, Period, first_days, next_begins
from assistant.behaviour.stickiness.days import MONTH, daily, presence
from assistant.behaviour.stickiness.figures import MINUTE, Figures, figures
from assistant.behaviour.stickiness.visits import reached_by_person, visits
from assistant.errors import SettingError
from eval.harness.scores import NoAnswer
from eval.harness.task import Example, Stage
from eval.stickiness.persons import told_of
from eval.stickiness.reference import reference
from eval.stickiness.sources import Source

ALL = "all figures"


class Visitors(Stage):
    """The people of a source, each an example, after one that is about all of them."""

    def __init__(self, source: Source, *, zone: str = "", limit: int | None = None, seed: int = 7) -> None:
        self.data = source.name
        self.inputs = source.inputs
        self._source, self._zone = source, zone or source.zone
        known = activity(source.acts, zone=self._zone)
        if known is None:
            raise SettingError("--data", source.name, "events in which somebody was there are expected")
        self._activity: Activity = known
        self.settings = {"zone": self._zone, "events_read": len(source.acts)}
        self._parts = parts(known)
        people = sorted(self._parts)
        self._people = people if limit is None else sorted(Random(seed).sample(people, min(limit, len(people))))

    @property
    def examples(self) -> Sequence[Example]:
        """All figures, then the people."""
        told = {"zone": self._zone, "first": str(self._activity.first), "last": str(self._activity.last)}
        return [Example(id=ALL, given=told), *(Example(id=one, given={}) for one in self._people)]

    async def play(self, example: Example, trial: int) -> Mapping[str, Any]:
        """Return all figures with those of the reference, or a person's part."""
        if example.id != ALL:
            return self._parts[example.id]
        theirs = reference(told_of(self._source.raws), zone=self._zone)
        if theirs is None:
            raise NoAnswer("the reference found nobody")
        return {"shop": as_told(figures(self._activity)), "reference": plain(theirs)}


def as_told(found: Figures) -> dict[str, Any]:
    """Return the shop's figures as JSON."""
    return {
        "named": dict(found.named),
        "days": {str(day): [dau, wau, mau] for day, dau, wau, mau in found.days.iter_rows()},
        "week": {str(one.begins): [one.people, list(one.active)] for one in found.weekly},
        "month": {str(one.begins): [one.people, list(one.active)] for one in found.monthly},
    }


def plain(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reference's figures as JSON."""
    tables = {
        name: {str(key): [list(one) if isinstance(one, tuple) else one for one in row] for key, row in table.items()}
        for name, table in report.items()
        if name != "named"
    }
    return {"named": dict(report["named"]), **tables}


def parts(known: Activity) -> dict[str, dict[str, Any]]:
    """Return what each person adds to the figures."""
    months = {day: mau for day, _, _, mau in daily(known).iter_rows()}
    own_days: dict[str, list[date]] = {}
    for person, day in presence(known).iter_rows():
        own_days.setdefault(person, []).append(day)
    reached = dict(reached_by_person(known).iter_rows())
    own_visits: dict[str, list[dict[str, Any]]] = {}
    for row in visits(known).sort("person", "visit").iter_rows(named=True):
        own_visits.setdefault(row["person"], []).append(_visit(row))
    return {
        person: {
            "first_day": str(first),
            "days": len(own_days[person]),
            "came": {f"retention@{n}": _came(own_days[person], first + timedelta(days=n), known.last) for n in AFTER}
            | {f"cohort_{period}_1": _next(own_days[person], first, period, known.last) for period in PERIODS},
            "month": _month(own_days[person], months),
            "reached": reached[person],
            "visits": own_visits[person],
        }
        for person, first in first_days(known).iter_rows()
    }


PERIODS: tuple[Period, ...] = ("week", "month")


def _visit(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("events", "bought", "reached")
    return {"minutes": row["length"] / MINUTE, "at": str(row["started_at"])} | {name: row[name] for name in names}


def _came(days: Sequence[date], day: date, last: date) -> bool | None:
    """Return whether somebody came on a day, `None` where it has not been seen."""
    return day in days if day <= last else None


def _next(days: Sequence[date], first: date, period: Period, last: date) -> bool | None:
    """Return whether somebody came in the period after their first, `None` where it is not over."""
    own = first - timedelta(days=first.weekday()) if period == "week" else first.replace(day=1)
    begins = next_begins(own, period)
    ends = next_begins(begins, period)
    return any(begins <= day < ends for day in days) if ends <= last + timedelta(days=1) else None


def _month(days: Sequence[date], months: Mapping[date, int | None]) -> dict[str, float]:
    """Return what a person adds to DAU / MAU: on each day they are one of MAU, in some they are active.

    Their share of a day is 1 / MAU: `active` sums it over days on which they came, `member` over all days on which they
    belong to the month's people. The mean of active over member, weighed by member, is the mean of DAU / MAU.
    """
    member_of = {day + timedelta(days=after) for day in days for after in range(MONTH)}
    known = {day: mau for day in member_of if (mau := months.get(day))}
    return {
        "active": sum(1 / mau for day, mau in known.items() if day in set(days)),
        "member": sum(1 / mau for mau in known.values()),
    }
