"""Turns parts of records into JSON columns and back, and writes rows that may exist already, in both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from assistant.store.records import Address, Payment, PaymentMethod, Shipment, StatusChange, Swap

ADDRESS: TypeAdapter[Address | None] = TypeAdapter(Address | None)
PAYMENT_METHODS: TypeAdapter[tuple[PaymentMethod, ...]] = TypeAdapter(tuple[PaymentMethod, ...])
PAYMENTS: TypeAdapter[tuple[Payment, ...]] = TypeAdapter(tuple[Payment, ...])
SHIPMENTS: TypeAdapter[tuple[Shipment, ...]] = TypeAdapter(tuple[Shipment, ...])
SWAPS: TypeAdapter[tuple[Swap, ...]] = TypeAdapter(tuple[Swap, ...])
HISTORY: TypeAdapter[tuple[StatusChange, ...]] = TypeAdapter(tuple[StatusChange, ...])


def as_column(adapter: TypeAdapter[Any], value: Any) -> Any:
    """Return `value` as JSON keeps it: times as ISO texts, tuples as lists."""
    return adapter.dump_python(value, mode="json")


def put_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; a row whose primary key is there already replaces it."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    insert: Any = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    kept = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=kept), list(rows))


def insert_missing(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or leave the one that holds its key or another unique value."""
    insert: Any = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    connection.execute(insert.values(**row).on_conflict_do_nothing())
