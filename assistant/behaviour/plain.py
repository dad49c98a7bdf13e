"""Reads our own plain form: one flat object an event, named as `Event` names its fields.

    {"kind": "product_view", "id": "e-1", "at": "2026-11-20T09:00:00Z", "customer": "C-7", "product": "MUG-1"}
    {"kind": "purchase", "anonymous": "b-1", "order": "R-1", "value": 19, "currency": "EUR",
     "items": [{"product": "MUG-1", "quantity": 2, "price": 9.5}]}

A repeat is known by its `id`; where none was sent, by its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from assistant.behaviour.event import Kind
from assistant.behaviour.raw import RawEvent, RawItem, Reason, Reject, content_id, first, listed, mapping, reject

SOURCE = "json"
NAMES: Mapping[str, str] = {
    "at": "at",
    "customer_id": "customer",
    "anonymous_id": "anonymous",
    "product": "product",
    "order_number": "order",
    "query": "query",
    "items": "items",
}


def read_line(line: Mapping[str, Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    """Yield the event of one object."""
    try:
        kind = Kind(str(line.get("kind")))
    except ValueError:
        text = f"is no kind of event: one of {', '.join(Kind)} is expected"
        yield reject(place, "kind", line.get("kind"), reason=Reason.UNKNOWN_EVENT, text=text)
        return
    at = first(line, "at", "time", "timestamp")
    content = {key: value for key, value in line.items() if key != "id"}
    yield RawEvent(
        place=place,
        names=NAMES,
        source=SOURCE,
        kind=kind,
        id=f"{SOURCE}:{first(line, 'id') or content_id(content, at or received_at.date())}",
        at=at,
        customer_id=first(line, "customer", "customer_id"),
        anonymous_id=first(line, "anonymous", "anonymous_id"),
        items=_items(line, place),
        currency=line.get("currency"),
        value=line.get("value"),
        order_number=first(line, "order", "order_number"),
        query=first(line, "query", "text"),
        rating=line.get("rating"),
        language=line.get("language"),
        channel=line.get("channel"),
        device=line.get("device"),
        duration_s=line.get("duration_s"),
        user_agent=line.get("user_agent"),
        details=mapping(line.get("details")),
    )


def _items(line: Mapping[str, Any], place: str) -> tuple[RawItem, ...]:
    if "items" in line:
        told = [(f"{place}.items[{n}]", mapping(one)) for n, one in enumerate(listed(line["items"]))]
    else:
        told = [(place, line)] if first(line, "product", "product_id") is not None else []
    return tuple(
        RawItem(
            place=where,
            product=first(one, "product", "product_id"),
            other=first(one, "variant", "variant_id"),
            variant=first(one, "variant", "variant_id"),
            quantity=one.get("quantity"),
            price=one.get("price"),
            position=one.get("position"),
            currency=one.get("currency"),
        )
        for where, one in told
    )
