"""`python -m eval TASK`: run one evaluation, print its table and write its figures and rows.

Knows only the names of the tasks; each is a module of this package with `add_arguments(parser)` and `run(args)`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from assistant.errors import RegularsError
from eval.result import Result, show, write
from index.errors import IndexProblem

TASKS = {
    "retrieval": "how well the search ranks, against graded judgments",
    "grounding": "whether anything untrue is shown, counted by a checker of its own",
    "recommend": "which products people choose next, by every model and their blend",
    "purchase": "how well the chance that a visit buys is told, by every family of learners and their average",
    "retention": "how well it is told who buys again, beside BG/NBD and recency, frequency and money alone",
    "service": "whether right actions end right, forbidden ones are refused, and nothing is written without a yes",
    "drafts": "whether every fact of a draft for an agent has its source, and what is wished is proposed",
    "portrait": "how well what is learned of simulated shoppers agrees with their true tastes",
    "intents": "how well wishes, feelings and urgency are understood in messages to customer service",
    "bench": "how fast search, filters, records and a second import are",
    "latency": "how soon cards, sentences and whole replies come, and what it costs in memory",
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command, each task's own arguments included."""
    top = argparse.ArgumentParser(prog="python -m eval", description="Measure the assistant.")
    tasks = top.add_subparsers(dest="task", required=True, metavar="TASK")
    for name, promise in TASKS.items():
        task = tasks.add_parser(name, help=promise, description=promise)
        task.add_argument("--data", type=Path, help="a folder of data; the demo store where none is given")
        task.add_argument("--out", type=Path, default=Path("out"), help="where figures and rows are written")
        task.add_argument("--limit", type=int, help="at most so many examples")
        task.add_argument("--seed", type=int, default=7, help="the seed of all chance")
        importlib.import_module(f"eval.{name}").add_arguments(task)
    return top


def main(words: list[str] | None = None) -> int:
    """Run the command; 0 when it measured, 2 when it could not, with one sentence that says why."""
    args = parser().parse_args(words)
    console = Console()
    if args.data is not None and not args.data.is_dir():
        print(f"--data {str(args.data)!r} is not a folder: name one that holds the files of this task", file=sys.stderr)
        return 2
    started = time.perf_counter()
    try:
        result: Result = importlib.import_module(f"eval.{args.task}").run(args)
    except (RegularsError, IndexProblem) as error:
        print(error, file=sys.stderr)
        return 2
    result = replace(result, seconds=time.perf_counter() - started)
    show(result, console)
    console.print(f"written to {write(result, args.out)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
