"""What is known of each customer on a day: recency, frequency, money, intervals, baskets, products, trends, returns.

Looks at purchases before the day alone, so that a model can learn from a past day what came after it. Knows no name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.behaviour.models.table import Column, Table

if TYPE_CHECKING:
    import polars as pl

RFM = ("recency_days", "repeats", "money")
RECENT_DAYS = (14, 30, 60, 90)
LAST = 5
"""Intervals between purchases that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Customers:
    """The customers who had bought before a day: their ids (n,) and what was known of them then."""

    ids: tuple[str, ...]
    table: Table


def customers_on(lines: pl.DataFrame, day: date) -> Customers:
    """Return what the lines before `day` tell of each customer who had bought.

    `lines` have the columns `customer` and `order` (text), `at` (date), `product` (text), `quantity` and `money`
    (numbers; negative where goods came back, in an order of its own).
    """
    import polars as pl

    before = lines.filter(pl.col("at") < day)
    bought = before.filter(pl.col("quantity") > 0)
    parts = [
        _purchases(bought, day),
        _intervals(bought, day),
        _baskets(bought),
        _products(bought),
        _recent(bought, day),
    ]
    joined = parts[0]
    for part in [*parts[1:], _returns(before)]:
        joined = joined.join(part, on="customer", how="left", maintain_order="left")
    joined = joined.fill_null(0).with_columns(
        returned_share=pl.col("returned") / pl.col("money").clip(0.01),
        waiting=pl.col("recency_days") / pl.col("usual_interval").clip(1),
    )
    names = [name for name in joined.columns if name != "customer"]
    values = joined.select(names).to_numpy().astype(np.float64)
    return Customers(tuple(joined["customer"].to_list()), Table(tuple(Column(name) for name in names), values))


def came_back(lines: pl.DataFrame, customers: Customers, *, day: date, horizon_days: int) -> NDArray[np.int_]:
    """Return for each customer whether they bought in the `horizon_days` from `day` on, as 0 or 1."""
    import polars as pl

    end = day + timedelta(days=horizon_days)
    later = lines.filter((pl.col("at") >= day) & (pl.col("at") < end) & (pl.col("quantity") > 0))
    buyers = set(later["customer"].to_list())
    return np.array([int(id_ in buyers) for id_ in customers.ids])


def _purchases(bought: pl.DataFrame, day: date) -> pl.DataFrame:
    """Recency, age, repeats (days on which they bought again) and money."""
    import polars as pl

    at = pl.col("at")
    return (
        bought.group_by("customer")
        .agg(
            recency_days=(pl.lit(day) - at.max()).dt.total_days(),
            age_days=(pl.lit(day) - at.min()).dt.total_days(),
            repeats=at.n_unique() - 1,
            orders=pl.col("order").n_unique(),
            money=pl.col("money").sum(),
            last_money=pl.col("money").filter(at == at.max()).sum(),
        )
        .with_columns(
            active_days=pl.col("age_days") - pl.col("recency_days"),
            money_an_order=pl.col("money") / pl.col("orders"),
            orders_a_month=30 * pl.col("orders") / (pl.col("age_days") + 30),
        )
        .sort("customer")
    )


def _intervals(bought: pl.DataFrame, day: date) -> pl.DataFrame:
    """The days between purchases: their mean, deviation and last; one purchase has the age as its interval."""
    import polars as pl

    days = bought.select("customer", "at").unique().sort("customer", "at")
    gap = pl.col("at").diff().dt.total_days()
    alone = (pl.lit(day) - pl.col("at").min()).dt.total_days()
    return days.group_by("customer").agg(
        usual_interval=pl.coalesce(gap.mean(), alone),
        interval_deviation=gap.std(),
        last_interval=pl.coalesce(gap.last(), alone),
        longest_interval=pl.coalesce(gap.max(), alone),
    )


def _baskets(bought: pl.DataFrame) -> pl.DataFrame:
    """How many lines, pieces and products a basket has, and what a piece costs."""
    import polars as pl

    return bought.group_by("customer").agg(
        lines_an_order=pl.len() / pl.col("order").n_unique(),
        pieces_a_line=pl.col("quantity").mean(),
        price_a_piece=pl.col("money").sum() / pl.col("quantity").sum(),
        weekend_share=(pl.col("at").dt.weekday() > 5).mean(),
    )


def _products(bought: pl.DataFrame) -> pl.DataFrame:
    """How many products, how many of them bought again, and how regular the others are who bought the same."""
    import polars as pl

    days = bought.group_by("customer", "product").agg(days=pl.col("at").n_unique())
    habit = bought.group_by("customer").agg(visits=pl.col("at").n_unique())
    pairs = days.join(habit, on="customer")
    liked = pairs.group_by("product").agg(
        buyers=pl.len(), visits_of_buyers=pl.col("visits").sum(), regulars=(pl.col("visits") > 1).sum()
    )
    pairs = pairs.join(liked, on="product")
    others = pl.col("buyers") - 1
    regular = (pl.col("regulars") - (pl.col("visits") > 1)) / others.clip(1)
    return pairs.group_by("customer").agg(
        products=pl.len(),
        bought_again_share=(pl.col("days") > 1).mean(),
        popularity=pl.col("buyers").log().mean(),
        regular_company=regular.filter(others > 0).mean(),
    )


def _recent(bought: pl.DataFrame, day: date) -> pl.DataFrame:
    """Orders and money of the last weeks, and how the second half of their time compares with the first."""
    import polars as pl

    at = pl.col("at")
    recent = {
        f"orders_{days}_days": pl.col("order").filter(at >= day - timedelta(days=days)).n_unique()
        for days in RECENT_DAYS
    }
    middle = at.min() + (pl.lit(day) - at.min()) / 2
    late = pl.col("order").filter(at >= middle).n_unique()
    return bought.group_by("customer").agg(
        **recent,
        money_60_days=pl.col("money").filter(at >= day - timedelta(days=60)).sum(),
        late_share=late / pl.col("order").n_unique(),
    )


def _returns(before: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    back = before.filter(pl.col("quantity") < 0)
    return back.group_by("customer").agg(returns=pl.col("order").n_unique(), returned=-pl.col("money").sum())
