"""Content: items whose words are like those of what a history holds. The one model that knows an item nobody chose yet.

Words are hashed, so that an item that arrives later has a place among the others without a new fit; rare ones weigh
more (TF-IDF). Knows texts, not where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assistant.recommend.contract import PLAIN, Arrays, Recommender, Run, Scores, Signal
from assistant.recommend.errors import BadInteractions
from assistant.recommend.interactions import Histories, Interactions
from assistant.recommend.item_words import hashed
from assistant.recommend.sparse_arrays import joined, parted

FEATURES = 2**18


@dataclass(frozen=True, slots=True)
class ContentSettings:
    """`recency`: of a history item's weight for every later one. `popularity`: the power of an item's own count that
    its likeness is multiplied with; 0 leaves popularity out.
    """

    recency: float = 0.6
    popularity: float = 0.25
    longest: int = 50


class Content(Recommender):
    """The items' texts as vectors of length one (items, 2**18), the weight of each feature, and the items' counts."""

    name = "content"
    signal = Signal.ALIKE

    def __init__(
        self,
        items: Sequence[str],
        settings: ContentSettings,
        *,
        vectors: sparse.csr_matrix,
        rarity: npt.NDArray[np.float64],
        counts: npt.NDArray[np.int64],
    ) -> None:
        super().__init__(items, settings)
        self._vectors, self._rarity, self._counts = vectors, rarity, counts
        self._by_feature = sparse.csr_matrix(vectors.T, dtype=np.float32)
        self._favour = (1.0 + counts).astype(np.float32) ** np.float32(settings.popularity)

    @classmethod
    def grid(cls) -> Sequence[ContentSettings]:
        """Return three parts that popularity may have."""
        return tuple(ContentSettings(popularity=power) for power in (0.25, 0.5, 0.0))

    @classmethod
    def fit(cls, interactions: Interactions, settings: ContentSettings | None = None, run: Run = PLAIN) -> Self:
        """Weigh the words.

        Raises:
            BadInteractions: nothing is known of what the items are.
        """
        if not any(interactions.words):
            raise BadInteractions("the items' words", interactions.words[:1], "content needs a text for each item")
        found = hashed(interactions.words, FEATURES)
        used = np.bincount(found.indices, minlength=FEATURES)
        rarity = np.log((1 + len(interactions.words)) / (1 + used)) + 1
        vectors, counts = _weighed(found, rarity), interactions.counts()
        return cls(interactions.items, settings or ContentSettings(), vectors=vectors, rarity=rarity, counts=counts)

    def with_items(self, items: Sequence[str], words: Sequence[str]) -> Self:
        """Return the model with new items after its own; nothing is fitted again."""
        vectors = sparse.vstack([self._vectors, _weighed(hashed(words, FEATURES), self._rarity)], format="csr")
        counts = np.r_[self._counts, np.zeros(len(items), np.int64)]
        return type(self)([*self.items, *items], self.settings, vectors=vectors, rarity=self._rarity, counts=counts)

    def scores(self, histories: Histories) -> Scores:
        """Return the products of the histories' summed vectors with each item's."""
        scores = np.ascontiguousarray(self._spoken(histories).T)
        scores *= self._favour
        return scores

    def _spoken(self, histories: Histories) -> npt.NDArray[np.float32]:
        """Return the products, (items, n): each item that shares a feature is gone over once for all histories."""
        asked = histories.last(self.settings.longest).matrix(len(self.items), decay=self.settings.recency)
        sought = sparse.csr_matrix(asked @ self._vectors, dtype=np.float32)
        features = np.unique(sought.indices)
        return np.asarray(self._by_feature[features].T @ sought[:, features].toarray().T, np.float32)

    def alike(self, items: Sequence[int]) -> npt.NDArray[np.float32]:
        """Return the cosines of the items' texts."""
        vectors = self._vectors[list(items)]
        return np.asarray((vectors @ vectors.T).toarray(), np.float32)

    def arrays(self) -> Arrays:
        """Return the vectors and weights."""
        return {**parted("vectors", self._vectors), "rarity": self._rarity, "counts": self._counts}

    @classmethod
    def restored(cls, items: Sequence[str], settings: ContentSettings, arrays: Arrays) -> Self:
        """Return the model with these vectors."""
        vectors = joined("vectors", arrays)
        return cls(items, settings, vectors=vectors, rarity=arrays["rarity"], counts=arrays["counts"])


def _weighed(hashed: sparse.csr_matrix, rarity: npt.NDArray[np.float64]) -> sparse.csr_matrix:
    weighted = hashed @ sparse.diags(rarity)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(length, 1e-12)) @ weighted)
