"""From the shop's events to what the models read: each person's visits, lines of purchases, daily pieces sold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.models.table import Floats
from assistant.behaviour.visits import sessionise

if TYPE_CHECKING:
    import polars as pl

SIGNS = {Kind.PURCHASE: 1, Kind.REFUND: -1, Kind.CANCEL: -1}


def visits_by_person(events: Iterable[Event]) -> list[list[tuple[Event, ...]]]:
    """Return each person's visits in order, each with its events in order."""
    mine = sorted(events, key=lambda event: (event.person, event.at, event.number))
    return [sessionise(own) for _, own in groupby(mine, key=lambda event: event.person)]


def purchase_lines(events: Iterable[Event]) -> pl.DataFrame:
    """Return the lines of `customers.customers_on`: what was bought, and with a minus what came back.

    Money is in minor units; a line without a price counts for nothing.
    """
    import polars as pl

    rows = [
        (event.person, _order(event), event.at.date(), item.product_id, sign * item.quantity, sign * _money(item))
        for event in events
        if (sign := SIGNS.get(event.kind, 0))
        for item in event.items
    ]
    columns = {"customer": pl.String, "order": pl.String, "at": pl.Date, "product": pl.String}
    return pl.DataFrame(rows, schema={**columns, "quantity": pl.Float64, "money": pl.Float64}, orient="row")


def daily_pieces(lines: pl.DataFrame, products: Collection[str], *, last: date) -> Floats:
    """Return how many pieces of these products were sold on each day, from the first sale of any to `last`."""
    import polars as pl

    sold = lines.filter(pl.col("product").is_in(list(products)) & (pl.col("quantity") > 0) & (pl.col("at") <= last))
    if sold.is_empty():
        return np.zeros(0)
    by_day = dict(sold.group_by("at").agg(pl.col("quantity").sum()).iter_rows())
    first = min(by_day)
    return np.array([by_day.get(first + timedelta(days=day), 0.0) for day in range((last - first).days + 1)])


def _order(event: Event) -> str:
    """Return the order's number; what comes back is an order of its own."""
    number = event.order_number or event.id
    return number if event.kind is Kind.PURCHASE else f"{event.kind}:{number}"


def _money(item: EventItem) -> float:
    return float(item.price_minor or 0) * item.quantity
