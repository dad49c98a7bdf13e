"""The HTTP API for scripts and evaluations: turns as a stream of parts, products, carts.

Each handler finds out who asks: a customer must be one that this machine's visitor may sign in as. Sessions named by a
script live apart from those of browsers, so that no name can reach into somebody's conversation.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import asdict
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from assistant.conversation.parts import Done, Part, as_json
from assistant.conversation.turn import TurnRequest
from assistant.errors import NotAllowed, NotFound
from assistant.people.sessions import Session
from assistant.service.cart import CartOutcome
from assistant.web.counter import cart_json, outcome_text
from assistant.web.messages import BadMessage, read_language, read_message
from assistant.web.storefront import Storefront, WebSettings, is_loopback
from assistant.web.words import say

log = logging.getLogger("regulars.web")

SessionName = Annotated[str, Field(pattern=r"^[\w.:@-]{1,100}$", description="Any name; the same name goes on.")]
CustomerId = Annotated[str | None, Field(max_length=100, description="Whom to ask as, where the demo sign-in is on.")]


class TurnBody(BaseModel):
    """One message. `language` is what is answered in where the message does not tell."""

    session: SessionName
    message: str = ""
    language: str | None = None
    customer: CustomerId = None
    drop_chip: str | None = None


class LineBody(BaseModel):
    """A variant and how many of it."""

    session: SessionName
    variant: str
    quantity: Annotated[int, Field(ge=0, le=999)] = 1
    language: str | None = None
    customer: CustomerId = None


def api(shop: Storefront, settings: WebSettings) -> APIRouter:
    """Return the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    def visit(request: Request, session: str, customer: str | None) -> Session:
        return _visit(shop, request, session, customer)

    @routes.post("/turn")
    async def turn(body: TurnBody, request: Request, accept: Annotated[str, Header()] = "") -> StreamingResponse:
        """Answer one message with a stream of parts: server-sent events, or JSON lines where those are asked for."""
        language = read_language(body.language, settings.language)
        try:
            message = read_message(body.message, language) if not body.drop_chip else ""
        except BadMessage as problem:
            raise HTTPException(422, str(problem)) from problem
        who = await run_sync(lambda: visit(request, body.session, body.customer))
        asked = TurnRequest(
            session_id=who.id,
            message=message,
            principal=who.principal,
            language=language,
            drop_chip=body.drop_chip,
        )
        lines = "application/x-ndjson" in accept or "application/jsonl" in accept
        media = "application/x-ndjson" if lines else "text/event-stream"
        form = "{}\n" if lines else "data: {}\n\n"
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(_parts(shop, asked, form, language), media_type=media, headers=headers)

    @routes.get("/products/{product_id:path}")
    def product(product_id: str) -> dict[str, Any]:
        """Return one product as the catalogue has it."""
        found = shop.catalogue.get([product_id]).get(product_id)
        if found is None:
            raise HTTPException(404, str(NotFound("product", product_id)))
        return asdict(found)

    @routes.get("/cart")
    def cart(
        request: Request,
        session: Annotated[str, Query(pattern=r"^[\w.:@-]{1,100}$")],
        customer: str | None = None,
        language: str | None = None,
    ) -> dict[str, Any]:
        """Return the cart of a session."""
        who = visit(request, session, customer)
        return _cart(shop, who, read_language(language, settings.language))

    @routes.post("/cart/lines")
    def add(body: LineBody, request: Request) -> dict[str, Any]:
        """Put more of a variant into the cart."""
        who, language = visit(request, body.session, body.customer), read_language(body.language, settings.language)
        if body.quantity < 1:
            raise HTTPException(422, f"quantity {body.quantity} cannot be added: give a number from 1")
        outcome = shop.carts.add(
            who.id, body.variant, principal=who.principal, quantity=body.quantity, language=language
        )
        return _changed(shop, who, outcome, language)

    @routes.put("/cart/lines")
    def change(body: LineBody, request: Request) -> dict[str, Any]:
        """Set how many of a variant are in the cart; 0 takes it out."""
        who, language = visit(request, body.session, body.customer), read_language(body.language, settings.language)
        outcome = shop.carts.change(
            who.id, body.variant, quantity=body.quantity, principal=who.principal, language=language
        )
        return _changed(shop, who, outcome, language)

    return routes


def _visit(shop: Storefront, request: Request, session: str, customer: str | None) -> Session:
    """Return who asks. Blocks on the store.

    Raises:
        HTTPException: the customer may not be signed in as from here, or does not exist.
    """
    if customer is None:
        return Session(f"api-{session}")
    try:
        if not is_loopback(request.headers.get("host", "")):
            raise NotAllowed("a visitor", "sign in as a demo customer from another machine")
        return Session(f"api-{customer}-{session}", shop.sign_in.sign_in(customer))
    except NotAllowed as error:
        raise HTTPException(403, str(error)) from error
    except NotFound as error:
        raise HTTPException(404, str(error)) from error


async def _parts(shop: Storefront, asked: TurnRequest, form: str, language: str) -> AsyncIterator[str]:
    try:
        async with aclosing(shop.conversation.turn(asked)) as parts:  # type: ignore[type-var]
            async for part in parts:
                yield form.format(json.dumps(_sent(part), ensure_ascii=False))
    except Exception:
        log.exception("a turn failed")
        problem = {"type": "problem", "text": say("error_turn", language)}
        yield form.format(json.dumps(problem, ensure_ascii=False))


def _sent(part: Part) -> dict[str, Any]:
    """Return a part as it leaves the shop: without what a model said and was not believed."""
    sent = as_json(part)
    if isinstance(part, Done):
        sent["trace"] = {name: value for name, value in part.trace.items() if name != "rejected"}
    return sent


def _cart(shop: Storefront, who: Session, language: str) -> dict[str, Any]:
    return cart_json(shop.carts.show(who.id, principal=who.principal, language=language), language)


def _changed(shop: Storefront, who: Session, outcome: CartOutcome, language: str) -> dict[str, Any]:
    cart = shop.carts.show(who.id, principal=who.principal, language=language)
    text = outcome_text(outcome, cart, language)
    return {"outcome": outcome.kind, "text": text, "cart": cart_json(cart, language)}
