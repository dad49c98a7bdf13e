"""The queue of conversations that went to a person, with its filters. Plain forms."""

from __future__ import annotations

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.people.desk_pass import AGENT
from assistant.store.tickets import Status, Ticket, Urgency
from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import Back
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings
from assistant.web.words import LANGUAGES

SHOWN: dict[str, tuple[Status, ...]] = {
    "waiting": ("open", "taken"),
    "open": ("open",),
    "resolved": ("resolved",),
}


def queue_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the queue."""
    routes = APIRouter()

    @routes.get("/desk/tickets", include_in_schema=False, dependencies=[Depends(door)])
    async def queue(request: Request, status: str = "waiting", urgency: str = "", spoken: str = "") -> Response:
        language = language_for(request, settings.language)
        wanted = SHOWN.get(status, SHOWN["waiting"])
        found = await run_sync(lambda: shop.tickets.queue(AGENT, status=wanted, limit=200))
        kept = [one for one in found if urgency in ("", one.urgency.name.lower()) and spoken in ("", one.language)]
        values = {"tickets": kept, "status": status, "urgency": urgency, "spoken": spoken, "languages": LANGUAGES}
        values["urgencies"] = [one.name.lower() for one in Urgency]
        names = await run_sync(lambda: _names(shop, kept))
        page = document("desk/queue.html", language=language, shop=shop.name, names=names, **values)
        return HTMLResponse(page)

    return routes


def _names(shop: Back, tickets: list[Ticket]) -> dict[str, str]:
    held = shop.customers.of_ids([one.customer_id for one in tickets if one.customer_id], AGENT)
    return {id_: customer.name for id_, customer in held.items()}
