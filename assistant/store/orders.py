"""Orders with their lines: a shopper sees their own, the shop's staff see all. Knows no rule about changing one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select

from assistant.errors import NotFound
from assistant.store.access import STAFF, owned, require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import Order, OrderLine, OrderStatus
from assistant.store.rows import ADDRESS, HISTORY, PAYMENTS, SHIPMENTS, as_column, put_rows
from assistant.store.tables import order_lines, orders

# SQLite takes at most 32,766 values in one statement; batches keep every statement far below.
_BATCH = 500


class Orders:
    """The orders of one shop. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, number: str, principal: Principal) -> Order:
        """Return one order by its exact number.

        Raises:
            NotFound: it does not exist, or belongs to somebody else, which reads the same.
        """
        query = select(orders).where(orders.c.number == number, owned(orders.c.customer_id, principal))
        with reading(self._engine) as connection:
            found = _complete(connection, connection.execute(query).all())
        if not found:
            raise NotFound("order", number)
        return found[0]

    def of(self, customer_id: str, principal: Principal, *, limit: int = 20) -> list[Order]:
        """Return a customer's orders, the latest first; empty where the principal may not see them."""
        query = (
            select(orders)
            .where(orders.c.customer_id == customer_id, owned(orders.c.customer_id, principal))
            .order_by(orders.c.placed_at.desc(), orders.c.number.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return _complete(connection, connection.execute(query).all())

    def all(self, principal: Principal) -> Iterator[Order]:
        """Yield everybody's orders by number, batch by batch.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read everybody's orders")
        last = ""
        while True:
            query = select(orders).where(orders.c.number > last).order_by(orders.c.number).limit(_BATCH)
            with reading(self._engine) as connection:
                batch = _complete(connection, connection.execute(query).all())
            if not batch:
                return
            yield from batch
            last = batch[-1].number

    def totals(self, principal: Principal) -> dict[str, tuple[datetime, int, int]]:
        """Return when each customer ordered last, how often, and for how much in minor units; cancelled ones count not.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read everybody's orders")
        bought = (func.max(orders.c.placed_at), func.count(), func.sum(orders.c.total_minor))
        query = select(orders.c.customer_id, *bought).where(orders.c.status != OrderStatus.CANCELLED.value)
        with reading(self._engine) as connection:
            rows = connection.execute(query.group_by(orders.c.customer_id)).all()
        return {who: (last_at, int(count), int(total)) for who, last_at, count, total in rows}

    def count(self) -> int:
        """Return how many orders there are."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(orders)).scalar_one()

    def put(self, records: Iterable[Order], principal: Principal) -> int:
        """Write orders, replacing those with the same number, all or none. Return how many were written.

        Raises:
            NotAllowed: the principal is neither a manager nor the shop's own program.
            StoreUnavailable: an order names a customer who does not exist.
        """
        require(principal, frozenset({"manager", "system"}), "write orders")
        kept = list(records)
        with writing(self._engine) as connection:
            for start in range(0, len(kept), _BATCH):
                put_orders(connection, kept[start : start + _BATCH])
        return len(kept)


def held_order(connection: Connection, number: str, principal: Principal) -> Order | None:
    """Return the order and keep everybody else from changing it until the transaction ends.

    `None` where it does not exist or is not the principal's to see.
    """
    query = select(orders).where(orders.c.number == number, owned(orders.c.customer_id, principal)).with_for_update()
    found = _complete(connection, connection.execute(query).all())
    return found[0] if found else None


def put_orders(connection: Connection, batch: Sequence[Order]) -> None:
    """Write orders with their lines inside the caller's transaction, replacing those with the same number."""
    put_rows(connection, orders, [_row(order) for order in batch])
    connection.execute(delete(order_lines).where(order_lines.c.order_number.in_([order.number for order in batch])))
    put_rows(connection, order_lines, [line for order in batch for line in _line_rows(order)])


def _row(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "customer_id": order.customer_id,
        "status": order.status.value,
        "placed_at": order.placed_at,
        "currency": order.currency,
        "total_minor": order.total_minor,
        "shipping_minor": order.shipping_minor,
        "tax_minor": order.tax_minor,
        "discount_minor": order.discount_minor,
        "ship_to": as_column(ADDRESS, order.ship_to),
        "payments": as_column(PAYMENTS, order.payments),
        "shipments": as_column(SHIPMENTS, order.shipments),
        "history": as_column(HISTORY, order.history),
    }


def _line_rows(order: Order) -> list[dict[str, Any]]:
    return [
        {
            "order_number": order.number,
            "position": position,
            "product_id": line.product_id,
            "variant_id": line.variant_id,
            "title": line.title,
            "options": dict(line.options),
            "quantity": line.quantity,
            "price_minor": line.price_minor,
        }
        for position, line in enumerate(order.lines)
    ]


def _complete(connection: Connection, rows: Sequence[Row[Any]]) -> list[Order]:
    """Return the orders of these rows with their lines, in the rows' order."""
    numbers = [row.number for row in rows]
    query = select(order_lines).where(order_lines.c.order_number.in_(numbers))
    lines: dict[str, list[OrderLine]] = {number: [] for number in numbers}
    for row in connection.execute(query.order_by(order_lines.c.order_number, order_lines.c.position)):
        kept = dict(row._mapping)
        kept.pop("position")
        lines[kept.pop("order_number")].append(OrderLine(**kept))
    return [_order(row, tuple(lines[row.number])) for row in rows]


def _order(row: Row[Any], lines: tuple[OrderLine, ...]) -> Order:
    kept = dict(row._mapping)
    kept["status"] = OrderStatus(kept["status"])
    kept["ship_to"] = ADDRESS.validate_python(kept["ship_to"])
    kept["payments"] = PAYMENTS.validate_python(kept["payments"])
    kept["shipments"] = SHIPMENTS.validate_python(kept["shipments"])
    kept["history"] = HISTORY.validate_python(kept["history"])
    return Order(lines=lines, **kept)
