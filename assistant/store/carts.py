"""Carts as they are kept: a guest's by session, a customer's by account. Knows no price and no stock."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, select, update

from assistant.errors import NotAllowed
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import CartItem, QuantityChange
from assistant.store.rows import insert_missing, put_rows
from assistant.store.tables import cart_lines, carts


class Carts:
    """The carts of one shop. Thread-safe, and safe for several tabs and processes at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def items(self, session_id: str, principal: Principal) -> tuple[CartItem, ...]:
        """Return what is in the principal's cart, in the order of adding; empty where there is none."""
        query = select(cart_lines).join(carts).where(carts.c.owner == owner(session_id, principal))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(cart_lines.c.added_at, cart_lines.c.variant_id)).all()
        return tuple(_item(dict(row._mapping)) for row in rows)

    def cart_id(self, session_id: str, principal: Principal) -> str | None:
        """Return the id that a check-out link may carry, `None` where there is no cart yet. It is no session's id."""
        with reading(self._engine) as connection:
            query = select(carts.c.id).where(carts.c.owner == owner(session_id, principal))
            return connection.execute(query).scalar_one_or_none()

    def change(
        self, session_id: str, principal: Principal, *, item: CartItem, decide: Callable[[int], int]
    ) -> QuantityChange:
        """Set how many of `item`'s variant are in the cart to what `decide` makes of the present number.

        Nobody else changes the cart between the two. Zero takes the line out; `item.quantity` is not looked at.
        """
        with writing(self._engine) as connection:
            cart = _locked(connection, owner(session_id, principal))
            present = _quantity(connection, cart, item.variant_id)
            wanted = decide(present)
            if wanted != present:
                _set(connection, cart, item=item, quantity=wanted)
            return QuantityChange(present, wanted)

    def clear(self, session_id: str, principal: Principal) -> None:
        """Take everything out of the principal's cart."""
        with writing(self._engine) as connection:
            cart = select(carts.c.id).where(carts.c.owner == owner(session_id, principal))
            connection.execute(delete(cart_lines).where(cart_lines.c.cart_id.in_(cart)))

    def adopt(self, session_id: str, principal: Principal) -> None:
        """Move what this session's guest had chosen into the cart of the customer who signs in; numbers add up.

        Raises:
            NotAllowed: the principal is no signed-in customer.
        """
        if principal.customer_id is None:
            raise NotAllowed(principal.who, "take over a cart")
        with writing(self._engine) as connection:
            guest = _locked(connection, f"session:{session_id}")
            cart = _locked(connection, owner(session_id, principal))
            for row in connection.execute(select(cart_lines).where(cart_lines.c.cart_id == guest)).all():
                item = _item(dict(row._mapping))
                present = _quantity(connection, cart, item.variant_id)
                _set(connection, cart, item=item, quantity=present + item.quantity)
            connection.execute(delete(carts).where(carts.c.id == guest))


def owner(session_id: str, principal: Principal) -> str:
    """Return whose cart is meant: the customer's where one is signed in, else the session's.

    >>> owner("s1", Principal("guest")), owner("s1", Principal("shopper", "c7"))
    ('session:s1', 'customer:c7')

    Raises:
        NotAllowed: staff have no cart.
    """
    if principal.role == "shopper" and principal.customer_id:
        return f"customer:{principal.customer_id}"
    if principal.role == "guest":
        return f"session:{session_id}"
    raise NotAllowed(principal.who, "use a shopper's cart")


def _locked(connection: Connection, whose: str) -> str:
    """Return the id of this owner's cart, made where missing and locked until the transaction ends."""
    now = datetime.now(UTC)
    fresh = {"id": secrets.token_urlsafe(16), "owner": whose, "created_at": now, "updated_at": now}
    insert_missing(connection, carts, fresh)
    mine = carts.c.owner == whose
    connection.execute(update(carts).where(mine).values(updated_at=now))  # the row's lock, in both databases
    return str(connection.execute(select(carts.c.id).where(mine)).scalar_one())


def _quantity(connection: Connection, cart: str, variant_id: str) -> int:
    line = (cart_lines.c.cart_id == cart, cart_lines.c.variant_id == variant_id)
    return connection.execute(select(cart_lines.c.quantity).where(*line)).scalar_one_or_none() or 0


def _set(connection: Connection, cart: str, *, item: CartItem, quantity: int) -> None:
    line = (cart_lines.c.cart_id == cart, cart_lines.c.variant_id == item.variant_id)
    if quantity <= 0:
        connection.execute(delete(cart_lines).where(*line))
        return
    changed = connection.execute(update(cart_lines).where(*line).values(quantity=quantity))
    if changed.rowcount == 0:
        row = {
            "cart_id": cart,
            "variant_id": item.variant_id,
            "product_id": item.product_id,
            "quantity": quantity,
            "added_at": item.added_at,
            "titles": dict(item.titles),
        }
        put_rows(connection, cart_lines, [row])


def _item(row: dict[str, object]) -> CartItem:
    return CartItem(**{name: value for name, value in row.items() if name != "cart_id"})  # type: ignore[arg-type]
