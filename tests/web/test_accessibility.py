"""axe finds nothing on the page: in both languages and both colours, before and after turns, with the dialogs open."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assistant.store.portraits import Statement
from assistant.store.principal import GUEST, SYSTEM
from assistant.store.tickets import Ticket, Urgency
from assistant.web.visits import visit_of

pytestmark = pytest.mark.browser


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_axe_finds_nothing(visit, locale, scheme):
    page = visit(locale=locale, scheme=scheme)
    assert violations(page) == []
    for message in ("一盏灯" if locale == "zh-CN" else "a lamp", "compare", "cancel", "gift"):
        page.locator("#question").fill(message)
        page.locator("#question").press("Enter")
        expect(page.locator("#stop")).to_be_hidden()
    page.locator("[data-thumb=down]").last.click()
    page.locator("[data-compare]").first.click()
    page.locator("[data-add]").first.click()
    expect(page.locator("#cart-count")).to_have_text("1")
    assert violations(page) == []
    page.locator("#cart-button").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("[data-open=account]").click()
    assert violations(page) == []


def test_axe_finds_nothing_on_a_phone(visit):
    page = visit(width=360, height=740)
    page.locator("#question").fill("a lamp")
    page.locator("#question").press("Enter")
    expect(page.locator("#stop")).to_be_hidden()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_portrait(visit, served, scheme):
    page = visit(scheme=scheme, width=360, height=740)
    told = Statement(key="size", value="42", wanted=True, said="my size is 42", at=datetime.now(UTC))
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    served.shop.portraits.tell(f"anonymous:{visit_of(cookies, served.shop.tokens).id}", GUEST, told=told)
    page.goto(f"{served.url}/portrait")
    expect(page.get_by_role("heading", name="Your size is 42")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1200)])
def test_axe_finds_nothing_on_the_desk(visit, served, scheme, width):
    page = visit(scheme=scheme, width=width, height=740)
    ticket = served.shop.tickets.open(
        Ticket(session_id=f"axe-{scheme}", customer_id="c-1", summary="Wants a person.", urgency=Urgency.HIGH),
        SYSTEM,
        messages=[("shopper", "hello"), ("note", "a friendly one")],
    )
    for path in ("tickets", f"tickets/{ticket.id}", "customers", "customers/c-1", "insights", "canned"):
        page.goto(f"{served.url}/desk/{path}")
        assert (path, violations(page)) == (path, [])
    page.goto(f"{served.url}/desk/tickets/{ticket.id}")
    page.get_by_role("button", name="Draft a reply").click()
    expect(page.get_by_role("heading", name="The draft, with its sources")).to_be_visible()
    assert violations(page) == []
