"""What was changed in orders after they were placed. Knows no rule about when that may be."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from assistant.store.access import owned
from assistant.store.principal import Principal
from assistant.store.records import OrderChange
from assistant.store.rows import SWAPS, as_column
from assistant.store.tables import order_changes, orders


def changes_of(connection: Connection, number: str, principal: Principal) -> tuple[OrderChange, ...]:
    """Return the changes of an order, the earliest first; empty where the principal may not see the order."""
    query = (
        select(order_changes)
        .join(orders)
        .where(order_changes.c.order_number == number, owned(orders.c.customer_id, principal))
        .order_by(order_changes.c.number)
    )
    return tuple(_change(row) for row in connection.execute(query))


def add_change(connection: Connection, change: OrderChange) -> None:
    """Note a change inside the caller's transaction."""
    row = {
        "order_number": change.order_number,
        "kind": change.kind,
        "swaps": as_column(SWAPS, change.swaps),
        "method_id": change.method_id,
        "difference_minor": change.difference_minor,
        "reason": change.reason,
        "at": change.at,
    }
    connection.execute(insert(order_changes).values(**row))


def _change(row: Row[Any]) -> OrderChange:
    kept = dict(row._mapping)
    del kept["number"]
    kept["swaps"] = SWAPS.validate_python(kept["swaps"])
    return OrderChange(**kept)
