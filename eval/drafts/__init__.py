"""Drafts: has a hundred tickets of the demo store answered, and holds every fact against the record that it cites.

The checker is the evaluation's own (`eval.claims`, `eval.drafts.records`). With `--engine liar` the language model only
lies; with `--engine script` it says nothing, so that everything is said from the record.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from scipy.stats import binomtest
from tqdm import tqdm

from assistant.conversation.drafting.draft import DraftRequest
from assistant.llm.contract import Engine
from assistant.llm.scripted import ScriptedEngine
from assistant.shop import Shop
from assistant.store.principal import SYSTEM
from eval.drafts.judge import Judge, metrics_of
from eval.drafts.tickets import TicketAsked, World, tickets
from eval.liar import Liar
from eval.result import Result, append_row
from eval.shops import judged_shop
from eval.truth import fold
from index.product import Product


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--engine", choices=("default", "liar", "script"), default="default", help="who words")
    parser.add_argument("--tickets", type=int, default=100, help="how many tickets, half in each language")


def run(args: argparse.Namespace) -> Result:
    """Have the tickets answered, and judge.

    Raises:
        RegularsError, IndexProblem: the shop cannot be opened, or the model cannot be had.
    """
    with judged_shop(None) as opened:
        products = list(opened.catalogue.get(opened.catalogue.ids()).values())
        engine = _engine(args.engine, products, args.seed)
        shop = opened.with_engine(engine) if engine else opened
        asked = tickets(_world(shop, products), count=min(args.tickets, args.limit or args.tickets), seed=args.seed)
        liar = engine if isinstance(engine, Liar) else None
        rows = asyncio.run(_answered(shop, Judge(shop, products), asked, args, liar))
    metrics = metrics_of(rows)
    if liar:
        metrics |= {"lies": liar.total, "lies_shown": sum(row["lies_shown"] for row in rows)}
    return Result(
        task=_task(args.engine),
        data="demo",
        metrics=metrics,
        intervals=_intervals(rows),
        settings={"engine": shop.engine.info.model, "seed": args.seed, "tickets": len(rows)},
        rows=rows,
    )


def _task(engine: str) -> str:
    return "drafts" if engine == "default" else f"drafts_{engine}"


def _engine(name: str, products: Sequence[Product], seed: int) -> Engine | None:
    if name == "liar":
        return Liar(products, seed=seed)
    return ScriptedEngine(lambda _request: "") if name == "script" else None


def _world(shop: Shop, products: Sequence[Product]) -> World:
    held = list(shop.orders.all(SYSTEM))
    people = shop.customers.of_ids({order.customer_id for order in held}, SYSTEM)
    return World(customers=people, orders=held, products={product.id: product for product in products})


async def _answered(
    shop: Shop, judge: Judge, asked: Sequence[TicketAsked], args: argparse.Namespace, liar: Liar | None
) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    try:
        await shop.engine.start()
        # What is read once, such as the embedder, is read before the first ticket.
        await shop.drafter.compose(DraftRequest(message="How long does delivery take?"))
        for one in tqdm(asked, desc="drafts", mininterval=5):
            if liar:
                liar.forget()
            draft = await shop.drafter.compose(DraftRequest(message=one.message, customer_id=one.customer_id))
            row = judge.row(one, draft)
            if liar:
                row["lies_shown"] = _lies_shown(row, liar)
            rows.append(row)
            append_row(row, args.out / f"{_task(args.engine)}.rows.jsonl", first=len(rows) == 1)
    finally:
        await shop.engine.close()
    return rows


def _lies_shown(row: Mapping[str, Any], liar: Liar) -> int:
    worded = [fold(one["text"]) for one in row["sentences"] if one["by"] == "model"]
    return sum(any(lie.fragment in text for lie in liar.told) for text in worded)


def _intervals(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    facts = [fact for row in rows for one in row["sentences"] for fact in one["facts"]]
    wished = [row for row in rows if row["action_right"] is not None]
    counts = {
        "sourced_share": (sum(fact["sourced"] for fact in facts), len(facts)),
        "action_share": (sum(row["action_right"] for row in wished), len(wished)),
    }
    return {name: _wilson(some, whole) for name, (some, whole) in counts.items() if whole}


def _wilson(some: int, whole: int) -> tuple[float, float]:
    bounds = binomtest(some, whole).proportion_ci(method="wilson")
    return float(bounds.low), float(bounds.high)
