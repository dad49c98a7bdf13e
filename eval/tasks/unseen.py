"""Unseen conversations: how the assistant does with talk that nobody read while it was mended.

    python -m eval unseen [--engine script]

They are written, played and judged as the golden ones are, by people who know the shop and not the assistant. Once
their failures are read they belong to the golden ones, and others take their place.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from eval.conversations.golden import UNSEEN, drawn, read_goldens
from eval.conversations.scoring import NEVER, dead, kinds, over_refusals, success
from eval.conversations.stage import GoldenTalks
from eval.harness.metrics import Metric
from eval.harness.reducers import total
from eval.harness.task import Stage, Task
from eval.talking import add_engine, demo_copy


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open a copy of the demo store with the conversations that are played in it.

    Raises:
        BadGolden: a conversation cannot be read, or names what the store no longer has.
    """
    with demo_copy(engine=args.engine, seed=args.seed) as shop:
        goldens = drawn(read_goldens(UNSEEN), args.limit, seed=args.seed)
        yield GoldenTalks(shop, goldens, engine=args.engine, folder=UNSEEN)


def _in(language: str) -> Metric:
    return Metric(f"{language}.success", of="success", where=lambda row: row["given"]["language"] == language)


TASK = Task(
    name="unseen",
    promise="how the assistant does with talk that is new to it",
    opened=opened,
    scorers=(success, over_refusals, kinds),
    metrics=(
        Metric("success", of="success"),
        _in("en"),
        _in("zh"),
        Metric("over_refusals", of="over_refusals", better="less"),
        Metric("checks", of="checks"),
        Metric("turns", of="turns", reduce=total, better=""),
        *(Metric(f"failed.{name}", of=name, reduce=total, better="less", bar=0) for name in NEVER),
    ),
    add_arguments=add_engine,
    guards=(dead,),
)
