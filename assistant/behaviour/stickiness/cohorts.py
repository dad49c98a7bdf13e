"""Who comes back after their first day: classic retention by day, and cohorts by week and by month.

A first day is the first that is known; who had come before the shop kept events looks new. Knows no visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from assistant.behaviour.stickiness.activity import Activity
from assistant.behaviour.stickiness.days import presence

if TYPE_CHECKING:
    import polars as pl

AFTER = (1, 7, 30)
"""The days after the first for which retention is told."""
Period = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class Cohort:
    """People whose first day lies in the period that begins on `begins`: how many, and how many came in each period.

    `active[k]` is of the k-th period after their own, `active[0]` their own and so all of them; only periods that were
    over by the last day are there, but for the cohort's own.
    """

    begins: date
    people: int
    active: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Retained:
    """Of the people whose n-th day after the first has been seen, how many there are and how many came on it."""

    people: int
    came: int

    @property
    def share(self) -> float | None:
        """The share who came, `None` where nobody's day has been seen."""
        return self.came / self.people if self.people else None


def first_days(activity: Activity) -> pl.DataFrame:
    """Return `person first`: each person's first day."""
    import polars as pl

    return activity.table.group_by("person").agg(first=pl.col("day").min()).sort("person")


def retention(activity: Activity, after: int) -> Retained:
    """Return who came exactly `after` days after their first day."""
    import polars as pl

    there = pl.col("first") + pl.duration(days=after)
    seen = first_days(activity).with_columns(day=there).filter(pl.col("day") <= activity.last)
    return Retained(len(seen), len(seen.join(presence(activity), on=("person", "day"), how="semi")))


def cohorts(activity: Activity, period: Period) -> tuple[Cohort, ...]:
    """Return the cohorts in the order of their periods: weeks begin on Monday, months on the first."""
    import polars as pl

    days = presence(activity).join(first_days(activity), on="person")
    begins, own = (pl.col(name).dt.truncate(f"1{period[0] if period == 'week' else 'mo'}") for name in ("first", "day"))
    cells = days.select("person", begins=begins, own=own).unique().group_by("begins", "own").len()
    counted = {(begun, at): count for begun, at, count in cells.iter_rows()}
    starts = sorted({begun for begun, _ in counted})
    return tuple(_cohort(counted, begun, period, activity.last) for begun in starts)


def next_begins(begins: date, period: Period) -> date:
    """Return when the next week or month begins.

    >>> next_begins(date(2026, 12, 1), "month").isoformat()
    '2027-01-01'
    """
    return begins + timedelta(days=7) if period == "week" else (begins + timedelta(days=31)).replace(day=1)


def _cohort(counted: dict[tuple[date, date], int], begun: date, period: Period, last: date) -> Cohort:
    active, at = [counted[begun, begun]], next_begins(begun, period)
    while (after := next_begins(at, period)) <= last + timedelta(days=1):
        active.append(counted.get((begun, at), 0))
        at = after
    return Cohort(begun, active[0], tuple(active))
