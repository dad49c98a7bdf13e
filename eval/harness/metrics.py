"""A figure of a run: which score it sums up, how, what is better, what it must reach, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.stats import binomtest

from eval.harness.reducers import Column, Floats, Reducer, counted, mean, of_draws, total

Row = Mapping[str, Any]
DRAWS = 2_000
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure.

    `of` is the name of the score; `better` says which way is good ("" where neither is); `bar` is what it must reach,
    "more" figures at least and "less" figures at most. `where` picks rows. `no_answer` is what no answer counts as;
    `None` leaves it out, and the share that was left out is reported beside the figure. `bounds` finds the interval
    where drawing clusters would not tell it, such as that of folds which share what was learned from.
    """

    name: str
    of: str
    reduce: Reducer = mean
    better: Literal["more", "less", ""] = "more"
    bar: float | None = None
    where: Callable[[Row], bool] | None = None
    no_answer: float | None = None
    bounds: Callable[[Sequence[Row], int], Interval | None] | None = None
    """Takes the rows and a seed."""

    def column(self, rows: Sequence[Row]) -> Column:
        """Return this figure's scores among the rows."""
        return column_of(rows, self.of, where=self.where, no_answer=self.no_answer)

    def interval(self, rows: Sequence[Row], *, seed: int, draws: int = DRAWS) -> Interval | None:
        """Return the 95 % bounds, `None` for a sum or a count and where fewer than two clusters count."""
        if self.reduce is total or self.reduce is counted:
            return None
        if self.bounds is not None:
            return self.bounds(rows, seed)
        return interval_of(self.column(rows), self.reduce, seed=seed, draws=draws)

    def meets(self, value: float) -> bool | None:
        """True where the bar is reached, `None` where there is none or the figure is not known."""
        if self.bar is None or np.isnan(value):
            return None
        return value >= self.bar if self.better == "more" else value <= self.bar


def column_of(
    rows: Sequence[Row], of: str, *, where: Callable[[Row], bool] | None = None, no_answer: float | None = None
) -> Column:
    """Return the scores of a name among the rows, those without an answer as `no_answer` or not at all."""
    found: list[tuple[float, float, float]] = []
    keys: list[tuple[str, int, int]] = []
    clusters: list[str] = []
    for row in rows:
        if where is not None and not where(row):
            continue
        for at, score in enumerate(score for score in row["scores"] if score["name"] == of):
            value = score["value"] if score["value"] is not None else no_answer
            if value is not None:
                truth = score.get("truth")
                found.append((value, score.get("weight", 1.0), np.nan if truth is None else truth))
                keys.append((row["id"], row["trial"], at))
                clusters.append(row["cluster"] or row["id"])
    values, weights, truths = np.asarray(found, np.float64).reshape(-1, 3).T
    examples = _numbered([key[0] for key in keys])
    return Column(values, weights, truths, examples, _numbered(clusters), tuple(keys))


def interval_of(column: Column, reduce: Reducer, *, seed: int, draws: int = DRAWS) -> Interval | None:
    """Return the 95 % bounds of a figure: a bootstrap over clusters, and Wilson's where all of a share is alike.

    A bootstrap of a share that is 0 or 1 in every example gives no width at all, however few the examples; Wilson's
    interval does. Source: Efron 1979 (percentiles), Wilson 1927.
    """
    count = int(column.clusters.max(initial=-1)) + 1
    if count < 2:
        return None
    if reduce is mean and len(set(column.values)) == 1 and column.values[0] in (0.0, 1.0):
        right = count if column.values[0] else 0
        bounds = binomtest(right, count).proportion_ci(method="wilson")
        return float(bounds.low), float(bounds.high)
    chance = np.random.default_rng(seed)
    figures = np.concatenate([of_draws(reduce, column, times) for times in drawings(count, draws, chance)])
    figures = figures[~np.isnan(figures)]
    if not len(figures):
        return None
    low, high = np.percentile(figures, [2.5, 97.5])
    return float(low), float(high)


def measured(
    metrics: Sequence[Metric], rows: Sequence[Row], *, seed: int
) -> tuple[dict[str, float], dict[str, Interval]]:
    """Return every figure that the rows have scores for, and the bounds of those that have them."""
    figures: dict[str, float] = {}
    bounds: dict[str, Interval] = {}
    for metric in metrics:
        column = metric.column(rows)
        if not len(column):
            continue
        value = metric.reduce(column)
        if np.isnan(value):
            continue
        figures[metric.name] = value
        interval = metric.interval(rows, seed=seed)
        if interval is not None:
            bounds[metric.name] = interval
    return figures | _unanswered(metrics, rows), bounds


def drawings(count: int, draws: int, chance: np.random.Generator) -> Iterator[Floats]:
    """Yield, in blocks `(block, count)`, how often each cluster is drawn when as many are drawn with replacement."""
    for here in block_sizes(count, draws):
        # Rows of one count: a cell's number in the block is its row and the cluster that was drawn.
        cells = chance.integers(0, count, (here, count)) + np.arange(here)[:, None] * count
        yield np.bincount(cells.ravel(), minlength=here * count).reshape(here, count).astype(np.float64)


def block_sizes(count: int, draws: int) -> Iterator[int]:
    """Yield in how many drawings of `count` clusters each to go on, so that a block takes little memory."""
    block = max(1, min(draws, 2_000_000 // count))
    for start in range(0, draws, block):
        yield min(block, draws - start)


def _unanswered(metrics: Sequence[Metric], rows: Sequence[Row]) -> dict[str, float]:
    """Return the share of scores without an answer, for each score that has any."""
    shares: dict[str, float] = {}
    for name in dict.fromkeys(metric.of for metric in metrics):
        scores = [score["value"] for row in rows for score in row["scores"] if score["name"] == name]
        missing = sum(value is None for value in scores)
        if missing:
            shares[f"{name}.no_answer_share"] = missing / len(scores)
    return shares


def _numbered(names: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    known: dict[str, int] = {}
    return np.asarray([known.setdefault(name, len(known)) for name in names], np.int64)
