"""Why filters find nothing: the one condition whose loosening finds products soonest, and how far it must be loosened.

Knows the catalogue's filters; no words and no ranking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.catalogue import Catalogue
from index.query import Emptied, Filters


def emptied(catalogue: Catalogue, filters: Filters) -> Emptied | None:
    """Return what emptied a search: the condition without which most is found, `None` if the catalogue is empty.

    Where no single condition is to blame, all are named, and the nearest filters drop them all but for the ids.
    """
    found = [(len(catalogue.matching(without)), name, value, without) for name, value, without in _loosened(filters)]
    found = [choice for choice in found if choice[0]]
    if not found:
        return _all(catalogue, filters)
    _, name, value, without = min(found, key=lambda choice: (_ORDER.index(choice[1].partition(":")[0]), -choice[0]))
    nearest = _nearest(catalogue, filters, without)
    return Emptied(name, value, nearest, len(catalogue.matching(nearest)))


_ORDER = [
    *("in_stock", "price_max", "price_min", "rating_min", "option"),
    *("attribute", "excluded", "brands", "categories", "ids"),
]
"""Which condition is given up first when several would do: what a shopper is likeliest to bend on."""


def _loosened(filters: Filters) -> Iterator[tuple[str, str, Filters]]:
    """Each condition by name and value, with the filters that lack it."""
    if filters.in_stock:
        yield "in_stock", "true", replace(filters, in_stock=False)
    if filters.price_max_minor is not None:
        yield "price_max", str(filters.price_max_minor), replace(filters, price_max_minor=None)
    if filters.price_min_minor is not None:
        yield "price_min", str(filters.price_min_minor), replace(filters, price_min_minor=None)
    if filters.rating_min is not None:
        yield "rating_min", f"{filters.rating_min:g}", replace(filters, rating_min=None)
    for name, values in filters.options.items():
        rest = {other: kept for other, kept in filters.options.items() if other != name}
        yield f"option:{name}", _listed(values), replace(filters, options=rest)
    for name, values in filters.attributes.items():
        rest = {other: kept for other, kept in filters.attributes.items() if other != name}
        yield f"attribute:{name}", _listed(values), replace(filters, attributes=rest)
    if filters.excluded:
        yield "excluded", _listed(filters.excluded), replace(filters, excluded=frozenset())
    if filters.brands:
        yield "brands", _listed(filters.brands), replace(filters, brands=frozenset())
    if filters.categories:
        yield "categories", _listed(filters.categories), replace(filters, categories=frozenset())
    if filters.only_ids is not None:
        yield "ids", str(len(filters.only_ids)), replace(filters, only_ids=None)


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))


def _nearest(catalogue: Catalogue, filters: Filters, without: Filters) -> Filters:
    """Return the filters with a bound on price or rating moved only as far as the nearest product."""
    ids = catalogue.matching(without)
    products = catalogue.get(list(ids)[:5000]).values()
    if filters.rating_min is not None and without.rating_min is None:
        ratings = [product.rating for product in products if product.rating is not None]
        return replace(without, rating_min=max(ratings)) if ratings else without
    prices = [
        variant.price_minor
        for product in products
        for variant in product.variants
        if variant.id in ids[product.id] and variant.price_minor is not None
    ]
    if filters.price_max_minor is not None and without.price_max_minor is None and prices:
        return replace(without, price_max_minor=min(prices))
    if filters.price_min_minor is not None and without.price_min_minor is None and prices:
        return replace(without, price_min_minor=max(prices))
    return without


def _all(catalogue: Catalogue, filters: Filters) -> Emptied | None:
    named = [(name, value) for name, value, _ in _loosened(filters)]
    bare = Filters(excluded_ids=filters.excluded_ids)
    count = len(catalogue.matching(bare))
    if not named or not count:
        return None
    return Emptied(", ".join(name for name, _ in named), ", ".join(value for _, value in named), bare, count)
