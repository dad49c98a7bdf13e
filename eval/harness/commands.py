"""What is printed of runs, and the commands beside the tasks: list the kept runs, compare two, report them all.

Knows no task.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.harness.afterwards import keep_comparison
from eval.harness.book import Run, RunBook
from eval.harness.comparing import Difference, compare
from eval.harness.everything import accept_all, add_plan, run_all
from eval.harness.task import Row, Task
from eval.report.command import add_report, run_report


def add_commands(words: Any) -> None:
    """Add the commands to the parser's words."""
    listed = words.add_parser("runs", help="list the kept runs")
    listed.add_argument("--of", help="only those of this task")
    compared = words.add_parser("compare", help="tell what changed between two kept runs")
    compared.add_argument("before", help="a run's id, its folder, or a task (its newest run)")
    compared.add_argument("after", help="a run's id, its folder, or a task (its newest run)")
    compared.add_argument("--json", action="store_true", help="print the differences as JSON")
    for one in (listed, compared):
        one.add_argument("--runs", type=Path, help="where runs are kept; eval/runs in the shop's home otherwise")
    add_report(words)
    add_plan(words)


def run_command(args: argparse.Namespace, book: RunBook, console: Console, task_named: Callable[[str], Task]) -> int:
    """Run the command that was asked for; 1 where a comparison finds something worse."""
    if args.task == "runs":
        _list(book.runs(args.of), console)
        return 0
    if args.task == "report":
        return run_report(args, book, console)
    if args.task == "all":
        return run_all(args, book, console, task_named)
    if args.task == "accept":
        return accept_all(book, console)
    before, after = book.named(args.before), book.named(args.after)
    metrics = task_named(after.task).metrics
    found = compare(metrics, list(book.rows(before)), list(book.rows(after)))
    if book.of(after).is_dir():  # it may have been named by a folder elsewhere
        keep_comparison(before, after, found, book)
    if args.json:
        print(json.dumps([{**_fields(one)} for one in found], indent=2))
    else:
        show_differences(before, after, found, console)
    return int(any(one.verdict == "worse" for one in found))


def show(run: Run, console: Console) -> None:
    """Print the figures as a table, and the sentences that a task's `notes` hold under `remarks`."""
    table = Table(title=f"{run.task} on {run.data}", title_justify="left")
    for heading in ("figure", "value", "95 % interval", "bar"):
        table.add_column(heading, justify="left" if heading == "figure" else "right")
    for name, value in run.metrics.items():
        low_high = run.intervals.get(name)
        bounds = f"{number(low_high[0])} to {number(low_high[1])}" if low_high else ""
        table.add_row(name, number(value), bounds, _bar(run, name, value))
    console.print(table)
    for sentence in run.notes.get("remarks", ()):
        console.print(sentence, markup=False, highlight=False)


def show_differences(before: Run, after: Run, found: Sequence[Difference], console: Console) -> None:
    """Print what changed as a table."""
    table = Table(title=f"{after.task}: {before.id} → {after.id}", title_justify="left")
    for heading in ("figure", "before", "after", "difference", "95 % interval", "p", "effect", "pairs", "verdict"):
        table.add_column(heading, justify="left" if heading in ("figure", "verdict") else "right")
    for one in found:
        table.add_row(
            one.metric,
            number(one.before),
            number(one.after),
            number(one.difference),
            f"{number(one.low)} to {number(one.high)}",
            f"{one.p:.3f}",
            f"{one.effect:.2f}",
            str(one.pairs),
            one.verdict,
        )
    console.print(table)


def write(run: Run, rows: Sequence[Row], out: Path) -> Path:
    """Write `TASK.json` and `TASK.rows.jsonl` under `out` and return the first one's path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{run.task}.json"
    report = {
        "task": run.task,
        "data": run.data,
        "metrics": dict(run.metrics),
        "intervals": {name: list(bounds) for name, bounds in run.intervals.items()},
        "settings": dict(run.settings) | dict(run.notes),
        "commit": run.commit,
        "seconds": round(run.seconds, 2),
        "run": run.id,
        "failures": list(run.failures),
    }
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    with (out / f"{run.task}.rows.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    return path


def number(value: float) -> str:
    """Return a figure as read: whole numbers whole, others with four digits."""
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) >= 1 else f"{value:,.4g}"


def _bar(run: Run, name: str, value: float) -> str:
    bar = run.bars.get(name, {}).get("bar")
    if bar is None:
        return ""
    more = run.bars[name]["better"] == "more"
    met = value >= bar if more else value <= bar
    return f"{'≥' if more else '≤'} {number(bar)} {'met' if met else 'MISSED'}"


def _list(runs: Sequence[Run], console: Console) -> None:
    table = Table(title="kept runs", title_justify="left")
    for heading in ("task", "run", "data", "examples", "seconds", "commit", "status"):
        table.add_column(heading)
    for run in runs:
        cells = (run.task, run.id, run.data, str(run.examples), f"{run.seconds:.0f}", run.commit[:8], run.status)
        table.add_row(*cells)
    console.print(table)


def _fields(one: Difference) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
