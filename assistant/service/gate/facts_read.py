"""Reads what a decision rests on, in one transaction and for one customer: no query here can return another's rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assistant.errors import NotFound
from assistant.service.actions import Action, ChangeUserAddress
from assistant.service.rules import Facts, Good
from assistant.store.customers import held_customer
from assistant.store.order_changes import changes_of
from assistant.store.orders import held_order
from assistant.store.principal import Principal
from assistant.store.records import Order
from index.catalogue.writing import records
from index.product import Product
from index.record import from_record
from index.schema import products


def facts_for(connection: Connection, action: Action, customer_id: str, *, now: datetime, zone: ZoneInfo) -> Facts:
    """Return the facts of an action, with the customer's and the order's rows locked until the transaction ends.

    Raises:
        NotFound: the customer's account is gone.
    """
    me = Principal("shopper", customer_id)
    customer = held_customer(connection, customer_id, me)
    if customer is None:
        raise NotFound("customer", customer_id)
    if isinstance(action, ChangeUserAddress):
        return Facts(customer=customer, now=now, zone=zone)
    order = held_order(connection, action.order_number, me)
    return Facts(
        customer=customer,
        now=now,
        order=order,
        changes=changes_of(connection, action.order_number, me) if order else (),
        goods=_goods(connection, order) if order else {},
        zone=zone,
    )


def sold(connection: Connection, product_ids: Iterable[str]) -> list[Product]:
    """Return the products of these ids that the shop sells, as this transaction sees them."""
    query = records().where(products.c.id.in_(sorted(set(product_ids)))).order_by(products.c.id)
    return [from_record(json.loads(record)) for _, record in connection.execute(query)]


def _goods(connection: Connection, order: Order) -> dict[str, Good]:
    """Every variant of the products that were ordered: what may replace a unit is among them, or is nothing."""
    found = sold(connection, (line.product_id for line in order.lines))
    return {variant.id: Good(product, variant) for product in found for variant in product.variants}
