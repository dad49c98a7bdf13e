"""One conversation that went to a person: read, take, have a reply drafted, edit, send, note, resolve. Forms alone.

What an agent did with a draft is recorded with how far they changed it; what is sent is always what stood in the box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.conversation.drafting.draft import LENGTHS, TONES, Draft, DraftRequest
from assistant.errors import NotFound, RegularsError
from assistant.people.desk_pass import AGENT
from assistant.store.drafts import AlreadyDecided, CannedReply
from assistant.store.tickets import Message, Ticket
from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import Back, View, nothing, person_view, segment_of
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings
from assistant.web.words import LANGUAGES, say

LONGEST_REPLY = 4_000
Act = Literal["take", "reply", "note", "reject", "resolve"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket as its page shows it.

    `view` is of its customer, `None` for a guest; `draft` is the one asked for, while nobody has decided about it.
    """

    ticket: Ticket
    messages: list[Message]
    view: View | None
    draft: Draft | None
    canned: list[CannedReply]


def ticket_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the page of one ticket and what can be done on it."""
    routes = APIRouter(dependencies=[Depends(door)])

    def page(request: Request, ticket_id: str, *, problem: str = "", draft: str = "", text: str = "") -> Response:
        language = language_for(request, settings.language)
        try:
            opened = _opened(shop, ticket_id, draft, language)
        except NotFound:
            return nothing(say("desk_no_ticket", language, id=ticket_id), shop=shop.name, language=language)
        html = document(
            "desk/ticket.html",
            language=language,
            shop=shop.name,
            opened=opened,
            view=opened.view,
            segment=segment_of(opened.view, language),
            currency=shop.catalogue.vocabulary().currency,
            problem=problem,
            written=text or (opened.draft.text if opened.draft else ""),
            longest=LONGEST_REPLY,
            tones=TONES,
            lengths=LENGTHS,
            languages=LANGUAGES,
        )
        return HTMLResponse(html, status_code=409 if problem else 200)

    @routes.get("/desk/tickets/{ticket_id}", include_in_schema=False)
    async def one(request: Request, ticket_id: str, draft: str = "") -> Response:
        return await run_sync(lambda: page(request, ticket_id, draft=draft))

    @routes.post("/desk/tickets/{ticket_id}", include_in_schema=False)
    async def act(
        request: Request,
        ticket_id: str,
        act: Annotated[Act, Form()],
        text: Annotated[str, Form(max_length=LONGEST_REPLY)] = "",
        draft: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        def done() -> Response:
            language = language_for(request, settings.language)
            try:
                done = _Done(shop, ticket_id, agent=door(request), draft=draft, language=language)
                problem = done.act(act, text.strip())
            except NotFound:
                return page(request, ticket_id)
            if problem:
                return page(request, ticket_id, problem=problem, draft=draft, text=text)
            place = "/desk/tickets" if act == "resolve" else f"/desk/tickets/{ticket_id}"
            return RedirectResponse(place, status_code=303)

        return await run_sync(done)

    @routes.post("/desk/tickets/{ticket_id}/draft", include_in_schema=False)
    async def drafted(
        request: Request,
        ticket_id: str,
        tone: Annotated[str, Form()] = "",
        length: Annotated[str, Form()] = "",
        spoken: Annotated[str, Form()] = "",
        apology: Annotated[str, Form()] = "",
        canned: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        wanted = DraftRequest(
            ticket_id=ticket_id,
            tone=next((one for one in TONES if one == tone), None),
            length=next((one for one in LENGTHS if one == length), None),
            language=spoken if spoken in LANGUAGES else None,
            apology=True if apology else None,
            canned=(canned,) if canned else (),
        )
        try:
            made = await shop.drafter.draft(wanted)
        except RegularsError as error:
            told = str(error)
            return await run_sync(lambda: page(request, ticket_id, problem=told))
        return RedirectResponse(f"/desk/tickets/{ticket_id}?draft={made.id}", status_code=303)

    return routes


@dataclass(frozen=True, slots=True)
class _Done:
    """What an agent does with a ticket, in the name that their pass holds."""

    shop: Back
    ticket_id: str
    agent: str
    draft: str
    language: str

    def act(self, act: Act, text: str) -> str:
        """Do it; return one sentence where it cannot be done."""
        ticket = self.shop.tickets.get(self.ticket_id, AGENT)
        if act == "resolve":
            self.shop.tickets.resolve(ticket.id, AGENT)
            self.shop.knowledge.propose(ticket.id, AGENT)
            return ""
        if act == "reject":
            return self._decide("")
        if act in ("reply", "note") and not text:
            return say("desk_nothing_written", self.language)
        mine = act == "note" or self.shop.tickets.take(ticket.id, self.agent, AGENT)
        if not mine:
            return say("desk_taken_already", self.language, name=ticket.taken_by)
        if act == "reply":
            if self.draft and (problem := self._decide(text)):
                return problem
            self.shop.tickets.say(ticket.id, text, AGENT, author="agent")
        elif act == "note":
            self.shop.tickets.say(ticket.id, text, AGENT, author="note")
        return ""

    def _decide(self, text: str) -> str:
        """Record what became of the draft: sent as it was, sent edited, or thrown away."""
        try:
            self.shop.drafter.decide(self.draft, "edited" if text else "rejected", sent_text=_lines(text))
        except AlreadyDecided as error:
            return str(error)
        return ""


def _lines(text: str) -> str:
    """Return a text with the ends of lines that the draft has: a form sends them as two characters."""
    return text.replace("\r\n", "\n").strip()


def _opened(shop: Back, ticket_id: str, draft_id: str, language: str) -> Opened:
    ticket = shop.tickets.get(ticket_id, AGENT)
    view = _customer(shop, ticket, language)
    draft = _draft(shop, ticket, draft_id)
    canned = [one for one in shop.canned.all(AGENT) if one.language == ticket.language]
    return Opened(ticket, shop.tickets.messages(ticket.id, AGENT), view, draft, canned)


def _draft(shop: Back, ticket: Ticket, draft_id: str) -> Draft | None:
    """Return the ticket's own draft of this id that is still to be decided about."""
    if not draft_id:
        return None
    try:
        draft = shop.drafter.get(draft_id)
    except NotFound:
        return None
    return draft if draft.ticket_id == ticket.id and draft.status == "open" else None


def _customer(shop: Back, ticket: Ticket, language: str) -> View | None:
    try:
        return person_view(shop, ticket.customer_id, language) if ticket.customer_id else None
    except NotFound:
        return None
