"""`python -m eval report`: write the report of the kept runs. Knows no task."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console

from eval.harness.book import RunBook

WORST = 12
"""Examples of each task that are shown in full where no other number is asked for."""


def add_report(words: Any) -> None:
    """Add the command to the parser's words."""
    one = words.add_parser("report", help="write one HTML file of the newest run of each task")
    one.add_argument("--task", dest="only", nargs="+", metavar="TASK", help="only these tasks")
    one.add_argument("--out", type=Path, default=Path("out"), help="where report.html is written")
    one.add_argument("--worst", type=int, default=WORST, help="how many of the worst examples are shown of each task")
    one.add_argument("--language", choices=("en", "zh"), default="en", help="the language of the report")
    one.add_argument("--runs", type=Path, help="where runs are kept; eval/runs in the shop's home otherwise")


def run_report(args: argparse.Namespace, book: RunBook, console: Console) -> int:
    """Write the report."""
    # Drawing takes a second to load, which no other command should wait for.
    from eval.report.gathering import gathered
    from eval.report.writing import write_report

    report = gathered(book, tasks=args.only, worst=args.worst)
    console.print(f"written to {write_report(report, args.out, language=args.language)}")
    return 0
