"""What a simulated shopper has before their eyes: the last cards, and how they look against what was asked for.

A card's record is looked at only as far as the card shows it; what it does not show is taken on trust.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.conversation.parts import Card
from eval.seen import Seen
from eval.visits.goals import path_of
from eval.visits.must_haves import MustHave, met
from eval.visits.reading import denied
from index.product import Product, Variant

VISIBLE = frozenset({"budget", "colour", "size", "brand", "rating", "stock", "without"})
"""What a card shows by itself."""
POINTED_AT = 6
"""Cards that one can point at by their place."""


class Screen:
    """The last cards shown. `path` is the category that is wanted; `refused` are cards that will not do."""

    def __init__(self, products: Mapping[str, Product], path: str) -> None:
        self._products, self._path = products, path
        self._seen: Seen | None = None
        self.refused: set[str] = set()

    def take(self, seen: Seen) -> None:
        """Take note of a turn: its cards replace those before."""
        if seen.cards:
            self._seen = seen

    @property
    def cards(self) -> Sequence[Card]:
        """The cards that one can point at."""
        return self._seen.cards[:POINTED_AT] if self._seen else ()

    def variant_of(self, product_id: str) -> str:
        """Return the variant that a card offers, "" where it is not on the screen."""
        return next((card.variant_id for card in self.cards if card.product_id == product_id), "")

    def fitting(self, musts: Sequence[MustHave]) -> list[tuple[int, str]]:
        """Return the cards that look right, each with its place from 0."""
        return [
            (place, card.product_id)
            for place, card in enumerate(self.cards)
            if card.product_id not in self.refused
            and path_of(self._products[card.product_id]) == self._path
            and all(self.looks(must, card.product_id) for must in musts)
        ]

    def looks(self, must: MustHave, product_id: str) -> bool:
        """Return whether a card looks as if it met a must-have."""
        if self._seen is not None and product_id in denied(must, self._seen):
            return False
        if must.kind not in VISIBLE or must.value.startswith("material:"):
            return True
        product = self._products[product_id]
        return met(must, product, self._variant(product)) is not False

    def all_denied(self, musts: Sequence[MustHave], seen: Seen) -> bool:
        """Return whether a turn says of everything it shows that it does not meet some one must-have."""
        shown = {card.product_id for card in seen.cards}
        return any(shown <= denied(must, seen) for must in musts)

    def most_broken(self, musts: Sequence[MustHave]) -> MustHave | None:
        """Return the must-have that most cards visibly break, `None` where none does."""
        broken = [(sum(not self.looks(must, card.product_id) for card in self.cards), must) for must in musts]
        most = max((count for count, _ in broken), default=0)
        return next(must for count, must in broken if count == most) if most else None

    def _variant(self, product: Product) -> Variant:
        shown = self.variant_of(product.id)
        return next((v for v in product.variants if v.id == shown), product.variants[0])
