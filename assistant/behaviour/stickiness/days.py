"""Active people by day, and in the week and the month that end with it.

A person is active in a window once however often they came. Knows no visit.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from assistant.behaviour.stickiness.activity import Activity

if TYPE_CHECKING:
    import polars as pl

WEEK, MONTH = 7, 30
"""Days of the windows of WAU and MAU."""


def daily(activity: Activity) -> pl.DataFrame:
    """Return `day dau wau mau`, a row for each day; windows that begin before the first day are `null`."""
    import polars as pl

    calendar = pl.DataFrame({"day": pl.date_range(activity.first, activity.last, eager=True)})
    for name, window in (("dau", 1), ("wau", WEEK), ("mau", MONTH)):
        calendar = calendar.join(_active(activity, calendar, window).rename({"active": name}), on="day", how="left")
    place = pl.int_range(pl.len())
    whole = [
        pl.when(place >= window - 1).then(pl.col(name)).alias(name) for name, window in (("wau", WEEK), ("mau", MONTH))
    ]
    return calendar.sort("day").with_columns(whole)


def stickiness(days: pl.DataFrame) -> float | None:
    """Return the mean of DAU / MAU over the days with a whole month and anybody in it, `None` without such a day."""
    import polars as pl

    known = days.filter(pl.col("mau") > 0)
    ratios = [dau / mau for dau, mau in known.select("dau", "mau").iter_rows()]
    return fsum(ratios) / len(ratios) if ratios else None


def presence(activity: Activity) -> pl.DataFrame:
    """Return `person day`: each day on which a person was there, once."""
    return activity.table.select("person", "day").unique().sort("person", "day")


def _active(activity: Activity, calendar: pl.DataFrame, window: int) -> pl.DataFrame:
    """Return how many people each day's window has: they enter it when they come and leave it `window` days later.

    Whoever comes again before that leaves with the later day, so that nobody is in it twice.
    """
    import polars as pl

    came = presence(activity).with_columns(again=pl.col("day").shift(-1).over("person"))
    out = pl.col("day") + pl.duration(days=window)
    leaving = came.select(day=pl.min_horizontal(out, pl.col("again")))
    moves = pl.concat([came.select("day", move=pl.lit(1)), leaving.select("day", move=pl.lit(-1))])
    by_day = moves.group_by("day").agg(pl.col("move").sum())
    counted = calendar.join(by_day, on="day", how="left").sort("day")
    return counted.select("day", active=pl.col("move").fill_null(0).cum_sum())
