"""Who comes back within so many days: learned from past days of the same shop, and churn, which is the rest.

Each past day is one on which the days that followed are known by now: what was known of each customer then, and whether
they bought. BG/NBD's own probability is one of the columns. Looks at no purchase from `until` on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from assistant.behaviour.models import bgnbd
from assistant.behaviour.models.chance import Chance, Examples, Hits, learn
from assistant.behaviour.models.customers import Customers, came_back, customers_on
from assistant.behaviour.models.table import Column, Floats, Table
from assistant.errors import BadRecord

if TYPE_CHECKING:
    import polars as pl

FAMILIES = ("logistic", "forest", "boosting")
EVERY_DAYS = 7
"""How far the past days that are learned from lie apart."""
RECENT = 4
"""How many of the last of them curves and average are chosen by."""
WARM_UP_DAYS = 35
"""How much history the first of them has."""


@dataclass(frozen=True, slots=True)
class Returning:
    """The fitted model. `columns` are those it reads, `days` those it was learned on."""

    chance: Chance
    process: bgnbd.BgNbd
    columns: tuple[str, ...]
    horizon_days: int
    days: tuple[date, ...]

    def chances(self, customers: Customers) -> Floats:
        """Return for each customer the probability (n,) of buying within the horizon; churn is what it lacks to 1."""
        return self.chance.chances(_read(self.process, customers, self.horizon_days, self.columns))


def histories(customers: Customers) -> bgnbd.Histories:
    """Return what BG/NBD reads, in days."""
    table = customers.table
    return bgnbd.Histories(table.column("repeats"), table.column("active_days"), table.column("age_days"))


def learn_returning(
    lines: pl.DataFrame,
    *,
    until: date,
    horizon_days: int,
    seed: int,
    columns: Sequence[str] = (),
    families: Sequence[str] = FAMILIES,
) -> Returning:
    """Return the model learned from the lines (see `customers`) before `until`, over `columns` or over all of them.

    Raises:
        BadRecord: there is too little history for one past day, or too few customers.
    """
    import polars as pl

    past = lines.filter(pl.col("at") < until)
    days = past_days(past, until=until, horizon_days=horizon_days)
    process = bgnbd.fit(histories(customers_on(past, until)))
    known = [customers_on(past, day) for day in days]
    tables = [_read(process, customers, horizon_days, columns) for customers in known]
    hits = [came_back(past, known[at], day=day, horizon_days=horizon_days) for at, day in enumerate(days)]
    chance = learn(_examples(known, tables, hits), seed=seed, families=families)
    return Returning(chance, process, tables[0].names, horizon_days, tuple(days))


def _examples(known: Sequence[Customers], tables: Sequence[Table], hits: Sequence[Hits]) -> Examples:
    """Return the examples of all days; choices are made by the latest days, whose customers are most like today's."""
    table = Table(tables[0].columns, np.concatenate([one.values for one in tables]))
    people = np.unique([id_ for customers in known for id_ in customers.ids], return_inverse=True)[1]
    days = np.repeat(np.arange(len(tables)), [len(one) for one in tables])
    return Examples(table, np.concatenate(hits), people, days < RECENT)


def past_days(lines: pl.DataFrame, *, until: date, horizon_days: int) -> list[date]:
    """Return the days to learn on, the last first: each with its whole horizon before `until`.

    Raises:
        BadRecord: the history is too short for one.
    """
    first = lines["at"].min()
    last = until - timedelta(days=horizon_days)
    earliest = first + timedelta(days=WARM_UP_DAYS) if isinstance(first, date) else until
    if last < earliest:
        needed = WARM_UP_DAYS + horizon_days
        raise BadRecord(f"purchases from {first!s} to {until} are too few days to learn from: {needed} are wanted")
    return [last - timedelta(days=back) for back in range(0, (last - earliest).days + 1, EVERY_DAYS)]


def _read(process: bgnbd.BgNbd, customers: Customers, horizon_days: int, columns: Sequence[str]) -> Table:
    """Return the customers' table with BG/NBD's columns, or the named columns of it."""
    past, table = histories(customers), customers.table
    added = {
        "bgnbd_alive": process.alive(past),
        "bgnbd_returns": process.returns(past, horizon_days),
        "bgnbd_purchases": process.purchases(past, horizon_days),
    }
    names = (*table.columns, *(Column(name) for name in added))
    whole = Table(names, np.column_stack([table.values, *added.values()]))
    return whole.without(set(whole.names) - set(columns)) if columns else whole
