"""Kinds of products between which lists may play favourites: cheap and dear, small brands and large, new and old.

Bands are told from records alone, by code of this evaluation's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from index.product import Product

THIRDS = {
    "price": ("low", "middle", "high"),
    "brand": ("small", "middle", "large"),
    "newness": ("old", "middle", "new"),
}
UNKNOWN = "unknown"
Bands = Mapping[str, str]
"""The band of one product by the name of each trait."""


def bands(products: Iterable[Product], oldest_review: Mapping[str, str]) -> dict[str, Bands]:
    """Return the bands of each product by its id.

    Price: the third of its own kind of product. Brand: brands in order of their number of products, cut so that each
    band has about a third of all products. Newness: records bear no date, so that the day of the oldest review stands
    for it, of which well-sold products have older ones; without a review or a price a product's band is unknown.
    """
    known = list(products)
    prices = _prices(known)
    brands = _brands(known)
    ages = _thirds(oldest_review, THIRDS["newness"])
    return {
        one.id: {
            "price": prices.get(one.id, UNKNOWN),
            "brand": brands.get(one.brand or "", UNKNOWN),
            "newness": ages.get(one.id, UNKNOWN),
        }
        for one in known
    }


def shares(weights: Mapping[str, float], known: Mapping[str, Bands]) -> dict[str, dict[str, float]]:
    """Return the share of each band in the weights of products, by trait; products that are not known are left out."""
    found: dict[str, dict[str, float]] = {}
    for trait, names in THIRDS.items():
        held = dict.fromkeys((*names, UNKNOWN), 0.0)
        for id_, weight in weights.items():
            if id_ in known:
                held[known[id_][trait]] += weight
        whole = sum(held.values())
        found[trait] = {name: weight / whole if whole else 0.0 for name, weight in held.items()}
    return found


def _prices(products: Sequence[Product]) -> dict[str, str]:
    by_kind: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for one in products:
        span = one.prices_minor()
        if span is not None:
            by_kind[one.said(one.language).category][one.id] = span[0]
    return {id_: band for own in by_kind.values() for id_, band in _thirds(own, THIRDS["price"]).items()}


def _brands(products: Sequence[Product]) -> dict[str, str]:
    """Return the band of each brand; a brand lies where the middle of its products lies."""
    sizes = Counter(one.brand for one in products if one.brand)
    whole, before = sum(sizes.values()), 0
    found: dict[str, str] = {}
    for brand, size in sorted(sizes.items(), key=lambda one: (one[1], one[0])):
        found[brand] = THIRDS["brand"][min(2, int(3 * (before + size / 2) / whole))]
        before += size
    return found


def _thirds(values: Mapping[str, float] | Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Return the third in which each lies by its value; equal values lie where the middle of them lies."""
    ordered: list[float | str] = sorted(values.values())
    count = len(ordered)
    middles = {value: (bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in set(ordered)}
    return {id_: names[int(3 * middles[value] / count)] for id_, value in values.items()}
