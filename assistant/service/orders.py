"""Looks up the orders of the customer who is signed in. Reads only; knows no rule about returns or changes."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import NotAllowed, NotFound
from assistant.store.orders import Orders
from assistant.store.principal import Principal
from assistant.store.records import Order

_MOST_SEARCHED = 500


class OrderLookup:
    """What a signed-in customer may ask about their own orders."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def latest(self, principal: Principal, *, limit: int = 5) -> list[Order]:
        """Return the customer's own orders, the latest first.

        Raises:
            NotAllowed: nobody is signed in.
        """
        return self._orders.of(_customer(principal), principal, limit=limit)

    def find(self, number: str, principal: Principal) -> Order:
        """Return the customer's own order that this number means, as people type it ("#r 10423", "１０４２３").

        Raises:
            NotAllowed: nobody is signed in.
            NotFound: the customer has no such order, whoever else may have one.
        """
        customer_id = _customer(principal)
        wanted = plain_number(number)
        own = self._orders.of(customer_id, principal, limit=_MOST_SEARCHED)
        exact = [order for order in own if plain_number(order.number) == wanted]
        by_digits = [order for order in own if wanted.isdigit() and _digits(order.number) == wanted]
        for order in exact or by_digits[:1]:
            return order
        raise NotFound("order", number)


def plain_number(number: str) -> str:
    """Return an order number without what people add or leave out.

    >>> plain_number(" #r-10 423") == plain_number("R-10423") == "R10423"
    True
    """
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", number).upper())


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _customer(principal: Principal) -> str:
    if principal.role != "shopper" or not principal.customer_id:
        raise NotAllowed(principal.who, "look up orders")
    return principal.customer_id
