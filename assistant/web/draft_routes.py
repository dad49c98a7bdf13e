"""Drafts of replies over HTTP, for other help desks: made from a ticket or a message, kept, and decided about.

    POST /v1/drafts                   {"ticket_id": …} or {"message": …, "customer_id": …, "tone": …, "length": …}
    GET  /v1/drafts/{id}
    POST /v1/drafts/{id}/decision     {"decision": "accepted"|"edited"|"rejected", "text": …}

Who may open the desk may ask: with its pass or its key as a bearer token. Knows no wording and executes no action.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Protocol

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation.drafting.case import BadRequest
from assistant.conversation.drafting.draft import DraftRequest, Length, Tone, as_json
from assistant.conversation.drafting.drafter import Drafter
from assistant.errors import NotFound, StoreUnavailable
from assistant.store.drafts import AlreadyDecided, Decision, KeptDraft
from assistant.web.desk.access import DeskDoor, NotAtDesk

REFUSED = (
    "drafts are made for the shop's agents: send the key that SHOP_DESK_KEY holds as `Authorization: Bearer KEY`; "
    "without that setting only programs on the shop's own machine may ask"
)
LONGEST = 20_000


class DraftShop(Protocol):
    """What the routes need of a shop."""

    @property
    def drafter(self) -> Drafter:
        """Who drafts."""


class Wanted(BaseModel):
    """The body of a request for a draft."""

    model_config = ConfigDict(extra="forbid")
    message: Annotated[str, Field(max_length=LONGEST)] = ""
    ticket_id: Annotated[str, Field(max_length=64)] | None = None
    customer_id: Annotated[str, Field(max_length=64)] | None = None
    language: Literal["en", "zh"] | None = None
    tone: Tone | None = None
    length: Length | None = None
    apology: bool | None = None
    canned: Annotated[list[str], Field(max_length=5)] = []

    def request(self) -> DraftRequest:
        """Return it as the drafter takes it."""
        return DraftRequest(**self.model_dump() | {"canned": tuple(self.canned)})


class Decided(BaseModel):
    """The body that says what an agent did with a draft; `text` is what was sent."""

    model_config = ConfigDict(extra="forbid")
    decision: Decision
    text: Annotated[str, Field(max_length=LONGEST)] = ""


class Agents:
    """Lets agents and their programs in; to others it says how."""

    def __init__(self, door: DeskDoor) -> None:
        self._door = door

    def __call__(self, request: Request) -> None:
        """Let the request through.

        Raises:
            HTTPException: 401, it shows neither a pass nor the key, nor comes from this machine where there is no key.
        """
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        passes = self._door.passes
        if kind.lower() == "bearer" and (passes.holder(shown.strip()) or passes.issue(shown.strip())):
            return
        try:
            self._door(request)
        except NotAtDesk as error:
            raise HTTPException(401, REFUSED) from error


def draft_routes(shop: DraftShop, door: DeskDoor) -> APIRouter:
    """Return the routes by which drafts are asked for."""
    routes = APIRouter(dependencies=[Depends(Agents(door))])

    @routes.post("/v1/drafts", status_code=201)
    async def draft(wanted: Wanted) -> dict[str, Any]:
        """Draft a reply and keep it."""
        try:
            return as_json(await shop.drafter.draft(wanted.request()))
        except (NotFound, BadRequest, StoreUnavailable) as error:
            raise refused(error) from error

    @routes.get("/v1/drafts/{draft_id}")
    async def see(draft_id: str) -> dict[str, Any]:
        """Return a draft as it stands."""
        try:
            return as_json(await run_sync(shop.drafter.get, draft_id))
        except (NotFound, StoreUnavailable) as error:
            raise refused(error) from error

    @routes.post("/v1/drafts/{draft_id}/decision")
    async def decide(draft_id: str, decided: Decided) -> dict[str, Any]:
        """Record what became of a draft."""

        def work() -> KeptDraft:
            return shop.drafter.decide(draft_id, decided.decision, sent_text=decided.text)

        try:
            kept = await run_sync(work)
        except (NotFound, AlreadyDecided, StoreUnavailable) as error:
            raise refused(error) from error
        return {
            "id": kept.id,
            "status": kept.status,
            "edit_distance": kept.edit_distance,
            "sent_text": kept.sent_text,
            "decided_at": kept.decided_at.isoformat() if kept.decided_at else None,
        }

    return routes


def refused(error: Exception) -> HTTPException:
    """Return an error as HTTP says it, in its own one sentence."""
    status = {NotFound: 404, BadRequest: 422, AlreadyDecided: 409, StoreUnavailable: 503}
    return HTTPException(next(code for kind, code in status.items() if isinstance(error, kind)), str(error))
