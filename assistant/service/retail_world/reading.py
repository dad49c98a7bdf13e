"""Reads `db.json.gz` of the retail world into products, customers and orders.

    {"products": {"9523456873": {"name": "T-Shirt", "product_id": …, "variants": {…}}}, "users": {…}, "orders": {…}}

The world knows no dates: everything is noted as of the moment it is read, but for the orders of a customer, which are
put a second after each other before it, so that they keep their order. Amounts are dollars. Knows no database.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import RegularsError
from assistant.service.tools.countries import country_code
from assistant.store.records import (
    Address,
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentMethod,
    Shipment,
    StatusChange,
)
from index.money import to_minor
from index.product import Availability, Product, Variant, Words

CURRENCY = "USD"
_KINDS: dict[str, str] = {"credit_card": "card"}
_LABELS = {"paypal": "PayPal", "gift_card": "Gift card", "credit_card": "Card"}
Row = Mapping[str, Any]
T = TypeVar("T")


class BadWorld(RegularsError):
    """A file of the retail world that cannot be used."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the retail world {str(path)!r} cannot be used: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that a file of the retail world holds, as the shop keeps it."""

    products: tuple[Product, ...]
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]


def read_world(path: Path, now: datetime) -> World:
    """Return what a file holds, as of `now`.

    Raises:
        BadWorld: it is no such file, or a row of it cannot be kept; the row is named.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            given = json.load(file, parse_float=Decimal)
        products, users, orders = given["products"], given["users"], given["orders"]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadWorld(path, f"a gzip of JSON with products, users and orders is expected ({error})") from error
    customers = {one.id: one for one in _rows(path, "user", users, read=lambda row: _customer(row, now))}
    ranks = {number: place for user in users.values() for place, number in enumerate(user["orders"])}
    methods = {one.id: one for customer in customers.values() for one in customer.payment_methods}

    def placed(number: str) -> datetime:
        return now - timedelta(seconds=len(ranks) - ranks.get(number, 0))

    def order(row: Row) -> Order:
        return _order(row, customers[row["user_id"]], methods, at=placed(row["order_id"]))

    return World(
        products=tuple(_rows(path, "product", products, read=_product)),
        customers=tuple(customers.values()),
        orders=tuple(_rows(path, "order", orders, read=order)),
    )


def _rows(path: Path, kind: str, rows: Mapping[str, Row], *, read: Callable[[Row], T]) -> Iterator[T]:
    for key, row in rows.items():
        try:
            yield read(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadWorld(path, f"the {kind} {key!r} lacks or has a wrong {error}") from error


def _product(row: Row) -> Product:
    variants = tuple(_variant(one) for one in row["variants"].values())
    words = {"en": Words(title=row["name"])}
    return Product(id=row["product_id"], words=words, currency=CURRENCY, variants=variants)


def _variant(row: Row) -> Variant:
    return Variant(
        id=row["item_id"],
        options=row["options"],
        price_minor=_minor(row["price"]),
        availability=Availability.IN_STOCK if row["available"] else Availability.OUT_OF_STOCK,
    )


def _customer(row: Row, now: datetime) -> Customer:
    first, last = row["name"]["first_name"], row["name"]["last_name"]
    return Customer(
        id=row["user_id"],
        first_name=first,
        last_name=last,
        email=row["email"],
        language="en",
        joined_at=now,
        address=_address(row["address"], f"{first} {last}"),
        payment_methods=tuple(_method(one) for one in row["payment_methods"].values()),
    )


def _method(row: Row) -> PaymentMethod:
    source, brand, last_four = str(row["source"]), str(row.get("brand", "")), str(row.get("last_four", ""))
    label = f"{brand.title()} ending in {last_four}" if last_four else _LABELS.get(source, source)
    balance = _minor(row["balance"]) if "balance" in row else None
    return PaymentMethod(
        id=row["id"],
        kind=_KINDS.get(source, source),
        label=f"{label} ({row['id']})",
        balance_minor=balance,
        brand=brand,
        last_four=last_four,
    )


def _address(row: Row, name: str) -> Address:
    return Address(
        name=name,
        street=row["address1"],
        extra=row["address2"],
        city=row["city"],
        region=row["state"],
        postcode=row["zip"],
        country=country_code(row["country"]) or row["country"],
    )


def _order(row: Row, customer: Customer, methods: Mapping[str, PaymentMethod], *, at: datetime) -> Order:
    status = OrderStatus(row["status"].replace(" ", "_"))
    lines = tuple(_line(one) for one in row["items"])
    return Order(
        number=row["order_id"],
        customer_id=customer.id,
        status=status,
        placed_at=at,
        currency=CURRENCY,
        lines=lines,
        total_minor=sum(line.price_minor for line in lines),
        ship_to=_address(row["address"], f"{customer.first_name} {customer.last_name}"),
        payments=tuple(_payment(one, methods, at) for one in row["payment_history"]),
        shipments=tuple(_shipment(one, at) for one in row["fulfillments"]),
        history=(StatusChange(status=status, at=at),),
    )


def _line(row: Row) -> OrderLine:
    return OrderLine(
        product_id=row["product_id"],
        variant_id=row["item_id"],
        title=row["name"],
        options=row["options"],
        price_minor=_minor(row["price"]),
    )


def _payment(row: Row, methods: Mapping[str, PaymentMethod], at: datetime) -> Payment:
    method = methods.get(row["payment_method_id"])
    return Payment(
        kind=row["transaction_type"],
        amount_minor=_minor(row["amount"]),
        method_id=row["payment_method_id"],
        method_label=method.label if method else row["payment_method_id"],
        at=at,
    )


def _shipment(row: Row, at: datetime) -> Shipment:
    return Shipment(
        carrier="", tracking_number=" ".join(row["tracking_id"]), shipped_at=at, variant_ids=tuple(row["item_ids"])
    )


def _minor(amount: Decimal | int) -> int:
    return to_minor(Decimal(amount), CURRENCY)
