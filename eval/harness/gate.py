"""Whether runs may pass: none is worthless, nothing got worse than what was accepted, no bar that it met is missed.

A bar that the accepted scores missed, too, is told in the report and holds nobody up; a bar missed where nothing has
been accepted does. What was accepted is kept in the project as scores alone, `eval/baseline/TASK.jsonl.gz`; a person
accepts new ones with `python -m eval accept`. Knows no task.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.harness.book import Run
from eval.harness.comparing import Difference, compare, held
from eval.harness.metrics import Metric
from eval.harness.reducers import total
from eval.harness.task import Row

BASELINE = Path(__file__).resolve().parents[1] / "baseline"
_OF_THE_MACHINE = re.compile(r"(_ms|_s|_mb|_joules|per_s)$")
"""Figures with these units in their names tell of the machine: they are reported, not gated."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a run may not pass: the task, the figure where there is one, and a sentence."""

    task: str
    figure: str
    why: str


def findings(run: Run, rows: Sequence[Row], metrics: Sequence[Metric], *, before: Sequence[Row]) -> list[Finding]:
    """Return all that keeps a run from passing beside the rows `before` it; an empty list lets it through."""
    if run.status != "done":
        return [Finding(run.task, "", why) for why in run.failures or ("the run did not end",)]
    gated = [metric for metric in metrics if metric.better and not _OF_THE_MACHINE.search(metric.name)]
    before = _common(before, rows)
    missed = [found for metric in gated if (found := _missed(run, metric, before)) is not None]
    worse = [_as_finding(run, one) for one in held(compare(gated, before, rows)) if one.verdict == "worse"]
    return missed + worse


def accept(run: Run, rows: Sequence[Row], *, folder: Path = BASELINE) -> Path:
    """Keep the scores of a run as what later ones must not fall below, without anything that was said."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.task}.jsonl.gz"
    lines = [json.dumps(_head(run) | {"commit": run.commit})] + [json.dumps(_bare(row)) for row in rows]
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as file:
        file.write(("\n".join(lines) + "\n").encode())
    return path


def accepted(run: Run, *, folder: Path = BASELINE) -> list[Row]:
    """Return the accepted scores of a run's task on its data with its engine, nothing where none were accepted."""
    path = folder / f"{run.task}.jsonl.gz"
    if not path.is_file():
        return []
    head, *rows = (json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines())
    return rows if _head(run).items() <= head.items() else []


def _head(run: Run) -> dict[str, str]:
    return {"data": run.data, "engine": str(run.settings.get("engine", ""))}


def _common(before: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """Return the accepted scores of what was played again, each with what its example gave, which figures pick by."""
    given = {(row["id"], row["trial"]): row["given"] for row in rows}
    return [{**row, "given": given[key]} for row in before if (key := (row["id"], row["trial"])) in given]


def _missed(run: Run, metric: Metric, before: Sequence[Row]) -> Finding | None:
    """Return a finding where a bar is out of reach of the whole interval, or missed by a sum, which has none."""
    value = run.metrics.get(metric.name)
    if value is None or metric.bar is None or metric.meets(value) is not False or _missed_before(metric, value, before):
        return None
    low, high = run.intervals.get(metric.name, (value, value))
    best = high if metric.better == "more" else low
    if metric.reduce is not total and metric.meets(best):
        return None
    sign = "at least" if metric.better == "more" else "at most"
    return Finding(run.task, metric.name, f"{value:.4g} ({low:.4g} to {high:.4g}) where {sign} {metric.bar:g} is held")


def _missed_before(metric: Metric, value: float, before: Sequence[Row]) -> bool:
    """Return whether the accepted scores missed the bar as well: a sum no less than now, other figures at all."""
    column = metric.column(before)
    if not len(column):
        return False
    old = metric.reduce(column)
    as_bad = old <= value if metric.better == "more" else old >= value
    return metric.meets(old) is False and (as_bad or metric.reduce is not total)


def _as_finding(run: Run, one: Difference) -> Finding:
    why = (
        f"{one.after:.4g} where it was {one.before:.4g}, by {one.difference:+.4g} ({one.low:+.4g} to "
        f"{one.high:+.4g}) on {one.pairs} examples, p = {one.p:.4f}"
    )
    return Finding(run.task, one.metric, why)


def _bare(row: Row) -> Row:
    scores = [{name: score.get(name) for name in ("name", "value", "weight", "truth")} for score in row["scores"]]
    return {"id": row["id"], "cluster": row["cluster"], "trial": row["trial"], "scores": scores}
