"""Histories in batches of like length, so that little time goes into padding. Knows no network."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assistant.recommend.interactions import Histories

POOL = 32
"""So many batches' worth of histories, drawn by chance, are sorted by length together."""


def batched(lengths: npt.NDArray[np.int64], size: int, chance: np.random.Generator) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the rows of each batch: every row once, batches in an order by chance, rows of a batch of like length."""
    rows = chance.permutation(len(lengths))
    batches = []
    for start in range(0, len(rows), POOL * size):
        pool = rows[start : start + POOL * size]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        batches += [pool[at : at + size] for at in range(0, len(pool), size)]
    yield from (batches[at] for at in chance.permutation(len(batches)))


def jittered(histories: Histories, most: float, chance: np.random.Generator) -> Histories:
    """Return the histories with each step moved by up to so many places; 0 leaves the order."""
    if not most:
        return histories
    place = np.arange(len(histories.items)) + most * chance.random(len(histories.items))
    return Histories(histories.items[np.lexsort((place, histories.rows))], histories.starts)


def padded(histories: Histories) -> npt.NDArray[np.int64]:
    """Return histories as rows of item numbers plus one, with zeros after their end, (n, longest).

    >>> padded(Histories.of([[4, 7], [0]]))
    array([[5, 8],
           [1, 0]])
    """
    lengths = histories.lengths
    table = np.zeros((len(histories), max(1, int(lengths.max(initial=1)))), np.int64)
    table[np.arange(table.shape[1])[None, :] < lengths[:, None]] = histories.items + 1
    return table
