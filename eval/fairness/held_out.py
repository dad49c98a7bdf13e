"""Takes each person's last purchase out of a shop, with its whole visit and all that came later, to be told beforehand.

Only for a copy of a shop: it deletes. What suggests is fitted anew afterwards, so that nothing of what was held out is
in it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, delete, select

from assistant.behaviour.event import Kind
from assistant.errors import BadRecord
from assistant.recommend.adviser import MODELS, Adviser
from assistant.shop import Shop
from assistant.store.database import writing
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from assistant.store.tables import events, order_lines, orders


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """What somebody bought last: which products, in a visit that began at `since`, and which they knew by then.

    Known is what they had opened, carted or bought, not what was only listed. `leaked` is what the shop still tells of
    that visit or of what came later, after it was taken away.
    """

    products: tuple[str, ...]
    since: datetime
    known: frozenset[str]
    leaked: tuple[str, ...] = ()


def hold_out(shop: Shop, people: Iterable[str]) -> dict[str, HeldOut]:
    """Take the last purchases of these people out of the shop and have it learn again what to suggest.

    Returns what was bought, by person; who has bought nothing is not among them.

    Raises:
        BadRecord: nothing can be learned from what is left.
    """
    found = {one: told for one in people if (told := last_bought(shop.events, shop.orders, one)) is not None}
    remove(shop.database, found)
    if fitted_anew(shop).begin() is None:
        raise BadRecord("nobody has chosen anything but what was held out: there is nothing to learn suggestions from")
    return {one: replace(told, leaked=leaked(shop, one, told.since)) for one, told in found.items()}


def leaked(shop: Shop, whose: str, since: datetime) -> tuple[str, ...]:
    """Return what the shop still knows of a person from a moment on, as anybody who asks it is told."""
    acts = [f"event {one.id}" for one in shop.events.of(whose, SYSTEM, since=since)]
    orders = shop.orders.of(customer_of(whose), SYSTEM, limit=1_000)
    return (*acts, *(f"order {one.number}" for one in orders if one.placed_at >= since))


def last_bought(told: Events, ordered: Orders, whose: str) -> HeldOut | None:
    """Return what a customer bought last, `None` where no event tells that they bought anything."""
    history = told.of(whose, SYSTEM)
    bought = [event for event in history if event.kind is Kind.PURCHASE and event.items]
    if not bought:
        return None
    last = bought[-1]
    since = next(v.started_at for v in told.visits(whose, SYSTEM) if v.started_at <= last.at <= v.ended_at)
    seen = {
        id_ for event in history if event.at < since and event.kind is not Kind.LIST_VIEW for id_ in event.product_ids
    }
    orders = ordered.of(customer_of(whose), SYSTEM, limit=1_000)
    had = {line.product_id for one in orders if one.placed_at < since for line in one.lines}
    return HeldOut(products=last.product_ids, since=since, known=frozenset(seen | had))


def customer_of(whose: str) -> str:
    """Return a customer's id of the name of their history."""
    return whose.removeprefix("customer:")


def remove(database: Engine, found: Mapping[str, HeldOut]) -> None:
    """Delete what these people did and ordered from the beginning of that visit on."""
    with writing(database) as connection:
        for whose, told in found.items():
            connection.execute(delete(events).where(events.c.person == whose, events.c.at >= told.since))
            later = (orders.c.customer_id == customer_of(whose), orders.c.placed_at >= told.since)
            lines = order_lines.c.order_number.in_(select(orders.c.number).where(*later))
            connection.execute(delete(order_lines).where(lines))
            connection.execute(delete(orders).where(*later))


def fitted_anew(shop: Shop) -> Adviser:
    """Return the shop's adviser without any model that it had."""
    shutil.rmtree(shop.settings.home / MODELS, ignore_errors=True)
    return shop.adviser
