"""The chat page as a Gradio app: one place to draw in, and three channels between the browser and the shop.

A channel is a hidden `gr.HTML` component: the browser triggers its event, the listener's values come back as its value.
Every listener finds out by itself who asks, since each of them is an open endpoint.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr
from anyio.to_thread import run_sync

from assistant.people.sessions import Session, SessionTokens
from assistant.web.acts import Acts
from assistant.web.messages import preferred, read_language
from assistant.web.opening import Opening
from assistant.web.storefront import Storefront, WebSettings, is_loopback
from assistant.web.talk import talk
from assistant.web.visits import visit_of
from assistant.web.words import say

log = logging.getLogger("regulars.web")

_CHANNEL = """
(window.regularsChannels ??= {})['%(name)s'] = {
  send: (data) => trigger('%(name)s', data),
  stop: () => trigger('stop', {}),
  listen: (heard) => watch('value', () => heard(JSON.parse(JSON.stringify(props.value)))),
};
window.dispatchEvent(new Event('regulars-channel'));
"""
_LISTENER = {"concurrency_limit": None, "api_visibility": "private", "show_progress": "hidden"}


def chat_page(shop: Storefront, settings: WebSettings, *, opening: Opening, acts: Acts) -> gr.Blocks:
    """Return the Gradio app of one shop. Any number of visitors are served at once."""

    async def open_shop(event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        asked, visit = _heard(event), _visit(request, shop.tokens)
        language = read_language(asked.get("language"), preferred(request.headers, settings.language))
        if visit is None:
            return {"number": asked.get("number"), "problem": say("error_cookie", language)}
        local = is_loopback(request.headers.get("host", ""))
        try:
            seen = await run_sync(lambda: opening.show(visit, language, sign_in=local))
        except Exception:
            log.exception("the page could not be drawn")
            seen = {"problem": say("error_open", language)}
        return {"number": asked.get("number"), **seen}

    async def answer(event: gr.EventData, request: gr.Request) -> AsyncIterator[dict[str, Any]]:
        asked, visit = _heard(event), _visit(request, shop.tokens)
        language = read_language(asked.get("language"), settings.language)
        if visit is None:
            problem = say("error_cookie", language)
            yield {"number": asked.get("number"), "patches": [], "done": True, "problem": problem}
            return
        async for value in talk(shop, visit, asked, language):
            yield value

    async def act(event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        asked, visit = _heard(event), _visit(request, shop.tokens)
        language = read_language(asked.get("language"), settings.language)
        if visit is None:
            return {"number": asked.get("number"), "problem": say("error_cookie", language)}
        done = await run_sync(lambda: acts.do(visit, asked, language))
        return {"number": asked.get("number"), **done}

    with gr.Blocks(title=shop.name, analytics_enabled=False) as blocks:
        gr.HTML(html_template='<div id="shop"></div>', js_on_load="", apply_default_css=False)
        opens, says, does = _channel("open"), _channel("say"), _channel("act")
        opens.open(open_shop, None, opens, trigger_mode="multiple", **_LISTENER)
        turn = says.say(answer, None, says, trigger_mode="multiple", **_LISTENER)
        says.stop(None, cancels=[turn], api_visibility="private")
        does.act(act, None, does, trigger_mode="multiple", **_LISTENER)
    return blocks


def _channel(name: str) -> gr.HTML:
    return gr.HTML(
        None, html_template="", js_on_load=_CHANNEL % {"name": name}, apply_default_css=False, visible="hidden"
    )


def _heard(event: gr.EventData) -> dict[str, Any]:
    """Return what the browser sent with an event; anything but an object reads as nothing."""
    return event._data if isinstance(event._data, dict) else {}


def _visit(request: gr.Request, tokens: SessionTokens) -> Session | None:
    return visit_of(request.cookies, tokens)
