"""Records in the form in which the tools give and take them: the one that service benchmarks use.

Money is a number of major units there, a country has three letters, and each unit of an order is an item of its own.
Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.service.tools.countries import three_letters
from assistant.store.records import (
    Address,
    Customer,
    Order,
    OrderChange,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentMethod,
    Shipment,
)
from index.money import to_amount
from index.product import Product, Variant

Form = dict[str, Any]
CARD = {"card": "credit_card"}
"""How the tools call a kind of payment method, where they call it otherwise."""
ITEMS_CHANGED = "pending (item modified)"


def order_form(order: Order, changes: Iterable[OrderChange] = ()) -> Form:
    """Return an order with what was done with it since; what was not done is `None`."""
    by_kind: dict[str, OrderChange] = {change.kind: change for change in changes}
    return {
        "order_id": order.number,
        "user_id": order.customer_id,
        "address": address_form(order.ship_to),
        "items": [item_form(line, order.currency) for line in order.lines for _ in range(line.quantity)],
        "status": status_form(order.status, items_changed="items" in by_kind),
        "fulfillments": [_fulfillment(shipment) for shipment in order.shipments],
        "payment_history": [payment_form(payment, order.currency) for payment in order.payments],
        **_asked(by_kind, order.currency),
    }


def status_form(status: OrderStatus, *, items_changed: bool = False) -> str:
    """Return a status in the tools' words.

    >>> status_form(OrderStatus.RETURN_REQUESTED), status_form(OrderStatus.PENDING, items_changed=True)
    ('return requested', 'pending (item modified)')
    """
    if status is OrderStatus.PENDING and items_changed:
        return ITEMS_CHANGED
    return status.value.replace("_", " ")


def item_form(line: OrderLine, currency: str) -> Form:
    """Return one unit of a line."""
    return {
        "name": line.title,
        "product_id": line.product_id,
        "item_id": line.variant_id,
        "price": major(line.price_minor, currency),
        "options": dict(line.options),
    }


def payment_form(payment: Payment, currency: str) -> Form:
    """Return money that moved."""
    return {
        "transaction_type": payment.kind,
        "amount": major(payment.amount_minor, currency),
        "payment_method_id": payment.method_id,
    }


def address_form(address: Address | None) -> Form | None:
    """Return an address; whose it is, is said by the account."""
    if address is None:
        return None
    return {
        "address1": address.street,
        "address2": address.extra,
        "city": address.city,
        "country": three_letters(address.country),
        "state": address.region,
        "zip": address.postcode,
    }


def customer_form(customer: Customer, orders: Iterable[str], currency: str = "USD") -> Form:
    """Return an account with the numbers of its orders, the earliest first."""
    return {
        "user_id": customer.id,
        "name": {"first_name": customer.first_name, "last_name": customer.last_name},
        "address": address_form(customer.address),
        "email": customer.email,
        "payment_methods": {one.id: method_form(one, currency) for one in customer.payment_methods},
        "orders": list(orders),
    }


def method_form(method: PaymentMethod, currency: str) -> Form:
    """Return a payment method."""
    form: Form = {"source": CARD.get(method.kind, method.kind), "id": method.id}
    if method.kind == "gift_card":
        form["balance"] = major(method.balance_minor or 0, currency)
    if method.brand or method.last_four:
        form |= {"brand": method.brand, "last_four": method.last_four}
    return form


def product_form(product: Product) -> Form:
    """Return a product with all its variants."""
    variants = {one.id: variant_form(one, product.currency) for one in product.variants}
    return {"name": product.title, "product_id": product.id, "variants": variants}


def variant_form(variant: Variant, currency: str | None) -> Form:
    """Return a variant; an unknown price is `None`."""
    price = None if variant.price_minor is None else major(variant.price_minor, currency)
    return {"item_id": variant.id, "options": dict(variant.options), "available": variant.in_stock, "price": price}


def major(minor: int, currency: str | None) -> float:
    """Return minor units as the tools write money.

    >>> major(1999, "USD")
    19.99
    """
    return float(to_amount(minor, currency))


def _fulfillment(shipment: Shipment) -> Form:
    return {"tracking_id": shipment.tracking_number.split(), "item_ids": list(shipment.variant_ids)}


def _asked(by_kind: Mapping[str, OrderChange], currency: str) -> Form:
    cancel, back, exchange = by_kind.get("cancel"), by_kind.get("return"), by_kind.get("exchange")
    return {
        "cancel_reason": cancel.reason if cancel else None,
        "return_items": sorted(swap.variant_id for swap in back.swaps) if back else None,
        "return_payment_method_id": back.method_id if back else None,
        "exchange_items": sorted(swap.variant_id for swap in exchange.swaps) if exchange else None,
        "exchange_new_items": sorted(swap.new_variant_id or "" for swap in exchange.swaps) if exchange else None,
        "exchange_payment_method_id": exchange.method_id if exchange else None,
        "exchange_price_difference": major(exchange.difference_minor or 0, currency) if exchange else None,
    }
