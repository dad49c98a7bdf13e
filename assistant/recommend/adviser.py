"""What would suit a shopper now: the model in use, their own latest events, and the shelf's facts.

An event counts in the very next list, since the history is read anew for each. Knows no page and words nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.behaviour.event import Event, Kind
from assistant.recommend.blend import Blend
from assistant.recommend.bought_again import bought_again
from assistant.recommend.contract import PLAIN, Recommender, Run
from assistant.recommend.errors import BadModel
from assistant.recommend.from_events import WEIGHTS, interactions, purchases
from assistant.recommend.interactions import Interactions
from assistant.recommend.live import Live
from assistant.recommend.models import PARTS
from assistant.recommend.nightly import full_because, refresh, train
from assistant.recommend.shelf import Shelf, Suggestion, Visit
from assistant.recommend.tune import last_held_out
from assistant.recommend.versions import Origin, Version, Versions
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM, Principal
from index.catalogue import Catalogue

MODELS = "recommend"
"""The folder of a shop's models under its home."""
LATEST = 300
"""Events of one shopper that are looked at."""
FIRST = ("popular", "content", "items")
"""The models that are fitted in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What a night's training came to: a version, `None` where nothing is new, and why it was in full; empty: not."""

    version: Version | None
    full_because: str


class Adviser:
    """Suggests products, once a model has been trained. Thread-safe.

    A new version of the model loads in the background while lists go on with the one before.
    """

    def __init__(self, *, events: Events, orders: Orders, catalogue: Catalogue, versions: Versions) -> None:
        self._events, self._orders, self._catalogue, self._versions = events, orders, catalogue, versions
        self._live = Live(versions, self._stocked)

    def start(self) -> None:
        """Load the model in the background: from now on no list waits for one, and until then lists are empty.

        Without it, as in a command, the first list waits.
        """
        self._live.begin()

    def close(self) -> None:
        """Wait for what is loading, before the database is let go of."""
        self._live.close()

    def suggest(
        self, whose: str, principal: Principal, *, k: int = 6, context: Sequence[str] = ()
    ) -> tuple[Suggestion, ...]:
        """Return up to `k` products in stock with their reasons, best first; nothing while there is no model.

        `context` are products that the page shows them now.

        Raises:
            NotAllowed: it is somebody else's history.
        """
        shelf = self._live.now()
        return () if shelf is None else shelf.suggestions(self._visit(whose, principal, context), k)

    def popular(self, *, k: int = 6) -> tuple[Suggestion, ...]:
        """Return up to `k` products in stock, those chosen most first; nothing while there is no model."""
        shelf = self._live.now()
        return () if shelf is None else shelf.suggestions(Visit(), k)

    def begin(self, run: Run = PLAIN) -> Version | None:
        """Make a first model in seconds, where there is none and somebody has chosen something.

        A blend of `FIRST` with their default settings, its weights learned from everybody's last choice; `train` takes
        minutes and replaces it.
        """
        if self._versions.current() is not None:
            return None
        known = self._interactions()
        if not len(known.histories.items):
            return None
        earlier, held_out = last_held_out(known)
        parts = {name: PARTS[name].fit(earlier, None, run) for name in FIRST}
        blend = Blend.fit(known, Blend.blended(parts, held_out, run).settings, run)
        times = known.histories.times
        return self._versions.add(blend, Origin(read_until=float(times.max()) if times is not None else 0.0))

    def learn(self, run: Run = PLAIN) -> Trained:
        """Train in full where it is time for that, else take up what is new."""
        why = full_because(self._versions, self._catalogue.ids(), datetime.now(UTC))
        if not why:
            try:
                return Trained(version=self.refresh(run), full_because="")
            except BadModel as error:
                why = str(error)
        return Trained(version=self.train(run, anew=True), full_because=why)

    def train(self, run: Run = PLAIN, *, anew: bool = False) -> Version | None:
        """Train on everything that is known and put it into use; `None` where nothing is new since the last.

        Nothing is trained before anybody has chosen anything. `anew` trains on the same again.
        """
        known = self._interactions()
        return train(self._versions, known, run=run, anew=anew) if len(known.histories.items) else None

    def refresh(self, run: Run = PLAIN) -> Version | None:
        """Take up what is new since the model in use was made; `None` where nothing is."""
        current = self._versions.current()
        known = self._versions.items(current.number) if current else ()
        return refresh(self._versions, self._interactions(known), run=run)

    def _interactions(self, known: Sequence[str] = ()) -> Interactions:
        products = self._catalogue.get(self._catalogue.ids())
        return interactions(self._events.all(SYSTEM, kinds=frozenset(WEIGHTS)), products, known=known)

    def _stocked(self, model: Recommender) -> Shelf:
        """Return a model as this shop's shelf, with one list made, so that nobody's first one is slow."""
        told = self._events.all(SYSTEM, kinds=frozenset({Kind.PURCHASE, Kind.CANCEL, Kind.REFUND}))
        bought = purchases(told)
        products = self._catalogue.get(bought.items)
        categories = {id_: product.said(product.language).category for id_, product in products.items()}
        shelf = Shelf(model, in_stock=self._in_stock, bought_again=bought_again(bought, categories))
        shelf.suggestions(Visit(history=model.items[:2]), 1)
        _one_thread()
        return shelf

    def _in_stock(self, ids: Sequence[str]) -> frozenset[str]:
        return frozenset(id_ for id_, product in self._catalogue.get(ids).items() if product.in_stock)

    def _visit(self, whose: str, principal: Principal, context: Sequence[str]) -> Visit:
        events = self._events.of(whose, principal, limit=LATEST)
        bought = {item for event in events if event.kind is Kind.PURCHASE for item in event.product_ids}
        ordered: list[str] = []
        if whose.startswith("customer:"):
            orders = self._orders.of(whose.removeprefix("customer:"), principal, limit=50)
            ordered = [line.product_id for order in reversed(orders) for line in order.lines]
        chosen = [item for event in events if event.kind in WEIGHTS for item in event.product_ids]
        earlier = [item for item in ordered if item not in bought]
        return Visit(
            history=tuple(dict.fromkeys(reversed([*earlier, *chosen])))[::-1],
            context=tuple(context),
            bought=frozenset(bought) | frozenset(ordered),
            barred=_barred(events),
        )


def _barred(events: Sequence[Event]) -> frozenset[str]:
    return frozenset(item for event in events if event.kind is Kind.NOT_INTERESTED for item in event.product_ids)


def _one_thread() -> None:
    """Have every list made by one thread from now on, in this process.

    A list is some milliseconds of arithmetic. Divided between two threads it waits for the slower one: among 100,000
    products and beside another busy process, 130 to 210 ms at the 95th percentile and not 33 to 46 (measured on two
    cores). Models are trained in processes of their own.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)
    if "torch" in sys.modules:  # else no model here needs it
        import torch

        torch.set_num_threads(1)
