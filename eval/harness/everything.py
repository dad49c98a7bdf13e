"""Runs every task of the plan, each in a process of its own, and says whether all of it may pass.

A process each, because models are let go of for sure when a process ends. A task whose data is not there is not run,
and the table says so. Knows the plan's file, no task.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.harness.book import Run, RunBook
from eval.harness.gate import Finding, accept, accepted, findings
from eval.harness.task import Task

PLAN = Path(__file__).resolve().parents[1] / "plan.toml"
KINDS = ("quick", "sampled", "full")


@dataclass(frozen=True, slots=True)
class Planned:
    """A task of the plan: its name, its words, and the folder of data that it needs ("": the demo store will do)."""

    name: str
    words: tuple[str, ...]
    data: str = ""


def add_plan(words: Any) -> None:
    """Add `all` and `accept` to the parser's words."""
    whole = words.add_parser("all", help="run every task of the plan, then the report")
    whole.add_argument("--kind", choices=KINDS, default="sampled", help="how much of each task is run")
    whole.add_argument("--data-in", type=Path, help="where the folders of data lie that some tasks need")
    whole.add_argument("--out", type=Path, default=Path("out"), help="where figures, rows and the report are written")
    whole.add_argument("--gate", action="store_true", help="end with 1 where anything keeps the runs from passing")
    accepting = words.add_parser("accept", help="hold later runs to the newest run of each task of the plan")
    for one in (whole, accepting):
        one.add_argument("--runs", type=Path, help="where runs are kept; eval/runs in the shop's home otherwise")


def planned(kind: str, plan: Path = PLAN) -> list[Planned]:
    """Return the tasks of a kind of run, in order."""
    tasks: list[Mapping[str, Any]] = tomllib.loads(plan.read_text(encoding="utf-8"))["task"]
    return [Planned(task["name"], tuple(task[kind]), task.get("data", "")) for task in tasks if kind in task]


def run_all(args: argparse.Namespace, book: RunBook, console: Console, task_named: Callable[[str], Task]) -> int:
    """Run the plan; 1 where a task could not measure or, with `--gate`, where anything keeps it from passing."""
    table: dict[str, tuple[float, str]] = {}
    found: list[Finding] = []
    broken = False
    for task in planned(args.kind):
        if missing := _missing(task, args.data_in):
            table[task.name] = (0.0, missing)
            continue
        console.print(f"[bold]{task.name}[/bold] {' '.join(task.words)}")
        started = time.perf_counter()
        ended = subprocess.run(_command(task, args, book), check=False).returncode
        own = list(_found(book, task.name, task_named)) if ended < 2 else []
        why = "; ".join(f"{one.figure}: {one.why}".strip(": ") for one in own) or "nothing"
        table[task.name] = (time.perf_counter() - started, why if ended < 2 else "could not measure")
        found, broken = found + own, broken or ended >= 2
    command = [sys.executable, "-m", "eval", "report", "--out", str(args.out), "--runs", str(book.folder)]
    if book.runs():
        broken = subprocess.run(command, check=False).returncode != 0 or broken
    _show(table, console)
    return int(broken or (args.gate and bool(found)))


def accept_all(book: RunBook, console: Console) -> int:
    """Keep the newest finished run of each task of the quick plan as what later runs are held to."""
    for task in planned("quick"):
        run = _newest(book, task.name)
        if run.status != "done":
            console.print(f"{task.name}: {run.id} is worthless or unfinished; what was accepted before stays")
            continue
        console.print(f"{task.name}: {run.id} kept in {accept(run, list(book.rows(run)))}")
    return 0


def _missing(task: Planned, data_in: Path | None) -> str:
    """Return the sentence that a task is not run with, "" where it can be."""
    if not task.data or (data_in is not None and (data_in / task.data).is_dir()):
        return ""
    return f"not run: it needs the folder {task.data!r}; name where it lies with --data-in (make eval DATA=FOLDER)"


def _command(task: Planned, args: argparse.Namespace, book: RunBook) -> list[str]:
    data = ["--data", str(args.data_in / task.data)] if task.data else []
    common = ["--out", str(args.out), "--runs", str(book.folder)]
    return [sys.executable, "-m", "eval", task.name, *common, *data, *task.words]


def _found(book: RunBook, name: str, task_named: Callable[[str], Task]) -> Iterator[Finding]:
    newest = _newest(book, name)
    rows = list(book.rows(newest))
    yield from findings(newest, rows, task_named(name).metrics, before=accepted(newest))


def _newest(book: RunBook, name: str) -> Run:
    """Return the newest run of a task, one with a stand-in for the model included.

    Raises:
        NoSuchRun: there is none.
    """
    runs = [run for run in book.runs() if f"{run.task}_".startswith(f"{name}_")]
    return runs[0] if runs else book.named(name)


def _show(spent: Mapping[str, tuple[float, str]], console: Console) -> None:
    table = Table(title="all tasks", title_justify="left")
    for heading in ("task", "minutes", "what keeps it from passing"):
        table.add_column(heading)
    for name, (seconds, why) in spent.items():
        table.add_row(name, f"{seconds / 60:.1f}", why)
    console.print(table)
