"""The kept runs of evaluations, as the files say that `python -m eval` wrote. Computes no figure; knows no page.

A run, an example or a comparison is only ever looked up among those that the folder holds, so that no name that comes
with a request becomes a path.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOG = logging.getLogger(__name__)
Row = Mapping[str, Any]
_TOLD = ("started", "status", "data", "commit")
MOST_MAIN = 4
"""Figures of a run in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a run: `met` says whether its bar is reached, `None` where it has none."""

    name: str
    value: float
    interval: tuple[float, float] | None
    better: str
    bar: float | None

    @property
    def met(self) -> bool | None:
        """Whether the bar is reached."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.better == "more" else self.value <= self.bar

    @property
    def text(self) -> str:
        """The value as read."""
        return number(self.value)

    @property
    def interval_text(self) -> str:
        """The 95 % bounds as read, empty where there are none."""
        return f"{number(self.interval[0])} – {number(self.interval[1])}" if self.interval else ""

    @property
    def bar_text(self) -> str:
        """The bar as read, empty where there is none."""
        return "" if self.bar is None else f"{'≥' if self.better == 'more' else '≤'} {number(self.bar)}"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in its folder; `told` is its `run.json`."""

    folder: Path
    told: Mapping[str, Any]

    @property
    def task(self) -> str:
        """The task's name."""
        return self.folder.parent.name

    @property
    def id(self) -> str:
        """The run's id."""
        return self.folder.name

    @property
    def name(self) -> str:
        """What tells it from all others."""
        return f"{self.task}/{self.id}"

    @property
    def figures(self) -> list[Figure]:
        """All figures, in the task's order."""
        told = self.told
        return [
            Figure(
                name=name,
                value=value,
                interval=tuple(told["intervals"][name]) if name in told.get("intervals", {}) else None,
                better=told.get("bars", {}).get(name, {}).get("better", ""),
                bar=told.get("bars", {}).get(name, {}).get("bar"),
            )
            for name, value in told.get("metrics", {}).items()
        ]

    @property
    def main(self) -> list[Figure]:
        """The figures of a list: those with a bar, else those with a good side, else the first."""
        figures = self.figures
        barred = [one for one in figures if one.bar is not None]
        return (barred or [one for one in figures if one.better] or figures)[:MOST_MAIN]


class KeptRuns:
    """The kept runs under a folder; `None` holds none. Reads files: call it from a thread."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def listed(self) -> list[KeptRun]:
        """Return all runs, the newest first."""
        paths = self._folder.glob("*/*/run.json") if self._folder else ()
        found = [KeptRun(path.parent, told) for path in paths if (told := _read(path)) is not None and _is_run(told)]
        return sorted(found, key=lambda one: (one.told["started"], one.id), reverse=True)

    def named(self, name: str) -> KeptRun | None:
        """Return the run of a name `TASK/ID`, `None` where no such run is kept."""
        return next((one for one in self.listed() if one.name == name), None)

    def examples(self, run: KeptRun) -> list[Mapping[str, Any]]:
        """Return the examples of a run that has ended, the worst first."""
        found = _read(run.folder / "examples.json") or {}
        return list(found.get("rows", ()))

    def row(self, run: KeptRun, at: int) -> Row | None:
        """Return the example at a place of the run's rows, from 0."""
        with (run.folder / "rows.jsonl").open(encoding="utf-8") as file:
            line = next((line for number, line in enumerate(file) if number == at), None)
        return json.loads(line) if line is not None else None

    def rows(self, run: KeptRun) -> list[Row]:
        """Return all examples of a run that has ended, as they were played."""
        path = run.folder / "rows.jsonl"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]

    def comparison(self, before: KeptRun, after: KeptRun) -> list[Mapping[str, Any]] | None:
        """Return what changed figure by figure, `None` where nobody has compared these two."""
        kept = _read(after.folder / f"comparison-{before.id}.json")
        return None if kept is None else list(kept["differences"])

    def compared_with(self, run: KeptRun, among: Sequence[KeptRun]) -> list[KeptRun]:
        """Return the runs that this one has been compared with, the newest first."""
        return [one for one in among if one.task == run.task and (run.folder / f"comparison-{one.id}.json").is_file()]


def _is_run(told: object) -> bool:
    """Return whether a file tells of a run: something else may have come to lie in the folder."""
    return isinstance(told, dict) and all(isinstance(told.get(name), str) for name in _TOLD)


def is_short(example: Mapping[str, Any]) -> bool:
    """Return whether an example falls short of anything, or has no answer."""
    return bool(example["short"]) or not example["answered"]


def number(value: float) -> str:
    """Return a figure as read.

    >>> number(0.91234), number(1240.0)
    ('0.9123', '1,240')
    """
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) >= 1 else f"{value:,.4g}"


def _read(path: Path) -> Any:
    """Return what a file holds, `None` where it is not there; one that is not JSON is logged and left out."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        _LOG.warning("%s is not JSON and is left out", path)
        return None
