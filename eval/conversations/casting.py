"""Who talks in a golden conversation: a customer of the store found by what an order of theirs is like now, never by a
number written down, so that the store may be built on any day. Knows no check.

    who: {order: delivered, days: "<= 25", items: 1, not_in: [Food & Tea]}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from assistant.shop import Shop
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import Customer, Order, OrderStatus
from eval.conversations.conditions import says
from eval.conversations.errors import BadGolden
from eval.conversations.golden import Golden, listed
from index.product import Product

ASKED = frozenset({"order", "days", "items", "in", "not_in", "country", "other_option", "signed_in"})
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who talks, the order that it is about, and an order of somebody else."""

    customer: Customer
    order: Order
    other: Order
    others_email: str
    signed_in: bool = True

    @property
    def principal(self) -> Principal:
        """Who the shop takes them for."""
        return Principal("shopper", self.customer.id) if self.signed_in else GUEST

    @property
    def slots(self) -> dict[str, str]:
        """What stands for `{order}` and its like in what is said."""
        return {
            "order": self.order.number,
            "email": self.customer.email,
            "item": self.order.lines[0].title,
            "others_order": self.other.number,
            "others_email": self.others_email,
        }


@dataclass(frozen=True)
class People:
    """The customers and orders of the store, the customers by id."""

    customers: Mapping[str, Customer]
    orders: Sequence[Order]
    products: Mapping[str, Product]
    now: datetime

    def cast(self, golden: Golden) -> Role | None:
        """Return who plays a conversation, `None` for a guest of whom nothing is asked.

        Raises:
            BadGolden: nobody in the store is like that.
        """
        if golden.who is None:
            return None
        _check_form(golden)
        wanted = golden.who
        first = crc32(golden.id.encode()) % len(self.orders)
        # Each conversation begins to look elsewhere, so that they are not all about one customer.
        for order in (*self.orders[first:], *self.orders[:first]):
            customer = self.customers[order.customer_id]
            if customer.language == golden.language and self._only_one_fits(order, customer, wanted):
                other = next(one for one in self.orders if one.customer_id != customer.id)
                mail = self.customers[other.customer_id].email
                signed_in = bool(wanted.get("signed_in", True))
                return Role(customer=customer, order=order, other=other, others_email=mail, signed_in=signed_in)
        advice = "ask for an order that a customer of this language has"
        raise BadGolden(golden.place(), dict(wanted), "is no order of the store", do=advice)

    def _only_one_fits(self, order: Order, customer: Customer, wanted: Mapping[str, Any]) -> bool:
        """Return whether an order is as asked, and its customer's only one in that state."""
        if not self._fits(order, customer, wanted):
            return False
        return sum(one.customer_id == customer.id and one.status == order.status for one in self.orders) == 1

    def _fits(self, order: Order, customer: Customer, wanted: Mapping[str, Any]) -> bool:
        line = order.lines[0]
        product = self.products.get(line.product_id)
        path = set(product.words["en"].category) if product else set()
        tests = (
            order.status == wanted["order"],
            "days" not in wanted or says(str((self.now - order.updated_at).days), wanted["days"]),
            "items" not in wanted or sum(one.quantity for one in order.lines) == wanted["items"],
            "in" not in wanted or bool(path & set(listed(wanted["in"]))),
            not path & set(listed(wanted.get("not_in"))),
            "country" not in wanted or (order.ship_to is not None and order.ship_to.country == wanted["country"]),
            not wanted.get("other_option") or _has_other_colour(product, line.variant_id),
            customer.address is not None and product is not None,
        )
        return all(tests)


def people_of(shop: Shop, products: Mapping[str, Product]) -> People:
    """Return the people of a shop; orders by number."""
    orders = list(shop.orders.all(SYSTEM))
    customers = shop.customers.of_ids({order.customer_id for order in orders}, SYSTEM)
    return People(customers, orders, products, datetime.now(UTC))


def spoken(text: str, role: Role | None, place: tuple[str, str, int]) -> str:
    """Return what is said with `{order}` and its like filled in.

    Raises:
        BadGolden: it names what nobody stands for.
    """
    slots = role.slots if role else {}

    def fill(found: re.Match[str]) -> str:
        if found[1] not in slots:
            known = ", ".join(slots) or "none without who:"
            raise BadGolden(place, found[0], "stands for nothing", do=f"use one of {known}")
        return slots[found[1]]

    return _SLOT.sub(fill, text)


def _check_form(golden: Golden) -> None:
    wanted: Mapping[str, Any] = golden.who or {}
    if extra := sorted(set(wanted) - ASKED):
        raise BadGolden(golden.place(), extra[0], "cannot be asked of who talks", do=f"use {', '.join(sorted(ASKED))}")
    if wanted.get("order") not in set(OrderStatus):
        states = ", ".join(OrderStatus)
        raise BadGolden(golden.place(), wanted.get("order"), "is no state of an order", do=f"write one of {states}")


def _has_other_colour(product: Product | None, variant_id: str) -> bool:
    if product is None:
        return False
    held = next((one.options.get("color") for one in product.variants if one.id == variant_id), None)
    colours: Iterable[str | None] = (one.options.get("color") for one in product.variants if one.in_stock)
    return held is not None and any(colour != held for colour in colours)
