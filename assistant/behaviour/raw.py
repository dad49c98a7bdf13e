"""An event as a payload told it, before anything of it is believed, and why one is not taken.

The readers of GA4, Segment and our own lines make these, `cleaning` turns them into events. Knows no format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assistant.behaviour.event import Kind

MOST_SHOWN = 120
"""Characters of a refused value that are told."""


class Reason(StrEnum):
    """Why an event, or a part of one, is not taken as it came."""

    BROKEN_JSON = "broken_json"
    BAD_FORM = "bad_form"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_PRODUCT = "unknown_product"
    NO_PERSON = "no_person"
    MISSING = "missing"
    BAD_QUANTITY = "bad_quantity"
    BAD_MONEY = "bad_money"
    BAD_RATING = "bad_rating"
    BAD_TIME = "bad_time"
    CLOCK_SKEW = "clock_skew"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Reject:
    """What is not taken: where it stood ("events[3]", "line 7"), which field with which value, and why in words."""

    place: str
    field: str
    value: str
    reason: Reason
    text: str


def reject(place: str, field: str, value: object, *, reason: Reason, text: str) -> Reject:
    """Return a reject that shows the beginning of a value of any kind."""
    shown = value if isinstance(value, str) else repr(value)
    return Reject(place, field, shown[:MOST_SHOWN], reason, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """A product as it was named. `other` is a second name for it (an SKU), asked where the first is unknown."""

    place: str
    product: Any
    other: Any = None
    variant: Any = None
    quantity: Any = None
    price: Any = None
    position: Any = None
    currency: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEvent:
    """An event as it was told. `names` gives what this format calls our fields, for messages that say what is wrong.

    `sent_at` is what the sender's clock showed when it sent, where it says so. `user_agent` is of the shopper's
    browser, not of the server that passes an event on.
    """

    place: str
    names: Mapping[str, str]
    source: str
    kind: Kind
    id: str
    at: Any = None
    sent_at: Any = None
    customer_id: Any = None
    anonymous_id: Any = None
    items: tuple[RawItem, ...] = ()
    currency: Any = None
    value: Any = None
    order_number: Any = None
    query: Any = None
    rating: Any = None
    language: Any = None
    channel: Any = None
    device: Any = None
    duration_s: Any = None
    user_agent: Any = None
    details: Mapping[str, Any] = field(default_factory=dict)


def content_id(*content: Any) -> str:
    """Return an id that the same content always has: 32 hexadecimal digits.

    >>> content_id("view_item", {"b": 1, "a": 2}) == content_id("view_item", {"a": 2, "b": 1})
    True
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def first(given: Mapping[str, Any], *names: str) -> Any:
    """Return the first value that is there and not empty, `None` where there is none."""
    return next((given[name] for name in names if given.get(name) not in (None, "")), None)


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object as it is, and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """Return a list as it is, one object as a list of it, and anything else as an empty one."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []
