"""From a table to the sparse matrix that a learner reads: as it is, or scaled and binned for linear learners.

What scaling and bins are learned from the rows of `fit` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.behaviour.models.table import Column, Floats, Table

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_SPREAD = 0.01
"""Of a column's mean: what hardly varies would be blown up, since a sparse matrix cannot be centred."""


class Encoding(Protocol):
    """Learns from some rows how to write any rows of the same columns as a sparse matrix."""

    def fit(self, table: Table) -> Encoding:
        """Learn; return itself."""

    def matrix(self, table: Table) -> csr_matrix:
        """Return the sparse matrix (n, d)."""


class OneHot:
    """Numbers as they are, each level a column of its own."""

    def fit(self, table: Table) -> OneHot:
        """Learn nothing; return itself."""
        return self

    def matrix(self, table: Table) -> csr_matrix:
        """Return the sparse matrix (n, d)."""
        return table.matrix()


class Scaled:
    """Logarithms of the numbers with deviation 1, their quantile bins where asked for, and the levels."""

    def __init__(self, bins: int = 0) -> None:
        self._quantiles = np.linspace(0, 1, bins + 1)[1:-1]
        self._spread: Floats = np.ones(0)
        self._edges: list[Floats] = []

    def fit(self, table: Table) -> Scaled:
        """Learn the deviations and the edges of the bins; return itself."""
        numbers = _numbers(table)
        spread = np.maximum(numbers.std(axis=0), LEAST_SPREAD * np.abs(numbers).mean(axis=0))
        self._spread = np.where(spread > 0, spread, 1.0)
        self._edges = [np.unique(np.quantile(column, self._quantiles)) for column in numbers.T]
        return self

    def matrix(self, table: Table) -> csr_matrix:
        """Return the sparse matrix (n, d)."""
        from scipy.sparse import csr_matrix, hstack

        numbers = _numbers(table)
        levels = table.without(column.name for column in table.columns if not column.levels)
        parts = [csr_matrix(numbers / self._spread), self._binned(numbers).matrix()]
        return csr_matrix(hstack([*parts, levels.matrix()] if levels.columns else parts, format="csr"))

    def _binned(self, numbers: Floats) -> Table:
        names = [tuple(str(edge) for edge in (-np.inf, *edges)) for edges in self._edges]
        columns = tuple(Column(str(number), levels) for number, levels in enumerate(names))
        places = [np.searchsorted(edges, column, "right") for edges, column in zip(self._edges, numbers.T, strict=True)]
        return Table(columns, np.stack(places, axis=1).astype(np.float64))


def _numbers(table: Table) -> Floats:
    """Return sign(x) log(1 + |x|) of the columns of numbers."""
    plain = table.without(column.name for column in table.columns if column.levels).values
    return np.sign(plain) * np.log1p(np.abs(plain))
