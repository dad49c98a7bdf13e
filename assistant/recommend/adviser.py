"""What would suit a shopper now: the model in use, their own latest events, and the shelf's facts.

An event counts in the very next list, since the history is read anew for each. Knows no page and words nothing.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from threading import Lock

from assistant.behaviour.event import Event, Kind
from assistant.recommend.blend import Blend
from assistant.recommend.contract import PLAIN, Recommender, Run
from assistant.recommend.from_events import WEIGHTS, interactions
from assistant.recommend.interactions import Interactions
from assistant.recommend.models import PARTS
from assistant.recommend.nightly import refresh, train
from assistant.recommend.shelf import Shelf, Suggestion, Visit, bought_again
from assistant.recommend.tune import last_held_out
from assistant.recommend.versions import Live, Version, Versions
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM, Principal
from index.catalogue import Catalogue
from index.query import Filters

MODELS = "recommend"
"""The folder of a shop's models under its home."""
LATEST = 300
"""Events of one shopper that are looked at."""
STOCK_S = 5.0
"""How long what is out of stock is remembered; what is listed is checked once more, so nothing stale is shown."""
FIRST = ("popular", "content", "items")
"""The models that are fitted in seconds."""
SPARE = 6
"""So many more are asked for than are shown, for those that sold out since."""


class Adviser:
    """Suggests products, once a model has been trained. Thread-safe."""

    def __init__(self, *, events: Events, orders: Orders, catalogue: Catalogue, versions: Versions) -> None:
        self._events, self._orders, self._catalogue, self._versions = events, orders, catalogue, versions
        self._lock = Lock()
        self._live = Live(versions)
        self._shelf: Shelf | None = None
        self._sold_out: tuple[float, frozenset[str]] = (float("-inf"), frozenset())

    def suggest(
        self, whose: str, principal: Principal, *, k: int = 6, context: Sequence[str] = ()
    ) -> tuple[Suggestion, ...]:
        """Return up to `k` products in stock with their reasons, best first; nothing while there is no model.

        `context` are products that the page shows them now.

        Raises:
            NotAllowed: it is somebody else's history.
        """
        shelf = self._open()
        if shelf is None:
            return ()
        visit = self._visit(whose, principal, context)
        listed = shelf.suggestions(visit, k + SPARE)
        held = self._catalogue.get([one.id for one in listed])
        return tuple(one for one in listed if one.id in held and held[one.id].in_stock)[:k]

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
        return self._versions.add(blend, read_until=float(times.max()) if times is not None else 0.0)

    def train(self, run: Run = PLAIN) -> Version | None:
        """Train on everything that is known and put it into use; `None` where nothing is new since the last.

        Nothing is trained before anybody has chosen anything.
        """
        known = self._interactions()
        return train(self._versions, known, run=run) if len(known.histories.items) else None

    def refresh(self, run: Run = PLAIN) -> Version | None:
        """Take up what is new since the model in use was made; `None` where nothing is."""
        current = self._versions.current()
        known = self._versions.load(current.number).items if current else ()
        return refresh(self._versions, self._interactions(known), run=run)

    def _interactions(self, known: Sequence[str] = ()) -> Interactions:
        products = self._catalogue.get(self._catalogue.ids())
        return interactions(self._events.all(SYSTEM, kinds=frozenset(WEIGHTS)), products, known=known)

    def _open(self) -> Shelf | None:
        """Return the shelf of the version in use; the first list of a new version waits for it to load."""
        with self._lock:
            model = self._live.model()
            if model is None:
                return None
            if self._shelf is None or self._shelf.model is not model:
                self._shelf = self._stocked(model)
            return self._shelf

    def _stocked(self, model: Recommender) -> Shelf:
        bought = interactions(
            self._events.all(SYSTEM, kinds=frozenset({Kind.PURCHASE})), self._catalogue.get(model.items)
        )
        again = bought_again(bought.histories, bought.items)
        return Shelf(model, out_of_stock=self._out_of_stock, bought_again=again)

    def _out_of_stock(self) -> AbstractSet[str]:
        made_at, known = self._sold_out
        if time.monotonic() - made_at > STOCK_S:
            there = self._catalogue.matching(Filters(in_stock=True))
            known = frozenset(self._catalogue.ids()) - there.keys()
            self._sold_out = (time.monotonic(), known)
        return known

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
