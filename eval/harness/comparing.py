"""Whether a run is better or worse than another: figure by figure, on the examples that both played.

Knows no task. The two runs' outputs for an example are one pair; what would happen to a difference if both runs were
the same is found by exchanging the runs pair by pair (cluster by cluster) again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from eval.harness.metrics import Metric, block_sizes, drawings
from eval.harness.reducers import Column, Floats, Reducer, cluster_sums, mean, of_draws, ratio, total
from eval.harness.task import Row

Verdict = Literal["better", "worse", "no difference seen", "too few pairs"]
FEWEST = 8
"""Pairs below which no permutation test at 5 % can find anything (2 to the -8 is about .004)."""
EXCHANGES = 2_000
LEVEL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure of two runs on their common examples.

    `p` is the chance of so large a difference, either way, between runs that do not differ (mid-p, so that it is right
    for figures with few possible values); `low` and `high` bound the difference at 95 %. `effect` is the mean
    difference of a cluster in standard deviations of such differences (Cohen's d_z); `better` and `worse` are counts of
    clusters whose own figure rose in quality or fell.
    """

    metric: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    effect: float
    pairs: int
    better: int
    worse: int
    verdict: Verdict


def compare(
    metrics: Sequence[Metric], before: Sequence[Row], after: Sequence[Row], *, seed: int = 7, exchanges: int = EXCHANGES
) -> list[Difference]:
    """Return what changed in every figure that both runs have, from examples and trials that both played."""
    return [
        found
        for metric in metrics
        if (found := _difference(metric, before, after, seed=seed, exchanges=exchanges)) is not None
    ]


def held(differences: Sequence[Difference], *, level: float = LEVEL) -> list[Difference]:
    """Return those that stay when all figures are looked at together, so that many figures give no more false alarms.

    Source: Holm 1979.
    """
    ordered = sorted((d for d in differences if d.verdict != "too few pairs"), key=lambda d: d.p)
    kept: list[Difference] = []
    for at, difference in enumerate(ordered):
        if difference.p > level / (len(ordered) - at):
            break
        kept.append(difference)
    return kept


def _difference(
    metric: Metric, before: Sequence[Row], after: Sequence[Row], *, seed: int, exchanges: int
) -> Difference | None:
    first, second = _paired(metric.column(before), metric.column(after))
    if not len(first):
        return None
    reduce = metric.reduce
    old, new = reduce(first), reduce(second)
    count = int(first.clusters.max()) + 1
    chance = np.random.default_rng(seed)
    own = _by_cluster(metric.reduce, first, second, count)
    sign = -1.0 if metric.better == "less" else 1.0
    known: dict[str, float] = {"p": 1.0, "low": float("nan"), "high": float("nan")}
    if count >= FEWEST:
        known = _tested(reduce, first, second, count, chance, exchanges)
    if metric.bounds is not None:  # drawing clusters would not tell it
        known |= {"low": float("nan"), "high": float("nan")}
    spread = float(np.std(own, ddof=1)) if len(own) > 1 else 0.0
    return Difference(
        metric=metric.name,
        before=old,
        after=new,
        difference=new - old,
        effect=float(np.mean(own)) / spread if spread else 0.0,
        pairs=count,
        better=int(np.sum(sign * own > 0)),
        worse=int(np.sum(sign * own < 0)),
        verdict=_verdict(metric, new - old, known, count),
        **known,
    )


def _verdict(metric: Metric, change: float, known: dict[str, float], count: int) -> Verdict:
    if count < FEWEST:
        return "too few pairs"
    if known["p"] >= LEVEL or not metric.better or change == 0:
        return "no difference seen"
    return "better" if (change > 0) == (metric.better == "more") else "worse"


def _paired(before: Column, after: Column) -> tuple[Column, Column]:
    """Return both columns cut to the scores that both have, in the same order, with clusters numbered alike."""
    there, here = ({key: at for at, key in enumerate(column.keys)} for column in (before, after))
    common = [key for key in there if key in here]
    old = before.picked(np.asarray([there[key] for key in common], np.intp))
    new = after.picked(np.asarray([here[key] for key in common], np.intp))
    clusters, examples = (np.unique(numbers, return_inverse=True)[1] for numbers in (old.clusters, old.examples))
    return replace(old, clusters=clusters, examples=examples), replace(new, clusters=clusters, examples=examples)


def _tested(
    reduce: Reducer, first: Column, second: Column, count: int, chance: np.random.Generator, exchanges: int
) -> dict[str, float]:
    """Return the p-value by exchanging the runs cluster by cluster, and the bounds by drawing clusters."""
    seen = abs(reduce(second) - reduce(first))
    found = np.concatenate(
        [
            _exchanges(reduce, first, second, chance.random((here, count)) < 0.5)
            for here in block_sizes(count, exchanges)
        ]
    )
    exchanged = np.abs(found[~np.isnan(found)])
    close = 1e-9 * max(1.0, seen)
    more, same = float(np.sum(exchanged > seen + close)), float(np.sum(np.abs(exchanged - seen) <= close))
    drawn = np.concatenate(
        [
            of_draws(reduce, second, times) - of_draws(reduce, first, times)
            for times in drawings(count, exchanges, chance)
        ]
    )
    known = drawn[~np.isnan(drawn)]
    low, high = np.percentile(known, [2.5, 97.5]) if len(known) else (float("nan"), float("nan"))
    # Half of what ties with the difference that was seen: the exact test alarms too seldom on figures of few values.
    p = (more + 0.5 * (same + 1)) / (len(exchanged) + 1)
    return {"p": float(p), "low": float(low), "high": float(high)}


def _exchanges(reduce: Reducer, first: Column, second: Column, flips: NDArray[np.bool_]) -> Floats:
    """Return the difference of the figures for each way `(ways, clusters)` of exchanging the runs."""
    if reduce is not mean and reduce is not total:
        return np.asarray([_exchanged(reduce, first, second, flip[first.clusters]) for flip in flips], np.float64)
    count, swap = flips.shape[1], flips.astype(np.float64)
    (old, old_weight), (new, new_weight) = (cluster_sums(one, count) for one in (first, second))
    up, up_weight = swap @ (new - old), swap @ (new_weight - old_weight)
    one = ratio(reduce, old.sum() + up, old_weight.sum() + up_weight)
    other = ratio(reduce, new.sum() - up, new_weight.sum() - up_weight)
    return one - other


def _exchanged(reduce: Reducer, first: Column, second: Column, swap: NDArray[np.bool_]) -> float:
    return reduce(_mixed(first, second, swap)) - reduce(_mixed(second, first, swap))


def _mixed(one: Column, other: Column, swap: NDArray[np.bool_]) -> Column:
    return replace(
        one,
        values=np.where(swap, other.values, one.values),
        weights=np.where(swap, other.weights, one.weights),
        truths=np.where(swap, other.truths, one.truths),
    )


def _by_cluster(reduce: Reducer, first: Column, second: Column, count: int) -> Floats:
    """Return each cluster's own change; of its sum where the figure is a mean or a sum."""
    if reduce is mean or reduce is total:
        return cluster_sums(second, count)[0] - cluster_sums(first, count)[0]
    changes = np.zeros(count)
    for cluster in range(count):
        mine = first.clusters == cluster
        change = reduce(second.picked(mine)) - reduce(first.picked(mine))
        changes[cluster] = 0.0 if np.isnan(change) else change
    return changes
