"""How scores of lists become figures of all lists together: how even exposure is, and how far groups lie apart.

In a column of exposure a value is the number of a product and its weight what it was seen; `truths` hold how many
products there are. In a column of quality by group `truths` hold the number of the group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from eval.harness.metrics import Interval, column_of, interval_of
from eval.harness.reducers import Column, Floats, Reducer, mean
from eval.harness.task import Row

FEWEST = 20
"""People below which a group is too small to be held against another."""
SHUFFLES = 2_000


def gini(column: Column) -> float:
    """Return how uneven exposure is over all products: 0 where each gets the same, near 1 where one gets all.

    Source: Gini 1912, by the ordered sums.
    """
    seen = np.sort(_seen(column))
    count = len(seen)
    if not count or not seen.sum():
        return float("nan")
    ranks = np.arange(1, count + 1)
    return float((2 * ranks - count - 1) @ seen / (count * seen.sum()))


def coverage(column: Column) -> float:
    """Return the share of all products that anybody is shown."""
    seen = _seen(column)
    return float((seen > 0).mean()) if len(seen) else float("nan")


def no_bounds(_rows: Sequence[Row], _seed: int) -> Interval | None:
    """No interval: drawing lists again can only repeat products, so that every draw would look narrower."""
    return None


def largest_gap(column: Column) -> float:
    """Return the difference of the best and the worst group's means, of groups with `FEWEST` people at least."""
    means = list(_means(column).values())
    return max(means) - min(means) if len(means) > 1 else float("nan")


def chance_of_gap(column: Column) -> float | None:
    """Return the chance of so large a gap between groups of these sizes if they were all alike, `None` without a gap.

    Source: a permutation test, Fisher 1935; who is in which group is shuffled again and again.
    """
    gap = largest_gap(column)
    if np.isnan(gap):
        return None
    chance = np.random.default_rng(0)
    shuffled = (replace(column, truths=chance.permutation(column.truths)) for _ in range(SHUFFLES))
    return (1 + sum(largest_gap(one) >= gap - 1e-12 for one in shuffled)) / (SHUFFLES + 1)


def gap_bounds(of: str) -> Callable[[Sequence[Row], int], Interval | None]:
    """Return what bounds the difference of the two groups that lie farthest apart; it may be none where 0 is within."""

    def bounds(rows: Sequence[Row], seed: int) -> Interval | None:
        column = column_of(rows, of)
        means = _means(column)
        if len(means) < 2:
            return None
        best, worst = max(means, key=lambda one: means[one]), min(means, key=lambda one: means[one])
        return interval_of(column, _difference(best, worst), seed=seed)

    return bounds


def _difference(best: int, worst: int) -> Reducer:
    def reduce(column: Column) -> float:
        first, second = (column.picked(column.truths == group) for group in (best, worst))
        return mean(first) - mean(second)

    return reduce


def _means(column: Column) -> dict[int, float]:
    """Return the mean of each group that is large enough, by its number."""
    groups = column.truths.astype(np.int64)
    sums, counts = (np.bincount(groups, weights=one) for one in (column.values * column.weights, column.weights))
    return {group: float(sums[group] / counts[group]) for group in np.flatnonzero(counts >= FEWEST).tolist()}


def _seen(column: Column) -> Floats:
    if not len(column):
        return np.zeros(0)
    count = int(column.truths[0])
    return np.bincount(column.values.astype(np.int64), weights=column.weights, minlength=count).astype(np.float64)
