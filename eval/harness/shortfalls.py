"""Which examples of a run went worst, and which fall short of what a figure asks of them.

Knows no task. A run's figures say how much went wrong; this says where to look.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.harness.metrics import Metric
from eval.harness.reducers import counted, total
from eval.harness.task import Row

LONGEST_ABOUT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row among the others: `at` is its place in the run's rows, from 0, `about` what went in, in a few words.

    `badness` adds up, score by score, how far it is from the best of the run to the worst (0 to 1 each). `short` are
    the names of the scores that have no answer, are worse than the figure's bar, or fail where there is no bar.
    """

    at: int
    id: str
    trial: int
    about: str
    answered: bool
    badness: float
    short: tuple[str, ...]


def judged(metrics: Sequence[Metric], rows: Sequence[Row]) -> list[Judged]:
    """Return every row, those without any answer first, then the worst."""
    badness: list[dict[str, float]] = [{} for _ in rows]
    short: list[dict[str, None]] = [{} for _ in rows]
    for metric in metrics:
        if not metric.better or metric.reduce is counted:
            continue
        for at, (bad, falls_short) in _judged_by(metric, rows).items():
            badness[at][metric.of] = max(bad, badness[at].get(metric.of, 0.0))
            if falls_short:
                short[at][metric.of] = None
    found = [
        Judged(
            at=at,
            id=row["id"],
            trial=row["trial"],
            about=about(row),
            answered="no_answer" not in row["output"],
            badness=round(sum(badness[at].values()), 4),
            short=tuple(short[at]),
        )
        for at, row in enumerate(rows)
    ]
    return sorted(found, key=lambda one: (one.answered, -one.badness, -len(one.short), one.at))


def main_scores(metrics: Sequence[Metric]) -> list[str]:
    """Return the names of the scores that a figure with a good and a bad side sums up."""
    return list(dict.fromkeys(metric.of for metric in metrics if metric.better))


def about(row: Row) -> str:
    """Return what went in, in at most `LONGEST_ABOUT` letters: what the shopper said first, where somebody spoke."""
    turns = row["output"].get("turns")
    first = turns[0] if isinstance(turns, list) and turns else {}
    said = first.get("message") if isinstance(first, Mapping) else None
    given = row["given"]
    text = said or given.get("message") or given.get("query") or json.dumps(given, ensure_ascii=False, default=str)
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST_ABOUT else line[: LONGEST_ABOUT - 1] + "…"


def _judged_by(metric: Metric, rows: Sequence[Row]) -> dict[int, tuple[float, bool]]:
    """Return, by row, how bad the worst of its scores is for a figure, and whether one falls short."""
    scores = [
        (at, score)
        for at, row in enumerate(rows)
        if metric.where is None or metric.where(row)
        for score in row["scores"]
        if score["name"] == metric.of
    ]
    span = _span([score["value"] for _, score in scores if score["value"] is not None])
    found: dict[int, tuple[float, bool]] = {}
    for at, score in scores:
        bad, falls_short = _of_one(metric, score, span)
        worst, any_short = found.get(at, (0.0, False))
        found[at] = (max(bad, worst), falls_short or any_short)
    return found


@dataclass(frozen=True, slots=True)
class _Span:
    """What values lie between, and whether they are nothing but noughts and ones."""

    least: float
    most: float
    yes_or_no: bool


def _span(values: Sequence[float]) -> _Span:
    return _Span(min(values), max(values), set(values) <= {0.0, 1.0}) if values else _Span(0.0, 0.0, True)


def _of_one(metric: Metric, score: Mapping[str, Any], span: _Span) -> tuple[float, bool]:
    value, truth = score["value"], score.get("truth")
    if value is None:
        return 1.0, True
    if truth is not None:  # a chance: how far it is from what came, which alone is nobody's failure
        return abs(truth - value), False
    best, worst = (span.most, span.least) if metric.better == "more" else (span.least, span.most)
    falls_short = _falls_short(metric, value, span)
    return (best - value) / (best - worst) if best != worst else float(falls_short), falls_short


def _falls_short(metric: Metric, value: float, span: _Span) -> bool:
    if metric.reduce is total:
        return metric.better == "less" and value > 0
    if metric.bar is not None:
        return metric.meets(value) is False
    return span.yes_or_no and value == (0.0 if metric.better == "more" else 1.0)
