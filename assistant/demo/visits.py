"""One simulated visit: what is looked for, what is shown, what draws a closer look, and what comes of it.

    look for    a type by taste: two of three times a search in the shopper's own language, else a list is opened
    shown       eight products of it by popularity, which knows nobody's taste
    look        each with a chance that grows with interest and falls with its place; looking lasts as long as it draws
    decide      into the cart, onto the wish list, shared, or, of what does not draw at all, "not interested"
    buy         only where there is an order: its lines are looked for, put in the cart and paid at the order's time

Knows the model of one person; nothing of who they are to the shop.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.demo.choosing import Chooser
from assistant.demo.habits import Arrival
from assistant.demo.products import CURRENCY
from assistant.demo.shelf import Shelves, Shown
from assistant.store.records import Order

LISTED = 8
SEARCHES, SECOND_LOOK, COLOR_SAID = 0.66, 0.35, 0.3
LOOK, FALL = 0.34, 0.88
"""The chance to look at a product of plain interest in the first place, and what each further place leaves of it."""
CART, WISH, SHARE, DISLIKE, OUT_AGAIN, TO_CHECKOUT = 0.10, 0.05, 0.012, 0.03, 0.3, 0.25
CHATS = 0.08
SOURCE = "demo"


@dataclass(slots=True)
class Visit:
    """A visit being written: who comes, how, and the clock that runs with each thing done."""

    id: str
    chooser: Chooser
    shop: Shelves
    chance: Random
    arrival: Arrival
    language: str
    customer_id: str | None
    anonymous_id: str
    at: datetime = field(init=False)
    written: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = self.arrival.at

    def note(self, kind: Kind, seconds: float, *shown: EventItem, **facts: object) -> None:
        """Write that something is done, and let the clock run for so long."""
        event = Event(
            id=f"{self.id}:{len(self.written)}",
            kind=kind,
            at=self.at,
            customer_id=self.customer_id,
            anonymous_id=self.anonymous_id,
            items=shown,
            currency=CURRENCY if shown else None,
            language=self.language,
            channel=self.arrival.channel,
            device=self.arrival.device,
            source=SOURCE,
            **facts,  # type: ignore[arg-type]
        )
        self.written.append(event)
        self.at += timedelta(seconds=seconds)


def browse(visit: Visit) -> list[Event]:
    """Return a visit in which nothing is bought."""
    carted: list[EventItem] = []
    for _ in range(2 if visit.chance.random() < SECOND_LOOK else 1):
        carted += _look_around(visit, visit.chooser.kind(visit.at))
    for item in carted:
        if visit.chance.random() < OUT_AGAIN:
            visit.note(Kind.CART_REMOVE, 6, item)
    if carted and visit.chance.random() < TO_CHECKOUT:
        visit.note(Kind.CART_VIEW, 15, *carted)
        visit.note(Kind.CHECKOUT_BEGIN, 40, *carted)
    return visit.written


def buy(visit: Visit, order: Order) -> list[Event]:
    """Return the visit that ends with an order, paid at the order's own time; what became of it later comes after."""
    items = []
    for line in order.lines:
        shown = visit.shop.by_id[line.product_id]
        _search(visit, shown.kind)
        visit.note(Kind.LIST_VIEW, 12, *_listed(visit, shown.kind, also=shown))
        item = EventItem(
            product_id=line.product_id,
            variant_id=line.variant_id,
            quantity=line.quantity,
            price_minor=line.price_minor,
        )
        seconds = _seconds(visit, shown)
        visit.note(Kind.PRODUCT_VIEW, seconds, item, duration_s=seconds)
        visit.note(Kind.CART_ADD, 10, item)
        items.append(item)
    for kind in (Kind.CHECKOUT_BEGIN, Kind.CHECKOUT_SHIPPING, Kind.CHECKOUT_PAYMENT):
        visit.note(kind, 30, *items)
    whole = {"order_number": order.number, "value_minor": order.total_minor}
    visit.note(Kind.PURCHASE, 5, *items, **whole)
    _end_at(visit, order.placed_at)
    for change in order.history:
        if change.status in ("cancelled", "refunded"):
            visit.at = change.at
            visit.note(Kind.CANCEL if change.status == "cancelled" else Kind.REFUND, 0, *items, **whole)
    return visit.written


def _look_around(visit: Visit, kind: str) -> list[EventItem]:
    """Look at what is shown of a type; return what went into the cart."""
    _search(visit, kind)
    shown = visit.chooser.listed(kind, LISTED)
    visit.note(Kind.LIST_VIEW, 8 + visit.chance.random() * 20, *_items(shown))
    carted: list[EventItem] = []
    for place, one in enumerate(shown):
        interest = visit.chooser.interest(one)
        item = EventItem(product_id=one.product.id, price_minor=_price(one), position=place)
        if visit.chance.random() < _odds(LOOK * FALL**place, interest):
            carted += _look_closely(visit, one, item)
        elif interest < 0.1 and visit.chance.random() < DISLIKE:
            visit.note(Kind.NOT_INTERESTED, 3, item)
    return carted


def _look_closely(visit: Visit, shown: Shown, item: EventItem) -> Iterator[EventItem]:
    interest, seconds = visit.chooser.interest(shown), _seconds(visit, shown)
    visit.note(Kind.PRODUCT_VIEW, seconds, item, duration_s=seconds)
    if visit.chance.random() < _odds(CART, interest):
        variant = visit.chooser.variant(shown)
        chosen = EventItem(product_id=shown.product.id, variant_id=variant.id, price_minor=variant.price_minor)
        visit.note(Kind.CART_ADD, 8, chosen)
        yield chosen
    elif visit.chance.random() < _odds(WISH, interest):
        visit.note(Kind.WISHLIST_ADD, 4, item)
    elif visit.chance.random() < _odds(SHARE, interest):
        visit.note(Kind.SHARE, 9, item, details={"method": visit.chance.choice(("email", "link", "social"))})


def _search(visit: Visit, kind: str) -> None:
    if visit.chance.random() >= SEARCHES:
        return
    words = visit.shop.names[kind][0 if visit.language == "en" else 1]
    if visit.chance.random() < CHATS:
        visit.note(Kind.CHAT, 6, query=words)
    visit.note(Kind.SEARCH, 5, query=words)


def _listed(visit: Visit, kind: str, *, also: Shown) -> tuple[EventItem, ...]:
    shown = [one for one in visit.chooser.listed(kind, LISTED) if one is not also][: LISTED - 1]
    shown.insert(visit.chance.randrange(len(shown) + 1), also)
    return _items(shown)


def _items(shown: list[Shown]) -> tuple[EventItem, ...]:
    return tuple(
        EventItem(product_id=one.product.id, price_minor=_price(one), position=place) for place, one in enumerate(shown)
    )


def _price(shown: Shown) -> int | None:
    prices = shown.product.prices_minor()
    return prices[0] if prices else None


def _odds(plain: float, interest: float) -> float:
    """Return a chance that is `plain` at an interest of 1, nothing at 0, and never certain."""
    odds = plain / (1 - plain) * interest
    return odds / (1 + odds)


def _seconds(visit: Visit, shown: Shown) -> float:
    """Return how long a product is looked at: log-normal, half a minute where it draws as anything does."""
    drawn = 0.5 + min(visit.chooser.interest(shown), 4.0) / 2
    return round(min(30 * drawn * math.exp(visit.chance.gauss(0, 0.6)), 900.0), 1)


def _end_at(visit: Visit, moment: datetime) -> None:
    """Move the whole visit so that its last deed happens at `moment`."""
    shift = moment - visit.written[-1].at
    visit.written[:] = [replace(event, at=event.at + shift) for event in visit.written]
