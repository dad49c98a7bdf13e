"""Puts the demo shop into the stores: products, reviews, policies, customers, orders, and what people did.

Every step can be repeated and goes on where it stopped: products are imported by what changed; customers, orders and
events that are there already stay as they are, with whatever has become of them since. Where the demo itself has
changed, `forget_story` first takes its orders and events back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

from assistant.demo.behaviour import behaviour
from assistant.demo.customers import customers
from assistant.demo.orders import orders
from assistant.demo.products import products
from assistant.demo.reviews import reviews
from assistant.demo.visits import SOURCE
from assistant.errors import NotFound
from assistant.service.policies import Policies
from assistant.store.customers import Customers
from assistant.store.event import Event
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from assistant.store.records import Customer, Order
from index.importing import Importable, import_products

FEED = "demo"
POLICIES = Path(__file__).parent / "policies"
BATCH = 500
EVENT_BATCH = 4_000

Progress = Callable[[str, int, int | None], None]
"""Told of (step, done, total)."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Where the people of the shop, what they did, and its policies are kept."""

    customers: Customers
    orders: Orders
    events: Events
    policies: Policies


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """What is in the shop now, and what this run had to do for it."""

    products: int
    embedded: int
    reviews: int
    customers_added: int
    orders_added: int
    events_added: int
    seconds: float


def build_demo(
    index: Importable,
    stores: Stores,
    *,
    seed: int = 7,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> DemoReport:
    """Bring the stores to the demo shop of this seed; a second run changes nothing.

    `now` is the day from which ages of orders are counted, today where it is not given.
    """
    started = time.monotonic()
    told = progress or (lambda step, done, total: None)
    day = now or datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    stores.policies.import_folder(POLICIES)
    imported = import_products(index, products(seed), feed=FEED, progress=told)
    written = reviews(seed)
    for done, batch in _batches(written):
        index.catalogue.add_reviews(batch)
        told("reviews", done, len(written))
    return DemoReport(
        products=imported.read,
        embedded=imported.embedded,
        reviews=len(written),
        customers_added=_put_missing("customers", customers(seed, day), _known_customer(stores.customers), told=told),
        orders_added=_put_missing("orders", orders(seed, day), _known_order(stores.orders), told=told),
        events_added=_put_missing(
            "events", behaviour(seed, day), _known_event(stores.events), told=told, size=EVENT_BATCH
        ),
        seconds=time.monotonic() - started,
    )


def forget_story(stores: Stores, *, seed: int = 7, now: datetime | None = None) -> None:
    """Write the demo's orders anew and delete its events, so that a build tells them as they are told today.

    What visitors did themselves stays, but for what they changed about the demo's orders.
    """
    day = now or datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    stores.orders.put(orders(seed, day), SYSTEM)
    stores.events.forget_source(SOURCE, SYSTEM)


@dataclass(frozen=True, slots=True)
class _Shelf(Generic[T]):
    """A store as this module sees it: does it hold this record, and put these."""

    holds: Callable[[T], bool]
    put: Callable[[Sequence[T]], int]


def _known_customer(store: Customers) -> _Shelf[Customer]:
    return _Shelf(lambda one: _found(lambda: store.get(one.id, SYSTEM)), lambda records: store.put(records, SYSTEM))


def _known_order(store: Orders) -> _Shelf[Order]:
    return _Shelf(lambda one: _found(lambda: store.get(one.number, SYSTEM)), lambda records: store.put(records, SYSTEM))


def _known_event(store: Events) -> _Shelf[Event]:
    return _Shelf(lambda one: store.holds(one.id), lambda records: store.add(records, SYSTEM).accepted)


def _found(look: Callable[[], object]) -> bool:
    try:
        look()
    except NotFound:
        return False
    return True


def _put_missing(step: str, records: Sequence[T], shelf: _Shelf[T], *, told: Progress, size: int = BATCH) -> int:
    """Put what is not there yet. A batch is written whole or not at all, so that its last record stands for it."""
    added = 0
    for done, batch in _batches(records, size):
        if not shelf.holds(batch[-1]):
            added += shelf.put(batch)
        told(step, done, len(records))
    return added


def _batches(records: Sequence[T], size: int = BATCH) -> Iterator[tuple[int, Sequence[T]]]:
    """Yield each batch with the number of records up to its end."""
    for start in range(0, len(records), size):
        batch = records[start : start + size]
        yield start + len(batch), batch
