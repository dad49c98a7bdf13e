"""Coming and going: signing in and out, starting over, and the demo's check-out. Knows no markup."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant.behaviour.event import EventItem, Kind
from assistant.behaviour.recorder import deed
from assistant.errors import NotAllowed, NotFound
from assistant.people.sessions import Session, new_session
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import Storefront, WebSettings, is_loopback
from assistant.web.visits import keep_visit, visit_of
from assistant.web.words import say


def doors(shop: Storefront, settings: WebSettings) -> APIRouter:
    """Return the routes by which a visitor's cookie changes, and the check-out of the demo."""
    routes = APIRouter()

    def admitted(request: Request, session: Session) -> Response:
        response = RedirectResponse("/", status_code=303)
        keep_visit(response, session, shop.tokens, secure=request.url.scheme == "https")
        return response

    @routes.post("/visit/sign-in", include_in_schema=False)
    def sign_in(request: Request, customer: Annotated[str, Form()] = "") -> Response:
        visit = visit_of(request.cookies, shop.tokens) or new_session()
        try:
            if not is_loopback(request.headers.get("host", "")):
                raise NotAllowed("a visitor", "sign in as a demo customer from another machine")
            principal = shop.sign_in.sign_in(customer)
        except (NotAllowed, NotFound):
            return PlainTextResponse(say("error_sign_in", _language(request, settings)), status_code=403)
        try:
            shop.conversations.bind(visit.id, principal)
        except NotAllowed:  # this session is another customer's already
            visit = new_session()
            shop.conversations.bind(visit.id, principal)
        shop.portraits.adopt(visit.id, principal)
        shop.carts.adopt(visit.id, principal=principal)
        shop.recorder.note(principal, deed(Kind.LOGIN, visit.id, principal, channel="page"))
        return admitted(request, Session(visit.id, principal))

    @routes.post("/visit/sign-out", include_in_schema=False)
    def sign_out(request: Request) -> Response:
        return admitted(request, new_session())

    @routes.post("/visit/fresh", include_in_schema=False)
    def fresh(request: Request) -> Response:
        visit = visit_of(request.cookies, shop.tokens) or new_session()
        begun = Session(new_session().id, visit.principal)
        if visit.principal.customer_id is None:  # a customer's cart is theirs in every session
            _carry(shop, visit, begun)
        return admitted(request, begun)

    @routes.get("/checkout", include_in_schema=False)
    def checkout(request: Request) -> HTMLResponse:
        if visit := visit_of(request.cookies, shop.tokens):
            _note_checkout(shop, visit)
        return HTMLResponse(document("checkout.html", language=_language(request, settings), shop=shop.name))

    return routes


def _note_checkout(shop: Storefront, visit: Session) -> None:
    """Write down that somebody went to the check-out, with what they would buy."""
    lines = [line for line in shop.carts.show(visit.id, principal=visit.principal).lines if line.can_be_bought]
    items = tuple(
        EventItem(
            product_id=line.product_id,
            variant_id=line.variant_id,
            quantity=line.quantity,
            price_minor=line.price_minor,
            position=position,
        )
        for position, line in enumerate(lines)
    )
    if items:
        done = deed(Kind.CHECKOUT_BEGIN, visit.id, visit.principal, items=items, currency=lines[0].currency)
        shop.recorder.note(visit.principal, done)


def _carry(shop: Storefront, visit: Session, begun: Session) -> None:
    """Put what a guest had chosen into the cart of the session that they begin."""
    for line in shop.carts.show(visit.id, principal=visit.principal).lines:
        if line.can_be_bought:
            shop.carts.add(begun.id, line.variant_id, principal=begun.principal, quantity=line.quantity)


def _language(request: Request, settings: WebSettings) -> str:
    return language_for(request, settings.language)
