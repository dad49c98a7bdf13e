"""Golden conversations: whether the assistant does what a reasonable shopper expects, in English and in Chinese.

    python -m eval conversations [--engine script]

A conversation succeeds when all that its file asks of every turn holds, and nothing it says is in another language, of
somebody else or against the record. An over-refusal is a turn that could be answered and was refused.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from eval.conversations.golden import DATA, drawn, read_goldens
from eval.conversations.scoring import ASKED, NEVER, dead, kinds, over_refusals, success
from eval.conversations.stage import GoldenTalks
from eval.harness.metrics import Metric
from eval.harness.reducers import total
from eval.harness.task import Stage, Task
from eval.talking import add_engine, demo_copy

AREAS = tuple(sorted(path.stem for path in DATA.glob("*.yaml")))


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open a copy of the demo store with the conversations that are played in it.

    Raises:
        BadGolden: a conversation cannot be read, or names what the store no longer has.
    """
    with demo_copy(engine=args.engine, seed=args.seed) as shop:
        yield GoldenTalks(shop, drawn(read_goldens(), args.limit, seed=args.seed), engine=args.engine)


def _in(language: str) -> Metric:
    return Metric(f"{language}.success", of="success", bar=0.9, where=lambda row: row["given"]["language"] == language)


def _of(area: str) -> Metric:
    return Metric(f"{area}.success", of="success", where=lambda row: row["given"]["area"] == area)


TASK = Task(
    name="conversations",
    promise="whether the assistant does what a reasonable shopper expects, in both languages",
    opened=opened,
    scorers=(success, over_refusals, kinds),
    metrics=(
        Metric("success", of="success", bar=0.9),
        _in("en"),
        _in("zh"),
        Metric("over_refusals", of="over_refusals", better="less", bar=0.02),
        Metric("checks", of="checks"),
        Metric("turns", of="turns", reduce=total, better=""),
        *map(_of, AREAS),
        *(Metric(f"failed.{name}", of=name, reduce=total, better="less", bar=0) for name in NEVER),
        *(Metric(f"check.{name}", of=f"check.{name}", bar=0.8) for name in ASKED),
    ),
    add_arguments=add_engine,
    guards=(dead,),
)
