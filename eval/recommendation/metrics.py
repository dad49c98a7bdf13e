"""How good lists of recommendations are, to whom and for the shop: written apart from the models that it judges.

A list is a row of item numbers (n, k), best first; its target is the one item that was really chosen next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Lists = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Known:
    """What figures beyond accuracy are measured against: training counts (items,), and what items are like.

    `features` (items, d) have rows of length one or zero. `usual` is the mean count of an item that people chose.
    """

    counts: npt.NDArray[np.int64]
    features: sparse.csr_matrix
    usual: float


def places(lists: Lists, targets: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """Return the rank of each target in its list, from 1; 0 where it is not in it.

    >>> places(np.array([[4, 7], [1, 2]]), np.array([7, 9]))
    array([2, 0])
    """
    hits = lists == targets[:, None]
    return np.where(hits.any(axis=1), hits.argmax(axis=1) + 1, 0)


def accuracy(ranks: npt.NDArray[np.int64], k: int) -> dict[str, Values]:
    """Return the accuracy of each list (n,): with one target a list, recall is the hit rate, and MAP is 1 / rank."""
    hit = (ranks > 0) & (ranks <= k)
    safe = np.maximum(ranks, 1)
    return {
        f"hr@{k}": hit.astype(np.float64),
        f"ndcg@{k}": np.where(hit, 1 / np.log2(safe + 1.0), 0.0),
        f"precision@{k}": hit / k,
        f"recall@{k}": hit.astype(np.float64),
        f"map@{k}": np.where(hit, 1.0 / safe, 0.0),
    }


def beyond(lists: Lists, known: Known) -> Mapping[str, float]:
    """Return what a shop asks of lists besides accuracy.

    `coverage`: the share of all items that anybody is shown. `novelty`: the mean of -log2 of an item's share of all
    choices, in bits. `diversity`: one minus the mean cosine of two items of a list. `popularity_bias`: how often the
    shown items were chosen, over how often the items that people choose were; 1 shows what people choose anyway.
    """
    return {
        "coverage": len(np.unique(lists)) / max(1, len(known.counts)),
        "novelty": float(novelty(lists, known.counts).mean()),
        "diversity": diversity(lists, known.features),
        "popularity_bias": float(known.counts[lists].mean() / known.usual) if known.usual else 0.0,
    }


def novelty(lists: Lists, counts: npt.NDArray[np.int64]) -> Values:
    """Return the mean surprise of each list (n,) in bits: -log2 of an item's share of all choices, one at least.

    >>> novelty(np.array([[0, 1]]), np.array([2, 2, 4]))
    array([2.])
    """
    shares = np.maximum(counts, 1) / max(1, int(counts.sum()))
    surprise: Values = -np.log2(shares[lists]).mean(axis=1)
    return surprise


def diversity(lists: Lists, features: sparse.csr_matrix) -> float:
    """Return one minus the mean cosine over all pairs of each list, by the sum of its vectors.

    >>> diversity(np.array([[0, 1]]), sparse.csr_matrix(np.eye(2)))
    1.0
    """
    count, k = lists.shape
    if k < 2:
        return 0.0
    rows = np.repeat(np.arange(count), k)
    chosen = sparse.csr_matrix((np.ones(count * k), (rows, lists.ravel())), (count, features.shape[0]))
    sums = chosen @ features
    squares = np.asarray(features.multiply(features).sum(axis=1)).ravel()[lists].sum(axis=1)
    together = np.asarray(sums.multiply(sums).sum(axis=1)).ravel() - squares
    return float(1 - (together / (k * (k - 1))).mean())
