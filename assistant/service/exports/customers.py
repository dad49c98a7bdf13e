"""Customers from Shopify's export or any table; who has no id is known by their e-mail address.

What a table does not say of an account that is there already (ways to pay, since when) stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import NotFound
from assistant.service.exports.columns import Brought, Row, columns, read_date, read_rows
from assistant.store.customers import Customers
from assistant.store.principal import Principal
from assistant.store.records import Address, Customer
from index.errors import BadProduct

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "Customer ID", "customer_id", "customer"),
    "first_name": ("first_name", "First Name"),
    "last_name": ("last_name", "Last Name"),
    "name": ("name", "full_name"),
    "email": ("email", "Email"),
    "language": ("language", "locale"),
    "joined_at": ("joined_at", "created_at", "Created At"),
    "phone": ("phone", "Phone", "Default Address Phone"),
    "street": ("street", "address1", "Default Address Address1"),
    "extra": ("address2", "Default Address Address2"),
    "city": ("city", "Default Address City"),
    "region": ("region", "Province Code", "Default Address Province Code"),
    "country": ("country", "Country Code", "Default Address Country Code"),
    "postcode": ("postcode", "zip", "Default Address Zip"),
}


def import_customers(
    path: Path, customers: Customers, principal: Principal, *, mapping: Path | None = None, now: datetime | None = None
) -> Brought:
    """Write the customers of a table, replacing those with the same id.

    Raises:
        BadFeed, BadMapping: the table or the mapping file cannot be read.
        NotAllowed: the principal is neither a manager nor the shop's own program.
    """
    moment = now or datetime.now(UTC)
    found: dict[str, Customer] = {}
    rejects: list[BadProduct] = []
    for row in read_rows(path, columns(NAMES, mapping)):
        try:
            one = row if isinstance(row, BadProduct) else _customer(row, moment)
        except BadProduct as problem:
            one = problem
        if isinstance(one, BadProduct):
            rejects.append(one)
        else:
            found[one.id] = _merged(one, customers, principal, moment)
    return Brought(customers.put(found.values(), principal), tuple(rejects))


def id_of(email: str) -> str:
    """Return the id of somebody of whom an e-mail address is all that is known.

    >>> id_of("Ada@example.com") == id_of("ada@example.com ")
    True
    """
    return f"email-{hashlib.sha256(email.strip().lower().encode()).hexdigest()[:16]}"


def _customer(row: Row, now: datetime) -> Customer:
    email, given = row.text("email"), row.text("id")
    if not email and not given:
        raise BadProduct(row.number, "email", None, "is missing, and so is an id: one of them is needed")
    if email and "@" not in email:
        raise BadProduct(row.number, "email", email, "is no e-mail address")
    first, _, last = row.text("name").rpartition(" ")
    language = row.text("language")[:2].lower()
    return Customer(
        id=(given or id_of(email))[:64],
        first_name=row.text("first_name") or first,
        last_name=row.text("last_name") or last,
        email=email,
        language=language if language in ("en", "zh") else "en",
        joined_at=_joined(row, now),
        phone=row.text("phone"),
        address=_address(row),
    )


def _joined(row: Row, now: datetime) -> datetime:
    text = row.text("joined_at")
    try:
        return read_date(text) if text else now
    except ValueError as error:
        raise BadProduct(row.number, "joined_at", text, str(error)) from error


def _address(row: Row) -> Address | None:
    if not row.text("street"):
        return None
    name = row.text("name") or f"{row.text('first_name')} {row.text('last_name')}".strip()
    parts = {part: row.text(part) for part in ("street", "city", "postcode", "country", "region", "extra")}
    return Address(name=name, **parts)


def _merged(one: Customer, customers: Customers, principal: Principal, now: datetime) -> Customer:
    try:
        known = customers.get(one.id, principal)
    except NotFound:
        return one
    joined = known.joined_at if one.joined_at == now else one.joined_at
    return replace(one, joined_at=joined, payment_methods=known.payment_methods, about=known.about, demo=known.demo)
