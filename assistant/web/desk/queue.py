"""The queue of conversations that went to a person, and one of them: read, take, reply, note, resolve. Plain forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import NotFound
from assistant.people.desk_pass import AGENT
from assistant.store.tickets import Message, Status, Ticket, Urgency
from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import Back, View, nothing, person_view, segment_of
from assistant.web.messages import read_language
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings
from assistant.web.words import LANGUAGES, say

LONGEST_REPLY = 4_000
Act = Literal["take", "reply", "note", "resolve"]
SHOWN: dict[str, tuple[Status, ...]] = {
    "waiting": ("open", "taken"),
    "open": ("open",),
    "resolved": ("resolved",),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket as its page shows it; `view` is of its customer, `None` for a guest."""

    ticket: Ticket
    messages: list[Message]
    view: View | None


def queue_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the queue and the page of one ticket."""
    routes = APIRouter()

    @routes.get("/desk/tickets", include_in_schema=False, dependencies=[Depends(door)])
    async def queue(request: Request, status: str = "waiting", urgency: str = "", spoken: str = "") -> Response:
        language = read_language(request.cookies.get("language"), settings.language)
        wanted = SHOWN.get(status, SHOWN["waiting"])
        found = await run_sync(lambda: shop.tickets.queue(AGENT, status=wanted, limit=200))
        kept = [one for one in found if urgency in ("", one.urgency.name.lower()) and spoken in ("", one.language)]
        values = {"tickets": kept, "status": status, "urgency": urgency, "spoken": spoken, "languages": LANGUAGES}
        values["urgencies"] = [one.name.lower() for one in Urgency]
        names = await run_sync(lambda: _names(shop, kept))
        page = document("desk/queue.html", language=language, shop=shop.name, names=names, **values)
        return HTMLResponse(page)

    @routes.get("/desk/tickets/{ticket_id}", include_in_schema=False, dependencies=[Depends(door)])
    async def one(request: Request, ticket_id: str) -> Response:
        return await run_sync(lambda: _page(shop, request, ticket_id, settings))

    @routes.post("/desk/tickets/{ticket_id}", include_in_schema=False, dependencies=[Depends(door)])
    async def act(
        request: Request,
        ticket_id: str,
        act: Annotated[Act, Form()],
        text: Annotated[str, Form(max_length=LONGEST_REPLY)] = "",
    ) -> Response:
        def done() -> Response:
            language = read_language(request.cookies.get("language"), settings.language)
            try:
                problem = _do(shop, ticket_id, door(request), act=act, text=text.strip(), language=language)
            except NotFound:
                problem = ""
            if problem:
                return _page(shop, request, ticket_id, settings, problem=problem)
            place = "/desk/tickets" if act == "resolve" else f"/desk/tickets/{ticket_id}"
            return RedirectResponse(place, status_code=303)

        return await run_sync(done)

    return routes


def _do(shop: Back, ticket_id: str, agent: str, *, act: Act, text: str, language: str) -> str:
    """Do what the form asks; return one sentence where it cannot be done."""
    ticket = shop.tickets.get(ticket_id, AGENT)
    if act == "resolve":
        shop.tickets.resolve(ticket.id, AGENT)
        return ""
    if act in ("reply", "note") and not text:
        return say("desk_nothing_written", language)
    if act in ("take", "reply") and not shop.tickets.take(ticket.id, agent, AGENT) and ticket.taken_by != agent:
        return say("desk_taken_already", language, name=ticket.taken_by)
    if act == "reply":
        shop.tickets.say(ticket.id, text, AGENT, author="agent")
    elif act == "note":
        shop.tickets.say(ticket.id, text, AGENT, author="note")
    return ""


def _page(shop: Back, request: Request, ticket_id: str, settings: WebSettings, *, problem: str = "") -> Response:
    language = read_language(request.cookies.get("language"), settings.language)
    try:
        ticket = shop.tickets.get(ticket_id, AGENT)
    except NotFound:
        return nothing(say("desk_no_ticket", language, id=ticket_id), shop=shop.name, language=language)
    view = _customer(shop, ticket, language)
    opened = Opened(ticket, shop.tickets.messages(ticket.id, AGENT), view)
    page = document(
        "desk/ticket.html",
        language=language,
        shop=shop.name,
        opened=opened,
        view=view,
        segment=segment_of(view, language),
        currency=shop.catalogue.vocabulary().currency,
        problem=problem,
        longest=LONGEST_REPLY,
    )
    return HTMLResponse(page, status_code=409 if problem else 200)


def _customer(shop: Back, ticket: Ticket, language: str) -> View | None:
    try:
        return person_view(shop, ticket.customer_id, language) if ticket.customer_id else None
    except NotFound:
        return None


def _names(shop: Back, tickets: list[Ticket]) -> dict[str, str]:
    held = shop.customers.of_ids([one.customer_id for one in tickets if one.customer_id], AGENT)
    return {id_: customer.name for id_, customer in held.items()}
