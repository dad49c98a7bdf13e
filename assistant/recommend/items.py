"""Item neighbours: what was chosen soon after what, in counts that take one more event as exactly as a whole fit.

Two items are near where the same people chose both, the nearer in time the more, and the more so in the order asked
for. Similarity is the weighted count over the geometric mean of both items' own counts, shrunk where the counts are
small. A history asks with its latest items counting most. Knows item numbers and their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assistant.recommend.contract import PLAIN, Arrays, Recommender, Run, Scores, Signal
from assistant.recommend.errors import BadInteractions
from assistant.recommend.interactions import Histories, Interactions, Numbers
from assistant.recommend.sparse_arrays import joined, parted
from assistant.recommend.standing import Standing

Places = npt.NDArray[np.int64]
STEPS = 4096
"""Pair weights are whole multiples of 1/4096, so that sums are exact and their order does not matter."""


@dataclass(frozen=True, slots=True)
class ItemSettings:
    """`gap_decay`: of a pair's weight for each item between the two. `backward`: the weight of the reverse order.

    `shrinkage` is added to the denominator. `recency`: of a history item's weight for every later one. `window`: how
    far apart two items of a history may lie; `longest`: how many of the latest items of a history ask.
    """

    gap_decay: float = 0.85
    backward: float = 0.35
    shrinkage: float = 30.0
    recency: float = 0.65
    window: int = 50
    longest: int = 50


@dataclass(frozen=True)
class Counted:
    """What was counted: `pairs` (items, items), row before column, weighted; `together`, the same unweighted and
    whatever the order; `chosen` (items,), how often each item was.
    """

    pairs: sparse.csr_matrix
    together: sparse.csr_matrix
    chosen: npt.NDArray[np.int64]

    def widened(self, width: int) -> Counted:
        """Return the same counts with room for so many items."""
        sides = self.pairs.copy(), self.together.copy()
        for side in sides:
            side.resize(width, width)
        return Counted(*sides, np.pad(self.chosen, (0, width - len(self.chosen))))

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.pairs + other.pairs, self.together + other.together, self.chosen + other.chosen)


class ItemNeighbours(Recommender):
    """The neighbours of each item, by counts."""

    name = "items"
    signal = Signal.CHOSEN_TOGETHER

    def __init__(self, items: Sequence[str], settings: ItemSettings, counted: Counted) -> None:
        super().__init__(items, settings)
        self._counted = counted

    @classmethod
    def grid(cls) -> Sequence[ItemSettings]:
        """Return settings around those that suit short histories, and the plain symmetric cosine."""
        ordered = [ItemSettings(recency=r, shrinkage=s) for r in (0.65, 0.8) for s in (30.0, 10.0)]
        plain = [ItemSettings(gap_decay=1.0, backward=1.0, recency=r, shrinkage=10.0) for r in (0.65, 0.9)]
        return (*ordered, *plain)

    @classmethod
    def fit(cls, interactions: Interactions, settings: ItemSettings | None = None, run: Run = PLAIN) -> Self:
        """Count every pair within the window, one distance after the other: sparse and without a loop over people."""
        settings = settings or ItemSettings()
        histories = interactions.histories
        every = np.ones(len(histories.items), np.bool_)
        counted = _counted(_pairs(histories, settings.window, later=every), settings, len(interactions.items))
        return cls(interactions.items, settings, replace(counted, chosen=interactions.counts()))

    def updated(self, history: Sequence[int], item: int) -> Self:
        """Return the neighbours after one more event: somebody with this history chose an item.

        Equals a fit to everything seen so far, to the last bit.

        Raises:
            BadInteractions: the item was not in the catalogue at the fit.
        """
        width = len(self.items)
        if not 0 <= item < width:
            raise BadInteractions("the item number", item, f"0 to {width - 1} is expected: fit the new catalogue first")
        person = Interactions(("",), self.items, Histories.of([[*history, item]]))
        return self.refreshed(person, np.array([len(history)], np.int32))

    def refreshed(self, interactions: Interactions, read: Numbers, run: Run = PLAIN) -> Self:
        """Return the neighbours with only the pairs counted whose later item is new; equals a whole fit exactly."""
        histories, width = interactions.histories, len(interactions.items)
        place = np.arange(len(histories.items)) - histories.starts[:-1][histories.rows]
        new = place >= read[histories.rows]
        more = _counted(_pairs(histories, self.settings.window, later=new), self.settings, width)
        chosen = np.bincount(histories.items[new], minlength=width)
        counted = self._counted.widened(width) + replace(more, chosen=chosen)
        return type(self)(interactions.items, self.settings, counted)

    @cached_property
    def similarity(self) -> sparse.csr_matrix:
        """How strongly each item (row) speaks for each other (column), (items, items), 0 on the diagonal."""
        pairs = self._counted.pairs.tocoo()
        root = np.sqrt(np.maximum(self._counted.chosen, 1))
        values = pairs.data / (root[pairs.row] * root[pairs.col] + self.settings.shrinkage)
        values[pairs.row == pairs.col] = 0.0
        return sparse.csr_matrix((values, (pairs.row, pairs.col)), pairs.shape)

    def scores(self, histories: Histories) -> Scores:
        """Return the sums of the histories' neighbours, weighted by recency."""
        return np.asarray(self._spoken(histories).toarray(), np.float32)

    def standing(self, histories: Histories, items: Sequence[int]) -> Standing:
        """Return the standing by the few items that are anybody's neighbours."""
        return Standing.of_sparse(self._spoken(histories), items)

    def _spoken(self, histories: Histories) -> sparse.csr_matrix:
        asked = histories.last(self.settings.longest).matrix(len(self.items), decay=self.settings.recency)
        return sparse.csr_matrix(asked @ self.similarity)

    def alike(self, items: Sequence[int]) -> npt.NDArray[np.float32]:
        """Return the similarities, the same both ways."""
        near = self.similarity[list(items)][:, list(items)].toarray()
        return np.asarray(np.maximum(near, near.T), np.float32)

    def people_behind(self, because: int, item: int) -> int | None:
        """Return how many times one person chose both."""
        return int(self._counted.together[because, item])

    def arrays(self) -> Arrays:
        """Return the counts."""
        counted = self._counted
        return {**parted("pairs", counted.pairs), **parted("together", counted.together), "chosen": counted.chosen}

    @classmethod
    def restored(cls, items: Sequence[str], settings: ItemSettings, arrays: Arrays) -> Self:
        """Return the model with these counts."""
        return cls(items, settings, Counted(joined("pairs", arrays), joined("together", arrays), arrays["chosen"]))


def _pairs(histories: Histories, window: int, *, later: npt.NDArray[np.bool_]) -> tuple[Places, Places, Places]:
    """Return the sooner and the later item of each pair and how far apart they lie, one distance after the other.

    Only pairs count whose later item the mask (total,) selects.
    """
    parts: list[tuple[npt.NDArray[Any], ...]] = [(np.empty(0, np.int64),) * 3]
    for gap in range(1, min(window, int(histories.lengths.max(initial=1)) - 1) + 1):
        first = np.flatnonzero(histories.age >= gap)
        first = first[later[first + gap]]
        parts.append((histories.items[first], histories.items[first + gap], np.full(len(first), gap)))
    sooner, after, gaps = (np.concatenate(part) for part in zip(*parts, strict=True))
    return sooner, after, gaps


def _counted(pairs: tuple[Places, Places, Places], settings: ItemSettings, width: int) -> Counted:
    """Add up pairs, both ways; the items' own counts are left at zero."""
    sooner, later, gaps = pairs
    places = np.r_[sooner, later], np.r_[later, sooner]
    weights, ones = np.concatenate(_weights(gaps, settings)), np.ones(2 * len(gaps), np.int64)
    weighted, together = (sparse.csr_matrix((values, places), (width, width)) for values in (weights, ones))
    return Counted(weighted, together, np.zeros(width, np.int64))


def _weights(gaps: Places, settings: ItemSettings) -> tuple[npt.NDArray[np.float64], ...]:
    """Return the weights of pairs so far apart, in order and in reverse, as multiples of 1/4096."""
    forward = settings.gap_decay ** (gaps - 1.0)
    return tuple(np.ceil(weight * STEPS) / STEPS for weight in (forward, forward * settings.backward))
