"""A table of examples: named columns of numbers and of levels, and the sparse matrix that learners read.

Knows no visit and no customer; what a column means is its maker's affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BadRecord

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: plain numbers, or one of `levels` told by its place among them (NaN where it is none of them)."""

    name: str
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Examples as numbers `values` (n, len(columns))."""

    columns: tuple[Column, ...]
    values: Floats

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.columns):
            raise BadRecord(f"a table of shape {self.values.shape!r} for {len(self.columns)} columns: give one each")

    def __len__(self) -> int:
        return len(self.values)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)

    def rows(self, chosen: NDArray[Any]) -> Table:
        """Return the chosen rows, by number or by mask."""
        return replace(self, values=self.values[chosen])

    def column(self, name: str) -> Floats:
        """Return one column's numbers (n,)."""
        return self.values[:, self.names.index(name)]

    def without(self, names: Iterable[str]) -> Table:
        """Return the table without the columns of these names."""
        gone = set(names)
        left = [number for number, name in enumerate(self.names) if name not in gone]
        return Table(tuple(self.columns[number] for number in left), self.values[:, left])

    def matrix(self) -> csr_matrix:
        """Return the sparse matrix: a column of numbers is one, a column of levels is one for each level."""
        from scipy.sparse import csr_matrix, hstack

        parts = [_spread(column, self.values[:, number]) for number, column in enumerate(self.columns)]
        return csr_matrix(hstack(parts, format="csr"))

    def spread(self) -> tuple[int, ...]:
        """Return for each column of `matrix()` which column of the table it comes from."""
        return tuple(number for number, column in enumerate(self.columns) for _ in column.levels or ("",))


def levels_of(name: str, said: Sequence[str], known: Sequence[str] = ()) -> tuple[Column, Floats]:
    """Return a column of levels with the place of each value among the `known` ones, or among all that were said.

    >>> levels_of("kind", ["b", "a", "b"])[1].tolist()
    [1.0, 0.0, 1.0]
    """
    levels = tuple(known) or tuple(sorted(set(said)))
    place = {level: float(number) for number, level in enumerate(levels)}
    return Column(name, levels), np.array([place.get(value, np.nan) for value in said], np.float64)


def _spread(column: Column, values: Floats) -> csr_matrix:
    from scipy.sparse import csr_matrix

    if not column.levels:
        return csr_matrix(values[:, None])
    rows = np.flatnonzero(~np.isnan(values))
    shape = (len(values), len(column.levels))
    return csr_matrix((np.ones(len(rows)), (rows, values[rows].astype(int))), shape=shape)
