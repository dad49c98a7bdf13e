"""Benchmarks: how fast the parts are on this machine, measured in one process on the demo store.

Searches, filters, records, a second import, suggestions (in a shop of a hundred thousand products, too), and events
over HTTP; whole turns are the business of `latency`. An example is one timed call.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from assistant.behaviour.event import EventItem, Kind
from assistant.behaviour.recorder import deed
from assistant.recommend.adviser import Adviser
from assistant.shop import Shop
from assistant.store.principal import GUEST
from eval.harness.metrics import Metric
from eval.harness.reducers import quantile
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Stage, Task
from eval.shops import demo_products, home_settings, judged_shop
from eval.speed import events, suggestions
from index.importing import import_products
from index.product import Product
from index.query import Filters, Query

TIMES = 200
PEOPLE = 8
OF_SHOP = ("search", "search_zh", "filter", "get_20")
OF_DEMO = ("suggest", "event_to_suggestions")
LARGE = {"suggest_large": suggestions.SHOWN, "suggest_large_for_chat": suggestions.CHAT}
"""How many suggestions a list of each part has."""
SHOP, IMPORT, EVENTS = "shop", "second_import", "events"
BARS = {"event_to_suggestions_p95_ms": 100.0, "suggest_large_p95_ms": 50.0}


class Parts(Stage):
    """The parts of a shop, each called once before it is timed."""

    def __init__(self, shop: Shop, args: argparse.Namespace) -> None:
        self._shop, self._args = shop, args
        self._products = shop.catalogue.get(shop.catalogue.ids())
        chance, times = random.Random(args.seed), args.limit or TIMES
        sold = list(self._products.values())
        self._picks = [chance.choice(sold) for _ in range(times)]
        self._people = [f"bench-{time.time_ns()}-{number}" for number in range(PEOPLE)]
        self._works = self._called()
        self._warm: set[str] = set()
        self._open = ExitStack()
        self._large: Adviser | None = None
        self.data = args.data.name if args.data else "demo"
        self.settings = {"times": times, "seed": args.seed, "events": args.events, "large": args.large}

    @property
    def examples(self) -> Sequence[Example]:
        """The shop, each part with each product that was drawn, the large shop's lists, and the events."""
        demo = self._args.data is None
        made = [Example(id=SHOP, given={"part": SHOP})]
        made += [one for part in OF_SHOP for one in self._with_picks(part)]
        made += [Example(id=IMPORT, given={"part": IMPORT})] if demo else []
        made += [one for part in OF_DEMO if demo for one in self._with_picks(part)]
        for part in LARGE if self._args.large else ():
            asking = [suggestions.asking(self._args.seed, number) for number in range(len(self._picks))]
            made += [Example(id=f"{part} {n}", given={"part": part, "person": who}) for n, who in enumerate(asking)]
        return [*made, *([Example(id=EVENTS, given={"part": EVENTS})] if self._args.events else [])]

    def _with_picks(self, part: str) -> list[Example]:
        picks = enumerate(self._picks)
        return [Example(id=f"{part} {n}", given={"part": part, "product": pick.id}) for n, pick in picks]

    async def play(self, example: Example, trial: int) -> Output:
        """Return how long a call takes, or what became of the import or the events."""
        part = example.given["part"]
        if part == SHOP:
            return {"products": len(self._products)}
        if part == IMPORT:
            again = import_products(self._shop.index, demo_products(), feed="demo")
            return {"seconds": again.seconds, "embedded": again.embedded}
        if part == EVENTS:
            taken = events.measure(self._args.events, self._args.seed)
            return {"per_s": taken.per_s, "batches_ms": list(taken.batches_ms)}
        if part in LARGE:
            return {"ms": suggestions.listed_ms(self._large_adviser(), example.given["person"], LARGE[part])}
        return {"ms": self._timed(part, self._products[example.given["product"]])}

    async def close(self) -> None:
        """Let go of the large shop."""
        self._open.close()

    def _timed(self, part: str, pick: Product) -> float:
        if part not in self._warm:
            self._works[part](self._picks[0])
            self._warm.add(part)
        started = time.perf_counter()
        self._works[part](pick)
        return (time.perf_counter() - started) * 1000

    def _large_adviser(self) -> Adviser:
        if self._large is None:
            home = home_settings(f"large-{self._args.large}-{self._args.seed}").home
            opening = suggestions.large_shops_adviser(home, products=self._args.large, seed=self._args.seed)
            self._large = self._open.enter_context(opening)
        return self._large

    def _called(self) -> Mapping[str, Callable[[Product], object]]:
        """Return what is called for each part; `get_20` reads nineteen products and one more."""
        shop, nineteen = self._shop, [pick.id for pick in self._picks[:19]]
        return {
            "search": lambda pick: shop.index.searcher.search(Query(text=_wish(pick, "en"))),
            "search_zh": lambda pick: shop.index.searcher.search(Query(text=_wish(pick, "zh"))),
            "filter": lambda pick: shop.catalogue.matching(_filters(pick)),
            "get_20": lambda pick: shop.catalogue.get([*nineteen, pick.id]),
            "suggest": lambda pick: shop.adviser.suggest(self._person(pick), GUEST),
            "event_to_suggestions": self._looked,
        }

    def _looked(self, product: Product) -> None:
        """Look at a product, which is on disk before it counts, and read the list that it changes."""
        who = self._person(product)
        item = EventItem(product_id=product.id)
        self._shop.recorder.note(GUEST, deed(Kind.PRODUCT_VIEW, who.partition(":")[2], GUEST, items=(item,)))
        self._shop.adviser.suggest(who, GUEST)

    def _person(self, product: Product) -> str:
        return f"anonymous:{self._people[len(product.title) % PEOPLE]}"


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


def times(example: Example, output: Output) -> Iterator[Score]:
    """Yield how long the call took."""
    given: Mapping[str, Any] = example.given
    part = given["part"]
    if part == SHOP:
        yield Score("products", output["products"], "are in the shop")
    elif part == IMPORT:
        yield Score("second_import_s", output["seconds"], "for the same products again")
        yield Score("second_import_embedded", output["embedded"], "products were embedded again")
    elif part == EVENTS:
        yield Score("events_per_s", output["per_s"], f"in {len(output['batches_ms'])} batches of {events.BATCH}")
        yield from (Score("event_batch_ms", ms, f"for {events.BATCH} events") for ms in output["batches_ms"])
    else:
        yield Score(f"{part}_ms", output["ms"], given.get("product") or given["person"])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument(
        "--events", type=int, default=30_000, help="how many events are sent over HTTP; 0 leaves it out"
    )
    parser.add_argument(
        "--large", type=int, default=100_000, help="how many products the large shop has; 0 leaves it out"
    )


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open the demo store, or a shop with a folder's products. Each part is called `--limit` times, 200 unless given.

    Raises:
        RegularsError, IndexProblem: the shop cannot be opened.
    """
    with judged_shop(args.data) as shop:
        if args.data is None:
            shop.adviser.begin()
        yield Parts(shop, args)


def _percentiles(part: str) -> Iterator[Metric]:
    for percent in (50, 95):
        name = f"{part}_p{percent}_ms"
        yield Metric(name, of=f"{part}_ms", reduce=quantile(percent / 100), better="less", bar=BARS.get(name))


TASK = Task(
    name="bench",
    promise="how fast search, filters, records and a second import are",
    opened=opened,
    scorers=(times,),
    metrics=(
        Metric("products", of="products", better=""),
        *(metric for part in (*OF_SHOP, *OF_DEMO, *LARGE) for metric in _percentiles(part)),
        Metric("second_import_s", of="second_import_s", better="less"),
        Metric("second_import_embedded", of="second_import_embedded", better="less", bar=0),
        Metric("events_per_s", of="events_per_s", bar=2_000),
        Metric("event_batch_p95_ms", of="event_batch_ms", reduce=quantile(0.95), better="less"),
    ),
    add_arguments=add_arguments,
)
