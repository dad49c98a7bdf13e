"""The lists that are judged and what they are judged by: a shop's suggestions and search results, and its people.

Lists are made by the shop; everything else here is read from records.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from assistant.behaviour.event import Event, Kind
from assistant.shop import Shop
from assistant.store.principal import SYSTEM, Principal
from eval.fairness.bands import Bands, bands
from eval.fairness.held_out import HeldOut, customer_of, hold_out
from index.product import Product
from index.query import Filters, Query

K = 10
WISHES = 150
"""So many of the texts that people search for most."""
ORDERS = ("none", "few", "many")
"""Groups by orders before: none, one to three, four and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A shopper and the groups that they are in, by the name of the grouping."""

    id: str
    groups: Mapping[str, str]
    held_out: HeldOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the task plays on.

    `bands` are of every product that can be bought now; `chosen` counts the people who looked at or bought a product,
    `bought` the purchases that it was in. `wishes` are texts with how often they were searched for. `suggest` takes a
    person, `find` a text; both give at most `K` ids, best first.
    """

    bands: Mapping[str, Bands]
    chosen: Mapping[str, int]
    bought: Mapping[str, int]
    people: Sequence[Person]
    wishes: Sequence[tuple[str, int]]
    suggest: Callable[[str], Sequence[str]]
    find: Callable[[str], Sequence[str]]
    numbers: Mapping[str, int] = field(init=False)
    """A number for each product that can be bought."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", {id_: number for number, id_ in enumerate(sorted(self.bands))})


def judged(shop: Shop, *, people: int, seed: int) -> Judged:
    """Return what is judged of a shop that may be written in; takes what is held out away from it."""
    told = list(shop.events.all(SYSTEM))
    there = {event.person for event in told if event.person.startswith("customer:")}
    known = sorted(f"customer:{id_}" for id_ in shop.customers.of_ids(map(customer_of, there), SYSTEM))
    some = sorted(Random(seed).sample(known, min(people, len(known))))
    held = hold_out(shop, some)
    kept = list(shop.events.all(SYSTEM))
    sold = {id_: one for id_, one in shop.catalogue.get(shop.catalogue.ids()).items() if one.in_stock}
    return Judged(
        bands=bands(sold.values(), _oldest_reviews(shop, sold)),
        chosen=chosen(kept),
        bought=Counter(id_ for event in kept if event.kind is Kind.PURCHASE for id_ in event.product_ids),
        people=[Person(id=one, groups=groups(shop, one), held_out=held.get(one)) for one in some],
        wishes=wishes(kept),
        suggest=lambda whose: _suggested(shop, whose),
        find=lambda text: _found(shop, text),
    )


def wishes(told: Iterable[Event], *, most: int = WISHES) -> list[tuple[str, int]]:
    """Return what is searched for most and how often; what is said in the chat is no search text."""
    counted = Counter(
        event.query for event in told if event.kind is Kind.SEARCH and event.query and event.channel != "chat"
    )
    return sorted(counted.most_common(most))


def chosen(told: Iterable[Event]) -> dict[str, int]:
    """Return how many people looked at or bought each product."""
    people: dict[str, set[str]] = defaultdict(set)
    for event in told:
        if event.kind in (Kind.PRODUCT_VIEW, Kind.PURCHASE):
            for id_ in event.product_ids:
                people[id_].add(event.person)
    return {id_: len(own) for id_, own in people.items()}


def groups(shop: Shop, whose: str) -> dict[str, str]:
    """Return the groups of a customer: language, orders before what was held out, and the segment last learned."""
    customer = customer_of(whose)
    count = len(shop.orders.of(customer, SYSTEM, limit=4))
    learned = shop.forecasts.of(whose, SYSTEM)
    segment = learned.data.get("segment") if learned else None
    return {
        "language": shop.customers.get(customer, SYSTEM).language,
        "orders": ORDERS[0 if not count else 1 if count < 4 else 2],
        **({"segment": segment} if segment is not None else {}),
    }


def _oldest_reviews(shop: Shop, sold: Mapping[str, Product]) -> dict[str, str]:
    written = {id_: shop.catalogue.reviews(id_, limit=10_000) for id_ in sold}
    return {id_: min(one.written_on for one in own) for id_, own in written.items() if own}


def _suggested(shop: Shop, whose: str) -> list[str]:
    principal = Principal("shopper", customer_of(whose))
    return [one.id for one in shop.adviser.suggest(whose, principal, k=K)]


def _found(shop: Shop, text: str) -> list[str]:
    result = shop.index.searcher.search(Query(text=text, filters=Filters(in_stock=True), limit=K))
    return [hit.product.id for hit in result.hits]
