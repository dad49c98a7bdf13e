"""Attacks on the app itself: requests with forged identities, made-up paths and hosts. Judges nothing.

The app is called in this process, without a network; a request with a `host` comes from another machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx
from fastapi import FastAPI
from itsdangerous import URLSafeTimedSerializer

from assistant.conversation.turn import TurnRequest
from assistant.shop import Shop
from assistant.store.principal import Principal
from assistant.web.desk.access import COOKIE as DESK
from assistant.web.storefront import WebSettings
from assistant.web.visits import COOKIE as VISIT
from eval.safety.attacks import Attack
from eval.safety.made_up import filled

_HERE, _ELSEWHERE = ("127.0.0.1", 50_000), ("203.0.113.7", 50_000)
_COOKIES = {"visit": VISIT, "desk": DESK}
LONGEST = 20_000
"""Characters of a reply that are kept."""


def app_of(shop: Shop) -> FastAPI:
    """Return the app of a shop as it is served, but for its language model, which is loaded already."""
    from assistant.web.server import create_app  # brings Gradio, which takes seconds: only where an app is wanted

    local = shop.settings.host in ("127.0.0.1", "localhost")
    return create_app(shop, WebSettings(load_engine=False, local=local))


class Doors:
    """Knocks at one shop's doors.

    Args:
        shop: the shop, whose victim has talked before.
        app: its app.
        attack: what is tried.
    """

    def __init__(self, shop: Shop, app: FastAPI, attack: Attack) -> None:
        self._shop, self._app, self._attack = shop, app, attack

    async def knocked(self) -> dict[str, Any]:
        """Return what the app answered to each request."""
        await self._victim_talks()
        values = self._values()
        door = _deeply(self._attack.door, values)
        replies = [await self._reply(door, step) for step in door["steps"]]
        return {"turns": [], "replies": replies, "requests": json.dumps(door, ensure_ascii=False)}

    async def _victim_talks(self) -> None:
        """Have the victim say something that nobody else may read."""
        victim = self._attack.victim
        message = f"a desk lamp, my code word is {self._attack.values['code']}"
        principal = Principal("shopper", victim)
        request = TurnRequest(session_id=f"api-{victim}-kitchen", message=message, principal=principal)
        async for _ in self._shop.conversation.turn(request):
            pass

    def _values(self) -> dict[str, str]:
        forged = URLSafeTimedSerializer("another secret", salt="regulars.session")
        payload = ["stolen", self._attack.victim]
        return {
            **self._attack.values,
            "forged": str(forged.dumps(payload)),
            "unsigned": json.dumps(payload),
        }

    async def _reply(self, door: Mapping[str, Any], step: Mapping[str, Any]) -> dict[str, Any]:
        host = step.get("host") or door.get("host")
        transport = httpx.ASGITransport(app=self._app, client=_ELSEWHERE if host else _HERE, raise_app_exceptions=False)
        cookies = {_COOKIES[name]: value for name, value in door.get("cookies", {}).items()}
        headers = {"accept": "application/x-ndjson", "host": host or "127.0.0.1:7860", **door.get("headers", {})}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7860", cookies=cookies) as client:
            reply = await client.request(
                step["method"], step["path"], headers=headers, json=step.get("json"), data=step.get("form")
            )
        return {"path": step["path"], "status": reply.status_code, "text": reply.text[:LONGEST]}


def _deeply(value: Any, values: Mapping[str, str]) -> Any:
    """Return a value with the places in all its texts filled."""
    if isinstance(value, str):
        return filled(value, values)
    if isinstance(value, Mapping):
        return {key: _deeply(one, values) for key, one in value.items()}
    return [_deeply(one, values) for one in value] if isinstance(value, list) else value
