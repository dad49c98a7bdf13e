"""Stickiness: whether people come back, by every figure that the shop shows its manager, each computed a second time.

python -m eval stickiness                                      the demo store's events
python -m eval stickiness --data ../shared/data/online-retail  invoices, read as purchases
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console
from rich.table import Table

from assistant.behaviour.stickiness.cohorts import AFTER
from assistant.behaviour.stickiness.figures import definitions
from assistant.behaviour.stickiness.visits import STEPS
from eval.harness.metrics import Metric
from eval.harness.reducers import quantile, total
from eval.harness.task import Task
from eval.stickiness.scoring import COUNTS, against_reference, counts, person
from eval.stickiness.sources import source
from eval.stickiness.stage import Visitors

SHARES = (
    "stickiness",
    *(f"retention@{after}" for after in AFTER),
    "cohort_week_1",
    "cohort_month_1",
    "visits_per_person",
    "returning_share",
    "conversion",
    *(f"{kind}.{step}" for kind in ("funnel", "funnel_people") for step in STEPS),
    "single_event_share",
    "events_per_visit",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the zone in whose days people are counted."""
    told = "count days of this zone, such as Asia/Shanghai; the shop's own otherwise"
    parser.add_argument("--zone", default="", type=_zone, help=told)


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Visitors]:
    """Read the events; print what each figure means once they have been played.

    Raises:
        SettingError: the folder holds no invoices, or nobody has done anything.
    """
    yield Visitors(source(args.data), zone=args.zone, limit=args.limit, seed=args.seed)
    Console().print(_meanings())


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"{name!r} is no time zone: name one such as Europe/Berlin") from error


def _meanings() -> Table:
    table = Table(title="what the figures mean", title_justify="left", show_lines=False)
    table.add_column("figure", no_wrap=True)
    table.add_column("meaning")
    for name, told in definitions("en").items():
        table.add_row(name, told.means)
    return table


TASK = Task(
    name="stickiness",
    promise="whether people come back, every figure computed twice",
    opened=opened,
    scorers=(against_reference, counts, person),
    metrics=(
        Metric("differs_from_reference", of="differs", reduce=total, better="less", bar=0.0),
        *(Metric(name, of=name, better="") for name in COUNTS),
        *(Metric(name, of=name, better="") for name in SHARES),
        Metric("session_minutes.mean", of="session_minutes", better=""),
        Metric("session_minutes.median", of="session_minutes", reduce=quantile(0.5), better=""),
        Metric("session_minutes.p90", of="session_minutes", reduce=quantile(0.9), better=""),
    ),
    add_arguments=add_arguments,
    notes=lambda _rows: {"meanings": {name: told.means for name, told in definitions("en").items()}},
)
