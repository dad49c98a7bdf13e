"""Who did what when, in the shop's own days: the table from which every figure of stickiness is made.

Only what a person does counts as being there: not what the shop does with an order afterwards, nor an `identify` call,
which a server may send while nobody looks. Programs and refused events are not in the store (`behaviour.intake`). Knows
no figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.behaviour.event import Event, Kind

if TYPE_CHECKING:
    import polars as pl

ABSENT = frozenset({Kind.CANCEL, Kind.REFUND, Kind.IDENTIFY})
"""What does not show that the person was there."""
Act = tuple[str, Kind, datetime]
"""Whose history it stands in, what was done, and when (aware)."""


@dataclass(frozen=True, slots=True)
class Activity:
    """The table `person at kind day` `(n, 4)` of what counts, and the days that are looked at, both included.

    `at` is in UTC, `day` a date in `zone`. Days without anybody count as days.
    """

    table: pl.DataFrame
    first: date
    last: date
    zone: str

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1


def activity(acts: Iterable[Act], *, zone: str = "UTC", last: date | None = None) -> Activity | None:
    """Return the activity up to the day `last`, that of the latest act where none is given; `None` where there is none.

    The days begin with that of the earliest act.
    """
    import polars as pl

    rows = [(person, at.astimezone(UTC), kind.value) for person, kind, at in acts if kind not in ABSENT]
    schema: dict[str, pl.DataType] = {"person": pl.String(), "at": pl.Datetime("us", "UTC"), "kind": pl.String()}
    day = pl.col("at").dt.convert_time_zone(zone).dt.date()
    table = pl.DataFrame(rows, schema=schema, orient="row").with_columns(day=day)
    if last is not None:
        table = table.filter(pl.col("day") <= last)
    if table.is_empty():
        return None
    days = table["day"].to_list()
    return Activity(table, min(days), last or max(days), zone)


def acts_of(events: Iterable[Event]) -> Iterable[Act]:
    """Yield what counts of whole events."""
    return ((event.person, event.kind, event.at) for event in events)


def yesterday(now: datetime, zone: str) -> date:
    """Return the last day that is over.

    >>> yesterday(datetime(2026, 3, 1, 20, tzinfo=UTC), "Asia/Shanghai").isoformat()
    '2026-03-01'
    """
    from zoneinfo import ZoneInfo

    return now.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
