"""The page on which shoppers see what is known of them, and correct, hide, delete or switch it off. Plain forms.

Each visitor sees their own portrait alone: whose it is comes from the signed cookie, never from the form.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.behaviour.forecasts.outlook import CustomerOutlook
from assistant.conversation.tastes import value_text
from assistant.errors import BadRecord
from assistant.people.portrait import Evidence, Line, Portrait
from assistant.people.sessions import Session, new_session
from assistant.store.event import person
from assistant.web.expected import segment_text
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import Storefront, WebSettings
from assistant.web.visits import keep_visit, visit_of
from assistant.web.words import say, words

log = logging.getLogger("regulars.portrait")

Act = Literal["hide", "show", "delete", "correct", "off", "on", "forget"]
LONGEST_VALUE = 60
"""Characters of a correction."""
_CORRECTABLE = frozenset({"size", "color", "brand", "material"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the page shows it: the sentence, the reasons, and whether its value can be corrected."""

    key: str
    value: str
    text: str
    reasons: tuple[str, ...]
    correctable: bool


def portrait_routes(shop: Storefront, settings: WebSettings) -> APIRouter:
    """Return the page and the acts on it."""
    routes = APIRouter()

    @routes.get("/portrait", include_in_schema=False)
    async def see(request: Request) -> Response:
        visit = visit_of(request.cookies, shop.tokens) or new_session()
        language = language_for(request, settings.language)
        found = await run_sync(lambda: shop.portraits.of(_whose(visit), visit.principal))
        expected = await run_sync(lambda: _expected(shop, visit))
        signed_in = visit.principal.customer_id is not None
        response = HTMLResponse(_page(shop, found, expected, language=language, signed_in=signed_in))
        keep_visit(response, visit, shop.tokens, secure=request.url.scheme == "https")
        return response

    @routes.post("/portrait", include_in_schema=False)
    async def act(
        request: Request,
        act: Annotated[Act, Form()],
        key: Annotated[str, Form(max_length=64)] = "",
        value: Annotated[str, Form(max_length=200)] = "",
        instead: Annotated[str, Form(max_length=LONGEST_VALUE)] = "",
    ) -> Response:
        if (visit := visit_of(request.cookies, shop.tokens)) is not None:
            await run_sync(lambda: _do(shop, visit, act=act, line=(key, value), instead=instead.strip()))
        return RedirectResponse("/portrait", status_code=303)

    return routes


def _whose(visit: Session) -> str:
    return person(visit.principal.customer_id, visit.id)


def _expected(shop: Storefront, visit: Session) -> CustomerOutlook | None:
    """Return what is expected of who is signed in; `None` where nothing is, or where its models cannot be used."""
    if visit.principal.customer_id is None:
        return None
    try:
        return shop.outlook.customer(_whose(visit), visit.principal)
    except BadRecord as error:
        log.warning("%s", error)
        return None


def _do(shop: Storefront, visit: Session, *, act: Act, line: tuple[str, str], instead: str) -> None:
    """Do what the form asks with the visitor's own portrait. Blocks."""
    portraits, whose, principal = shop.portraits, _whose(visit), visit.principal
    if act in ("off", "on"):
        portraits.switch_history(whose, principal, on=act == "on")
    elif act == "forget":
        portraits.forget(whose, principal)
    elif act == "correct" and instead and line[0] in _CORRECTABLE:
        portraits.correct(whose, principal, line=line, value=instead)
    elif act == "hide":
        portraits.hide(whose, principal, line=line)
    elif act == "show":
        portraits.show(whose, principal, line=line)
    elif act == "delete":
        portraits.delete(whose, principal, line=line)


def _page(
    shop: Storefront, portrait: Portrait, expected: CustomerOutlook | None, *, language: str, signed_in: bool
) -> str:
    lines, hidden = shown_lines(shop, portrait.lines, language), shown_lines(shop, portrait.hidden, language)
    return document(
        "portrait.html",
        language=language,
        shop=shop.name,
        portrait=portrait,
        lines=lines,
        hidden=hidden,
        expected=expected,
        segment=segment_text(expected.segment, language) if expected else "",
        currency=shop.catalogue.vocabulary().currency,
        signed_in=signed_in,
        longest=LONGEST_VALUE,
    )


def shown_lines(shop: Storefront, lines: Iterable[Line], language: str) -> list[Shown]:
    """Return lines of a portrait as a page shows them."""
    return [_shown(shop, line, language) for line in lines]


def _shown(shop: Storefront, line: Line, language: str) -> Shown:
    value = _value(shop, line, language)
    kind = "avoids" if line.avoids and line.key != "avoid" else line.key
    if (line.key, line.origin) == ("size", "observed"):
        kind = "size_bought"
    text = say(f"portrait_{kind}", language, value=value)
    reasons = tuple(_reason(shop, line, one, language) for one in line.evidence)
    return Shown(line.key, line.value, text, reasons, line.key in _CORRECTABLE and not line.avoids)


def _value(shop: Storefront, line: Line, language: str) -> str:
    """Return a value in the page's language: our own word, the catalogue's other form, or as it is on record."""
    if line.key in ("price", "daypart", "channel"):
        return words(language).get(f"portrait_{line.key}_{line.value}", line.value)
    said = value_text(line.key, line.value, language)
    if said != line.value or language == "en":
        return said
    forms = shop.catalogue.vocabulary().forms
    return next((other for other, main in forms.items() if main == line.value), line.value)


def _reason(shop: Storefront, line: Line, evidence: Evidence, language: str) -> str:
    """Return one piece of evidence in a sentence, with the products by name."""
    if evidence.what == "said":
        return say("portrait_because_said", language, said=line.said)
    products = shop.catalogue.get(evidence.product_ids).values()
    titles = ("、" if language == "zh" else ", ").join(product.said(language).title for product in products)
    done = say(f"portrait_because_{evidence.what}", language, count=evidence.count)
    return f"{done} {titles}".strip() if titles else done
