"""The cart: what a shopper wants to buy, at today's prices and within what the shop has.

Knows no wording: an outcome is a kind and numbers, said by others. Nothing is reserved; check-out belongs to the shop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

from assistant.behaviour.event import EventItem, Kind
from assistant.behaviour.recorder import Recorder, deed
from assistant.service.cart_lines import MOST_OF_ONE, Cart, CartLine, Found, counted, line_of, most, totals
from assistant.store.carts import Carts
from assistant.store.principal import Principal
from assistant.store.records import CartItem, QuantityChange
from index.catalogue import Catalogue
from index.product import Product, Variant

OutcomeKind = Literal[
    "added",
    "changed",
    "removed",
    "not_in_cart",
    "out_of_stock",
    "few_left",
    "too_many",
    "price_unknown",
    "unknown_variant",
]


@dataclass(frozen=True, slots=True)
class CartOutcome:
    """What came of a wish. Only "added", "changed" and "removed" changed the cart.

    `line` is the line afterwards, `None` where there is none. `available` says how many could be had.
    """

    kind: OutcomeKind
    line: CartLine | None = None
    available: int | None = None


class CartService:
    """Changes and shows carts. Every call names the session and who asks; quantities are never silently cut.

    Args:
        carts: where carts are kept.
        catalogue: where prices and stock are looked up, at every call.
        checkout_url: the shop's check-out; `{cart}` becomes the cart's id. Empty: there is no link.
        recorder: writes down what was added and taken out; without it nothing is learned from carts.
    """

    def __init__(
        self, carts: Carts, catalogue: Catalogue, *, checkout_url: str = "", recorder: Recorder | None = None
    ) -> None:
        self._carts, self._catalogue, self._checkout_url = carts, catalogue, checkout_url
        self._recorder = recorder

    def add(
        self, session_id: str, variant_id: str, *, principal: Principal, quantity: int = 1, language: str = "en"
    ) -> CartOutcome:
        """Put `quantity` more of a variant into the cart, or say why not and leave the cart as it is.

        Raises:
            ValueError: the quantity is below 1.
        """
        if quantity < 1:
            raise ValueError(f"quantity {quantity!r} cannot be added: give a number from 1")
        found = self._catalogue.variant(variant_id)
        refused = _refusal(found)
        if found is None or refused:
            return refused or CartOutcome("unknown_variant")
        limit = most(found[1])
        change = self._carts.change(
            session_id,
            principal,
            item=_item(*found),
            decide=lambda present: present + quantity if present + quantity <= limit else present,
        )
        self._note(session_id, principal, found, change=change)
        line = line_of(_item(*found, quantity=change.after), found, language) if change.after else None
        return CartOutcome("added", line, limit) if change.after > change.before else _too_many(found[1], line)

    def change(
        self, session_id: str, variant_id: str, *, quantity: int, principal: Principal, language: str = "en"
    ) -> CartOutcome:
        """Set how many of a variant are in the cart; zero takes it out. More than there is leaves the cart as it is.

        Raises:
            ValueError: the quantity is negative.
        """
        if quantity < 0:
            raise ValueError(f"quantity {quantity!r} cannot be set: give a number from 0")
        if quantity == 0:
            return self.remove(session_id, variant_id, principal=principal)
        found = self._catalogue.variant(variant_id)
        refused = _refusal(found)
        if found is None or refused:
            return refused or CartOutcome("unknown_variant")
        limit = most(found[1])
        change = self._carts.change(
            session_id,
            principal,
            item=_item(*found),
            decide=lambda present: quantity if present and quantity <= limit else present,
        )
        if not change.before:
            return CartOutcome("not_in_cart")
        self._note(session_id, principal, found, change=change)
        line = line_of(_item(*found, quantity=change.after), found, language)
        return CartOutcome("changed", line, limit) if change.after == quantity else _too_many(found[1], line)

    def remove(self, session_id: str, variant_id: str, *, principal: Principal) -> CartOutcome:
        """Take a variant out of the cart, whether or not it is still sold."""
        gone = CartItem(variant_id=variant_id, product_id="", quantity=0, added_at=datetime.now(UTC))
        change = self._carts.change(session_id, principal, item=gone, decide=lambda _present: 0)
        if found := self._catalogue.variant(variant_id):
            self._note(session_id, principal, found, change=change)
        return CartOutcome("removed" if change.before else "not_in_cart")

    def adopt(self, session_id: str, *, principal: Principal) -> None:
        """Move what this session's guest had chosen into the cart of the customer who signs in."""
        self._carts.adopt(session_id, principal)

    def clear(self, session_id: str, *, principal: Principal) -> None:
        """Take everything out of the cart."""
        self._carts.clear(session_id, principal)

    def show(self, session_id: str, *, principal: Principal, language: str = "en") -> Cart:
        """Return the cart at today's prices, its lines in the order of adding."""
        items = self._carts.items(session_id, principal)
        products = self._catalogue.get([item.product_id for item in items])
        lines = tuple(line_of(item, _sold(products, item), language) for item in items)
        return Cart(lines, totals(lines), self._checkout(session_id, principal, lines))

    def _note(self, session_id: str, principal: Principal, found: Found, *, change: QuantityChange) -> None:
        """Write down that a cart holds more or less of a variant than before."""
        product, variant = found
        more = change.after - change.before
        if self._recorder is None or not more:
            return
        item = EventItem(
            product_id=product.id, variant_id=variant.id, quantity=abs(more), price_minor=variant.price_minor
        )
        kind = Kind.CART_ADD if more > 0 else Kind.CART_REMOVE
        done = deed(kind, session_id, principal, items=(item,), currency=product.currency)
        self._recorder.note(principal, done)

    def _checkout(self, session_id: str, principal: Principal, lines: tuple[CartLine, ...]) -> str | None:
        if not self._checkout_url or not any(line.can_be_bought for line in lines):
            return None
        cart = self._carts.cart_id(session_id, principal)
        return self._checkout_url.replace("{cart}", quote(cart, safe="")) if cart else None


def _refusal(found: Found | None) -> CartOutcome | None:
    """Return why a variant cannot be bought at all, `None` where it can."""
    if found is None:
        return CartOutcome("unknown_variant")
    if most(found[1]) == 0:
        return CartOutcome("out_of_stock", available=0)
    return CartOutcome("price_unknown") if found[1].price_minor is None else None


def _too_many(variant: Variant, line: CartLine | None) -> CartOutcome:
    stock = counted(variant)
    few = stock is not None and stock < MOST_OF_ONE
    return CartOutcome("few_left" if few else "too_many", line, most(variant))


def _item(product: Product, variant: Variant, *, quantity: int = 0) -> CartItem:
    return CartItem(
        variant_id=variant.id,
        product_id=product.id,
        quantity=quantity,
        added_at=datetime.now(UTC),
        titles={language: words.title for language, words in product.words.items()},
    )


def _sold(products: Mapping[str, Product], item: CartItem) -> Found | None:
    product = products.get(item.product_id)
    variants = product.variants if product else ()
    return next(((product, variant) for variant in variants if product and variant.id == item.variant_id), None)
