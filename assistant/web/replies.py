"""What people of the shop wrote to a visitor: drawn among the turns, and fetched by the page while a person answers."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request

from assistant.people.sessions import Session
from assistant.store.tickets import Message
from assistant.web.messages import read_language
from assistant.web.rendering import fragment
from assistant.web.storefront import Storefront
from assistant.web.visits import visit_of


def reply_routes(shop: Storefront) -> APIRouter:
    """Return the route that the page asks while a person has the conversation."""
    routes = APIRouter()

    @routes.get("/visit/replies", include_in_schema=False)
    async def replies(request: Request, after: int = 0, language: str = "en") -> dict[str, Any]:
        visit = visit_of(request.cookies, shop.tokens)
        if visit is None:
            return {"held": False, "replies": []}
        return await run_sync(lambda: fresh_replies(shop, visit, after, read_language(language, "en")))

    return routes


def fresh_replies(shop: Storefront, visit: Session, after: int, language: str) -> dict[str, Any]:
    """Return what was written since the message of number `after`, and whether a person has the conversation."""
    found = shop.tickets.for_session(visit.id, after=after)
    held = shop.tickets.of_session(visit.id) is not None
    return {"held": held, "replies": [drawn(message, language) for message in found]}


def drawn(message: Message, language: str) -> dict[str, Any]:
    """Return a reply as a turn of the page that begins with no word of the shopper's."""
    html = fragment("reply_of_a_person", {"text": message.text}, language)
    patch = {"slot": "handoff", "mode": "put", "html": html, "announce": message.text}
    return {
        "id": f"reply-{message.number}",
        "number": message.number,
        "message": "",
        "language": language,
        "patches": [patch],
    }
