"""The agent's view: customers by what is at stake, and one customer with portrait, orders and what is expected."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Protocol

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.behaviour.forecasts.outlook import CustomerOutlook, VisitOutlook
from assistant.conversation.drafting.drafter import Drafter
from assistant.errors import BadRecord, NotFound
from assistant.people.desk_pass import AGENT, DeskPass
from assistant.people.portrait import Portrait
from assistant.service.gate import Service
from assistant.service.knowledge.book import Knowledge
from assistant.service.policies import Policies
from assistant.store.customers import Customers
from assistant.store.drafts import CannedReplies
from assistant.store.events import Events
from assistant.store.forecasts import ForecastBook
from assistant.store.orders import Orders
from assistant.store.records import Customer, Order
from assistant.web.desk.access import DeskDoor
from assistant.web.expected import segment_text
from assistant.web.messages import language_for
from assistant.web.portrait import Shown, shown_lines
from assistant.web.rendering import document
from assistant.web.storefront import Storefront, WebSettings
from assistant.web.words import say

SURE = 0.6
"""An AUC below which a chance is hardly better than a guess."""
LISTED = 60
"""Customers on the first page: those of whom most money is at stake."""


class Back(Storefront, Protocol):
    """What the desk needs beside what shoppers' pages use."""

    @property
    def desk_pass(self) -> DeskPass:
        """Who lets agents in."""

    @property
    def customers(self) -> Customers:
        """Who has an account."""

    @property
    def drafter(self) -> Drafter:
        """Who drafts replies."""

    @property
    def canned(self) -> CannedReplies:
        """Replies that are kept for use again."""

    @property
    def knowledge(self) -> Knowledge:
        """What the shop knows to say, for those who keep it."""

    @property
    def policies(self) -> Policies:
        """The shop's rules, paragraph by paragraph."""

    @property
    def service(self) -> Service:
        """What is done for customers, and by which rules."""

    @property
    def orders(self) -> Orders:
        """What was bought."""

    @property
    def events(self) -> Events:
        """What people did."""

    @property
    def forecasts(self) -> ForecastBook:
        """What is expected, as it was kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """A customer in the list: the chance that they buy again, the money to expect, and what is at stake of it."""

    customer: Customer
    returns: float
    worth_minor: int

    @property
    def at_stake_minor(self) -> int:
        """The money to expect, by the chance that it does not come."""
        return round(self.worth_minor * (1 - self.returns))


@dataclass(frozen=True, slots=True)
class View:
    """All that the page of one customer shows.

    `unsure` says that the chance to return is hardly better than a guess, `problem` why nothing is expected of them.
    """

    customer: Customer
    portrait: Portrait
    lines: list[Shown]
    orders: list[Order]
    expected: CustomerOutlook | None
    visit: VisitOutlook | None
    unsure: bool = False
    problem: str = ""


def customer_routes(shop: Back, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the list and the page of one customer."""
    routes = APIRouter(dependencies=[Depends(door)])

    @routes.get("/desk/customers", include_in_schema=False)
    async def every(request: Request, find: str = "") -> Response:
        language = language_for(request, settings.language)
        rows = await run_sync(lambda: _rows(shop, find.strip()[:100]))
        values = {"rows": rows, "find": find, "currency": _currency(shop), "learned": shop.outlook.learned}
        return HTMLResponse(document("desk/customers.html", language=language, shop=shop.name, **values))

    @routes.get("/desk/customers/{customer_id}", include_in_schema=False)
    async def one(request: Request, customer_id: str) -> Response:
        language = language_for(request, settings.language)
        try:
            view = await run_sync(lambda: person_view(shop, customer_id, language))
        except NotFound:
            return nothing(say("desk_nobody", language, id=customer_id), shop=shop.name, language=language)
        values = {"view": view, "currency": _currency(shop), "segment": segment_of(view, language)}
        return HTMLResponse(document("desk/customer.html", language=language, shop=shop.name, **values))

    return routes


def nothing(text: str, *, shop: str, language: str) -> Response:
    """Return the page that says that there is no such thing."""
    return HTMLResponse(document("desk/nothing.html", language=language, shop=shop, text=text), status_code=404)


def _rows(shop: Back, find: str) -> list[Row]:
    """Return the customers of whom most is at stake, or the one who is looked for by id or by e-mail."""
    if find:
        return [_row(shop, one) for one in shop.customers.found(find, AGENT)]
    kept = {
        row.subject.removeprefix("customer:"): row.data
        for row in shop.forecasts.about("customer", AGENT)
        if row.subject.startswith("customer:") and "returns" in row.data
    }
    stakes = {id_: data.get("worth_minor", 0) * (1 - data["returns"]) for id_, data in kept.items()}
    top = heapq.nlargest(LISTED, stakes, key=stakes.__getitem__)
    held = shop.customers.of_ids(top, AGENT)
    return [Row(held[id_], kept[id_]["returns"], kept[id_].get("worth_minor", 0)) for id_ in top if id_ in held]


def _row(shop: Back, customer: Customer) -> Row:
    kept = shop.forecasts.of(f"customer:{customer.id}", AGENT)
    data = kept.data if kept else {}
    return Row(customer, data.get("returns", 0.0), data.get("worth_minor", 0))


def person_view(shop: Back, customer_id: str, language: str) -> View:
    """Return all that a page shows of a customer.

    Raises:
        NotFound: there is no such customer.
    """
    customer = shop.customers.get(customer_id, AGENT)
    whose = f"customer:{customer.id}"
    portrait = shop.portraits.of(whose, AGENT)
    expected, visit, problem = None, None, ""
    try:
        expected = shop.outlook.customer(whose, AGENT)
        visit = shop.outlook.visit(whose, AGENT)
    except BadRecord as error:
        problem = str(error)
    lines = shown_lines(shop, portrait.lines, language)
    return View(
        customer=customer,
        portrait=portrait,
        lines=lines,
        orders=shop.orders.of(customer.id, AGENT),
        expected=expected,
        visit=visit,
        unsure=expected is not None and expected.sure < SURE,
        problem=problem,
    )


def segment_of(view: View | None, language: str) -> str:
    """Return what sets a customer's learned segment apart, in words; empty where none is known."""
    return segment_text(view.expected.segment, language) if view and view.expected else ""


def _currency(shop: Back) -> str | None:
    return shop.catalogue.vocabulary().currency
