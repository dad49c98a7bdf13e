"""How many scores become one figure. Knows no task and no score's meaning.

A reducer takes a column of scores with weights, so that a bootstrap draws examples by changing weights alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """Scores of one name: `values`, `weights` and `truths` `(n,)`, with the numbers of their example and cluster.

    `keys` name what each is a score of (example, trial, place among scores of the name), in a column that is not cut.
    """

    values: Floats
    weights: Floats
    truths: Floats
    examples: NDArray[np.int64]
    clusters: NDArray[np.int64]
    keys: tuple[tuple[str, int, int], ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    def drawn(self, times: Floats) -> Column:
        """Return the column in which each cluster counts as often as it was drawn; `times` has one number a cluster."""
        return replace(self, weights=self.weights * times[self.clusters])

    def picked(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Column:
        """Return the scores for which `which` is true, or at these places."""
        return Column(
            self.values[which], self.weights[which], self.truths[which], self.examples[which], self.clusters[which]
        )


Reducer = Callable[[Column], float]
"""Returns a figure of a column, NaN where the column holds nothing that counts."""


def mean(column: Column) -> float:
    """Return the weighted mean."""
    whole = float(column.weights.sum())
    return float(column.values @ column.weights) / whole if whole else float("nan")


def total(column: Column) -> float:
    """Return the weighted sum."""
    return float(column.values @ column.weights)


def counted(column: Column) -> float:
    """Return how many scores there are."""
    return float(len(column))


def cluster_sums(column: Column, count: int) -> tuple[Floats, Floats]:
    """Return the weighted sum and the weight of each of `count` clusters, of which means and sums are made."""
    sums = np.bincount(column.clusters, weights=column.values * column.weights, minlength=count)
    weights = np.bincount(column.clusters, weights=column.weights, minlength=count)
    return sums.astype(np.float64), weights.astype(np.float64)


def of_draws(reduce: Reducer, column: Column, times: Floats) -> Floats:
    """Return the figure of each of many draws `(draws, clusters)` of a column's clusters."""
    if reduce is not mean and reduce is not total:
        return np.asarray([reduce(column.drawn(one)) for one in times], np.float64)
    sums, weights = cluster_sums(column, times.shape[1])
    return ratio(reduce, times @ sums, times @ weights)


def ratio(reduce: Reducer, sums: Floats, weights: Floats) -> Floats:
    """Return a mean's or a sum's figures of these sums and weights; NaN where nothing weighs anything."""
    if reduce is total:
        return sums
    return np.divide(sums, weights, out=np.full_like(sums, np.nan), where=weights > 0)


def quantile(q: float) -> Reducer:
    """Return the reducer that gives the value at a share of the scores, 0 to 1 (the inverted distribution)."""

    def reduce(column: Column) -> float:
        if not column.weights.sum():
            return float("nan")
        return float(np.quantile(column.values, q, weights=column.weights, method="inverted_cdf"))

    return reduce


def pass_hat(k: int) -> Reducer:
    """Return the reducer that gives the chance that k trials of an example all succeed, averaged over examples.

    A value of 1 is a success. Examples with fewer than k trials do not count. Source: Yao et al. 2024, tau-bench.
    """

    def reduce(column: Column) -> float:
        count = int(column.examples.max(initial=-1)) + 1
        trials = np.bincount(column.examples, minlength=count)
        right = np.bincount(column.examples, weights=column.values >= 1, minlength=count)
        drawn = np.zeros(count)
        drawn[column.examples] = column.weights
        enough = (trials >= k) & (drawn > 0)
        if not enough.any():
            return float("nan")
        chances = [comb(int(r), k) / comb(int(n), k) for r, n in zip(right[enough], trials[enough], strict=True)]
        return float(np.average(chances, weights=drawn[enough]))

    return reduce


def auc(column: Column) -> float:
    """Return the area under the ROC curve of chances against their truths; NaN where all truths are alike.

    Written out, as the next one is, because a bootstrap asks for it thousands of times and scikit-learn's checks of its
    input take ten times as long as the sum.
    """
    hits, misses = _curve(column)
    if not (hits[-1] and misses[-1]):
        return float("nan")
    return float(np.diff(misses) @ (hits[1:] + hits[:-1]) / 2 / (hits[-1] * misses[-1]))


def aupr(column: Column) -> float:
    """Return the average precision of chances against their truths; NaN where nothing is true."""
    hits, misses = _curve(column)
    if not hits[-1]:
        return float("nan")
    all_ = hits[1:] + misses[1:]
    precision = np.divide(hits[1:], all_, out=np.zeros_like(all_), where=all_ > 0)
    return float(np.diff(hits) @ precision / hits[-1])


def _curve(column: Column) -> tuple[Floats, Floats]:
    """Return the weight of what is true and of what is not from the highest chance down, from 0, ties at once."""
    order = np.argsort(-column.values, kind="stable")
    values, weights = column.values[order], column.weights[order]
    true = weights * column.truths[order]
    ends = np.append(np.flatnonzero(np.diff(values)), len(values) - 1) if len(values) else np.zeros(0, np.intp)
    hits, misses = (np.concatenate([[0.0], np.cumsum(one)[ends]]) for one in (true, weights - true))
    return hits, misses
