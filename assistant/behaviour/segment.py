"""Reads Segment: calls of its tracking API with the events of its e-commerce specification, version 2.

    {"type": "track", "event": "Product Viewed", "messageId": "m-1", "userId": "C-7", "anonymousId": "b-1",
     "timestamp": "2026-11-20T09:00:00Z", "properties": {"product_id": "MUG-1", "price": 9.5, "currency": "EUR"}}

`identify` and `alias` tell that an anonymous visitor is a customer, `page` and `screen` that a page was looked at. A
repeat is known by its `messageId`; where none was sent, by its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from assistant.behaviour.event import Kind
from assistant.behaviour.raw import RawEvent, RawItem, Reason, Reject, content_id, first, listed, mapping, reject

SOURCE = "segment"
KINDS: Mapping[str, Kind] = {
    "products searched": Kind.SEARCH,
    "product list viewed": Kind.LIST_VIEW,
    "product list filtered": Kind.LIST_VIEW,
    "product clicked": Kind.PRODUCT_CLICK,
    "product viewed": Kind.PRODUCT_VIEW,
    "product added": Kind.CART_ADD,
    "product removed": Kind.CART_REMOVE,
    "cart viewed": Kind.CART_VIEW,
    "checkout started": Kind.CHECKOUT_BEGIN,
    "checkout step completed": Kind.CHECKOUT_SHIPPING,
    "payment info entered": Kind.CHECKOUT_PAYMENT,
    "order completed": Kind.PURCHASE,
    "order refunded": Kind.REFUND,
    "order cancelled": Kind.CANCEL,
    "product added to wishlist": Kind.WISHLIST_ADD,
    "wishlist product added to cart": Kind.CART_ADD,
    "product shared": Kind.SHARE,
    "cart shared": Kind.SHARE,
    "product reviewed": Kind.REVIEW,
    "signed up": Kind.SIGN_UP,
    "signed in": Kind.LOGIN,
}
CALLS: Mapping[str, Kind] = {
    "identify": Kind.IDENTIFY,
    "alias": Kind.IDENTIFY,
    "page": Kind.PAGE_VIEW,
    "screen": Kind.PAGE_VIEW,
}
NAMES: Mapping[str, str] = {
    "at": "timestamp",
    "customer_id": "userId",
    "anonymous_id": "anonymousId",
    "product": "product_id",
    "order_number": "order_id",
    "query": "query",
    "items": "products",
}
_DETAILS = ("coupon", "share_via", "review_id", "list_id", "category", "shipping_method", "payment_method", "reason")


def read_batch(body: Mapping[str, Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    """Yield the events of a batch; what the batch says of its context and its sending holds for each."""
    for number, call in enumerate(listed(body.get("batch"))):
        where = f"{place}batch[{number}]"
        if not isinstance(call, dict):
            yield reject(where, "batch", call, reason=Reason.BAD_FORM, text="is not an object such as a track call")
            continue
        common = {key: body[key] for key in ("sentAt", "context") if key in body}
        yield from read_call({**common, **call}, where, received_at)


def read_call(call: Mapping[str, Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    """Yield the event of one call."""
    name, given = call.get("event"), mapping(call.get("properties"))
    called = str(call.get("type") or "track").lower()
    kind = CALLS.get(called) or (KINDS.get(name.strip().lower()) if isinstance(name, str) else None)
    if kind is None or (called != "track" and called not in CALLS):
        field, value = ("event", name) if called == "track" else ("type", call.get("type"))
        text = "is no event of Segment's e-commerce list that a shop learns from: see docs/events.md for those that are"
        yield reject(place, field, value, reason=Reason.UNKNOWN_EVENT, text=text)
        return
    context = mapping(call.get("context"))
    campaign, device = mapping(context.get("campaign")), mapping(context.get("device"))
    was = first(call, "anonymousId") or (first(call, "previousId") if called == "alias" else None)
    at = first(call, "timestamp", "originalTimestamp")
    yield RawEvent(
        place=place,
        names=NAMES,
        source=SOURCE,
        kind=kind,
        id=f"{SOURCE}:{first(call, 'messageId') or _content(call, at or received_at.date())}",
        at=at,
        # A clock has been put right already where the message passed through Segment's own servers.
        sent_at=None if call.get("receivedAt") else call.get("sentAt"),
        customer_id=first(call, "userId"),
        anonymous_id=was,
        items=_items(kind, given, place),
        currency=given.get("currency"),
        value=first(given, "total", "revenue", "value"),
        order_number=given.get("order_id"),
        query=given.get("query"),
        rating=given.get("rating"),
        language=first(context, "locale"),
        channel=first(campaign, "medium", "source", "name"),
        device=device.get("type"),
        user_agent=first(context, "userAgent", "user_agent"),
        details={key: given[key] for key in _DETAILS if key in given} | _text(given),
    )


def _items(kind: Kind, given: Mapping[str, Any], place: str) -> tuple[RawItem, ...]:
    if "products" in given:
        return tuple(
            _item(mapping(one), f"{place}.properties.products[{number}]")
            for number, one in enumerate(listed(given["products"]))
        )
    if first(given, "product_id", "sku") is None or kind in (Kind.PAGE_VIEW, Kind.IDENTIFY):
        return ()
    return (_item(given, f"{place}.properties"),)


def _item(given: Mapping[str, Any], place: str) -> RawItem:
    return RawItem(
        place=place,
        product=first(given, "product_id", "sku"),
        other=first(given, "sku", "variant_id"),
        variant=first(given, "variant_id", "sku"),
        quantity=given.get("quantity"),
        price=given.get("price"),
        position=given.get("position"),
        currency=given.get("currency"),
    )


def _text(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": given["review_body"]} if given.get("review_body") else {}


def _content(call: Mapping[str, Any], at: Any) -> str:
    told = {key: call.get(key) for key in ("type", "event", "userId", "anonymousId", "properties", "previousId")}
    return content_id(told, at)
