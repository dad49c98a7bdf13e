"""What each person's history looks like in numbers: rhythm, time spent, and what they choose, as one sparse matrix.

Frequency and recency of visits and purchases, browsing time; the shares of categories, brands and price thirds among
what was chosen; of parts of the day and ways of coming among visits. Knows products by their traits; no page.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from assistant.behaviour.event import Event, Kind
from assistant.behaviour.visits import daypart, sessionise
from index.product import Product

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Name = tuple[str, str]
"""A feature: its kind ("category", "daypart" …) and its value; rhythm's values are `RHYTHM`."""
RHYTHM = ("visits", "purchases", "visit_recency", "purchase_recency", "minutes_a_visit")
CHOSEN = {
    Kind.PRODUCT_VIEW: 1.0,
    Kind.PRODUCT_CLICK: 0.5,
    Kind.WISHLIST_ADD: 3.0,
    Kind.CART_ADD: 3.0,
    Kind.PURCHASE: 5.0,
}
"""What shows that a product was chosen, and by how much."""
FADES_DAYS = 30.0
"""A visit so many days ago has a recency of 1/e; today's has 1, and who never came 0."""
THIRDS = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Features:
    """Of people `ids` (n,) the numbers `matrix` (n, k) named `names` (k,); shares lie between 0 and 1."""

    ids: tuple[str, ...]
    names: tuple[Name, ...]
    matrix: csr_matrix


@dataclass(frozen=True, slots=True)
class Traits:
    """What a product counts for: its category, its brand, and the third of its category's prices that it lies in."""

    category: str = ""
    brand: str = ""
    price: str = ""


def traits_of(products: Iterable[Product]) -> dict[str, Traits]:
    """Return the traits of each product by its id, in the feed's own words."""
    held = list(products)
    prices: dict[str, list[int]] = defaultdict(list)
    for product in held:
        if (span := product.prices_minor()) is not None:
            prices[_category(product)].append(span[0])
    ranked = {category: sorted(values) for category, values in prices.items()}
    return {
        one.id: Traits(_category(one), one.brand or "", _third(one, ranked.get(_category(one), ()))) for one in held
    }


def features(events: Iterable[Event], traits: Mapping[str, Traits], *, now: datetime, zone: str = "UTC") -> Features:
    """Return the features of everybody who did something by `now`, in the order of their names."""
    from scipy.sparse import csr_matrix

    mine: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.at <= now:
            mine[event.person].append(event)
    ids = tuple(sorted(mine))
    rows = [_of(mine[id_], traits, now, ZoneInfo(zone)) for id_ in ids]
    names = (
        *(("rhythm", name) for name in RHYTHM),
        *sorted({name for row in rows for name in row if name[0] != "rhythm"}),
    )
    place = {name: number for number, name in enumerate(names)}
    filled = [(number, place[name], value) for number, row in enumerate(rows) for name, value in row.items() if value]
    at, columns, values = zip(*filled, strict=True) if filled else ((), (), ())
    return Features(ids, names, csr_matrix((values, (at, columns)), shape=(len(ids), len(names)), dtype=np.float64))


def _of(history: Sequence[Event], traits: Mapping[str, Traits], now: datetime, zone: ZoneInfo) -> dict[Name, float]:
    visits = sessionise(history)
    bought = [event.at for event in history if event.kind is Kind.PURCHASE]
    minutes = [(visit[-1].at - visit[0].at).total_seconds() / 60 for visit in visits]
    rhythm = (
        math.log1p(len(visits)),
        math.log1p(len(bought)),
        _recency(max(event.at for event in history), now),
        _recency(max(bought), now) if bought else 0.0,
        math.log1p(sum(minutes) / len(minutes)),
    )
    found: dict[Name, float] = {("rhythm", name): value for name, value in zip(RHYTHM, rhythm, strict=True)}
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for event in history:
        weight = CHOSEN.get(event.kind, 0.0)
        for one in (traits[id_] for id_ in event.product_ids if weight and id_ in traits):
            for kind, value in (("category", one.category), ("brand", one.brand), ("price", one.price)):
                counts[kind][value] += weight if value else 0
    for visit in visits:
        counts["daypart"][daypart(visit[0].at.astimezone(zone).hour)] += 1
        counts["channel"][next((event.channel for event in visit if event.channel), "")] += 1
    for kind, counted in counts.items():
        total = sum(counted.values())
        found |= {(kind, value): count / total for value, count in counted.items() if value and total}
    return found


def _recency(last: datetime, now: datetime) -> float:
    return math.exp(-(now - last).total_seconds() / 86400 / FADES_DAYS)


def _category(product: Product) -> str:
    path = product.words[product.language].category
    return path[0] if path else ""


def _third(product: Product, prices: Sequence[int]) -> str:
    span = product.prices_minor()
    if span is None or len(prices) < len(THIRDS):
        return ""
    return THIRDS[min(2, bisect_left(prices, span[0]) * 3 // len(prices))]
