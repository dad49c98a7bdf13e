"""What is kept beside a run once it has ended, for the report and the app's page, which compute nothing themselves.

    examples.json             its main scores, and every example, the worst first
    comparison-RUN.json       what changed since that run, figure by figure

Knows no task.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from math import isnan, nan
from typing import Any

from eval.harness.book import Run, RunBook
from eval.harness.comparing import Difference, compare, held
from eval.harness.metrics import Metric
from eval.harness.shortfalls import Judged, judged, main_scores
from eval.harness.task import Row

EXAMPLES = "examples.json"
_BOUNDS = ("low", "high")


def keep_findings(metrics: Sequence[Metric], run: Run, rows: Sequence[Row], book: RunBook) -> None:
    """Keep which examples went worst and, of a run that says anything, what changed since the one before it."""
    found = [asdict(one) for one in judged(metrics, rows)]
    book.keep_beside(run, EXAMPLES, {"scores": main_scores(metrics), "rows": found})
    before = book.before(run)
    if run.status == "done" and before is not None:
        keep_comparison(before, run, compare(metrics, list(book.rows(before)), rows), book)


def keep_comparison(before: Run, after: Run, found: Sequence[Difference], book: RunBook) -> None:
    """Keep what changed between two runs beside the later one named."""
    stays = {one.metric for one in held(found)}
    differences = [_plain(one) | {"held": one.metric in stays} for one in found]
    value = {"before": before.id, "after": after.id, "differences": differences}
    book.keep_beside(after, comparison_name(before.id), value)


def kept_comparison(before: Run, after: Run, book: RunBook) -> list[Difference] | None:
    """Return what changed between two runs, `None` where nobody compared them."""
    kept = book.beside(after, comparison_name(before.id))
    return None if kept is None else [_read(one) for one in kept["differences"]]


def kept_examples(run: Run, book: RunBook) -> tuple[list[str], list[Judged]]:
    """Return the main scores of a run and its examples, the worst first; neither where it has not ended."""
    kept = book.beside(run, EXAMPLES) or {"scores": [], "rows": []}
    return kept["scores"], [Judged(**one | {"short": tuple(one["short"])}) for one in kept["rows"]]


def comparison_name(before: str) -> str:
    """Return the name of the file that tells what changed since a run."""
    return f"comparison-{before}.json"


def _plain(one: Difference) -> dict[str, Any]:
    """Return a difference as any reader of JSON takes it: bounds that are not known as null."""
    kept = asdict(one)
    return kept | {name: None if isnan(kept[name]) else kept[name] for name in _BOUNDS}


def _read(kept: Mapping[str, Any]) -> Difference:
    names = {one.name for one in fields(Difference)}
    bounds = {name: nan if kept[name] is None else kept[name] for name in _BOUNDS}
    return Difference(**{name: value for name, value in kept.items() if name in names} | bounds)
