"""A shop's events and products as what recommenders are fitted to. Knows events and the catalogue, no model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import numpy as np

from assistant.behaviour.event import Event, Kind
from assistant.recommend.interactions import Histories, Interactions
from index.product import Product

WEIGHTS = {
    Kind.PRODUCT_VIEW: 1.0,
    Kind.SHARE: 2.0,
    Kind.WISHLIST_ADD: 2.0,
    Kind.CART_ADD: 3.0,
    Kind.PURCHASE: 5.0,
}
"""What counts as choosing a product, and how much; what was only shown in a list does not."""


def interactions(
    events: Iterable[Event], products: Mapping[str, Product], *, known: Sequence[str] = ()
) -> Interactions:
    """Return everybody's history of chosen products, in order, with times and weights.

    Args:
        events: in any order; products that the catalogue does not have are passed over.
        products: everything that can be recommended, new products too.
        known: items that a model already knows, which keep their numbers.
    """
    numbers = {item: number for number, item in enumerate(dict.fromkeys((*known, *products)))}
    rows: dict[str, list[tuple[float, int, float]]] = defaultdict(list)
    for event in events:
        weight = WEIGHTS.get(event.kind, 0.0)
        for id_ in event.product_ids if weight else ():
            if id_ in products:
                rows[event.person].append((event.at.timestamp(), numbers[id_], weight))
    people = sorted(rows)
    taken = [_once(sorted(rows[person])) for person in people]
    flat = [step for own in taken for step in own]
    starts = np.concatenate([[0], np.cumsum([len(own) for own in taken])]).astype(np.int64)
    histories = Histories(
        np.array([item for _, item, _ in flat], np.int32),
        starts,
        np.array([weight for _, _, weight in flat], np.float64),
        np.array([at for at, _, _ in flat], np.float64),
    )
    words = tuple(_words(products[item]) if item in products else "" for item in numbers)
    return Interactions(tuple(people), tuple(numbers), histories, words)


def purchases(events: Iterable[Event]) -> Interactions:
    """Return what each person bought, in order, an item once for each order.

    Orders that were cancelled or paid back do not count, and one that two systems told of counts once.
    """
    told = sorted(events, key=lambda event: event.at)
    undone = {event.order_number for event in told if event.kind is not Kind.PURCHASE} - {None, ""}
    rows: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for event in told:
        if event.kind is Kind.PURCHASE and event.order_number not in undone:
            rows[event.person].setdefault(event.order_number or event.id, list(dict.fromkeys(event.product_ids)))
    return Interactions.of(
        (person, [item for own in orders.values() for item in own]) for person, orders in rows.items()
    )


def _once(steps: Sequence[tuple[float, int, float]]) -> list[tuple[float, int, float]]:
    """Return the steps with runs of one product, looked at, carted, bought, as one of the greatest weight.

    >>> _once([(1.0, 7, 1.0), (2.0, 7, 3.0), (3.0, 8, 1.0), (4.0, 7, 1.0)])
    [(2.0, 7, 3.0), (3.0, 8, 1.0), (4.0, 7, 1.0)]
    """
    runs = (list(run) for _, run in groupby(steps, key=lambda step: step[1]))
    return [(run[-1][0], run[0][1], max(weight for _, _, weight in run)) for run in runs]


def _words(product: Product) -> str:
    """Return what a product is, in one text whose parts content models keep apart."""
    said = product.words[product.language]
    return " | ".join((said.title, *said.category, product.brand or "", *said.attributes.values()))
