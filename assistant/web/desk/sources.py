"""What a citation names, for agents who check it: a product's record, an order's, a paragraph of a policy, a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.conversation.evidence import order_subject, product_subject
from assistant.errors import NotFound
from assistant.people.desk_pass import AGENT
from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import Back, nothing
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings
from assistant.web.words import say

Shown = tuple[str, list[tuple[str, str, str]]]
"""A record: its name, and its facts as (label, text, key)."""


def source_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the page of one source."""
    routes = APIRouter(dependencies=[Depends(door)])

    @routes.get("/desk/source", include_in_schema=False)
    async def see(request: Request, of: str) -> Response:
        language = language_for(request, settings.language)
        found = await run_sync(lambda: _record(shop, of, language))
        if found is None:
            return nothing(say("desk_no_source", language, source=of[:120]), shop=shop.name, language=language)
        name, facts = found
        key = of.partition("#")[2]
        values = {"title": name, "facts": facts, "key": key, "source": of}
        return HTMLResponse(document("desk/source.html", language=language, shop=shop.name, **values))

    return routes


def _record(shop: Back, source: str, language: str) -> Shown | None:
    kind, _, rest = source.partition(":")
    readers: Mapping[str, Callable[[Back, str, str], Shown | None]] = {
        "product": _product,
        "order": _order,
        "policy": _policy,
        "rule": _rule,
        "canned": _canned,
    }
    return readers[kind](shop, rest, language) if kind in readers else None


def _product(shop: Back, rest: str, language: str) -> Shown | None:
    id_ = rest.partition("#")[0]
    product = shop.catalogue.get([id_]).get(id_)
    if product is None:
        return None
    facts = product_subject(product, product.variants[0], language).facts
    return product.said(language).title, [(fact.label, fact.text, fact.key) for fact in facts]


def _order(shop: Back, rest: str, language: str) -> Shown | None:
    try:
        order = shop.orders.get(rest.partition("#")[0], AGENT)
    except NotFound:
        return None
    facts = [(fact.label, fact.text, fact.key) for fact in order_subject(order, language).facts]
    return order.number, facts


def _policy(shop: Back, rest: str, language: str) -> Shown | None:
    found = shop.policies.now(rest, language)
    return (found.heading, [("", found.text, "")]) if found else None


def _rule(shop: Back, rest: str, language: str) -> Shown | None:
    rule = shop.service.rules.rule.get(rest)
    if rule is None:
        return None
    return rest, [("", rule.zh if language == "zh" else rule.en, "")]


def _canned(shop: Back, rest: str, language: str) -> Shown | None:
    found = [one for one in shop.canned.all(AGENT) if one.id == rest]
    best = next((one for one in found if one.language == language), found[0] if found else None)
    return (best.title, [("", best.text, "")]) if best else None
