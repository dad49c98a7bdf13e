"""Drafts: has a hundred tickets of the demo store answered, and holds every fact against the record that it cites.

The checker is the evaluation's own (`eval.grounding.claims`, `eval.drafts.records`). With `--engine liar` the language
model only lies; with `--engine script` it says nothing, so that everything is said from the record.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from assistant.conversation.drafting.draft import DraftRequest
from assistant.shop import Shop
from assistant.store.principal import SYSTEM
from eval.drafts.judge import Judge
from eval.drafts.scoring import METRICS, facts, proposal, wording
from eval.drafts.tickets import TicketAsked, World, tickets
from eval.grounding.liar import Liar
from eval.grounding.truth import fold
from eval.harness.guard import silent_or_canned
from eval.harness.task import Example, Output, Row, Stage, Task
from eval.talking import add_engine, demo_copy
from index.product import Product


class Tickets(Stage):
    """The demo store's drafter, and tickets made from its orders."""

    def __init__(self, shop: Shop, args: argparse.Namespace) -> None:
        products = list(shop.catalogue.get(shop.catalogue.ids()).values())
        count = min(args.tickets, args.limit or args.tickets)
        self._shop, self._judge = shop, Judge(shop, products)
        self._asked = {one.id: one for one in tickets(_world(shop, products), count=count, seed=args.seed)}
        self.engine = shop.engine
        self.probed = args.engine == "default"
        self.stand_in = "" if self.probed else args.engine
        self.settings = {"engine": shop.engine.info.model, "tickets": count}

    @property
    def examples(self) -> Sequence[Example]:
        """A ticket each, with what its writer wants done."""
        return [Example(id=one.id, given=asdict(one)) for one in self._asked.values()]

    async def start(self) -> None:
        """Load the model, and read what is read once, such as the embedder, before the first ticket."""
        await super().start()
        await self._shop.drafter.compose(DraftRequest(message="How long does delivery take?"))

    async def play(self, example: Example, trial: int) -> Output:
        """Return the judged draft of a ticket."""
        asked, engine = self._asked[example.id], self._shop.engine
        if not isinstance(engine, Liar):
            return await self._drafted(asked)
        engine.begin(f"{example.id} {trial}")
        output = await self._drafted(asked)
        worded = [fold(one["text"]) for one in output["sentences"] if one["by"] == "model"]
        shown = [text for text in worded if any(lie.fragment in text for lie in engine.told)]
        return {**output, "lies_told": [asdict(lie) for lie in engine.told], "lies_shown": shown}

    async def _drafted(self, asked: TicketAsked) -> Output:
        request = DraftRequest(message=asked.message, customer_id=asked.customer_id)
        return self._judge.judged(asked, await self._shop.drafter.compose(request))


def _world(shop: Shop, products: Sequence[Product]) -> World:
    held = list(shop.orders.all(SYSTEM))
    people = shop.customers.of_ids({order.customer_id for order in held}, SYSTEM)
    return World(customers=people, orders=held, products={product.id: product for product in products})


def silent_or_canned_drafts(rows: Sequence[Row]) -> Iterable[str]:
    """Tell whether the model worded anything, and more than one sentence: a draft is looked at as a turn is."""
    return silent_or_canned([{"output": {"turns": [row["output"]]}} for row in rows if "sentences" in row["output"]])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    add_engine(parser)
    parser.add_argument("--tickets", type=int, default=100, help="how many tickets, half in each language")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open a copy of the demo store.

    Raises:
        RegularsError, IndexProblem: the shop cannot be opened, or the model cannot be had.
    """
    with demo_copy(engine=args.engine, seed=args.seed) as shop:
        yield Tickets(shop, args)


TASK = Task(
    name="drafts",
    promise="whether every fact of a draft for an agent has its source, and what is wished is proposed",
    opened=opened,
    scorers=(facts, proposal, wording),
    metrics=METRICS,
    add_arguments=add_arguments,
    guards=(silent_or_canned_drafts,),
)
