"""What people did, as arrays: who, which items, in which order. Knows no model and no event.

A person's history is a sequence of item numbers, the oldest first; many of them lie end to end in one array:

    items  = [4 7 2 | 9 | 2 5]      three histories
    starts = [0, 3, 4, 6]
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assistant.recommend.errors import BadInteractions

Numbers = npt.NDArray[np.int32]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Histories:
    """Many histories end to end. `items` and the optional `weights` and `times` are (total,), `starts` is (n + 1,).

    `weights` says how much each interaction counts (1 where absent), `times` when it was, in seconds since 1970 UTC.
    """

    items: Numbers
    starts: npt.NDArray[np.int64]
    weights: Values | None = None
    times: Values | None = None

    @classmethod
    def of(cls, sequences: Iterable[Sequence[int]]) -> Histories:
        """Return the histories of plain sequences.

        >>> Histories.of([[4, 7, 2], [9]]).lengths
        array([3, 1])
        """
        rows = [np.asarray(row, np.int32) for row in sequences]
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
        return cls(np.concatenate([np.empty(0, np.int32), *rows]), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[Numbers]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> Numbers:
        return self.items[self.starts[row] : self.starts[row + 1]]

    @cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How long each history is, (n,)."""
        return np.diff(self.starts)

    @cached_property
    def rows(self) -> npt.NDArray[np.int64]:
        """Whose each interaction is, (total,)."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @cached_property
    def age(self) -> npt.NDArray[np.int64]:
        """How many interactions of the same history came later, (total,): 0 for the latest."""
        return self.starts[1:][self.rows] - 1 - np.arange(len(self.items))

    def keep(self, mask: npt.NDArray[np.bool_]) -> Histories:
        """Return the histories with only the interactions that the mask (total,) selects; some may become empty."""
        counts = np.bincount(self.rows[mask], minlength=len(self))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        chosen = (None if own is None else own[mask] for own in (self.weights, self.times))
        return Histories(self.items[mask], starts, *chosen)

    def last(self, most: int) -> Histories:
        """Return the latest `most` interactions of each history."""
        return self.keep(self.age < most)

    def before_last(self, count: int = 1) -> Histories:
        """Return the histories without their latest `count` interactions."""
        return self.keep(self.age >= count)

    def batch(self, start: int, stop: int) -> Histories:
        """Return the histories from `start` up to `stop`."""
        ends = self.starts[start : stop + 1]
        span = slice(int(ends[0]), int(ends[-1]))
        chosen = (None if own is None else own[span] for own in (self.weights, self.times))
        return Histories(self.items[span], ends - ends[0], *chosen)

    def select(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Histories:
        """Return these histories in this order."""
        spans = [np.arange(self.starts[row], self.starts[row + 1]) for row in rows]
        at = np.concatenate([np.empty(0, np.int64), *spans])
        starts = np.concatenate([[0], np.cumsum([len(span) for span in spans])]).astype(np.int64)
        chosen = (None if own is None else own[at] for own in (self.weights, self.times))
        return Histories(self.items[at], starts, *chosen)

    def matrix(self, width: int, *, decay: float = 1.0) -> sparse.csr_matrix:
        """Return one row a history and one column an item, (n, width).

        A cell adds up the interactions' weights, each multiplied by `decay` for every later one of the same history.
        """
        values = decay ** self.age.astype(np.float64) * (1.0 if self.weights is None else self.weights)
        return sparse.csr_matrix((values, (self.rows, self.items)), (len(self), width))


@dataclass(frozen=True)
class Interactions:
    """What a model is fitted to: people, items and, row by row of `people`, what each did in order.

    `words` says in one text what each item is, by which content models know it; empty where nothing is known.
    """

    people: tuple[str, ...]
    items: tuple[str, ...]
    histories: Histories
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.people) != len(self.histories):
            raise BadInteractions("the number of people", len(self.people), f"{len(self.histories)} histories came")
        if self.words and len(self.words) != len(self.items):
            raise BadInteractions("the number of words", len(self.words), f"one for each of {len(self.items)} items")
        numbers = self.histories.items
        if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < len(self.items):
            raise BadInteractions("an item number", int(numbers.max()), f"below {len(self.items)} is expected")

    @classmethod
    def of(cls, sequences: Iterable[tuple[str, Sequence[str]]], *, items: Sequence[str] = ()) -> Interactions:
        """Return the interactions of `(person, item ids in order)` pairs.

        Items are numbered as in `items`, then by their first appearance.

        >>> Interactions.of([("ann", ["mug", "tea"]), ("bob", ["tea"])]).items
        ('mug', 'tea')
        """
        numbers = {item: number for number, item in enumerate(items)}
        people, rows = [], []
        for person, sequence in sequences:
            people.append(person)
            rows.append([numbers.setdefault(item, len(numbers)) for item in sequence])
        return cls(tuple(people), tuple(numbers), Histories.of(rows))

    def with_histories(self, histories: Histories) -> Interactions:
        """Return the same people and items with other histories."""
        return replace(self, histories=histories)

    def fingerprint(self) -> str:
        """Return what tells these interactions from any others; people's ids have no part in it."""
        histories = self.histories
        digest = hashlib.sha256(repr((self.items, self.words)).encode())
        for own in (histories.items, histories.starts, histories.weights, histories.times):
            digest.update(b"-" if own is None else own.tobytes())
        return digest.hexdigest()

    def counts(self) -> npt.NDArray[np.int64]:
        """Return how often each item was chosen, (items,)."""
        return np.bincount(self.histories.items, minlength=len(self.items))
