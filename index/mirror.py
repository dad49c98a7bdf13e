"""Vectors in memory, for catalogues small enough that comparing with every one is quicker than any graph.

Exact, and needs no reading back of what was found. Knows no store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from index.embed import Vectors


class Mirror:
    """The vectors of a collection by product id; never changed, only replaced by another."""

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._ids, self._vectors = np.array(ids, object), vectors
        self._rows = {id_: row for row, id_ in enumerate(ids)}

    def __len__(self) -> int:
        return len(self._ids)

    def changed(self, ids: Sequence[str], vectors: Vectors) -> Mirror:
        """Return the mirror with some vectors added or replaced."""
        kept = self.without(ids)
        before = kept._vectors if len(kept) else vectors[:0]
        return Mirror([*kept._ids, *ids], np.concatenate([before, vectors]))

    def without(self, ids: Iterable[str]) -> Mirror:
        """Return the mirror without some vectors."""
        gone = [self._rows[id_] for id_ in ids if id_ in self._rows]
        if not gone:
            return self
        return Mirror(np.delete(self._ids, gone).tolist(), np.delete(self._vectors, gone, axis=0))

    def nearest(self, vector: Vectors, limit: int, *, within: Sequence[str] | None = None) -> dict[str, float]:
        """Return the cosines of the nearest products, nearest first; `within` restricts them to some ids."""
        ids, vectors = self._ids, self._vectors
        if not len(self):
            return {}
        if within is not None:
            rows = [self._rows[id_] for id_ in within if id_ in self._rows]
            ids, vectors = ids[rows], vectors[rows]
        cosines = vectors @ vector
        order = np.argsort(-cosines, kind="stable")[: max(limit, 0)]
        return dict(zip(ids[order].tolist(), cosines[order].tolist(), strict=True))

    def get(self, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Return the ids that are there, and their vectors (n, dimension) in the same order."""
        there = [id_ for id_ in ids if id_ in self._rows]
        return there, self._vectors[[self._rows[id_] for id_ in there]]
