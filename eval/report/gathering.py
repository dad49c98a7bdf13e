"""What a report tells: for each task its newest run, every figure with what it was before, and the worst examples.

Reads what is kept and computes nothing but which changes stay when all figures are looked at together. Knows no task
and no markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Literal

from assistant.errors import RegularsError
from eval.harness.afterwards import kept_comparison, kept_examples
from eval.harness.book import Run, RunBook
from eval.harness.comparing import Difference, held
from eval.harness.shortfalls import Judged
from eval.harness.task import Row

Met = Literal["", "met", "met_unsure", "missed_unsure", "missed"]
MOST_MAIN = 4
"""Figures of a task in the summary."""


class NothingKept(RegularsError):
    """There is no run that a report could tell of."""

    def __init__(self, book: RunBook, tasks: Sequence[str] | None) -> None:
        of = f" of {', '.join(tasks)}" if tasks else ""
        super().__init__(f"no ended run{of} is kept under {str(book.folder)!r}: `python -m eval TASK` makes one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a run. `before` is what the run before had; `stays` says of a change that it outlasts Holm's test.

    `met` tells of the bar; "unsure" where the interval holds it.
    """

    task: str
    name: str
    value: float
    interval: tuple[float, float] | None = None
    better: str = ""
    bar: float | None = None
    met: Met = ""
    before: float | None = None
    change: Difference | None = None
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One of the worst examples, whole."""

    judged: Judged
    row: Row


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that is not as it was in the run before: its kind ("prompt", "setting" …), name and both values."""

    kind: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReport:
    """A task's newest run. `short` counts its examples that fall short somewhere; `scores` are all by name."""

    run: Run
    before: Run | None
    compared: bool
    figures: tuple[Figure, ...]
    changed: tuple[Changed, ...]
    cases: tuple[Case, ...]
    short: int
    scores: Mapping[str, Sequence[Mapping[str, Any]]]
    seconds: tuple[float, ...]

    @property
    def main(self) -> tuple[Figure, ...]:
        """The figures of the summary: those with a bar, else those with a good side, else the first."""
        barred = [one for one in self.figures if one.bar is not None]
        sided = [one for one in self.figures if one.better]
        return tuple((barred or sided or self.figures)[:MOST_MAIN])


@dataclass(frozen=True, slots=True)
class _Since:
    """The run before, what changed since (`None`: nobody compared), and the names of the changes that stay."""

    before: Run | None
    changes: Sequence[Difference] | None
    stays: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All tasks, those whose run is worthless first, then those that miss a bar."""

    tasks: tuple[TaskReport, ...]
    made_at: datetime

    @property
    def worthless(self) -> tuple[TaskReport, ...]:
        """The tasks whose run says nothing."""
        return tuple(one for one in self.tasks if one.run.failures)

    def changes(self, verdict: str) -> list[Figure]:
        """Return the figures that got "better" or "worse", those first that stay when all are looked at together."""
        figures = chain.from_iterable(one.figures for one in self.tasks)
        found = [one for one in figures if one.change is not None and one.change.verdict == verdict]
        return sorted(found, key=lambda one: (not one.stays, one.change.p if one.change else 1.0))


def gathered(book: RunBook, *, tasks: Sequence[str] | None = None, worst: int) -> Report:
    """Return the report of the newest ended run of each task, or of these tasks.

    Raises:
        NothingKept: there is no such run.
    """
    newest: dict[str, Run] = {}
    for run in book.runs():
        if run.status != "running" and (not tasks or run.task in tasks):
            newest.setdefault(run.task, run)
    if not newest:
        raise NothingKept(book, tasks)
    pairs = [(run, book.before(run)) for run in newest.values()]
    compared = {
        run.task: kept_comparison(before, run, book) if before and run.status == "done" else None
        for run, before in pairs
    }
    stays = _staying(compared)
    since = {run.task: _Since(before, compared[run.task], stays.get(run.task, frozenset())) for run, before in pairs}
    told = [_told(book, run, since[run.task], worst=worst) for run, _ in pairs]
    order = sorted(told, key=lambda one: (not one.run.failures, not _misses(one), one.run.task))
    return Report(tasks=tuple(order), made_at=datetime.now(UTC))


def _staying(compared: Mapping[str, Sequence[Difference] | None]) -> Mapping[str, frozenset[str]]:
    """Return, by task, the figures whose change stays when the figures of all tasks are looked at together."""
    kept = {id(one) for one in held([one for found in compared.values() for one in found or ()])}
    return {task: frozenset(one.metric for one in found or () if id(one) in kept) for task, found in compared.items()}


def _told(book: RunBook, run: Run, since: _Since, *, worst: int) -> TaskReport:
    rows = list(book.rows(run))
    names, examples = kept_examples(run, book)
    return TaskReport(
        run=run,
        before=since.before,
        compared=since.changes is not None,
        figures=tuple(_figure(run, name, since) for name in run.metrics),
        changed=tuple(changed(since.before, run)) if since.before else (),
        cases=tuple(Case(one, rows[one.at]) for one in _worst(examples)[:worst]),
        short=sum(bool(one.short) or not one.answered for one in examples),
        scores={name: [s for row in rows for s in row["scores"] if s["name"] == name] for name in names},
        seconds=tuple(row["seconds"] for row in rows),
    )


def _worst(examples: Sequence[Judged]) -> list[Judged]:
    """Return the examples in which anything was not at its best."""
    return [one for one in examples if one.short or one.badness > 0 or not one.answered]


def _figure(run: Run, name: str, since: _Since) -> Figure:
    known = run.bars.get(name, {})
    value, interval = run.metrics[name], run.intervals.get(name)
    better, bar = known.get("better", ""), known.get("bar")
    return Figure(
        task=run.task,
        name=name,
        value=value,
        interval=interval,
        better=better,
        bar=bar,
        met=_met(value, interval, bar, better) if bar is not None else "",
        before=since.before.metrics.get(name) if since.before else None,
        change=next((one for one in since.changes or () if one.metric == name), None),
        stays=name in since.stays,
    )


def _met(value: float, interval: tuple[float, float] | None, bar: float, better: str) -> Met:
    """Tell whether the bar is reached, and whether the interval leaves a doubt of it.

    >>> _met(0.95, (0.88, 0.99), 0.9, "more"), _met(0.0, None, 0.0, "less")
    ('met_unsure', 'met')
    """
    sign = 1 if better == "more" else -1
    reached = sign * value >= sign * bar
    low, high = interval or (value, value)
    sure = min(sign * low, sign * high) >= sign * bar if reached else max(sign * low, sign * high) < sign * bar
    return ("met" if sure else "met_unsure") if reached else ("missed" if sure else "missed_unsure")


def _misses(one: TaskReport) -> bool:
    return any(figure.met.startswith("missed") for figure in one.figures)


def changed(before: Run, after: Run) -> list[Changed]:
    """Return what two runs do not have in common beside their figures."""
    kinds: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
        ("commit", {"": before.commit[:12]}, {"": after.commit[:12]}),
        ("model", before.model, after.model),
        ("setting", before.settings, after.settings),
        ("prompt", before.prompts, after.prompts),
        ("input", before.inputs, after.inputs),
        ("machine", before.machine, after.machine),
    ]
    return [
        Changed(kind, name, _said(old.get(name)), _said(new.get(name)))
        for kind, old, new in kinds
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]


def _said(value: object) -> str:
    return "–" if value in (None, "") else str(value)
