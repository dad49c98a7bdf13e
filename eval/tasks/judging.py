"""`python -m eval judging`: whether a language model may judge replies, and what it says of a kept run's.

It judges replies that people have labelled, pairs that show what it follows beside quality, and, where one is named,
the turns of a kept run. Its agreement with people stands beside every figure; a judge that is dead, canned, constant,
led by order or length, or no better than chance fails the run.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import TypeVar

from assistant.errors import SettingError
from assistant.llm.choose import LlmSettings, choose
from assistant.llm.contract import Engine
from assistant.settings import Settings, read
from eval.harness.book import RunBook
from eval.harness.task import Example, Stage, Task
from eval.judging import cases
from eval.judging.criteria import CRITERIA
from eval.judging.figures import METRICS, notes, of_checks, of_pairs, of_ratings
from eval.judging.guards import GUARDS
from eval.judging.kept import turns_of
from eval.judging.labels import by_place, read_labels
from eval.judging.stage import Court

T = TypeVar("T")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which model judges, by what, and whose turns."""
    parser.add_argument(
        "--judge", default="", help="the model that judges, in any spelling of SHOP_LLM; the shop's own"
    )
    parser.add_argument("--criteria", default="helpful,clear", help=f"some of {','.join(CRITERIA)}")
    parser.add_argument("--run", help="a kept run whose turns are judged: its id, its folder or a task (its newest)")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open the labelled set and the kept run before the judge that is asked for.

    Raises:
        SettingError: the judge or a criterion is unknown.
        NoSuchRun, NothingSaid: the run is not kept, or holds no turns.
    """
    settings = read(os.environ)
    court = Court(judge_named(args.judge, settings), trials_of_a_judge(args), criteria=_criteria(args.criteria))
    if args.run:
        _call(court, args, settings)
    yield court


def judge_named(spec: str, settings: Settings) -> Engine:
    """Return the engine of a spelling, not started.

    Raises:
        SettingError: it is none of the forms it can have.
    """
    wanted = LlmSettings(
        weights=settings.weights, llm=spec or settings.llm, llm_key=settings.llm_key, threads=settings.threads
    )
    try:
        return choose(wanted)
    except SettingError as error:
        raise SettingError("--judge" if spec else error.key, error.value, error.expected) from error


def trials_of_a_judge(args: argparse.Namespace) -> list[Example]:
    """Return the labelled replies and what is made of them, at most `--limit` of each kind."""
    kinds = (cases.replies, cases.pairs, cases.padded, cases.identical)
    return [one for kind in kinds for one in _some(kind(cases.labelled()), args.limit, seed=args.seed)]


def _call(court: Court, args: argparse.Namespace, settings: Settings) -> None:
    book = RunBook(args.runs or settings.home / "eval" / "runs")
    run = book.named(args.run)
    labels, rejected = read_labels(settings.home / "eval" / "labels")
    for sentence in rejected:
        print(sentence)
    turns = turns_of(run, list(book.rows(run)), by_place(labels))
    court.hear(_some(turns, args.limit, seed=args.seed), of=run.task, rows=book.of(run) / "rows.jsonl")


def _criteria(names: str) -> list[str]:
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in CRITERIA]
    if unknown or not wanted:
        raise SettingError("--criteria", names, f"some of {','.join(CRITERIA)} are expected")
    return wanted


def _some(found: Iterable[T], limit: int | None, *, seed: int) -> Sequence[T]:
    """Return at most `limit` of what was found, drawn by chance, in their order."""
    everything = list(found)
    if limit is None or limit >= len(everything):
        return everything
    return [everything[at] for at in sorted(Random(seed).sample(range(len(everything)), limit))]


TASK = Task(
    name="judging",
    promise="whether a language model may judge replies, beside its agreement with hand labels",
    opened=opened,
    scorers=(of_ratings, of_checks, of_pairs),
    metrics=METRICS,
    add_arguments=add_arguments,
    guards=GUARDS,
    notes=notes,
)
