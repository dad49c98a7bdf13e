"""User neighbours: what those chose whose histories are most like the shopper's. Knows item numbers and their order.

Histories are compared by cosine, rare items counting more than common ones, the latest of a shopper's items most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assistant.recommend.contract import PLAIN, Arrays, Recommender, Run, Scores, Signal
from assistant.recommend.interactions import Histories, Interactions
from assistant.recommend.sparse_arrays import joined, parted
from assistant.recommend.standing import Standing


@dataclass(frozen=True, slots=True)
class UserSettings:
    """`neighbours`: so many are asked. `shrinkage` makes people of short histories less alike. `sharpness` is the power
    of likeness that a neighbour counts with. `recency`: of a history item's weight for every later one.
    """

    neighbours: int = 200
    shrinkage: float = 3.0
    sharpness: float = 1.0
    recency: float = 0.7
    longest: int = 50


class UserNeighbours(Recommender):
    """Who chose what, (people, items), 1 or 0."""

    name = "users"
    signal = Signal.PEOPLE_LIKE_YOU

    def __init__(self, items: Sequence[str], settings: UserSettings, chosen: sparse.csr_matrix) -> None:
        super().__init__(items, settings)
        self._chosen = chosen

    @classmethod
    def grid(cls) -> Sequence[UserSettings]:
        """Return more and fewer neighbours, and likeness counting more."""
        return (UserSettings(), UserSettings(neighbours=50), UserSettings(sharpness=2.0))

    @classmethod
    def fit(cls, interactions: Interactions, settings: UserSettings | None = None, run: Run = PLAIN) -> Self:
        """Keep who chose what."""
        chosen = interactions.histories.matrix(len(interactions.items))
        chosen.sum_duplicates()
        chosen.data[:] = 1.0
        return cls(interactions.items, settings or UserSettings(), chosen)

    def scores(self, histories: Histories) -> Scores:
        """Return what the neighbours chose, each counting as much as they are alike."""
        return np.asarray((self._alike(histories) @ self._chosen).toarray(), np.float32)

    def standing(self, histories: Histories, items: Sequence[int]) -> Standing:
        """Return the standing by the few items that neighbours chose."""
        return Standing.of_sparse(sparse.csr_matrix(self._alike(histories) @ self._chosen), items)

    def arrays(self) -> Arrays:
        """Return who chose what."""
        return parted("chosen", self._chosen)

    @classmethod
    def restored(cls, items: Sequence[str], settings: UserSettings, arrays: Arrays) -> Self:
        """Return the model of these choices."""
        return cls(items, settings, joined("chosen", arrays))

    @cached_property
    def _rarity(self) -> npt.NDArray[np.float64]:
        chosen = np.bincount(self._chosen.indices, minlength=len(self.items))
        rarity: npt.NDArray[np.float64] = np.log1p(self._chosen.shape[0] / np.maximum(chosen, 1.0))
        return rarity

    @cached_property
    def _by_item(self) -> sparse.csr_matrix:
        """How much each item, asked for, speaks for each person, (items, people): rarity twice, over their length."""
        weighted = self._chosen @ sparse.diags(self._rarity)
        length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()) + self.settings.shrinkage
        return sparse.csr_matrix((sparse.diags(1 / length) @ weighted @ sparse.diags(self._rarity)).T)

    def _alike(self, histories: Histories) -> sparse.csr_matrix:
        """Return how much the nearest people are like each history, (n, people)."""
        asked = histories.last(self.settings.longest).matrix(len(self.items), decay=self.settings.recency)
        alike = sparse.csr_matrix(asked @ self._by_item)
        for row in range(alike.shape[0]):
            values = alike.data[alike.indptr[row] : alike.indptr[row + 1]]
            if len(values) > self.settings.neighbours:
                least = np.partition(values, -self.settings.neighbours)[-self.settings.neighbours]
                values[values < least] = 0.0
        alike.eliminate_zeros()
        alike.data **= self.settings.sharpness
        return alike
