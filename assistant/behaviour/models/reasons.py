"""Reasons: what made a probability what it is, by Shapley values over the whole calibrated model, said in words.

Source: Lundberg and Lee 2017, by `shap`'s permutations. A column of levels is one reason, not one for each level. The
values are in probability and add up to what the row differs from the mean of the background rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.behaviour.models.table import Floats, Table

BACKGROUND = 40
ROUNDS = 3
"""Permutations walked forth and back; with few columns the values settle at once."""
LEAST = 0.005
"""A reason that moves the probability by less is not worth a line."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A column, its value (the level's name where it has levels), and by how much it moves the probability."""

    column: str
    value: float | str
    moves: float

    def said(self, language: str) -> str:
        """Return the reason as a phrase in "en" or "zh", without the direction in which it moves."""
        form = _phrases(language)[self.column]
        if isinstance(self.value, str):
            return form.format(value=self.value)
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
    strongest = sorted(reasons, key=lambda reason: -abs(reason.moves))[:most]
    return Forecast(float(chances(row)[0]), float(chances(usual).mean()), tuple(strongest))


def shapley(chances: Callable[[Table], Floats], rows: Table, usual: Table) -> Floats:
    """Return by how much each column moves each row's probability (n, k) from the mean of the usual rows'."""
    import shap

    def asked(values: Floats) -> Floats:
        return chances(Table(rows.columns, np.asarray(values, np.float64)))

    masker = shap.maskers.Independent(usual.values, max_samples=len(usual))
    explainer = shap.explainers.Permutation(asked, masker, seed=0)
    evaluations = ROUNDS * (2 * len(rows.columns) + 1)
    found: Floats = explainer(rows.values, max_evals=evaluations, silent=True).values
    return found


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
