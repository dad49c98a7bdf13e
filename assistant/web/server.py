"""The shop's web app: pages, HTTP API and health on one FastAPI, with Gradio mounted last, since it takes every path.

Knows how a shop is shown, not how it is composed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import gradio as gr
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from assistant.web import pictures
from assistant.web.acts import Acts
from assistant.web.api import api
from assistant.web.chatwoot.inbox import Inbox, InboxShop
from assistant.web.chatwoot.notes import Notes
from assistant.web.chatwoot.routes import chatwoot_routes
from assistant.web.desk.access import HOME, DeskDoor, NotAtDesk, door_routes, to_the_door
from assistant.web.desk.canned import canned_routes
from assistant.web.desk.customers import Back, customer_routes
from assistant.web.desk.insights import insight_routes
from assistant.web.desk.knowledge import knowledge_routes
from assistant.web.desk.queue import queue_routes
from assistant.web.desk.sources import source_routes
from assistant.web.desk.ticket import ticket_routes
from assistant.web.doors import doors
from assistant.web.draft_routes import DraftShop, draft_routes
from assistant.web.engine_watch import EngineWatch
from assistant.web.evals.wiring import all_eval_routes
from assistant.web.event_routes import event_routes
from assistant.web.opening import Opening
from assistant.web.page import chat_page
from assistant.web.portrait import portrait_routes
from assistant.web.replies import reply_routes
from assistant.web.stock_routes import stock_routes
from assistant.web.storefront import WebSettings
from assistant.web.texts import text_routes
from assistant.web.visits import GreetVisitors

_HEAD = """
<link rel="icon" href="/page/icon.svg">
<link rel="stylesheet" href="/page/page.css">
<script src="/page/theme.js"></script>
<script type="module" src="/page/main.js"></script>
"""
_UNUSED = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/stream", "/monitoring")


class Background(Protocol):
    """Something that goes on beside the pages, in threads or processes of its own."""

    def start(self) -> None:
        """Begin, without waiting for anything."""

    def close(self) -> None:
        """End; may take seconds."""


class Shop(Back, DraftShop, InboxShop, Protocol):
    """What all the pages and routes need."""


def create_app(shop: Shop, settings: WebSettings, background: Sequence[Background] = ()) -> FastAPI:
    """Return the web app of an open shop. The language model loads in the background once the app runs.

    What is given as `background` starts and ends with the app.
    """
    chatwoot = Inbox(shop, Notes(settings.chatwoot), language=settings.language) if settings.chatwoot else None
    beside = [*background, *([chatwoot] if chatwoot else [])]
    watch = EngineWatch(shop.engine, shop.conversation.prepare, shop.conversation.warm)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if settings.load_engine:
            watch.begin()
        for one in beside:
            one.start()
        yield
        await watch.end()
        for one in beside:
            await run_sync(one.close)

    app = FastAPI(title=shop.name, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", lifespan=lifespan)
    app.add_middleware(GreetVisitors, tokens=shop.tokens)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _refused)
    app.include_router(api(shop, settings))
    app.include_router(doors(shop, settings))
    app.include_router(stock_routes(shop.catalogue, settings))  # before Segment's paths, which take any name
    app.include_router(draft_routes(shop, DeskDoor(shop.desk_pass, settings)))
    app.include_router(chatwoot_routes(settings.chatwoot, chatwoot))
    app.include_router(event_routes(shop.intake, settings))
    app.include_router(portrait_routes(shop, settings))
    app.include_router(reply_routes(shop))
    app.include_router(text_routes(shop, settings))
    _add_desk(app, shop, settings)
    app.include_router(pictures.routes)
    _add_health(app, watch)
    _close_unused(app)
    app.mount("/page", StaticFiles(directory=Path(__file__).parent / "assets"))
    blocks = chat_page(shop, settings, opening=Opening(shop, watch), acts=Acts(shop, watch))
    blocks.queue(default_concurrency_limit=None, max_size=None)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        max_file_size="1kb",
        theme=_paper(),
        head=_HEAD,
    )
    return app


def _add_desk(app: FastAPI, shop: Shop, settings: WebSettings) -> None:
    door = DeskDoor(shop.desk_pass, settings)
    app.add_exception_handler(NotAtDesk, to_the_door)
    app.add_api_route(HOME, lambda: RedirectResponse("/desk/tickets", status_code=303), include_in_schema=False)
    app.include_router(door_routes(door, shop=shop.name, settings=settings))
    app.include_router(queue_routes(shop, settings, door))
    app.include_router(ticket_routes(shop, settings, door))
    app.include_router(source_routes(shop, settings, door))
    app.include_router(canned_routes(shop, settings, door))
    app.include_router(customer_routes(shop, settings, door))
    app.include_router(knowledge_routes(shop, settings, door))
    app.include_router(insight_routes(shop, settings, door))
    app.include_router(all_eval_routes(shop.name, settings, door))


def _paper() -> gr.themes.Base:
    """Return Gradio's theme in system fonts and the page's own background, so that nothing flashes."""
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"])
    return theme.set(body_background_fill="#faf5ec", body_background_fill_dark="#1c1815")


def _add_health(app: FastAPI, watch: EngineWatch) -> None:
    @app.get("/health/live")
    def live() -> dict[str, bool]:
        """Say that the app runs."""
        return {"live": True}

    @app.get("/health/ready")
    def ready() -> JSONResponse:
        """Say whether the language model answers, and what is still loading; 503 until it does."""
        state = watch.state()
        return JSONResponse(state, status_code=200 if state["ready"] else 503)


def _close_unused(app: FastAPI) -> None:
    """Answer 404 where Gradio would take files or fetch pages: this shop uses neither."""

    def closed(rest: str = "") -> JSONResponse:
        return JSONResponse({"error": "there is nothing here"}, status_code=404)

    for path in _UNUSED:
        for form in (path, path + "{rest:path}"):
            app.add_api_route(form, closed, methods=["GET", "POST", "PUT", "DELETE", "HEAD"], include_in_schema=False)


async def _bad_request(_request: Request, error: Exception) -> JSONResponse:
    first: Any = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    field = ".".join(str(part) for part in first.get("loc", ())[1:]) or "the body"
    given = f" {first['input']!r}" if isinstance(first.get("input"), (str, int, float)) else ""
    return JSONResponse({"error": f"{field}{given[:120]} cannot be used: {first.get('msg')}"}, status_code=422)


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"error": getattr(error, "detail", "something went wrong")}, status_code=status)
