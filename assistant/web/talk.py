"""One turn for the page: the parts of the conversation as growing lists of patches.

Each value holds every patch so far, so that none is lost where the browser draws two at once.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

from anyio.to_thread import run_sync

from assistant.conversation.parts import CartShown, Done, as_json
from assistant.conversation.turn import TurnRequest
from assistant.people.sessions import Session
from assistant.web.counter import cart_panel
from assistant.web.messages import BadMessage, read_message
from assistant.web.rendering import Patch, TurnView
from assistant.web.storefront import Storefront
from assistant.web.words import say

log = logging.getLogger("regulars.web")


async def talk(
    shop: Storefront, visit: Session, asked: Mapping[str, Any], language: str
) -> AsyncIterator[dict[str, Any]]:
    """Yield the state of one turn after each of its parts; the last one is `done`, and may hold a `problem`."""
    view = TurnView(str(asked.get("id", "")), language)
    patches: list[Patch] = []
    number = asked.get("number")
    try:
        request = _request(visit, asked, language)
    except BadMessage as problem:
        yield {"number": number, "patches": [], "done": True, "problem": str(problem)}
        return
    more: dict[str, Any] = {}
    turn_id = ""
    try:
        async with aclosing(shop.conversation.turn(request)) as parts:  # type: ignore[type-var]
            async for part in parts:
                patches.extend(view.take(as_json(part)))
                if isinstance(part, Done):
                    turn_id = str(part.trace.get("turn_id", ""))
                if isinstance(part, CartShown):
                    more["cart"] = await _cart(shop, visit, language)
                yield {"number": number, "patches": list(patches), "done": False, **more}
        patches.extend(view.finish(turn_id))  # only now is the turn kept, so that a thumb finds it
    except Exception:
        log.exception("a turn failed")
        more["problem"] = say("error_turn", language)
    yield {"number": number, "patches": list(patches), "done": True, **more}


def _request(visit: Session, asked: Mapping[str, Any], language: str) -> TurnRequest:
    drop = asked.get("drop")
    message = read_message(asked.get("message"), language) if not drop else ""
    return TurnRequest(
        session_id=visit.id,
        message=message,
        principal=visit.principal,
        language=language,
        drop_chip=str(drop) if drop else None,
    )


async def _cart(shop: Storefront, visit: Session, language: str) -> dict[str, Any]:
    cart = await run_sync(lambda: shop.carts.show(visit.id, principal=visit.principal, language=language))
    return cart_panel(cart, language)
