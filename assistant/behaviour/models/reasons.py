"""Reasons: what made a probability what it is, by Shapley values over the whole calibrated model, said in words.

Source: Lundberg and Lee 2017, by antithetic permutations (Mitchell et al. 2022), as the package `shap` does it, which
would compile for 16 s and take 250 MB of the running app. The tests hold this to exact values. A column of levels is
one reason, not one for each level. The values are in probability and add up to what the row differs from the mean of
the background rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.behaviour.models.table import Floats, Table
from index.money import price_text

BACKGROUND = 40
ROUNDS = 3
"""Permutations walked forth and back; with few columns the values settle at once."""
MONEY = frozenset(
    {"money", "last_money", "money_an_order", "price_a_piece", "money_60_days", "returned", "dearest_minor"}
)
"""Columns that are amounts."""
LEAST = 0.005
"""A reason that moves the probability by less is not worth a line."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A column, its value (the level's name where it has levels), and by how much it moves the probability."""

    column: str
    value: float | str
    moves: float

    def said(self, language: str, currency: str | None = None) -> str:
        """Return the reason as a phrase in "en" or "zh", without the direction in which it moves.

        With a `currency` amounts of money are in its minor units, as a shop's own records have them.
        """
        form = _phrases(language)[self.column]
        if isinstance(self.value, str):
            return form.format(value=self.value)
        if currency and self.column in MONEY:
            return form.format(value=price_text(round(self.value), currency, language))
        return form.format(
            value=f"{self.value:,.0f}" if self.value >= 10 or self.value.is_integer() else f"{self.value:.1f}"
        )


@dataclass(frozen=True, slots=True)
class Forecast:
    """A calibrated probability, the usual one, and what moves it from there, the strongest first."""

    chance: float
    usual: float
    reasons: tuple[Reason, ...]


def background(table: Table, *, seed: int) -> Table:
    """Return the few rows that stand for the usual case."""
    chosen = np.random.default_rng(seed).permutation(len(table))[:BACKGROUND]
    return table.rows(np.sort(chosen))


def forecast(chances: Callable[[Table], Floats], row: Table, usual: Table, *, most: int = 4) -> Forecast:
    """Return the probability of the one row of `row` and its reasons against the `usual` rows."""
    values = shapley(chances, row, usual)[0]
    reasons = [_reason(row, number, float(moves)) for number, moves in enumerate(values) if abs(moves) >= LEAST]
    reasons = [reason for reason in reasons if reason.value != ""]  # a level that is not known says nothing
    strongest = sorted(reasons, key=lambda reason: -abs(reason.moves))[:most]
    return Forecast(float(chances(row)[0]), float(chances(usual).mean()), tuple(strongest))


def shapley(chances: Callable[[Table], Floats], rows: Table, usual: Table) -> Floats:
    """Return by how much each column moves each row's probability (n, k) from the mean of the usual rows'.

    Columns are taken over from the row one by one, in an order drawn by chance and in its reverse, and each is credited
    with what it changed. Each order's credits add up to the whole difference.
    """
    order = np.random.default_rng(0)
    return np.stack([_credits(chances, rows.rows(np.array([number])), usual, order) for number in range(len(rows))])


def _credits(chances: Callable[[Table], Floats], row: Table, usual: Table, order: np.random.Generator) -> Floats:
    """Return each column's mean credit (k,) over `ROUNDS` orders and their reverses."""
    width = len(row.columns)
    orders = [one for _ in range(ROUNDS) for drawn in (order.permutation(width),) for one in (drawn, drawn[::-1])]
    # Of each order the steps from none of the row's columns to all of them, as masks (orders, width + 1, width).
    place = np.argsort(np.array(orders), axis=1)
    taken = place[:, None, :] < np.arange(width + 1)[None, :, None]
    mixed = np.where(taken[:, :, None, :], row.values[0], usual.values).reshape(-1, width)
    said = chances(Table(row.columns, mixed)).reshape(len(orders), width + 1, len(usual)).mean(axis=2)
    steps = np.diff(said, axis=1)
    credits: Floats = np.take_along_axis(steps, place, axis=1).mean(axis=0)
    return credits


def _reason(row: Table, number: int, moves: float) -> Reason:
    column, value = row.columns[number], float(row.values[0, number])
    if not column.levels:
        return Reason(column.name, value, moves)
    return Reason(column.name, "" if np.isnan(value) else column.levels[int(value)], moves)


@cache
def _phrases(language: str) -> dict[str, str]:
    name = f"reasons.{language}.toml"
    phrases: dict[str, str] = tomllib.loads(files("assistant.behaviour.models").joinpath(name).read_text("utf-8"))
    return phrases
