"""Fits the ranking to a shop's own judgments: for some queries, which products are right.

Knows judgments and the searcher; how weights are learned is `rank`'s affair.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.build import Index
from index.candidates import Scores
from index.errors import BadJudgments
from index.ranking.rank import Example, Ranking, fit
from index.search import Found, Searcher

FOLDS = 5
CUT = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the gains (0 to 1) of the products that somebody looked at; others count as 0."""

    query: str
    gains: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TuneReport:
    """What tuning did. `before` is nDCG@10 as the shop ranked so far, `after` that of queries held out of the fit."""

    queries: int
    unknown_products: int
    before: float
    after: float
    path: Path

    def __str__(self) -> str:
        unknown = f" ({self.unknown_products} judged products are not sold)" if self.unknown_products else ""
        return (
            f"{self.queries} queries{unknown}: nDCG@10 {self.before:.3f} before, "
            f"{self.after:.3f} by cross-validation after; weights are in {self.path}"
        )


def read_judgments(path: Path) -> list[Judged]:
    """Return the judgments in a JSON Lines file of `{"query": …, "ratings": {product id: gain}}`.

    Raises:
        BadJudgments: a line is something else; it names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadJudgments(path, 0, f"cannot be read ({error})") from error
    judged = [_judged(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if len(judged) < FOLDS:
        raise BadJudgments(path, len(lines), f"ends the file, which holds {len(judged)} queries of at least {FOLDS}")
    return judged


def tune(
    index: Index, judgments: Path, *, out: Path, progress: Callable[[str, int, int], None] | None = None
) -> TuneReport:
    """Fit the ranking to judgments and write it to `out`, which the index under the same home reads when it opens.

    Raises:
        BadJudgments: the file is no judgments, or judges nothing that tells good from bad.
    """
    judged = read_judgments(judgments)
    known = set(index.catalogue.ids())
    found = gathered(index.searcher, judged, progress)
    examples = [example(one, judge) for one, judge in zip(found, judged, strict=True)]
    try:
        after = cross_scores(examples)
        ranking = fit(examples, trained_on=f"{judgments.name}: {len(judged)} queries")
    except ValueError as error:
        raise BadJudgments(judgments, 1, str(error)) from error
    before = [index.searcher.rank(one) for one in found]
    ranking.save(out)
    return TuneReport(
        queries=len(judged),
        unknown_products=len({id_ for judge in judged for id_ in judge.gains} - known),
        before=_mean_ndcg(found, judged, before),
        after=_mean_ndcg(found, judged, after),
        path=out,
    )


def gathered(
    searcher: Searcher, judged: Sequence[Judged], progress: Callable[[str, int, int], None] | None = None
) -> list[Found]:
    """Return the candidates of each judged query."""
    found = []
    for number, judge in enumerate(judged):
        if progress:
            progress("searching", number, len(judged))
        found.append(searcher.find(judge.query))
    return found


def example(found: Found, judged: Judged) -> Example:
    """Return a judged query as the ranking learns from it."""
    return Example(judged.query, found.features, np.array([judged.gains.get(id_, 0.0) for id_ in found.candidates.ids]))


def cross_scores(examples: Sequence[Example], *, folds: int = FOLDS, trained_on: str = "") -> list[Scores]:
    """Return the scores of each query's candidates under weights learned from the other folds.

    Query i is in fold i modulo `folds`, so that the folds are the same everywhere.
    """
    scores: list[Scores] = [np.empty(0)] * len(examples)
    for fold in range(folds):
        ranking: Ranking = fit([e for i, e in enumerate(examples) if i % folds != fold], trained_on=trained_on)
        for i in range(fold, len(examples), folds):
            scores[i] = ranking.score(examples[i].features)
    return scores


def ndcg(ranked: Sequence[float], gains: Iterable[float], cut: int = CUT) -> float:
    """Return the normalised discounted cumulative gain of a list of gains, best first, against all gains there are.

    >>> ndcg([1.0, 0.0], [0.0, 1.0])
    1.0
    """
    ideal = sorted(gains, reverse=True)
    best = _discounted(ideal[:cut])
    return _discounted(ranked[:cut]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return float(sum(gain / np.log2(place + 2) for place, gain in enumerate(gains)))


def _mean_ndcg(found: Sequence[Found], judged: Sequence[Judged], scores: Sequence[Scores]) -> float:
    values = []
    for one, judge, own in zip(found, judged, scores, strict=True):
        order = np.argsort(-own, kind="stable")
        ranked = [judge.gains.get(one.candidates.ids[at], 0.0) for at in order]
        values.append(ndcg(ranked, judge.gains.values()))
    return float(np.mean(values))


def _judged(path: Path, number: int, line: str) -> Judged:
    try:
        record = json.loads(line)
        gains = {str(id_): float(gain) for id_, gain in record["ratings"].items()}
        query = str(record["query"]).strip()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadJudgments(path, number, "is no judgment") from error
    if not query or not all(0 <= gain <= 1 for gain in gains.values()):
        raise BadJudgments(path, number, "has no query, or a rating outside 0 to 1")
    return Judged(query, gains)
