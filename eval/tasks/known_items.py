"""Known items: asks the search for products of the feed by their own titles, in each language that they have.

Needs no judgments, so that any shop can run it: what cannot be found by its title is missing from the index, or stands
behind others that it should not.

    python -m eval known_items [--data FOLDER] [--limit 100]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from eval.harness.metrics import Metric
from eval.harness.reducers import counted
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Stage, Task
from eval.shops import demo_products, judged_shop
from index.product import Product
from index.query import Query
from index.search import Searcher

PRODUCTS, SHOWN = 200, 10


class Titles(Stage):
    """Products that were drawn, each a search for every language that it is told in."""

    def __init__(self, searcher: Searcher, products: Sequence[Product], args: argparse.Namespace) -> None:
        self._searcher = searcher
        drawn = random.Random(args.seed).sample(list(products), min(args.limit or PRODUCTS, len(products)))
        self._drawn = [(product, language) for product in drawn for language in sorted(product.words)]
        self.data = args.data.name if args.data else "demo"
        self.settings = {"products": len(drawn), "seed": args.seed}

    @property
    def examples(self) -> Sequence[Example]:
        """A title to search for each; those of a product stand and fall together."""
        return [
            Example(
                id=f"{product.id} {language}",
                given={"query": product.words[language].title, "product": product.id, "language": language},
                cluster=product.id,
            )
            for product, language in self._drawn
        ]

    async def play(self, example: Example, trial: int) -> dict[str, Any]:
        """Return what was found, the best first."""
        hits = self._searcher.search(Query(text=example.given["query"], limit=SHOWN)).hits
        return {"ids": [hit.product.id for hit in hits]}


def found(example: Example, output: Output) -> Iterator[Score]:
    """Yield whether the product is among the first ten, and at which place."""
    ids, wanted = output["ids"], example.given["product"]
    place = ids.index(wanted) + 1 if wanted in ids else None
    said = f"{wanted} has rank {place}" if place else f"{wanted} is not among the first {SHOWN}"
    yield Score("found", float(place is not None), said)
    yield Score("reciprocal_rank", 1 / place if place else 0.0, said)


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open the demo store, or a shop with a folder's products.

    Raises:
        SettingError: the folder holds no products.
    """
    with judged_shop(args.data) as shop:
        sold = demo_products() if args.data is None else tuple(shop.catalogue.get(shop.catalogue.ids()).values())
        yield Titles(shop.index.searcher, sold, args)


TASK = Task(
    name="known_items",
    promise="whether every product is found by its own title, in each language",
    opened=opened,
    scorers=(found,),
    metrics=(
        Metric("searches", of="found", reduce=counted, better=""),
        Metric("found", of="found", bar=0.98),
        Metric("en.found", of="found", where=lambda row: row["given"]["language"] == "en"),
        Metric("zh.found", of="found", where=lambda row: row["given"]["language"] == "zh"),
        Metric("mrr@10", of="reciprocal_rank"),
    ),
)
