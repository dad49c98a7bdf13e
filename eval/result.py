"""What a task gives back, and how it is kept: a table to read, `TASK.json` and `TASK.rows.jsonl` to compute from.

Knows no task and no metric.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome of one task.

    `metrics` are the figures by name; `intervals` the 95 % bounds of those that have them. `rows` are one mapping an
    example: what went in, what came out, its score. `data` names what was judged ("demo" or a folder's name).
    """

    task: str
    data: str
    metrics: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Any]] = ()
    seconds: float = 0.0


def commit() -> str:
    """Return the commit of the working tree with `+` where it has changes, or "unknown" outside a checkout."""
    root = Path(__file__).resolve().parent.parent
    try:
        name = _git(root, "rev-parse", "HEAD")
        return name + ("+" if _git(root, "status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def write(result: Result, out: Path) -> Path:
    """Write `TASK.json` and `TASK.rows.jsonl` under `out` and return the first one's path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{result.task}.json"
    report = {
        "task": result.task,
        "data": result.data,
        "metrics": dict(result.metrics),
        "intervals": {name: list(bounds) for name, bounds in result.intervals.items()},
        "settings": dict(result.settings),
        "commit": commit(),
        "seconds": round(result.seconds, 2),
    }
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write_rows(result.rows, out / f"{result.task}.rows.jsonl")
    return path


def write_rows(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def append_row(row: Mapping[str, Any], path: Path, *, first: bool) -> None:
    """Add a row to a file as soon as it is known, so that a run that is stopped leaves what it has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w" if first else "a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def show(result: Result, console: Console) -> None:
    """Print the figures as a table."""
    table = Table(title=f"{result.task} on {result.data}", title_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("95 % interval", justify="right")
    for name, value in result.metrics.items():
        low_high = result.intervals.get(name)
        table.add_row(name, _number(value), f"{_number(low_high[0])} to {_number(low_high[1])}" if low_high else "")
    console.print(table)


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) >= 1 else f"{value:,.4g}"


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()
