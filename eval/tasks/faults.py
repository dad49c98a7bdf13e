"""Faults: plants faults one by one and sees whether the task that each concerns would keep it from passing.

python -m eval faults                     every fault
python -m eval faults --only dead_engine  one of them
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assistant.errors import SettingError
from eval.faults import about_people, in_the_engine, in_the_talk, on_the_shelf
from eval.faults.fault import Fault
from eval.faults.stage import Planting, planting
from eval.harness.metrics import Metric
from eval.harness.reducers import total
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Task

FAULTS: tuple[Fault, ...] = (*on_the_shelf.FAULTS, *in_the_talk.FAULTS, *about_people.FAULTS, *in_the_engine.FAULTS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of faults."""
    parser.add_argument("--only", help="one fault by its name, or several with commas between them")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Planting]:
    """Choose the faults.

    Raises:
        SettingError: there is no fault of a name.
    """
    with planting(_chosen(args.only)[: args.limit], _asked) as stage:
        yield stage


def verdict(example: Example, output: Output) -> Iterator[Score]:
    """Say whether a fault was caught, or whether there was an alarm without one."""
    said = "; ".join(f"{one['figure']}: {one['why']}".strip(": ") for one in output["found"])
    if "fault" in example.given:
        yield Score("planted", 1.0, example.given["harm"])
        yield Score("caught", float(bool(output["found"])), said or "nothing was found")
    else:
        yield Score("false_alarm", float(bool(output["found"])), said or "no alarm")


def _chosen(only: str | None) -> Sequence[Fault]:
    if only is None:
        return FAULTS
    known = {fault.name: fault for fault in FAULTS}
    names = [name.strip() for name in only.split(",")]
    for name in names:
        if name not in known:
            raise SettingError("--only", name, f"one of {', '.join(known)} is expected")
    return [known[name] for name in names]


def _asked(name: str, words: Sequence[str]) -> tuple[Task, argparse.Namespace]:
    from eval.__main__ import parser, task_named  # the command knows this task, too

    return task_named(name), parser(name).parse_args([name, *words])


TASK = Task(
    name="faults",
    promise="whether planted faults are caught by the task that each concerns",
    opened=opened,
    scorers=(verdict,),
    metrics=(
        Metric("planted", of="planted", reduce=total, better=""),
        Metric("caught", of="caught", reduce=total),
        Metric("caught_share", of="caught", bar=1.0),
        Metric("false_alarms", of="false_alarm", reduce=total, better="less", bar=0.0),
    ),
    add_arguments=add_arguments,
)
