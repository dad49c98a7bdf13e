"""The demo store as the goldens name it: products by title, their categories, brands, colours, sizes and attributes,
the paragraphs of its policies. Read from the store once; knows no conversation.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.shop import Shop
from assistant.store.policy_texts import PolicyTexts
from eval.shops import demo_products
from index.product import Product


@dataclass(frozen=True)
class Shelf:
    """What the store has. `paragraphs` are the policies' texts by language and id ("returns#window")."""

    products: Mapping[str, Product]
    paragraphs: Mapping[str, Mapping[str, str]]

    @cached_property
    def by_title(self) -> dict[str, Product]:
        """Products by their English title."""
        return {product.title: product for product in self.products.values()}

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """Every name that conditions may use, by the condition."""
        every = self.products.values()
        return {
            "category": frozenset(name for product in every for name in product.words["en"].category),
            "brand": frozenset(product.brand for product in every if product.brand),
            "color": frozenset(value for product in every for value in product.options("color")),
            "size": frozenset(value for product in every for value in product.options("size")),
            "attributes": frozenset(name for product in every for name in product.words["en"].attributes),
        }


def shelf_of(shop: Shop) -> Shelf:
    """Return what the demo store has: its products as its feed gives them, whatever the shop makes of them."""
    texts: dict[str, dict[str, str]] = {}
    for one in PolicyTexts(shop.database).current():
        texts.setdefault(one.language, {})[one.id] = one.text
    return Shelf({product.id: product for product in demo_products()}, texts)


def nearest(name: str, known: Sequence[str]) -> str:
    """Return advice that names what comes nearest to a name that nothing has.

    >>> nearest("Backpack", ["Backpacks", "Tents"])
    "name one that it has, such as 'Backpacks'"
    """
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"name one that it has, such as {close[0]!r}" if close else "take it out"
