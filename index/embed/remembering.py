"""An embedder that remembers what it was asked last: one message is looked at by several layers.

Knows no layer and no store.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from index.embed import Embedder, Vectors

MOST = 256
"""Queries whose vectors are kept: a few kilobytes each."""


class Remembering:
    """An embedder whose queries are each made into a vector once while they are among the last `most`."""

    def __init__(self, embedder: Embedder, *, most: int = MOST) -> None:
        """Take the embedder that makes the vectors."""
        self._embedder = embedder
        self._most = most
        self._held: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.english_only = embedder.english_only

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what shoppers ask."""
        with self._lock:
            known = {text: self._held[text] for text in texts if text in self._held}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= dict(zip(new, self._embedder.queries(new), strict=True))
        with self._lock:
            for text in texts:
                self._held[text] = known[text]
                self._held.move_to_end(text)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else self._embedder.queries(texts)

    def products(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what is said of products; they are not remembered."""
        return self._embedder.products(texts)
