"""Holds a turn against the records: which stated must-haves each card meets, what the reply denies, what is in force.

Reads records with this room's own `must_haves`, and replies with its own `reading`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.grounding.truth import fold
from eval.seen import Seen
from eval.visits.goals import path_of
from eval.visits.must_haves import MustHave, met, said_forms, shades
from eval.visits.reading import denied
from index.product import Product


class Checker:
    """Checks the turns of one visit. What was said of a card holds for as long as the visit lasts."""

    def __init__(self, products: Mapping[str, Product], path: str) -> None:
        self._products, self._path = products, path
        self._told: set[tuple[str, str]] = set()

    def check(self, seen: Seen, stated: Sequence[MustHave]) -> dict[str, Any]:
        """Return what a turn makes of what was stated up to it, as JSON."""
        return {
            "must_haves": [self._must_have(must, seen) for must in stated],
            "right_thing": sum(path_of(self._products[card.product_id]) == self._path for card in seen.cards),
        }

    def _must_have(self, must: MustHave, seen: Seen) -> dict[str, Any]:
        cards = {card.product_id: self._met(must, card.product_id, card.variant_id) for card in seen.cards}
        self._told |= {(must.key, product_id) for product_id in denied(must, seen)}
        said = sorted(product_id for product_id in cards if (must.key, product_id) in self._told)
        constraints = seen.understood.constraints if seen.understood else {}
        return {"must": must.key, "cards": cards, "told": said, "in_force": in_force(must, constraints)}

    def _met(self, must: MustHave, product_id: str, variant_id: str) -> bool | None:
        product = self._products[product_id]
        variant = next((v for v in product.variants if v.id == variant_id), product.variants[0])
        return met(must, product, variant)


def in_force(must: MustHave, constraints: Mapping[str, Any]) -> bool:
    """Return whether what was understood holds a must-have.

    >>> in_force(MustHave("budget", "4000"), {"price_max_minor": 3500})
    True
    """
    if must.kind == "budget":
        return bool(
            constraints.get("price_max_minor") is not None and constraints["price_max_minor"] <= int(must.value)
        )
    if must.kind == "rating":
        return float(constraints.get("rating_min") or 0) >= float(must.value)
    if must.kind == "stock":
        return bool(constraints.get("in_stock"))
    options = constraints.get("options", {})
    if must.kind == "colour":
        wanted = {fold(shade) for shade in shades().get(must.value, (must.value,))}
        return bool(wanted & {fold(value) for value in options.get("color", ())})
    if must.kind == "size":
        return fold(must.value) in {fold(value) for value in options.get("size", ())}
    if must.kind == "brand":
        return must.value in constraints.get("brands", ())
    return _said(must, constraints)


def _said(must: MustHave, constraints: Mapping[str, Any]) -> bool:
    """Return whether a must-have is among those that are kept in words."""
    kept = constraints.get("excluded", ()) if must.kind == "without" else constraints.get("must_haves", ())
    held = [fold(text).replace("-", " ") for text in kept]
    held += [fold(v) for values in constraints.get("options", {}).values() for v in values]
    return any(fold(form) in text for form in said_forms(must) for text in held)
