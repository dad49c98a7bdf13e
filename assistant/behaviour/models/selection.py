"""Which columns of a table tell something: their mutual information with the outcome, and what shuffling them costs.

Mutual information looks at a column alone; permutation importance at what a fitted model makes of it among the others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assistant.behaviour.models.calibration import log_loss
from assistant.behaviour.models.table import Floats, Table

ENOUGH_NATS = 0.0005
"""Mutual information under which a column is taken for noise: a shuffled column of 8,000 web sessions has as much."""


def mutual_information(table: Table, hits: NDArray[np.int_], *, seed: int) -> dict[str, float]:
    """Return the mutual information of each column with the outcome, in nats.

    Source: Ross 2014, by nearest neighbours for numbers and by counts for levels.
    """
    from sklearn.feature_selection import mutual_info_classif

    levels = np.array([bool(column.levels) for column in table.columns])
    known = np.where(np.isnan(table.values), -1, table.values)
    nats = mutual_info_classif(known, hits, discrete_features=levels, random_state=seed)
    return dict(zip(table.names, (float(value) for value in nats), strict=True))


def permutation_importance(
    chances: Callable[[Table], Floats], table: Table, hits: NDArray[np.int_], *, seed: int, times: int = 3
) -> dict[str, float]:
    """Return by how much the log loss rises when a column's values are shuffled among the rows; below 0 it does not.

    `table` should hold rows that the model had not learned from. Source: Breiman 2001, section 10.
    """
    chance = np.random.default_rng(seed)
    loss = log_loss(chances(table), hits)
    risen: dict[str, float] = {}
    for number, name in enumerate(table.names):
        losses = [log_loss(chances(_shuffled(table, number, chance)), hits) for _ in range(times)]
        risen[name] = float(np.mean(losses)) - loss
    return risen


def telling(table: Table, hits: NDArray[np.int_], *, seed: int) -> Table:
    """Return the table without the columns whose mutual information with the outcome is that of noise."""
    nats = mutual_information(table, hits, seed=seed)
    return table.without(name for name, value in nats.items() if value < ENOUGH_NATS)


def _shuffled(table: Table, number: int, chance: np.random.Generator) -> Table:
    values = table.values.copy()
    values[:, number] = chance.permutation(values[:, number])
    return Table(table.columns, values)
