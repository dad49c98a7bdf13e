"""The demo shop's products as a simulated shopper sees them: by type, with brand, colours, and place among its prices.

How popular a product is with everybody is drawn once, with a long tail. Knows no shopper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from assistant.demo.products import grown
from assistant.demo.vocabulary import Kind, Pair, vocabulary
from index.product import Product

TAIL = 0.7
"""The exponent of popularity over rank within a type: 0 is all alike, 1 is Zipf's law."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A product on the shelf. `level` is its place among the prices of its type, from 0 to 1, the cheapest first.

    `lasts_days` is how long it lasts until it is used up, 0 where it lasts for years.
    """

    product: Product
    kind: str
    department: str
    brand: str
    colors: frozenset[str]
    record: str
    level: float
    popularity: float
    lasts_days: int


@dataclass(frozen=True, slots=True)
class Shelves:
    """All products by type. `names` are the types' names as searched for, `categories` their own, both by type."""

    by_kind: Mapping[str, tuple[Shown, ...]]
    by_id: Mapping[str, Shown]
    names: Mapping[str, Pair]
    categories: Mapping[str, tuple[Pair, ...]]
    departments: Mapping[str, str]
    brands: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=2)
def shelves(seed: int = 7) -> Shelves:
    """Return the shelves of the shop of this seed, those products that can be bought alone."""
    chance = Random(f"{seed}:popularity")
    kinds: dict[str, list[tuple[Product, str]]] = {}
    drafts = {one.draft.kind.key: one.draft.kind for one in grown(seed)}
    for one in grown(seed):
        if one.product.in_stock:
            kinds.setdefault(one.draft.kind.key, []).append((one.product, one.draft.brand))
    departments = {kind.key: department.key for department, kind in vocabulary().kinds()}
    by_kind = {key: _shelf(drafts[key], departments[key], found, chance) for key, found in kinds.items()}
    return Shelves(
        by_kind=by_kind,
        by_id={one.product.id: one for shelf in by_kind.values() for one in shelf},
        names={key: drafts[key].name for key in by_kind},
        categories={key: drafts[key].category for key in by_kind},
        departments={key: departments[key] for key in by_kind},
        brands={key: tuple(sorted({one.brand for one in shelf})) for key, shelf in by_kind.items()},
    )


def _shelf(kind: Kind, department: str, found: list[tuple[Product, str]], chance: Random) -> tuple[Shown, ...]:
    ranks = list(range(1, len(found) + 1))
    chance.shuffle(ranks)
    prices = sorted(_price(product) for product, _ in found)
    return tuple(
        Shown(
            product=product,
            kind=kind.key,
            department=department,
            brand=brand,
            colors=frozenset(color.lower() for color in product.options("color")),
            record=" ".join(product.words["en"].attributes.values()).lower(),
            level=prices.index(_price(product)) / max(len(prices) - 1, 1),
            popularity=rank**-TAIL,
            lasts_days=kind.lasts_days,
        )
        for (product, brand), rank in zip(found, ranks, strict=True)
    )


def _price(product: Product) -> int:
    prices = product.prices_minor()
    return prices[0] if prices else 0
