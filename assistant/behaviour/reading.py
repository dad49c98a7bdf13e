"""Tells which format a payload is in, and reads the events in it: one object, a list of them, or a line each.

A list may mix formats, since shops paste files together. Knows no product and believes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from assistant.behaviour import ga4, plain, segment
from assistant.behaviour.raw import RawEvent, Reason, Reject, reject

FORMATS = ("auto", "ga4", "segment", "json")
_EXPECTED = "is no GA4 body, no Segment call and no line of ours: see docs/events.md for examples of each"


def read_text(text: str, received_at: datetime, *, form: str = "auto") -> Iterator[RawEvent | Reject]:
    """Yield the events of a text that is one JSON value, or one a line; a broken line is told and the others read."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith(("{", "[")) for _, line in lines[:2]):
            yield broken("", text, error)
            return
        for number, line in lines:
            yield from read_line(line, number, received_at, form=form)
        return
    yield from read_value(told, "", received_at, form=form)


def read_line(line: str, number: int, received_at: datetime, *, form: str = "auto") -> Iterator[RawEvent | Reject]:
    """Yield the events of one line of a file."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield broken(f"line {number}", line, error)
        return
    yield from read_value(told, f"line {number} ", received_at, form=form)


def read_value(told: Any, place: str, received_at: datetime, *, form: str = "auto") -> Iterator[RawEvent | Reject]:
    """Yield the events of a parsed payload; `place` says where it stood."""
    if isinstance(told, list) and told[:1] == ["event"]:
        yield from ga4.read_command(told, place, received_at)
    elif isinstance(told, list) and not place.endswith("."):  # a list within a list is no form of anybody
        for number, one in enumerate(told):
            yield from read_value(one, f"{place}[{number}].", received_at, form=form)
    elif isinstance(told, dict):
        yield from _object(told, place, received_at, form)
    else:
        yield reject(_where(place), "body", told, reason=Reason.BAD_FORM, text=_EXPECTED)


def broken(place: str, text: str, error: Exception) -> Reject:
    """Return the reject of a text that is no JSON."""
    return reject(place or "body", "", text, reason=Reason.BROKEN_JSON, text=f"is no JSON: {error}")


def _object(told: dict[str, Any], place: str, received_at: datetime, form: str) -> Iterator[RawEvent | Reject]:
    found = _form(told) if form == "auto" else form
    if found == "ga4":
        yield from _ga4(told, place, received_at)
    elif found == "segment" and "batch" in told:
        yield from segment.read_batch(told, place, received_at)
    elif found == "segment":
        yield from segment.read_call(told, _where(place), received_at)
    elif found == "json":
        yield from plain.read_line(told, _where(place), received_at)
    else:
        yield reject(_where(place), "body", json.dumps(told), reason=Reason.BAD_FORM, text=_EXPECTED)


def _ga4(told: dict[str, Any], place: str, received_at: datetime) -> Iterator[RawEvent | Reject]:
    if "event_name" in told:
        yield from ga4.read_export(told, place, received_at)
    elif "event" in told:
        yield from ga4.read_push(told, place, received_at)
    elif isinstance(told.get("events"), list):
        yield from ga4.read_body(told, place, received_at)
    else:
        yield reject(_where(place), "events", told.get("events"), reason=Reason.BAD_FORM, text=_EXPECTED)


def _form(told: dict[str, Any]) -> str | None:
    """Return the name of the format that an object is in, `None` where it is in none.

    >>> _form({"events": []}), _form({"event": "Product Viewed", "userId": "C-1"}), _form({"kind": "search"}), _form({})
    ('ga4', 'segment', 'json', None)
    """
    if "event_name" in told or "ecommerce" in told or isinstance(told.get("events"), list):
        return "ga4"
    if isinstance(told.get("batch"), list) or "type" in told:
        return "segment"
    if "event" in told:
        return "ga4" if isinstance(told["event"], str) and told["event"] in ga4.KINDS else "segment"
    return "json" if "kind" in told else None


def _where(place: str) -> str:
    return place.strip().rstrip(".") or "body"
