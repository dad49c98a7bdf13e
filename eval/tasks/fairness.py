"""Fairness: whom and what the shop's own lists favour, on a copy of the demo store.

    python -m eval fairness --limit 200     two hundred shoppers

Products: how much bands of price, brand size and newness are seen, a place counting 1 / log2(rank + 1), over their
share of the catalogue and over their share of what is bought; 1 is even. Shoppers: how much of their last purchase,
held out with its whole visit and everything after, is among the ten products suggested, by group.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.errors import SettingError
from eval.fairness.bands import THIRDS
from eval.fairness.lists import judged
from eval.fairness.reducing import chance_of_gap, coverage, gap_bounds, gini, largest_gap, no_bounds
from eval.fairness.scoring import GROUPINGS, exposure, quality
from eval.fairness.stage import FOUND, SUGGESTED, Lists
from eval.harness.metrics import Metric, Row, column_of
from eval.harness.reducers import total
from eval.harness.task import Task
from eval.talking import demo_copy

PEOPLE = 800


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This task has no arguments of its own."""


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Lists]:
    """Copy the demo store, hold last purchases out and have it learn anew what to suggest.

    Raises:
        SettingError: another shop is named; held-out purchases can be taken out of a copy alone.
    """
    if args.data is not None:
        raise SettingError("--data", str(args.data), "fairness is measured on the demo store: leave it out")
    with demo_copy(engine="script", seed=args.seed) as shop:
        yield Lists(judged(shop, people=args.limit or PEOPLE, seed=args.seed))


def _in_group(grouping: str, name: str) -> Callable[[Row], bool]:
    return lambda row: row["given"].get("groups", {}).get(grouping) == name


def _gap(grouping: str) -> Metric:
    of = f"recall.{grouping}"
    return Metric(f"gap.{grouping}", of=of, reduce=largest_gap, better="less", bounds=gap_bounds(of))


def notes(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Return the chance of so large a gap between groups that are all alike, by grouping."""
    return {f"gap.{name}.p": chance_of_gap(column_of(rows, f"recall.{name}")) for name in GROUPINGS}


TASK = Task(
    name="fairness",
    promise="whom and what suggestions and search favour",
    opened=opened,
    scorers=(exposure, quality),
    metrics=(
        Metric("leaked", of="leaked", reduce=total, better="less", bar=0.0),
        Metric("precision@10", of="precision@10"),
        Metric("recall@10", of="recall@10"),
        Metric("hit@10", of="hit@10"),
        Metric("recall@10.known_before", of="recall.known"),
        Metric("recall@10.new_to_them", of="recall.new"),
        Metric("novelty", of="novelty", better=""),
        Metric("coverage", of=f"{SUGGESTED}.exposed", reduce=coverage, bounds=no_bounds),
        *(
            metric
            for kind in (SUGGESTED, FOUND)
            for metric in (
                Metric(f"{kind}.gini", of=f"{kind}.exposed", reduce=gini, better="less", bounds=no_bounds),
                *(
                    Metric(f"{kind}.{trait}.{name}.to_{base}", of=f"{kind}.{trait}.{name}.to_{base}", better="")
                    for trait, names in THIRDS.items()
                    for name in names
                    for base in ("catalogue", "bought")
                ),
            )
        ),
        *(
            Metric(f"recall@10.{grouping}.{name}", of="recall@10", where=_in_group(grouping, name))
            for grouping, names in GROUPINGS.items()
            for name in names
        ),
        *map(_gap, GROUPINGS),
    ),
    add_arguments=add_arguments,
    notes=notes,
)
