"""Runs every task of the plan, each in a process of its own, and says whether all of it may pass.

A process each, because models are let go of for sure when a process ends. Knows the plan's file, no task.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.harness.book import Run, RunBook
from eval.harness.gate import Finding, accept, accepted, findings
from eval.harness.task import Task

PLAN = Path(__file__).resolve().parents[1] / "plan.toml"
KINDS = ("quick", "sampled", "full")


def add_plan(words: Any) -> None:
    """Add `all` and `accept` to the parser's words."""
    whole = words.add_parser("all", help="run every task of the plan, then the report")
    whole.add_argument("--kind", choices=KINDS, default="sampled", help="how much of each task is run")
    whole.add_argument("--out", type=Path, default=Path("out"), help="where figures, rows and the report are written")
    whole.add_argument("--gate", action="store_true", help="end with 1 where anything keeps the runs from passing")
    accepting = words.add_parser("accept", help="hold later runs to the newest run of each task of the plan")
    for one in (whole, accepting):
        one.add_argument("--runs", type=Path, help="where runs are kept; eval/runs in the shop's home otherwise")


def planned(kind: str, plan: Path = PLAN) -> list[tuple[str, list[str]]]:
    """Return the tasks of a kind of run with their words, in order."""
    tasks: list[Mapping[str, Any]] = tomllib.loads(plan.read_text(encoding="utf-8"))["task"]
    return [(task["name"], list(task[kind])) for task in tasks if kind in task]


def run_all(args: argparse.Namespace, book: RunBook, console: Console, task_named: Callable[[str], Task]) -> int:
    """Run the plan; 1 where a task could not measure or, with `--gate`, where anything keeps it from passing."""
    spent: list[tuple[str, int, float]] = []
    for name, words in planned(args.kind):
        started = time.perf_counter()
        command = [sys.executable, "-m", "eval", name, "--out", str(args.out), "--runs", str(book.folder), *words]
        console.print(f"[bold]{name}[/bold] {' '.join(words)}")
        ended = subprocess.run(command, check=False).returncode
        spent.append((name, ended, time.perf_counter() - started))
    command = [sys.executable, "-m", "eval", "report", "--out", str(args.out), "--runs", str(book.folder)]
    reported = subprocess.run(command, check=False).returncode
    found = list(_found(book, [name for name, ended, _ in spent if ended < 2], task_named))
    _show(spent, found, console)
    broken = reported != 0 or any(ended >= 2 for _, ended, _ in spent)
    return int(broken or (args.gate and bool(found)))


def accept_all(book: RunBook, console: Console) -> int:
    """Keep the newest finished run of each task of the quick plan as what later runs are held to."""
    for name, _ in planned("quick"):
        run = book.named(name)
        console.print(f"{name}: {run.id} kept in {accept(run, list(book.rows(run)))}")
    return 0


def _found(book: RunBook, names: Sequence[str], task_named: Callable[[str], Task]) -> Iterator[Finding]:
    for name in names:
        newest: Run = book.runs(name)[0]
        rows = list(book.rows(newest))
        yield from findings(newest, rows, task_named(name).metrics, before=accepted(newest))


def _show(spent: Sequence[tuple[str, int, float]], found: Sequence[Finding], console: Console) -> None:
    table = Table(title="all tasks", title_justify="left")
    for heading in ("task", "minutes", "what keeps it from passing"):
        table.add_column(heading)
    for name, ended, seconds in spent:
        why = [f"{one.figure}: {one.why}".strip(": ") for one in found if one.task == name]
        said = "; ".join(why) or ("could not measure" if ended >= 2 else "nothing")
        table.add_row(name, f"{seconds / 60:.1f}", said)
    console.print(table)
