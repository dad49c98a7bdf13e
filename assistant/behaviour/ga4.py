"""Reads Google Analytics 4: bodies of the Measurement Protocol, what a page gives to gtag, rows of the BigQuery export.

    {"client_id": "b.1", "user_id": "C-7", "timestamp_micros": 1763888400000000,
     "events": [{"name": "view_item", "params": {"currency": "EUR", "items": [{"item_id": "MUG-1", "price": 9.5}]}}]}

GA4 has no message id. A repeat is known by `event_id` where a shop sends one, a purchase by its `transaction_id` and
shopper, everything else by its content: who, when, name, parameters, and which of several equal events of one body it
is. Where no time is given, the day of receipt stands for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from assistant.behaviour.event import Kind
from assistant.behaviour.raw import RawEvent, RawItem, Reason, Reject, content_id, first, listed, mapping, reject

SOURCE = "ga4"
KINDS: Mapping[str, Kind] = {
    "page_view": Kind.PAGE_VIEW,
    "view_item_list": Kind.LIST_VIEW,
    "select_item": Kind.PRODUCT_CLICK,
    "view_item": Kind.PRODUCT_VIEW,
    "add_to_wishlist": Kind.WISHLIST_ADD,
    "add_to_cart": Kind.CART_ADD,
    "remove_from_cart": Kind.CART_REMOVE,
    "view_cart": Kind.CART_VIEW,
    "begin_checkout": Kind.CHECKOUT_BEGIN,
    "add_shipping_info": Kind.CHECKOUT_SHIPPING,
    "add_payment_info": Kind.CHECKOUT_PAYMENT,
    "purchase": Kind.PURCHASE,
    "refund": Kind.REFUND,
    "search": Kind.SEARCH,
    "view_search_results": Kind.SEARCH,
    "share": Kind.SHARE,
    "login": Kind.LOGIN,
    "sign_up": Kind.SIGN_UP,
}
NAMES: Mapping[str, str] = {
    "at": "timestamp_micros",
    "customer_id": "user_id",
    "anonymous_id": "client_id",
    "product": "item_id",
    "order_number": "transaction_id",
    "query": "search_term",
    "items": "items",
    "duration_s": "engagement_time_msec",
}
_DETAILS = ("coupon", "method", "content_type", "item_list_id", "item_list_name", "shipping_tier", "payment_type")


def read_body(body: Mapping[str, Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    """Yield the events of one body of the Measurement Protocol."""
    alike: Counter[str] = Counter()
    for number, told in enumerate(listed(body.get("events"))):
        where = f"{place}events[{number}]"
        if not isinstance(told, dict):
            yield reject(where, "events", told, reason=Reason.BAD_FORM, text="is not an object with name and params")
        else:
            yield _event(body, told, where=where, received_at=received_at, alike=alike)


def read_push(pushed: Mapping[str, Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    """Yield the event of an object pushed to a data layer: {"event": "view_item", "ecommerce": {"items": [...]}}."""
    params = {key: value for key, value in pushed.items() if key not in ("event", "ecommerce", "client_id", "user_id")}
    told = {"name": pushed.get("event"), "params": {**params, **mapping(pushed.get("ecommerce"))}}
    yield from read_body({**pushed, "events": [told]}, place, received_at)


def read_command(command: list[Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    """Yield the event of a call as a page makes it: ["event", "view_item", {"client_id": …, "items": […]}]."""
    params = dict(mapping(command[2] if len(command) > 2 else None))
    body = {name: params.pop(name, None) for name in ("client_id", "user_id", "timestamp_micros")}
    told = {"name": command[1] if len(command) > 1 else None, "params": params}
    yield from read_body({**body, "events": [told]}, place, received_at)


def read_export(row: Mapping[str, Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    """Yield the event of a row of the BigQuery export, whose parameters are a list of keys and typed values."""
    told = (mapping(one) for one in listed(row.get("event_params")))
    params = {str(one.get("key")): _typed(mapping(one.get("value"))) for one in told}
    device, traffic = mapping(row.get("device")), mapping(row.get("traffic_source"))
    said = {"medium": traffic.get("medium"), **params, **mapping(row.get("ecommerce")), "items": row.get("items")}
    body = {
        "client_id": row.get("user_pseudo_id"),
        "user_id": row.get("user_id"),
        "timestamp_micros": row.get("event_timestamp"),
        "device": {"category": device.get("category"), "language": device.get("language")},
        "events": [{"name": row.get("event_name"), "params": said}],
    }
    yield from read_body(body, place, received_at)


def _event(
    body: Mapping[str, Any], told: Mapping[str, Any], *, where: str, received_at: datetime, alike: Counter[str]
) -> RawEvent | Reject:
    name, params = told.get("name"), mapping(told.get("params"))
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        text = "is no event of GA4 that a shop learns from: see docs/events.md for those that are"
        return reject(where, "name", name, reason=Reason.UNKNOWN_EVENT, text=text)
    at = first(told, "timestamp_micros") or first(body, "timestamp_micros") or first(params, "timestamp_micros")
    device = mapping(body.get("device"))
    engaged = params.get("engagement_time_msec")
    event = RawEvent(
        place=where,
        names=NAMES,
        source=SOURCE,
        kind=kind,
        id=_id(body, told, at=at or received_at.date(), alike=alike),
        at=at,
        customer_id=first(body, "user_id"),
        anonymous_id=first(body, "client_id", "app_instance_id"),
        items=_items(kind, params, where),
        currency=params.get("currency"),
        value=params.get("value"),
        order_number=params.get("transaction_id"),
        query=params.get("search_term"),
        language=first(device, "language") or params.get("language"),
        channel=first(params, "medium", "source", "campaign"),
        device=device.get("category"),
        duration_s=engaged / 1000 if isinstance(engaged, (int, float)) else None,
        user_agent=first(body, "user_agent") or first(params, "user_agent"),
        details={key: params[key] for key in _DETAILS if key in params},
    )
    return event


def _id(body: Mapping[str, Any], told: Mapping[str, Any], *, at: Any, alike: Counter[str]) -> str:
    name, params = told.get("name"), mapping(told.get("params"))
    who = (first(body, "user_id"), first(body, "client_id", "app_instance_id"))
    if (given := first(params, "event_id")) is not None:
        return f"{SOURCE}:{given}"
    if name == "purchase" and (number := first(params, "transaction_id")) is not None:
        return f"{SOURCE}:purchase:{content_id(who[0] or who[1], number)}"
    content = content_id(who, name, at, params)
    alike[content] += 1
    return f"{SOURCE}:{content}:{alike[content]}"


def _items(kind: Kind, params: Mapping[str, Any], where: str) -> tuple[RawItem, ...]:
    if kind is Kind.SHARE and params.get("item_id") and str(params.get("content_type", "product")).startswith("prod"):
        return (RawItem(place=f"{where}.params", product=params["item_id"]),)
    return tuple(
        RawItem(
            place=f"{where}.params.items[{number}]",
            product=first(item, "item_id", "id"),
            other=first(item, "sku", "item_variant_id"),
            variant=item.get("item_variant_id"),
            quantity=item.get("quantity"),
            price=item.get("price"),
            position=first(item, "index", "list_position"),
            currency=item.get("currency"),
        )
        for number, item in enumerate(mapping(one) for one in listed(params.get("items")))
    )


def _typed(value: Mapping[str, Any]) -> Any:
    return first(value, "string_value", "int_value", "double_value", "float_value")
