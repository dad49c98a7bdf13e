"""How far two judgments of the same things agree beyond chance: Cohen's κ, and whether that is enough to trust.

A column holds one side's judgments as values and the other's as truths (numbers of `criteria`, half numbers for what
lies between two choices). Knows neither judges nor labels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eval.harness.reducers import Column, Floats, Reducer

FEWEST = 20
"""Common labels below which an agreement is not reported."""
MODERATE = 0.41
"""κ from which agreement is called moderate. Source: Landis & Koch 1977, table 2."""


def kappa_of(choices: int) -> Reducer:
    """Return the reducer that gives κ of judgments on so many choices, weighted by squares where there are over two.

    NaN below `FEWEST` labels, and where both sides say only one and the same thing. On two choices, a judgment between
    them (it turned with the order of asking) agrees with neither.
    """

    def reduce(column: Column) -> float:
        counts = (column.weights > 0) & ~np.isnan(column.truths)
        judged, truths, weights = column.values[counts], column.truths[counts], column.weights[counts]
        if weights.sum() < FEWEST:
            return float("nan")
        return kappa(_halves(judged), _halves(truths), weights, squares=choices > 2)

    return reduce


def trusted_by(choices: int) -> Reducer:
    """Return the reducer that is 1 where κ is at least moderate on at least `FEWEST` labels, 0 otherwise."""
    reduce = kappa_of(choices)
    return lambda column: float(reduce(column) >= MODERATE)


def kappa(one: NDArray[np.int64], other: NDArray[np.int64], weights: Floats, *, squares: bool) -> float:
    """Return Cohen's κ of two judges' categories `(n,)`, counted from 0; NaN where chance alone would always agree.

    Written out because a bootstrap needs it thousands of times; a test holds it equal to scikit-learn's.
    Source: Cohen 1960, and 1968 for weights.
    """
    size = int(max(one.max(), other.max())) + 1
    table = np.bincount(one * size + other, weights=weights, minlength=size * size).reshape(size, size)
    places = np.arange(size)
    apart = (places[:, None] - places) ** 2 if squares else places[:, None] != places
    by_chance = float((apart * np.outer(table.sum(1), table.sum(0))).sum() / table.sum())
    return 1 - float((apart * table).sum()) / by_chance if by_chance else float("nan")


def _halves(numbers: Floats) -> NDArray[np.int64]:
    return np.rint(2 * numbers).astype(np.int64)
