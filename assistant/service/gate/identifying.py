"""Finds the one customer that a proof names, or nobody. Knows no session: who may try, and how often, is the gate's."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, or_, select

from assistant.service.actions import ByEmail, ByName, ByOrder, Proof
from assistant.service.orders import plain_number
from assistant.service.rules.shop_rules import Way
from assistant.store.customers import held_customer
from assistant.store.principal import SYSTEM
from assistant.store.records import Customer
from assistant.store.tables import customers, orders


def way(proof: Proof) -> Way:
    """Return which way of identifying a proof is."""
    if isinstance(proof, ByEmail):
        return "email"
    return "name" if isinstance(proof, ByName) else "order"


def matching(connection: Connection, proof: Proof) -> Customer | None:
    """Return the customer whom a proof names; `None` where there is nobody, or more than one."""
    if isinstance(proof, ByName):
        found = [one for one in _named(connection, proof) if _same(one, proof)]
    else:
        found = _by_email(connection, proof.email)
        if isinstance(proof, ByOrder):
            found = [one for one in found if _ordered(connection, one.id, proof.order_number)]
    return found[0] if len(found) == 1 else None


def _by_email(connection: Connection, email: str) -> list[Customer]:
    wanted = email.strip()
    same = or_(customers.c.email == wanted, func.lower(customers.c.email) == wanted.lower())
    return _held(connection, connection.scalars(select(customers.c.id).where(same))) if wanted else []


def _named(connection: Connection, proof: ByName) -> list[Customer]:
    # SQLite folds the case of ASCII alone: what it leaves out is compared as it is written.
    last = proof.last_name.strip()
    same = or_(customers.c.last_name == last, func.lower(customers.c.last_name) == last.lower())
    return _held(connection, connection.scalars(select(customers.c.id).where(same)))


def _same(customer: Customer, proof: ByName) -> bool:
    address = customer.address
    return (
        customer.first_name.casefold() == proof.first_name.strip().casefold()
        and customer.last_name.casefold() == proof.last_name.strip().casefold()
        and address is not None
        and address.postcode == proof.postcode.strip()
    )


def _ordered(connection: Connection, customer_id: str, number: str) -> bool:
    wanted = plain_number(number)
    numbers = connection.scalars(select(orders.c.number).where(orders.c.customer_id == customer_id))
    return bool(wanted) and any(plain_number(one) == wanted for one in numbers)


def _held(connection: Connection, ids: Iterable[str]) -> list[Customer]:
    found = [held_customer(connection, one, SYSTEM) for one in list(ids)]
    return [one for one in found if one is not None]
