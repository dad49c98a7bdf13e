"""Customers: a shopper sees their own account, the shop's staff see all. Knows no sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from assistant.errors import NotFound
from assistant.store.access import STAFF, owned, require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import Customer
from assistant.store.rows import ADDRESS, PAYMENT_METHODS, as_column, put_rows
from assistant.store.tables import customers

_CHUNK = 500


class Customers:
    """The accounts of one shop. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, customer_id: str, principal: Principal) -> Customer:
        """Return one account.

        Raises:
            NotFound: it does not exist, or belongs to somebody else, which reads the same.
        """
        query = select(customers).where(customers.c.id == customer_id, owned(customers.c.id, principal))
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("customer", customer_id)
        return _customer(row)

    def of_ids(self, ids: Iterable[str], principal: Principal) -> dict[str, Customer]:
        """Return the accounts of these ids by id; those that are not there, or not the principal's, are left out."""
        asked = list(dict.fromkeys(ids))
        found: dict[str, Customer] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(asked), _CHUNK):
                mine = customers.c.id.in_(asked[start : start + _CHUNK]) & owned(customers.c.id, principal)
                found |= {row.id: _customer(row) for row in connection.execute(select(customers).where(mine))}
        return found

    def found(self, text: str, principal: Principal) -> list[Customer]:
        """Return the accounts whose id or e-mail address is just this, in whatever case.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "look up customers")
        named = (customers.c.id == text) | (func.lower(customers.c.email) == text.lower())
        with reading(self._engine) as connection:
            return [_customer(row) for row in connection.execute(select(customers).where(named).limit(20))]

    def demo(self, principal: Principal, *, limit: int = 12) -> list[Customer]:
        """Return accounts that are made for trying out, by id.

        Raises:
            NotAllowed: the principal is not the shop's own program, which alone knows whether the demo is on.
        """
        require(principal, frozenset({"system"}), "list demo customers")
        query = select(customers).where(customers.c.demo.is_(True)).order_by(customers.c.id).limit(limit)
        with reading(self._engine) as connection:
            return [_customer(row) for row in connection.execute(query)]

    def by_email(self, emails: Iterable[str], principal: Principal) -> dict[str, Customer]:
        """Return accounts by their e-mail address in lower case; addresses that nobody has are left out.

        Raises:
            NotAllowed: the principal is neither a manager nor the shop's own program.
        """
        require(principal, frozenset({"manager", "system"}), "look up customers by address")
        asked = sorted({email.lower() for email in emails if email})
        found: dict[str, Customer] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(asked), _CHUNK):
                among = func.lower(customers.c.email).in_(asked[start : start + _CHUNK])
                for row in connection.execute(select(customers).where(among).order_by(customers.c.id.desc())):
                    found[row.email.lower()] = _customer(row)
        return found

    def count(self) -> int:
        """Return how many accounts there are."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(customers)).scalar_one()

    def put(self, records: Iterable[Customer], principal: Principal) -> int:
        """Write accounts, replacing those with the same id, all or none. Return how many were written.

        Raises:
            NotAllowed: the principal is neither a manager nor the shop's own program.
        """
        require(principal, frozenset({"manager", "system"}), "write customers")
        kept = list(records)
        with writing(self._engine) as connection:
            put_customers(connection, kept)
        return len(kept)


def held_customer(connection: Connection, customer_id: str, principal: Principal) -> Customer | None:
    """Return the account and keep everybody else from changing it until the transaction ends.

    `None` where it does not exist or is not the principal's to see.
    """
    query = select(customers).where(customers.c.id == customer_id, owned(customers.c.id, principal)).with_for_update()
    row = connection.execute(query).one_or_none()
    return None if row is None else _customer(row)


def put_customers(connection: Connection, batch: Iterable[Customer]) -> None:
    """Write accounts inside the caller's transaction, replacing those with the same id."""
    put_rows(connection, customers, [_row(record) for record in batch])


def _row(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.id,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "language": customer.language,
        "joined_at": customer.joined_at,
        "phone": customer.phone,
        "address": as_column(ADDRESS, customer.address),
        "payment_methods": as_column(PAYMENT_METHODS, customer.payment_methods),
        "about": dict(customer.about),
        "demo": customer.demo,
    }


def _customer(row: Row[Any]) -> Customer:
    kept = dict(row._mapping)
    kept["address"] = ADDRESS.validate_python(kept["address"])
    kept["payment_methods"] = PAYMENT_METHODS.validate_python(kept["payment_methods"])
    return Customer(**kept)
