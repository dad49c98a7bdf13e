"""The manager's view: whether people come back, what will be sold, which segments there are, and how sure that is."""

from __future__ import annotations

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.people.desk_pass import AGENT
from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import Back
from assistant.web.desk.returning import returning
from assistant.web.expected import segment_text
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings


def insight_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the page of what the shop has learned."""
    routes = APIRouter(dependencies=[Depends(door)])

    @routes.get("/desk/insights", include_in_schema=False)
    async def see(request: Request) -> Response:
        language = language_for(request, settings.language)
        return HTMLResponse(await run_sync(lambda: _page(shop, language, settings.timezone)))

    return routes


def _page(shop: Back, language: str, zone: str) -> str:
    book = shop.forecasts
    learned = {row.subject: row for row in book.about("shop", AGENT)}.get("learned")
    forms = shop.catalogue.vocabulary().forms
    other = {main: form for form, main in forms.items()} if language == "zh" else {}
    demand = [(other.get(row.subject, row.subject), row.data) for row in book.about("category", AGENT)]
    segments = [
        (row.data, segment_text(tuple((kind, value) for kind, value in row.data["traits"]), language))
        for row in book.about("segment", AGENT)
    ]
    return document(
        "desk/insights.html",
        language=language,
        shop=shop.name,
        learned=learned,
        demand=sorted(demand, key=lambda one: -one[1]["pieces"]),
        segments=segments,
        returning=returning(shop.events, AGENT, language, zone=zone),
    )
