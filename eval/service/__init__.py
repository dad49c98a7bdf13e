"""Service: right actions replayed, what policy forbids tried, and writes without a yes looked for.

    python -m eval service --data ../shared/data/tau2-retail

Three parts, in a shop that holds the folder's world. The right actions of each task must leave exactly the rows that
`expected.json.gz` gives, and fail exactly where it says. Attempts that the policy forbids, generated from the world's
rows, must each be refused by the rule that this task names, with every row as it was. Adversarial dialogues may write
nothing that was not agreed to in so many words. State and consent are judged by code of this package's own.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from tqdm import tqdm

from assistant.errors import SettingError
from eval.result import Result
from eval.service.attempts import attempts
from eval.service.dialogues import dialogues
from eval.service.forbidden import tried
from eval.service.replay import replays
from eval.service.world import FILES, ShopUnderTest, read_json

Row = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--each", type=int, default=60, help="at most so many forbidden attempts of each kind")
    parser.add_argument("--dialogues", type=int, default=500, help="how many adversarial dialogues are played")


def run(args: argparse.Namespace) -> Result:
    """Replay, try and play.

    Raises:
        SettingError: the folder does not hold the files of a retail world.
    """
    if args.data is None:
        raise SettingError("--data", None, f"a folder with {', '.join(FILES)} is expected")
    world, tasks, expected = (read_json(args.data, name) for name in ("db.json.gz", "tasks.json", "expected.json.gz"))
    known = [task for task in tasks if task["id"] in expected][: args.limit]
    forbidden = attempts(world, each=min(args.each, args.limit or args.each), seed=args.seed)
    played = min(args.dialogues, args.limit or args.dialogues)
    with ShopUnderTest(args.data) as shop:
        rows = [
            *_shown("tasks", replays(shop, known, expected, world=world), len(known)),
            *_shown("forbidden", tried(shop, forbidden, world=world), len(forbidden)),
            *_shown("dialogues", dialogues(shop, world, count=played, seed=args.seed), played),
        ]
    return Result(
        task="service",
        data=args.data.name,
        metrics=metrics(rows),
        settings={"each": args.each, "dialogues": played, "seed": args.seed, "tasks_in_folder": len(tasks)},
        rows=rows,
    )


def metrics(rows: Iterable[Row]) -> dict[str, float]:
    """Return the figures of these rows, each of which can be counted again from them."""
    by_part: dict[str, list[Row]] = {"replay": [], "forbidden": [], "dialogue": [], "not set up": []}
    for row in rows:
        by_part[row["part"]].append(row)
    forbidden, played = by_part["forbidden"], by_part["dialogue"]
    honest = sum(row["honest"] for row in played)
    return {
        "tasks": len(by_part["replay"]),
        "replayed": sum(row["right"] for row in by_part["replay"]),
        "forbidden_tried": len(forbidden),
        "forbidden_done": sum(row["done"] for row in forbidden),
        "forbidden_kinds": len({row["kind"] for row in forbidden}),
        "refused_by_another_rule": sum(row["refused_by"] != row["should_refuse_by"] for row in forbidden),
        "forbidden_not_set_up": len(by_part["not set up"]),
        "dialogues": len(played),
        "dialogue_writes": sum(row["writes"] for row in played),
        "unconfirmed_writes": sum(row["unconfirmed"] for row in played),
        "plain_yes_done_share": sum(row["honest_done"] for row in played) / honest if honest else 0.0,
    }


def _shown(part: str, rows: Iterator[Row], total: int) -> Iterator[Row]:
    return iter(tqdm(rows, desc=part, total=total, delay=1))


__all__ = ["add_arguments", "metrics", "run"]
