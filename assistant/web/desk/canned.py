"""Replies that the shop keeps for use again: agents write them, drafts take them in. Plain forms."""

from __future__ import annotations

from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.people.desk_pass import AGENT
from assistant.store.drafts import CannedReply
from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import Back
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings
from assistant.web.words import LANGUAGES

LONGEST = 2_000


def canned_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the page of kept replies and what can be done on it."""
    routes = APIRouter(dependencies=[Depends(door)])

    @routes.get("/desk/canned", include_in_schema=False)
    async def see(request: Request) -> Response:
        language = language_for(request, settings.language)
        replies = await run_sync(lambda: shop.canned.all(AGENT))
        values = {"replies": replies, "languages": LANGUAGES, "longest": LONGEST}
        return HTMLResponse(document("desk/canned.html", language=language, shop=shop.name, **values))

    @routes.post("/desk/canned", include_in_schema=False)
    async def act(
        act: Annotated[Literal["put", "remove"], Form()],
        id: Annotated[str, Form(max_length=64, pattern="^[a-z0-9-]+$")],
        spoken: Annotated[Literal["en", "zh"], Form()],
        title: Annotated[str, Form(max_length=120)] = "",
        text: Annotated[str, Form(max_length=LONGEST)] = "",
    ) -> Response:
        def done() -> None:
            if act == "remove":
                shop.canned.remove(id, spoken, AGENT)
            elif title.strip() and text.strip():
                shop.canned.put(CannedReply(id, spoken, title.strip(), text.strip()), AGENT)

        await run_sync(done)
        return RedirectResponse("/desk/canned", status_code=303)

    return routes
