"""Who comes back within so many days: learned from past days of the same shop, and churn, which is the rest.

The horizon is cut into periods, and what is learned is the chance to buy in a period of those who did not before
(discrete-time survival, Singer and Willett 1993). So a past day teaches as soon as one period after it is known, and
the last of them has nearly as much history as today; with whole horizons alone half of the history would be lost.
BG/NBD's own chance of each period is one of the columns. Looks at no purchase from `until` on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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

FAMILIES = ("line", "shallow")
PERIODS = 3
EVERY_DAYS = 10
"""How far the past days that are learned from lie apart."""
WARM_UP_DAYS = 35
"""How much history the first of them has."""
TRIED_BACK = (0, 15)
"""So many days before the last day whose horizon is over the level is tried, too."""
LEAST_APART, HALFWAY = 0.01, 0.5
RECENT_PERIODS = 2
"""Curves and average are chosen by what happened in so many last periods: shops change with the season."""


@dataclass(frozen=True, slots=True)
class Returning:
    """The fitted model. `columns` are those it reads of a customer, `days` those it was learned on.

    `shift` is added to the log odds: see `_level`.
    """

    chance: Chance
    process: bgnbd.BgNbd
    columns: tuple[str, ...]
    horizon_days: int
    days: tuple[date, ...]
    shift: float = 0.0

    def chances(self, customers: Customers) -> Floats:
        """Return for each customer the probability (n,) of buying within the horizon; churn is what it lacks to 1."""
        tables = self._periods(customers)
        return _shifted(_ever([self.chance.chances(table) for table in tables]), self.shift)

    def by_family(self, customers: Customers) -> dict[str, Floats]:
        """Return what each family alone says."""
        tables = self._periods(customers)
        members = self.chance.compared.items()
        return {name: _shifted(_ever([one.chances(table) for table in tables]), self.shift) for name, one in members}

    def _periods(self, customers: Customers) -> list[Table]:
        days = self.horizon_days / PERIODS
        return [_read(self.process, customers, self.columns, number=number, days=days) for number in range(PERIODS)]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one period after one past day taught: the customers who had not come back before it, and who then did."""

    table: Table
    hits: Hits
    ids: tuple[str, ...]
    end: date


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
        BadRecord: there is too little history for one period after one past day, or too few customers.
    """
    import polars as pl

    past = lines.filter(pl.col("at") < until)

    def unshifted(day: date) -> Returning:
        before = past.filter(pl.col("at") < day)
        return _learned(before, until=day, horizon_days=horizon_days, seed=seed, columns=columns, families=families)

    model = unshifted(until)
    towards = _towards(past, unshifted, until=until, horizon_days=horizon_days)
    return replace(model, shift=_level(model, customers_on(past, until), towards=towards))


def _learned(
    past: pl.DataFrame, *, until: date, horizon_days: int, seed: int, columns: Sequence[str], families: Sequence[str]
) -> Returning:
    """Return the model learned from the lines before `until`, its level as it was learned."""
    period = timedelta(days=horizon_days // PERIODS)
    days = past_days(past, last=until - period)
    today = customers_on(past, until)
    process = bgnbd.fit(histories(today))
    wanted = tuple(columns) or today.table.names
    lessons = [one for day in days for one in _lessons(past, process, wanted, day=day, until=until, period=period)]
    chance = learn(_examples(lessons, since=until - RECENT_PERIODS * period), seed=seed, families=families)
    return Returning(chance, process, wanted, horizon_days, tuple(days))


def _level(model: Returning, today: Customers, *, towards: float) -> float:
    """Return the shift that brings the mean of today's customers so far towards BG/NBD's; it changes no order."""
    from scipy.optimize import brentq

    said = model.chances(today)
    process = model.process.returns(histories(today), model.horizon_days).mean()
    wanted = said.mean() + towards * (process - said.mean())
    return float(brentq(lambda shift: float(_shifted(said, shift).mean() - wanted), -8, 8))


def _towards(past: pl.DataFrame, unshifted: Callable[[date], Returning], *, until: date, horizon_days: int) -> float:
    """Return how far towards BG/NBD's level, from 0 to 1, the truth lay on past days whose whole horizon is over.

    What was learned from the months before says too much when the season falls, and BG/NBD, which knows no season and
    takes a pause for leaving, too little. Halfway where the history is too short to tell.
    """
    found = []
    for back in TRIED_BACK:
        day = until - timedelta(days=horizon_days + back)
        try:
            model = unshifted(day)
        except BadRecord:
            continue
        then = customers_on(past, day)
        truth = came_back(past, then, day=day, horizon_days=horizon_days).mean()
        said, process = model.chances(then).mean(), model.process.returns(histories(then), horizon_days).mean()
        if abs(process - said) > LEAST_APART:
            found.append(float(np.clip((truth - said) / (process - said), 0, 1)))
    return float(np.mean(found)) if found else HALFWAY


def _ever(periods: Sequence[Floats]) -> Floats:
    """Return the probability (n,) of buying in any of the periods, from that of each where none before it did."""
    never: Floats = np.prod([1 - chances for chances in periods], axis=0, dtype=np.float64)
    return 1 - never


def _shifted(chances: Floats, shift: float) -> Floats:
    odds = chances / (1 - chances) * np.exp(shift)
    moved: Floats = odds / (1 + odds)
    return moved


def past_days(lines: pl.DataFrame, *, last: date) -> list[date]:
    """Return the days to learn on, from the `last` back to the first that has enough history.

    Raises:
        BadRecord: the history is too short for one.
    """
    first = lines["at"].min()
    earliest = first + timedelta(days=WARM_UP_DAYS) if isinstance(first, date) else date.max
    if last < earliest:
        raise BadRecord(
            f"purchases from {first!s} on teach nothing about {last}: {WARM_UP_DAYS} days before it are wanted"
        )
    return [last - timedelta(days=back) for back in range(0, (last - earliest).days + 1, EVERY_DAYS)]


def _lessons(
    past: pl.DataFrame, process: bgnbd.BgNbd, columns: Sequence[str], *, day: date, until: date, period: timedelta
) -> Iterator[Lesson]:
    """Return what each period after `day` taught that was over by `until`."""
    customers = customers_on(past, day)
    away = np.ones(len(customers.ids), bool)
    for number in range(PERIODS):
        begin = day + number * period
        if begin + period > until:
            return
        table = _read(process, customers, columns, number=number, days=period.days)
        back = came_back(past, customers, day=begin, horizon_days=period.days)
        ids = tuple(np.array(customers.ids)[away].tolist())
        yield Lesson(table.rows(away), back[away], ids, begin + period)
        away &= back == 0


def _examples(lessons: Sequence[Lesson], *, since: date) -> Examples:
    """Return all lessons as examples; choices are made by those that ended after `since`."""
    table = Table(lessons[0].table.columns, np.concatenate([one.table.values for one in lessons]))
    people = np.unique([id_ for one in lessons for id_ in one.ids], return_inverse=True)[1]
    recent = np.repeat([one.end > since for one in lessons], [len(one.ids) for one in lessons])
    return Examples(table, np.concatenate([one.hits for one in lessons]), people, recent)


def _read(process: bgnbd.BgNbd, customers: Customers, columns: Sequence[str], *, number: int, days: float) -> Table:
    """Return the customers' columns, which period it is, and BG/NBD's chance of it unless only named columns count."""
    kept = customers.table.without(set(customers.table.names) - set(columns))
    added = {"period": np.full(len(kept), float(number))}
    if len(kept.columns) == len(customers.table.columns):
        past = histories(customers)
        before, after = (process.returns(past, days * number), process.returns(past, days * (number + 1)))
        added |= {"bgnbd_alive": process.alive(past), "bgnbd_returns": (after - before) / (1 - before)}
    names = (*kept.columns, *(Column(name) for name in added))
    return Table(names, np.column_stack([kept.values, *added.values()]))
