"""Stock and prices over HTTP, between two feeds: `POST /v1/stock` with a list of changes. Knows no table.

[{"variant": "BAG-BACKPACK-01-RUST", "stock": 3, "price": "61.95"}]
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.service.exports.columns import Columns
from assistant.service.exports.stock import NAMES, apply, stock_rows
from assistant.web.event_access import may_send
from assistant.web.event_routes import REFUSED, TooLarge, read_body
from assistant.web.storefront import WebSettings
from index.catalogue import Catalogue

MOST_TOLD = 100


def stock_routes(catalogue: Catalogue, settings: WebSettings) -> APIRouter:
    """Return the route by which other systems tell what there is and what it costs."""
    routes = APIRouter()

    @routes.post("/v1/stock")
    async def stock(request: Request) -> JSONResponse:
        """Change variants; each is looked up by its id, and what is refused is told."""
        try:
            body = json.loads(await read_body(request))
        except TooLarge as error:
            return JSONResponse({"error": str(error)}, status_code=413)
        except (ValueError, RecursionError, zlib.error) as error:
            return JSONResponse({"error": f"the body is no JSON: {error}"}, status_code=400)
        if not may_send(request, body, settings):
            return JSONResponse({"error": REFUSED}, status_code=401)
        changes = body.get("changes") if isinstance(body, dict) else body
        if not isinstance(changes, list):
            return JSONResponse({"error": "a list of changes is expected, or an object with one"}, status_code=400)
        return JSONResponse(await run_sync(lambda: _changed(catalogue, changes)))

    return routes


def _changed(catalogue: Catalogue, changes: list[Any]) -> dict[str, Any]:
    known = Columns(NAMES, catalogue.vocabulary().currency)
    done = apply(stock_rows(changes), catalogue, known)
    told = [
        {"place": f"changes[{one.row}]", "field": one.field, "value": one.value, "text": one.reason}
        for one in done.rejects[:MOST_TOLD]
    ]
    return {"changed": done.written, "rejected": len(done.rejects), "rejects": told}
