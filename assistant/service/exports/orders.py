"""Orders from Shopify's export or any table: rows of one order number are its lines, and only the first says the rest.

Who bought is found by id or e-mail address, and made an account where there is none. Order lines stay as they were
bought, also of what is no longer sold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.intake import Keeps
from assistant.errors import NotFound
from assistant.service.exports.columns import Brought, Columns, Row, columns, read_date, read_rows
from assistant.service.exports.customers import id_of
from assistant.store.customers import Customers
from assistant.store.orders import Orders
from assistant.store.principal import Principal
from assistant.store.records import Address, Customer, Order, OrderLine, OrderStatus, StatusChange
from index.errors import BadProduct
from index.money import is_currency, parse_price

NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "Name", "order_id", "order_number", "order"),
    "customer": ("customer", "customer_id"),
    "email": ("email", "Email"),
    "buyer": ("Billing Name", "Shipping Name", "buyer"),
    "placed_at": ("placed_at", "Created at", "date", "created_at"),
    "status": ("status", "Financial Status"),
    "fulfilment": ("fulfilment", "Fulfillment Status"),
    "fulfilled_at": ("fulfilled_at", "Fulfilled at"),
    "cancelled_at": ("cancelled_at", "Cancelled at"),
    "currency": ("currency", "Currency"),
    "total": ("total", "Total"),
    "shipping": ("shipping", "Shipping"),
    "tax": ("tax", "taxes", "Taxes"),
    "discount": ("discount", "Discount Amount"),
    "product": ("product", "product_id", "Lineitem sku", "sku", "variant"),
    "title": ("title", "Lineitem name", "product_name"),
    "quantity": ("quantity", "Lineitem quantity", "qty"),
    "price": ("price", "Lineitem price", "unit_price"),
    "ship_name": ("ship_name", "Shipping Name"),
    "ship_street": ("ship_street", "Shipping Street", "Shipping Address1"),
    "ship_extra": ("ship_extra", "Shipping Address2"),
    "ship_city": ("ship_city", "Shipping City"),
    "ship_region": ("ship_region", "Shipping Province"),
    "ship_country": ("ship_country", "Shipping Country"),
    "ship_postcode": ("ship_postcode", "Shipping Zip"),
}
MOST_OF_ONE = 100_000


class Sells(Protocol):
    """Knows what the shop sells."""

    def sold_as(self, names: Iterable[str], /) -> Mapping[str, tuple[str, str | None]]:
        """Return the (product id, variant id) that each known name stands for."""


@dataclass(frozen=True, slots=True)
class Books:
    """Where orders and those who placed them are kept, and what is sold.

    With `events`, each order that was not cancelled is a purchase in its buyer's history too.
    """

    customers: Customers
    orders: Orders
    catalogue: Sells
    events: Keeps | None = None


def import_orders(path: Path, books: Books, principal: Principal, *, mapping: Path | None = None) -> Brought:
    """Write the orders of a table, replacing those with the same number; one bad line refuses its whole order.

    Raises:
        BadFeed, BadMapping: the table or the mapping file cannot be read.
        NotAllowed: the principal is neither a manager nor the shop's own program.
    """
    known = columns(NAMES, mapping)
    groups, rejects = _grouped(read_rows(path, known))
    buyers = _Buyers(groups, books.customers, principal)
    sold = books.catalogue.sold_as({row.text("product") for rows in groups.values() for row in rows})
    orders = []
    for rows in groups.values():
        try:
            orders.append(_order(rows, buyers, sold, known))
        except BadProduct as problem:
            rejects.append(problem)
    books.customers.put(buyers.made(orders), principal)
    written = books.orders.put(orders, principal)
    if books.events is not None:
        books.events.add([one for order in orders for one in _purchase(order, sold)], principal)
    return Brought(written, tuple(rejects))


def _grouped(rows: Iterable[Row | BadProduct]) -> tuple[dict[str, list[Row]], list[BadProduct]]:
    groups: dict[str, list[Row]] = {}
    rejects: list[BadProduct] = []
    for row in rows:
        if isinstance(row, BadProduct):
            rejects.append(row)
        elif number := row.text("number"):
            groups.setdefault(number, []).append(row)
        else:
            rejects.append(BadProduct(row.number, "number", None, "is missing: which order is this a line of?"))
    return groups, rejects


class _Buyers:
    """Who placed which order: known accounts, and new ones for addresses that nobody has."""

    def __init__(self, groups: Mapping[str, Sequence[Row]], customers: Customers, principal: Principal) -> None:
        self._known = customers.by_email([rows[0].text("email") for rows in groups.values()], principal)
        self._customers, self._principal = customers, principal
        self._new: dict[str, Customer] = {}

    def id(self, row: Row, placed_at: datetime) -> str:
        """Return the id of the customer of an order's first row."""
        email, given = row.text("email").lower(), row.text("customer")
        if not given and "@" not in email:
            raise BadProduct(row.number, "email", email or None, "names nobody, nor does a customer's id")
        if not given and email in self._known:
            return self._known[email].id
        found = given or id_of(email)
        first, _, last = row.text("buyer").rpartition(" ")
        before = self._new.get(found)
        joined = min(placed_at, before.joined_at) if before else placed_at
        self._new[found] = Customer(
            id=found, first_name=first, last_name=last, email=email, language="en", joined_at=joined
        )
        return found

    def made(self, orders: Iterable[Order]) -> list[Customer]:
        """Return the new accounts that these orders need and that are not there yet."""
        needed = {order.customer_id for order in orders} & self._new.keys()
        return [self._new[one] for one in sorted(needed) if not self._is_there(one)]

    def _is_there(self, customer_id: str) -> bool:
        try:
            self._customers.get(customer_id, self._principal)
        except NotFound:
            return False
        return True


def _order(rows: Sequence[Row], buyers: _Buyers, sold: Mapping[str, tuple[str, str | None]], known: Columns) -> Order:
    first = rows[0]
    placed_at = _date(first, "placed_at")
    if placed_at is None:
        raise BadProduct(first.number, "placed_at", None, "is missing: when was this ordered?")
    currency = (first.text("currency") or known.currency or "").upper()
    if not is_currency(currency):
        raise BadProduct(first.number, "currency", currency or None, "is not an ISO 4217 code such as EUR")
    lines = tuple(_line(row, sold, currency) for row in rows if row.text("title") or row.text("product"))
    goods = sum(line.price_minor * line.quantity for line in lines)
    shipping, tax, discount = (_amount(first, name, currency) or 0 for name in ("shipping", "tax", "discount"))
    total = _amount(first, "total", currency)
    history = _history(first, placed_at)
    return Order(
        number=first.text("number")[:64],
        customer_id=buyers.id(first, placed_at),
        status=history[-1].status,
        placed_at=placed_at,
        currency=currency,
        lines=lines,
        total_minor=total if total is not None else goods + shipping + tax - discount,
        shipping_minor=shipping,
        tax_minor=tax,
        discount_minor=discount,
        ship_to=_ship_to(first),
        history=history,
    )


def _line(row: Row, sold: Mapping[str, tuple[str, str | None]], currency: str) -> OrderLine:
    named, text = row.text("product"), row.text("quantity") or "1"
    if not text.isdecimal() or not 0 < int(text) <= MOST_OF_ONE:
        raise BadProduct(row.number, "quantity", text, "is not a whole number from 1")
    product_id, variant_id = sold.get(named, (named, named))
    return OrderLine(
        product_id=product_id,
        variant_id=variant_id or named,
        title=row.text("title") or named,
        quantity=int(text),
        price_minor=_amount(row, "price", currency) or 0,
    )


def _purchase(order: Order, sold: Mapping[str, tuple[str, str | None]]) -> Iterator[Event]:
    """Yield the purchase that an order was, as far as its products are still sold."""
    items = tuple(
        EventItem(
            product_id=line.product_id,
            variant_id=line.variant_id if line.variant_id != line.product_id else None,
            quantity=line.quantity,
            price_minor=line.price_minor,
        )
        for line in order.lines
        if line.variant_id in sold or line.product_id in sold
    )
    if items and order.status is not OrderStatus.CANCELLED:
        yield Event(
            id=f"order:{order.number}",
            kind=Kind.PURCHASE,
            at=order.placed_at,
            customer_id=order.customer_id,
            items=items,
            currency=order.currency,
            value_minor=order.total_minor,
            order_number=order.number,
            source="orders",
        )


def _history(row: Row, placed_at: datetime) -> tuple[StatusChange, ...]:
    """Return what an export tells of an order's story; that it arrived, none tells."""
    changes = [StatusChange(status=OrderStatus.PENDING, at=placed_at)]
    cancelled, sent = _date(row, "cancelled_at"), _date(row, "fulfilled_at")
    if row.text("fulfilment").lower() == "fulfilled" or sent:
        changes.append(StatusChange(status=OrderStatus.SHIPPED, at=sent or placed_at))
    if row.text("status").lower() in ("refunded", "voided") and not cancelled:
        changes.append(StatusChange(status=OrderStatus.REFUNDED, at=changes[-1].at))
    if cancelled or row.text("status").lower() in ("cancelled", "canceled"):
        changes.append(StatusChange(status=OrderStatus.CANCELLED, at=cancelled or changes[-1].at))
    return tuple(changes)


def _date(row: Row, name: str) -> datetime | None:
    text = row.text(name)
    try:
        return read_date(text) if text else None
    except ValueError as error:
        raise BadProduct(row.number, name, text, str(error)) from error


def _amount(row: Row, name: str, currency: str) -> int | None:
    text = row.text(name)
    try:
        return parse_price(text, currency)[0] if text else None
    except ValueError as error:
        raise BadProduct(row.number, name, text, str(error)) from error


def _ship_to(row: Row) -> Address | None:
    parts = {
        part: row.text(f"ship_{part}") for part in ("name", "street", "city", "postcode", "country", "region", "extra")
    }
    return Address(**parts) if parts["street"] else None
