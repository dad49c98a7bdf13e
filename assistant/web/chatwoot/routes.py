"""The webhook `POST /hooks/chatwoot`: checks the signature, keeps the message, and answers before it is drafted."""

from __future__ import annotations

import json
import time
import zlib

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.errors import StoreUnavailable
from assistant.web.chatwoot.event import message_of, signed
from assistant.web.chatwoot.inbox import Inbox
from assistant.web.chatwoot.notes import ChatwootSettings
from assistant.web.event_routes import TooLarge, read_body

OFF = "Chatwoot is not connected: set SHOP_CHATWOOT_URL, SHOP_CHATWOOT_TOKEN and SHOP_CHATWOOT_SECRET"
UNSIGNED = (
    "the signature does not fit: Chatwoot signs each delivery with the secret of its webhook, which has to be the one "
    "in SHOP_CHATWOOT_SECRET, and the clocks may differ by five minutes"
)


def chatwoot_routes(settings: ChatwootSettings | None, inbox: Inbox | None) -> APIRouter:
    """Return the route that Chatwoot calls; without settings it says what is missing."""
    routes = APIRouter()

    @routes.post("/hooks/chatwoot")
    async def hook(request: Request) -> JSONResponse:
        """Take an event; 200 means that it is on disk, or that there is nothing to do."""
        if settings is None or inbox is None:
            return JSONResponse({"error": OFF}, status_code=404)
        try:
            body = await read_body(request)
        except TooLarge as error:
            return JSONResponse({"error": str(error)}, status_code=413)
        except zlib.error as error:
            return JSONResponse({"error": f"the body is no gzip: {error}"}, status_code=400)
        if not signed(body, request.headers, secret=settings.secret, now=time.time()):
            return JSONResponse({"error": UNSIGNED}, status_code=401)
        try:
            message = message_of(json.loads(body))
        except (ValueError, RecursionError) as error:
            return JSONResponse({"error": f"the body is no JSON: {error}"}, status_code=400)
        if message is None:
            return JSONResponse({"taken": False})
        try:
            return JSONResponse({"taken": await inbox.take(message)})
        except StoreUnavailable as error:
            return JSONResponse({"error": f"nothing was kept, send it again: {error}"}, status_code=503)

    return routes
