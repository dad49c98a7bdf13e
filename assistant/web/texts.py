"""The shop's policies and articles for everybody to read, each as it was in the version that an answer cites."""

from __future__ import annotations

from typing import Protocol

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.service.policies import Policies
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings


class TextShop(Protocol):
    """What the pages of texts need."""

    @property
    def name(self) -> str:
        """The shop's name as shown."""

    @property
    def policies(self) -> Policies:
        """The shop's rules, paragraph by paragraph."""


def text_routes(shop: TextShop, settings: WebSettings) -> APIRouter:
    """Return the page of one text: "/source/policy/returns@3", or "/source/policy/returns" as it is now."""
    routes = APIRouter()

    @routes.get("/source/policy/{reference}", include_in_schema=False)
    async def see(request: Request, reference: str, language: str = "") -> Response:
        spoken = language or language_for(request, settings.language)
        return await run_sync(lambda: _page(shop, reference[:200], spoken))

    return routes


def _page(shop: TextShop, reference: str, language: str) -> Response:
    text = shop.policies.cited(reference, language)
    now = shop.policies.cited(reference.partition("@")[0], language) if text else []
    changed = bool(text) and (not now or now[0].version != text[0].version)
    html = document("text.html", language=language, shop=shop.name, text=text, changed=changed, has_now=bool(now))
    return HTMLResponse(html, status_code=200 if text else 404)
