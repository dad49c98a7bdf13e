"""Who may send the events of other systems: whoever shows the key, or, where the shop has none, this machine alone.

An event names whose it is, so that whoever may send one may write anybody's history. Hence a key belongs to servers (a
tag server, a customer data platform, a nightly job), never to a page that shoppers load. Knows no event.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from assistant.web.storefront import WebSettings, is_loopback

# A proxy on this machine makes everybody look local; these headers tell that there is one, or that a web page asks.
_FROM_ELSEWHERE = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via", "origin", "referer")


def may_send(request: Request, body: Any, settings: WebSettings) -> bool:
    """Return whether events may come from here: by key, or by being this machine where no key is set."""
    if settings.events_key:
        wanted = settings.events_key.encode()
        return any(hmac.compare_digest(shown.encode(), wanted) for shown in _shown(request, body))
    return settings.local and _from_this_machine(request)


def _shown(request: Request, body: Any) -> list[str]:
    """Return the keys that a request shows, in each of the places where GA4 and Segment put one."""
    told: Mapping[str, Any] = body if isinstance(body, dict) else {}
    kind, _, rest = request.headers.get("authorization", "").partition(" ")
    shown = [request.query_params.get("api_secret"), told.get("writeKey"), _basic(rest) if kind == "Basic" else rest]
    return [key for key in shown if isinstance(key, str) and key]


def _basic(encoded: str) -> str:
    try:
        return base64.b64decode(encoded, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _from_this_machine(request: Request) -> bool:
    near = request.client is not None and is_loopback(request.client.host)
    asked = is_loopback(request.headers.get("host", ""))
    return near and asked and not any(name in request.headers for name in _FROM_ELSEWHERE)
