"""How far two judgments of the same things agree beyond chance: Cohen's κ, and whether that is enough to trust.

A column holds one side's judgments as values and the other's as truths (numbers of `criteria`, half numbers for what
lies between two choices). Knows neither judges nor labels.
"""

from __future__ import annotations

import numpy as np
import sklearn
from sklearn.metrics import cohen_kappa_score

from eval.harness.reducers import Column, Reducer

FEWEST = 20
"""Common labels below which an agreement is not reported."""
MODERATE = 0.41
"""κ from which agreement is called moderate. Source: Landis & Koch 1977, table 2."""


def kappa_of(choices: int) -> Reducer:
    """Return the reducer that gives κ of judgments on so many choices, weighted by squares where there are over two.

    NaN below `FEWEST` labels, and where both sides say only one and the same thing. On two choices, a judgment between
    them (it turned with the order of asking) agrees with neither. Source: Cohen 1960, 1968.
    """
    halves = list(range(2 * choices - 1))

    def reduce(column: Column) -> float:
        counts = (column.weights > 0) & ~np.isnan(column.truths)
        if column.weights[counts].sum() < FEWEST:
            return float("nan")
        judged, truths = _halves(column.values[counts]), _halves(column.truths[counts])
        if len({*judged, *truths}) < 2:
            return float("nan")
        with sklearn.config_context(skip_parameter_validation=True):
            found = cohen_kappa_score(
                judged,
                truths,
                labels=halves,
                weights="quadratic" if choices > 2 else None,
                sample_weight=column.weights[counts],
            )
        return float(found)

    return reduce


def trusted_by(choices: int) -> Reducer:
    """Return the reducer that is 1 where κ is at least moderate on at least `FEWEST` labels, 0 otherwise."""
    kappa = kappa_of(choices)
    return lambda column: float(kappa(column) >= MODERATE)


def _halves(numbers: np.ndarray) -> list[int]:
    return [round(2 * float(number)) for number in numbers]
