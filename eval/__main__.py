"""`python -m eval TASK`: run one evaluation, print its table, keep the run and write its figures and rows.

Knows only the names of the tasks; each is a file of `eval.tasks` with a `TASK`. `python -m eval compare RUN RUN` tells
what changed between two kept runs, `python -m eval runs` lists them.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from rich.console import Console

from assistant.errors import RegularsError
from assistant.settings import read
from eval.harness import commands
from eval.harness.book import RunBook
from eval.harness.running import run
from eval.harness.task import Task
from index.errors import IndexProblem

TASKS = {
    "retrieval": "how well the search ranks, against graded judgments",
    "known_items": "whether every product is found by its own title, in each language",
    "grounding": "whether anything untrue is shown, counted by a checker of its own",
    "recommend": "which products people choose next, by every model and their blend",
    "purchase": "how well the chance that a visit buys is told, by every family of learners and their average",
    "retention": "how well it is told who buys again, beside BG/NBD and recency, frequency and money alone",
    "service": "whether right actions end right, forbidden ones are refused, and nothing is written without a yes",
    "drafts": "whether every fact of a draft for an agent has its source, and what is wished is proposed",
    "safety": "whether any attack or harmful wish gets what it wants, and whether harmless ones are answered",
    "portrait": "how well what is learned of simulated shoppers agrees with their true tastes",
    "visits": "whether simulated shoppers get what they came for, and every must-have is met or said to be unmet",
    "robustness": "whether the same wish, badly typed, is understood, and nothing typed breaks a turn",
    "conversations": "whether the assistant does what a reasonable shopper expects, in both languages",
    "unseen": "how the assistant does with talk that is new to it",
    "intents": "how well wishes, feelings and urgency are understood in messages to customer service",
    "stickiness": "whether people come back, every figure computed twice",
    "judging": "whether a language model may judge replies, beside its agreement with hand labels",
    "fairness": "whom and what suggestions and search favour",
    "cost": "what a reply costs: tokens, calls of the model, seconds, joules",
    "faults": "whether planted faults are caught by the task that each concerns",
    "bench": "how fast search, filters, records and a second import are",
    "latency": "how soon cards, sentences and whole replies come, and what it costs in memory",
}


def task_named(name: str) -> Task:
    """Return the task of a name, with or without that of a stand-in behind it: `grounding_liar` is `grounding`'s."""
    known = max((one for one in TASKS if f"{name}_".startswith(f"{one}_")), key=len, default=name)
    task: Task = importlib.import_module(f"eval.tasks.{known}").TASK
    return task


def parser(asked: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the whole command, with the own arguments of the task that is asked for, or of all.

    A task's module may take seconds to read: only the one that is asked for is.
    """
    top = argparse.ArgumentParser(prog="python -m eval", description="Measure the assistant.")
    words = top.add_subparsers(dest="task", required=True, metavar="TASK")
    for name in TASKS:
        one = words.add_parser(name, help=TASKS[name], description=TASKS[name])
        add_common(one)
        if asked in (None, name):
            task_named(name).add_arguments(one)
    commands.add_commands(words)
    return top


def add_common(one: argparse.ArgumentParser) -> None:
    """Add the arguments that every task takes."""
    one.add_argument("--data", type=Path, help="a folder of data; the demo store where none is given")
    one.add_argument("--out", type=Path, default=Path("out"), help="where figures and rows are written")
    one.add_argument("--limit", type=int, help="at most so many examples")
    one.add_argument("--seed", type=int, default=7, help="the seed of all chance")
    one.add_argument("--trials", type=int, help="play each example so many times")
    one.add_argument("--runs", type=Path, help="where runs are kept; eval/runs in the shop's home where none is given")
    one.add_argument("--fresh", action="store_true", help="begin anew where a run of the same was stopped")


def main(words: list[str] | None = None) -> int:
    """Run the command.

    Returns 0 when it measured, 1 when what was measured is worthless or worse, 2 when it could not measure; in the
    latter cases one sentence says why.
    """
    given = sys.argv[1:] if words is None else words
    args = parser(given[0] if given else "").parse_args(given)
    console = Console()
    if getattr(args, "data", None) is not None and not args.data.is_dir():
        print(f"--data {str(args.data)!r} is not a folder: name one that holds the files of this task", file=sys.stderr)
        return 2
    try:
        book = RunBook(args.runs or read(os.environ).home / "eval" / "runs")
        if args.task not in TASKS:
            return commands.run_command(args, book, console, task_named)
        task = task_named(args.task)
        ended, rows = run(task, args, book)
    except (RegularsError, IndexProblem) as error:
        print(error, file=sys.stderr)
        return 2
    commands.show(ended, console)
    console.print(f"written to {commands.write(ended, rows, args.out)}, kept as {ended.id}")
    for failure in ended.failures:
        print(f"this run says nothing: {failure}", file=sys.stderr)
    return 1 if ended.failures else 0


if __name__ == "__main__":
    sys.exit(main())
