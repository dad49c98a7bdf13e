"""Events over HTTP: GA4's and Segment's bodies as they are, one or many, on disk before the answer.

    POST /v1/events                                     any format, one object, a list, or a line each
    POST /mp/collect                                    GA4's own path
    POST /v1/batch, /v1/track, /v1/identify, …          Segment's own paths

The answer accounts for every event; `docs/events.md` shows each. Knows no format.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.behaviour.intake import Intake, Receipt
from assistant.behaviour.raw import RawEvent, Reject
from assistant.behaviour.reading import broken, read_text, read_value
from assistant.errors import StoreUnavailable
from assistant.store.principal import SYSTEM
from assistant.web.event_access import may_send
from assistant.web.storefront import WebSettings

MOST_BYTES = 8 * 1024 * 1024
"""Of one body, unpacked; Segment sends at most half a megabyte."""
SEGMENT_CALLS = ("track", "identify", "alias", "page", "screen")
REFUSED = (
    "events are taken from those who show the key that SHOP_EVENTS_KEY holds; "
    "without that setting only programs on the shop's own machine may send them"
)


class TooLarge(ValueError):
    """A body beyond `MOST_BYTES`."""


def event_routes(intake: Intake, settings: WebSettings) -> APIRouter:
    """Return the routes by which other systems tell what people did."""
    routes = APIRouter()

    @routes.post("/v1/events")
    async def events(request: Request) -> JSONResponse:
        """Take events in any of the formats, and say what became of each."""
        return await _answered(intake, settings, request, "auto")

    @routes.post("/mp/collect")
    async def collect(request: Request) -> JSONResponse:
        """Take a body of GA4's Measurement Protocol; `api_secret` is the key."""
        return await _answered(intake, settings, request, "ga4")

    @routes.post("/v1/batch")
    async def batch(request: Request) -> JSONResponse:
        """Take a batch of Segment calls; `writeKey`, or the user name of the basic authorisation, is the key."""
        return await _answered(intake, settings, request, "segment")

    @routes.post("/v1/{call}")
    async def one(call: str, request: Request) -> JSONResponse:
        """Take one Segment call, named by its path."""
        if call not in SEGMENT_CALLS:
            return JSONResponse({"error": f"there is no call {call[:40]!r} for events"}, status_code=404)
        return await _answered(intake, settings, request, "segment", call=call)

    return routes


async def _answered(
    intake: Intake, settings: WebSettings, request: Request, form: str, *, call: str | None = None
) -> JSONResponse:
    received_at = datetime.now(UTC)
    try:
        raw = await read_body(request)
    except TooLarge as error:
        return JSONResponse({"error": str(error)}, status_code=413)
    except zlib.error as error:
        return JSONResponse({"error": f"the body is no gzip: {error}"}, status_code=400)

    def work() -> tuple[int, dict[str, Any]]:
        return _taken(intake, settings, request, raw, form=form, call=call, received_at=received_at)

    status, told = await run_sync(work)
    return JSONResponse(told, status_code=status)


def _taken(
    intake: Intake,
    settings: WebSettings,
    request: Request,
    raw: bytes,
    *,
    form: str,
    call: str | None,
    received_at: datetime,
) -> tuple[int, dict[str, Any]]:
    """Return the status and the answer to a body. Blocks until what is accepted is on disk."""
    text = raw.decode("utf-8", "replace")
    body = _parsed(text)
    if not may_send(request, body, settings):
        return 401, {"error": REFUSED}
    if isinstance(body, dict) and call and "type" not in body:
        body["type"] = call
    try:
        receipt = intake.take(_read(text, body, received_at, form), SYSTEM, received_at=received_at)
    except StoreUnavailable as error:
        return 503, {"error": f"nothing was kept, send it again: {error}"}
    return _status(receipt), receipt.to_json()


def _parsed(text: str) -> Any:
    """Return what a text says as one JSON value, `None` where it is none; lines are parsed when they are read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _read(text: str, body: Any, received_at: datetime, form: str) -> Iterable[RawEvent | Reject]:
    if body is not None:
        return read_value(body, "", received_at, form=form)
    if not text.strip():
        return [broken("body", text, ValueError("it is empty"))]
    return read_text(text, received_at, form=form)


def _status(receipt: Receipt) -> int:
    """A body of which nothing could be read is a bad request; anything else was dealt with, whatever came of it."""
    unreadable = receipt.reasons["broken_json"] + receipt.reasons["bad_form"]
    return 400 if unreadable and unreadable == receipt.rejected and not receipt.accepted + receipt.duplicates else 200


async def read_body(request: Request) -> bytes:
    """Return a request's body, unpacked.

    Raises:
        TooLarge: it is larger than `MOST_BYTES`.
        zlib.error: it says that it is gzip and is not.
    """
    parts: list[bytes] = []
    size = 0
    unpack = zlib.decompressobj(31) if request.headers.get("content-encoding", "").lower() == "gzip" else None
    async for part in request.stream():
        piece = unpack.decompress(part, MOST_BYTES + 1) if unpack else part
        size += len(piece)
        if size > MOST_BYTES or (unpack and unpack.unconsumed_tail):
            raise TooLarge(f"a body of more than {MOST_BYTES:,} bytes cannot be taken: send it in smaller batches")
        parts.append(piece)
    return b"".join(parts)
