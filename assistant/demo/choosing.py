"""How a simulated person chooses: a type of product by taste, then products of it, then a variant.

Weights are worked out once a person and type. Knows no time of day and no visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from random import Random

from assistant.demo.shelf import Shelves, Shown
from assistant.demo.tastes import Taste
from index.product import Variant


class Chooser:
    """The choices of one person, with chance of their own."""

    def __init__(self, taste: Taste, shop: Shelves, now: datetime, chance: Random) -> None:
        self._taste, self._shop, self._now, self._chance = taste, shop, now, chance
        self._names = list(taste.kinds)
        self._before = list(accumulate(taste.kinds.values()))
        self._after = list(accumulate(taste.kinds_later.values()))
        self._drawn: dict[str, list[float]] = {}

    def kind(self, at: datetime) -> str:
        """Return the type of product that is wanted at a time."""
        later = self._chance.random() < self._taste.later_share(at, self._now)
        return self._chance.choices(self._names, cum_weights=self._after if later else self._before)[0]

    def product(self, kind: str) -> Shown:
        """Return a product of a type, by interest and popularity; by popularity alone where nothing of it draws."""
        shelf = self._shop.by_kind[kind]
        return self._chance.choices(shelf, cum_weights=self._weights(kind))[0]

    def interest(self, shown: Shown) -> float:
        """Return how much a product draws this person."""
        return self._taste.interest(shown)

    def variant(self, shown: Shown) -> Variant:
        """Return the variant of a product that is liked best: of a favourite colour where there is one in stock."""
        stocked = [one for one in shown.product.variants if one.in_stock]
        liked = [one for one in stocked if one.options.get("color", "").lower() in self._taste.colors]
        return self._chance.choice(liked or stocked)

    def listed(self, kind: str, size: int) -> list[Shown]:
        """Return what the shop shows of a type to anybody: by popularity, each product once."""
        shelf = self._shop.by_kind[kind]
        ranked = sorted(shelf, key=lambda one: self._chance.random() ** (1 / one.popularity), reverse=True)
        return ranked[:size]

    def _weights(self, kind: str) -> Sequence[float]:
        if kind not in self._drawn:
            shelf = self._shop.by_kind[kind]
            drawn = [self._taste.interest(one) * one.popularity for one in shelf]
            self._drawn[kind] = list(accumulate(drawn if any(drawn) else [one.popularity for one in shelf]))
        return self._drawn[kind]
