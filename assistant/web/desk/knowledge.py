"""What the shop knows to say, for agents: its texts with all versions, proposed articles, unanswered questions.

Plain forms. Only what an agent approves or writes here becomes an article; shoppers see nothing else of this page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import RegularsError
from assistant.people.desk_pass import AGENT
from assistant.service.knowledge.book import DESK, LONGEST_BODY, LONGEST_TITLE
from assistant.store.policy_texts import EditionRecord
from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import Back
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings

PLACE = "/desk/knowledge"
Title = Annotated[str, Form(max_length=LONGEST_TITLE)]
Body = Annotated[str, Form(max_length=LONGEST_BODY)]


def knowledge_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the page of texts, proposals and questions, and what can be decided on it."""
    routes = APIRouter(dependencies=[Depends(door)])

    @routes.get(PLACE, include_in_schema=False)
    async def see(request: Request) -> Response:
        return await run_sync(lambda: _page(shop, request, settings))

    @routes.post(PLACE + "/proposals/{proposal_id}", include_in_schema=False)
    async def decide(
        request: Request,
        proposal_id: str,
        act: Annotated[Literal["approve", "reject"], Form()],
        title: Title = "",
        body: Body = "",
    ) -> Response:
        def done() -> None:
            if act == "approve":
                shop.knowledge.approve(proposal_id, AGENT, by=door(request), title=title, body=body)
            else:
                shop.knowledge.reject(proposal_id, AGENT, by=door(request))

        return await run_sync(lambda: _done(shop, request, settings, done))

    @routes.post(PLACE + "/questions/{number}", include_in_schema=False)
    async def answer(
        request: Request,
        number: int,
        act: Annotated[Literal["write", "dismiss"], Form()],
        title: Title = "",
        body: Body = "",
    ) -> Response:
        def done() -> None:
            if act == "write":
                shop.knowledge.answer_gap(number, AGENT, title=title, body=body)
            else:
                shop.knowledge.gaps.settle(number, "dismissed", AGENT)

        return await run_sync(lambda: _done(shop, request, settings, done))

    @routes.post(PLACE + "/texts", include_in_schema=False)
    async def withdraw(
        request: Request,
        policy: Annotated[str, Form(max_length=128)],
        spoken: Annotated[str, Form(max_length=8)],
    ) -> Response:
        return await run_sync(
            lambda: _done(shop, request, settings, lambda: shop.knowledge.withdraw(policy, spoken, AGENT))
        )

    return routes


def _done(shop: Back, request: Request, settings: WebSettings, act: Callable[[], None]) -> Response:
    """Do what a form asks; show the page with one sentence where it cannot be done."""
    try:
        act()
    except RegularsError as error:
        return _page(shop, request, settings, problem=str(error))
    return RedirectResponse(PLACE, status_code=303)


def _page(shop: Back, request: Request, settings: WebSettings, *, problem: str = "") -> Response:
    language = language_for(request, settings.language)
    html = document(
        "desk/knowledge.html",
        language=language,
        shop=shop.name,
        texts=_grouped(shop.knowledge.texts()),
        proposals=shop.knowledge.proposals.open(AGENT),
        gaps=shop.knowledge.gaps.open(AGENT),
        problem=problem,
        desk=DESK,
        longest_title=LONGEST_TITLE,
        longest_body=LONGEST_BODY,
    )
    return HTMLResponse(html, status_code=409 if problem else 200)


def _grouped(editions: Sequence[EditionRecord]) -> list[list[EditionRecord]]:
    """Return the versions of each text together, what is current first."""
    by_text = [list(found) for _, found in groupby(editions, key=lambda one: (one.policy, one.language))]
    return sorted(by_text, key=lambda found: not any(one.current for one in found))
