"""What the shop's shelves hold, as a yardstick of taste: traits of products, their usual shares, and price ranks.

To like blue means to choose it more often than the shelves offer it. Knows no shopper.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.product import Product

LONGEST_MATERIAL = 24
"""Characters of a material that names one; longer ones describe."""

_WORN = re.compile(
    r"(?:x{0,3}s|m|x{0,4}l|\dxl|(?:eu|us|uk)? ?\d{1,2}(?:\.5)?|\d{2,3} \([^)]*(?:months?|years?)\))", re.IGNORECASE
)
"""Sizes of what is worn; "150 ml" and "45 mm" are no sizes of a person."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """The traits of one product: (key, value) pairs, those of its variants by id, and its price rank in its kind."""

    traits: frozenset[tuple[str, str]]
    by_variant: Mapping[str, frozenset[tuple[str, str]]]
    price_rank: float | None


class Shelf:
    """Traits of all products. Build it once for a catalogue; a hundred thousand products take some seconds."""

    def __init__(self, products: Iterable[Product]) -> None:
        held = list(products)
        prices: dict[str, list[int]] = defaultdict(list)
        for product in held:
            if (range_minor := product.prices_minor()) is not None:
                prices[_kind(product)].append(range_minor[0])
        for ranked in prices.values():
            ranked.sort()
        self._shelved = {product.id: _shelved(product, prices[_kind(product)]) for product in held}
        carried = Counter(trait for one in self._shelved.values() for trait in _all_traits(one))
        self._share = {trait: count / max(1, len(held)) for trait, count in carried.items()}

    def get(self, product_id: str) -> Shelved | None:
        """Return a product's traits; `None` for one that is not on the shelves any more."""
        return self._shelved.get(product_id)

    def share(self, trait: tuple[str, str]) -> float:
        """Return the share of products, from 0 to 1, that carry a trait."""
        return self._share.get(trait, 0.0)


def _kind(product: Product) -> str:
    path = product.words[product.language].category
    return path[-1] if path else ""


def _shelved(product: Product, prices: list[int]) -> Shelved:
    by_variant = {v.id: frozenset(_variant_traits(v.options)) for v in product.variants}
    return Shelved(frozenset(_traits(product)), by_variant, _rank(product, prices))


def _traits(product: Product) -> Iterator[tuple[str, str]]:
    if product.brand:
        yield "brand", product.brand
    words = product.words[product.language]
    if words.category:
        yield "category", words.category[-1]
    material = words.attributes.get("Material", "")
    if 0 < len(material) <= LONGEST_MATERIAL:
        yield "material", material


def _variant_traits(options: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if value := options.get("color"):
        yield "color", value
    if (value := options.get("size")) and _WORN.fullmatch(value):
        yield "size", value


def _all_traits(one: Shelved) -> set[tuple[str, str]]:
    return set(one.traits).union(*one.by_variant.values())


def _rank(product: Product, prices: list[int]) -> float | None:
    """Return where its price lies among its kind, from 0 (cheapest) to 1; `None` for fewer than four prices."""
    range_minor = product.prices_minor()
    if range_minor is None or len(prices) < 4:
        return None
    low, high = bisect_left(prices, range_minor[0]), bisect_right(prices, range_minor[0])
    return (low + high) / 2 / len(prices)
