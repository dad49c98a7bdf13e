"""Lines of a cart at today's price and stock, and what they cost together. Knows no session and no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.store.records import CartItem
from index.product import Availability, Product, Variant

MOST_OF_ONE = 99
"""How many of one variant a cart takes where the shop does not count its stock."""

Found = tuple[Product, Variant]
LineState = Literal["available", "few_left", "out_of_stock", "price_unknown", "withdrawn"]
_ORDERED_AHEAD = frozenset({Availability.PREORDER, Availability.BACKORDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLine:
    """A line at today's price. `price_minor` is of one unit; `options` are in the language asked.

    `available` counts what the shop has, `None` where it does not count. A line that is "few_left" asks for more.
    """

    variant_id: str
    product_id: str
    title: str
    options: Mapping[str, str] = field(default_factory=dict)
    quantity: int
    price_minor: int | None
    currency: str | None
    image: str | None
    state: LineState
    available: int | None

    @property
    def can_be_bought(self) -> bool:
        """True when the line counts towards the total."""
        return self.state in ("available", "few_left")


@dataclass(frozen=True, slots=True)
class Total:
    """What the lines of one currency cost together; `currency` is `None` where the feed names none."""

    currency: str | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Cart:
    """A cart as it is now. `totals` leave out what cannot be bought; `checkout_url` is `None` where nothing can."""

    lines: tuple[CartLine, ...] = ()
    totals: tuple[Total, ...] = ()
    checkout_url: str | None = None


def line_of(item: CartItem, found: Found | None, language: str) -> CartLine:
    """Return a line as it is today; `found` is `None` where the shop no longer sells the variant."""
    if found is None:
        return _withdrawn(item, language)
    product, variant = found
    words = product.said(language)
    return CartLine(
        variant_id=variant.id,
        product_id=product.id,
        title=words.title,
        options={name: words.option_values.get(value, value) for name, value in variant.options.items()},
        quantity=item.quantity,
        price_minor=variant.price_minor,
        currency=product.currency,
        image=variant.image or next(iter(product.images), None),
        state=_state(variant, item.quantity),
        available=counted(variant),
    )


def _withdrawn(item: CartItem, language: str) -> CartLine:
    title = item.titles.get(language) or next(iter(item.titles.values()), item.variant_id)
    return CartLine(
        variant_id=item.variant_id,
        product_id=item.product_id,
        title=title,
        quantity=item.quantity,
        price_minor=None,
        currency=None,
        image=None,
        state="withdrawn",
        available=0,
    )


def _state(variant: Variant, quantity: int) -> LineState:
    if most(variant) == 0:
        return "out_of_stock"
    if variant.price_minor is None:
        return "price_unknown"
    return "few_left" if quantity > most(variant) else "available"


def totals(lines: Iterable[CartLine]) -> tuple[Total, ...]:
    """Return what the lines that can be bought cost, a sum for each currency."""
    sums: dict[str | None, int] = {}
    for line in lines:
        if line.can_be_bought and line.price_minor is not None:
            sums[line.currency] = sums.get(line.currency, 0) + line.price_minor * line.quantity
    return tuple(Total(currency, amount) for currency, amount in sums.items())


def counted(variant: Variant) -> int | None:
    """Return how many the shop has, `None` where it does not count or takes orders ahead."""
    if variant.availability is Availability.OUT_OF_STOCK:
        return 0
    return None if variant.availability in _ORDERED_AHEAD else variant.stock


def most(variant: Variant) -> int:
    """Return how many of a variant a cart may hold; 0 where none can be had."""
    stock = counted(variant)
    return MOST_OF_ONE if stock is None else max(0, min(stock, MOST_OF_ONE))
