"""Robustness: the same wish asked clean and worn, and messages that say nothing.

python -m eval robustness                      the shop's own model
python -m eval robustness --engine script      nobody words: what is understood is the same, in minutes
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from eval.harness.metrics import Metric
from eval.harness.reducers import quantile
from eval.harness.task import Row, Task
from eval.robustness.scoring import SCORERS
from eval.robustness.stage import LANGUAGES, Worn
from eval.robustness.wearing import NAMES
from eval.talking import add_engine, demo_copy


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Worn]:
    """Open a copy of the demo store."""
    with demo_copy(engine=args.engine, seed=args.seed) as shop:
        yield Worn(shop, engine=args.engine, seed=args.seed, limit=args.limit)


def _of(prefix: str, field: str, score: str) -> Metric:
    """Return a figure of the messages of one kind or language."""

    def where(row: Row) -> bool:
        return bool(row["given"][field] == prefix)

    return Metric(f"{prefix}.{score}", of=score, where=where)


TASK = Task(
    name="robustness",
    promise="whether the same wish, badly typed, is understood, and nothing typed breaks a turn",
    opened=opened,
    scorers=SCORERS,
    metrics=(
        Metric("survived", of="survived", bar=1.0, no_answer=0.0),
        Metric("kept_constraints", of="kept_constraints"),
        Metric("overlap@5", of="overlap@5"),
        Metric("right_language", of="right_language"),
        Metric("slower_p50", of="slower", reduce=quantile(0.5), better="less"),
        Metric("reply_p95_ms", of="reply_ms", reduce=quantile(0.95), better="less"),
        *(_of(language, "language", score) for language in LANGUAGES for score in ("kept_constraints", "overlap@5")),
        *(_of(kind, "kind", score) for kind in NAMES for score in ("kept_constraints", "overlap@5")),
    ),
    add_arguments=add_engine,
)
