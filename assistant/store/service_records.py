"""What was done for customers in conversations, never changed afterwards: a shopper sees their own, staff see all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from assistant.store.access import owned
from assistant.store.database import reading
from assistant.store.principal import Principal
from assistant.store.records import ServiceRecord
from assistant.store.tables import service_records


class ServiceRecords:
    """The records of one shop, to read. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, customer_id: str, principal: Principal, *, limit: int = 50) -> list[ServiceRecord]:
        """Return what was done for a customer, the latest first; empty where the principal may not see it."""
        mine = (service_records.c.customer_id == customer_id, owned(service_records.c.customer_id, principal))
        return self._found(mine, limit)

    def about(self, order_number: str, principal: Principal, *, limit: int = 50) -> list[ServiceRecord]:
        """Return what was done with an order, the latest first; empty where the principal may not see it."""
        mine = (service_records.c.order_number == order_number, owned(service_records.c.customer_id, principal))
        return self._found(mine, limit)

    def _found(self, conditions: tuple[Any, ...], limit: int) -> list[ServiceRecord]:
        query = select(service_records).where(*conditions).order_by(service_records.c.number.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [_record(row) for row in connection.execute(query)]


def add_record(connection: Connection, record: ServiceRecord) -> int:
    """Write a record inside the caller's transaction and return its number."""
    names = [column.name for column in service_records.columns if column.name != "number"]
    row = {name: getattr(record, name) for name in names}
    for name in ("arguments", "before", "after", "asked"):
        row[name] = dict(row[name])
    written = insert(service_records).values(**row).returning(service_records.c.number)
    return int(connection.execute(written).scalar_one())


def _record(row: Row[Any]) -> ServiceRecord:
    return ServiceRecord(**row._mapping)
