"""Benchmarks: how fast the parts are on this machine, measured in one process on the demo store.

Searches, filters, records, a second import, suggestions (in a shop of a hundred thousand products, too), and events
over HTTP; whole turns are the business of `latency`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence

import numpy as np

from assistant.behaviour.event import EventItem, Kind
from assistant.behaviour.recorder import deed
from assistant.shop import Shop
from assistant.store.principal import GUEST
from eval import event_speed, suggestion_speed
from eval.result import Result
from eval.shops import demo_products, home_settings, judged_shop
from index.importing import import_products
from index.product import Product
from index.query import Filters, Query


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument(
        "--events", type=int, default=30_000, help="how many events are sent over HTTP; 0 leaves it out"
    )
    parser.add_argument(
        "--large", type=int, default=100_000, help="how many products the large shop has; 0 leaves it out"
    )


def run(args: argparse.Namespace) -> Result:
    """Time each part `--limit` times (200 unless given)."""
    times = args.limit or 200
    chance = random.Random(args.seed)
    with judged_shop(args.data) as shop:
        products = list(shop.catalogue.get(shop.catalogue.ids()).values())
        picks = [chance.choice(products) for _ in range(times)]
        searcher = shop.index.searcher
        metrics = {
            **_timed("search", picks, lambda p: searcher.search(Query(text=_wish(p, "en")))),
            **_timed("search_zh", picks, lambda p: searcher.search(Query(text=_wish(p, "zh")))),
            **_timed("filter", picks, lambda p: shop.catalogue.matching(_filters(p))),
            **_timed("get_20", picks, lambda p: shop.catalogue.get([q.id for q in picks[:19]] + [p.id])),
        }
        if args.data is None:
            again = import_products(shop.index, demo_products(), feed="demo")
            metrics |= {"second_import_s": again.seconds, "second_import_embedded": float(again.embedded)}
            metrics |= _suggestions(shop, picks)
    if args.large:
        home = home_settings(f"large-{args.large}-{args.seed}").home
        metrics |= suggestion_speed.measure(home, products=args.large, lists=times, seed=args.seed)
    if args.events:
        metrics |= event_speed.measure(args.events, args.seed)
    return Result(
        task="bench",
        data=args.data.name if args.data else "demo",
        metrics={"products": float(len(products)), **metrics},
        settings={"times": times, "seed": args.seed, "events": args.events, "large": args.large},
    )


def _suggestions(shop: Shop, picks: Sequence[Product]) -> dict[str, float]:
    """Time a shopper's list, and a look at a product together with the list that it changes: on disk, then read."""
    shop.adviser.begin()
    people = [f"bench-{time.time_ns()}-{number}" for number in range(8)]
    listed = _timed("suggest", picks, lambda p: shop.adviser.suggest(_person(p, people), GUEST))

    def looked(product: Product) -> None:
        who = _person(product, people)
        item = EventItem(product_id=product.id)
        shop.recorder.note(GUEST, deed(Kind.PRODUCT_VIEW, who.partition(":")[2], GUEST, items=(item,)))
        shop.adviser.suggest(who, GUEST)

    return {**listed, **_timed("event_to_suggestions", picks, looked)}


def _person(product: Product, people: Sequence[str]) -> str:
    return f"anonymous:{people[len(product.title) % len(people)]}"


def _timed(name: str, picks: Sequence[Product], work: Callable[[Product], object]) -> dict[str, float]:
    work(picks[0])
    spent = []
    for pick in picks:
        started = time.perf_counter()
        work(pick)
        spent.append((time.perf_counter() - started) * 1000)
    return {f"{name}_p50_ms": float(np.percentile(spent, 50)), f"{name}_p95_ms": float(np.percentile(spent, 95))}


def _wish(product: Product, language: str) -> str:
    words = product.said(language)
    return " ".join([*words.category[-1:], *list(words.attributes.values())[:1]]) or words.title


def _filters(product: Product) -> Filters:
    prices = product.prices_minor()
    return Filters(
        categories=frozenset(product.said(product.language).category[:1]),
        price_max_minor=prices[1] if prices else None,
        in_stock=True,
    )
