"""An event as rows keep it: what is asked for by query in columns of its own, all else in two JSON columns.

Facts that an event does not have are left out, since most have few. Knows no query.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from assistant.store.event import Event, EventItem, Kind

_FACTS = (
    "currency",
    "value_minor",
    "order_number",
    "query",
    "rating",
    "language",
    "channel",
    "device",
    "source",
    "duration_s",
)


def event_row(event: Event, *, belongs_to: str, received_at: datetime) -> dict[str, Any]:
    """Return the columns of an event that stands in the history of `belongs_to`."""
    facts: dict[str, Any] = {name: value for name in _FACTS if (value := getattr(event, name)) not in (None, "")}
    if event.details:
        facts["details"] = dict(event.details)
    return {
        "id": event.id,
        "person": belongs_to,
        "kind": event.kind.value,
        "at": event.at,
        "received_at": received_at,
        "customer_id": event.customer_id,
        "anonymous_id": event.anonymous_id,
        "items": [_item_row(item) for item in event.items],
        "facts": facts,
    }


def row_event(row: Row[Any]) -> Event:
    """Return the event of a row."""
    return Event(
        id=row.id,
        kind=Kind(row.kind),
        at=row.at,
        customer_id=row.customer_id,
        anonymous_id=row.anonymous_id,
        items=tuple(_item(kept) for kept in row.items),
        belongs_to=row.person,
        number=row.number,
        **row.facts,
    )


def _item_row(item: EventItem) -> list[Any]:
    """A list is half as long as an object with names, and there are twenty items in a list that was viewed."""
    kept = [item.product_id, item.variant_id, item.quantity, item.price_minor, item.position]
    while kept[-1] is None:
        kept.pop()
    return kept


def _item(kept: list[Any]) -> EventItem:
    product_id, variant_id, quantity, price_minor, position = [*kept, None, None, None, None][:5]
    return EventItem(
        product_id=product_id, variant_id=variant_id, quantity=quantity, price_minor=price_minor, position=position
    )
