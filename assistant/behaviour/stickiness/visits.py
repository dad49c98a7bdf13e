"""Visits: how long they are, what is done in them, and how far they get on the way to a purchase.

A visit ends with a pause of more than half an hour and belongs to the day on which it begins. Knows no retention.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.behaviour.event import Kind
from assistant.behaviour.stickiness.activity import Activity
from assistant.store.visits import PAUSE

if TYPE_CHECKING:
    import polars as pl

STEPS: dict[str, tuple[Kind, ...]] = {
    "look": (Kind.SEARCH, Kind.LIST_VIEW),
    "view": (Kind.PRODUCT_CLICK, Kind.PRODUCT_VIEW),
    "cart": (Kind.CART_ADD,),
    "checkout": (Kind.CHECKOUT_BEGIN, Kind.CHECKOUT_SHIPPING, Kind.CHECKOUT_PAYMENT),
    "purchase": (Kind.PURCHASE,),
}
"""The way to a purchase, in order."""


def visits(activity: Activity) -> pl.DataFrame:
    """Return `person visit started_at length events bought reached`, a row for each visit, by person and time.

    `visit` numbers a person's visits from 0; `length` is a duration; `reached` counts the steps taken in order, 0 to 5.
    """
    import polars as pl

    acts = _numbered(activity)
    made = acts.group_by("person", "visit").agg(
        started_at=pl.col("at").min(),
        length=pl.col("at").max() - pl.col("at").min(),
        events=pl.len(),
        bought=(pl.col("kind") == Kind.PURCHASE.value).any(),
    )
    return made.join(_reached(acts, ("person", "visit")), on=("person", "visit")).sort("person", "visit")


def reached_by_person(activity: Activity) -> pl.DataFrame:
    """Return `person reached`: the steps that each took in order, visits or days apart."""
    return _reached(activity.table, ("person",)).sort("person")


def _numbered(activity: Activity) -> pl.DataFrame:
    import polars as pl

    ordered = activity.table.sort("person", "at")
    pause = pl.col("at").diff().over("person")
    return ordered.with_columns(visit=(pause > PAUSE).fill_null(False).cast(pl.Int64).cum_sum().over("person"))


def _reached(acts: pl.DataFrame, whose: Sequence[str]) -> pl.DataFrame:
    """Return how many steps were taken, each not before the one in front of it."""
    import polars as pl

    found = acts.select(whose).unique().with_columns(reached=pl.lit(0))
    since = acts.group_by(whose).agg(since=pl.col("at").min())
    for step, kinds in enumerate(STEPS.values(), 1):
        taken = acts.filter(pl.col("kind").is_in([kind.value for kind in kinds])).join(since, on=whose)
        since = taken.filter(pl.col("at") >= pl.col("since")).group_by(whose).agg(since=pl.col("at").min())
        far = pl.when(pl.col("since").is_not_null()).then(step).otherwise(pl.col("reached")).alias("reached")
        found = found.join(since, on=whose, how="left").select(*whose, far)
    return found
