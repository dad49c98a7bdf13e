"""Which rows a principal may see, as a condition of the query itself, so that no other row can come back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, true

from assistant.errors import NotAllowed
from assistant.store.principal import Principal

STAFF = frozenset({"agent", "manager", "system"})


def owned(column: ColumnElement[str], principal: Principal) -> ColumnElement[bool]:
    """Return the condition that a customer's row is the principal's to see: staff see all, guests none."""
    if principal.role in STAFF:
        return true()
    return column == principal.customer_id if principal.customer_id else false()


def require(principal: Principal, roles: frozenset[str], what: str) -> None:
    """Refuse a principal whose role is not among `roles`.

    Raises:
        NotAllowed: naming `what`, such as "write orders".
    """
    if principal.role not in roles:
        raise NotAllowed(principal.who, what)
