"""Who a visitor is: cookies that cannot be forged, customers that cannot be guessed, headers that keep pages apart."""

from contextlib import ExitStack

import httpx
import pytest

from assistant.people.sessions import SessionTokens
from assistant.store.principal import GUEST
from assistant.web.storefront import is_loopback
from assistant.web.visits import COOKIE, visit_of


@pytest.fixture
def browser():
    """Return visitors' browsers, each with the page open and cookies of its own."""
    with ExitStack() as opened:

        def visitor(served):
            client = opened.enter_context(httpx.Client(base_url=served.url, timeout=20))
            client.get("/")
            return client

        yield visitor


def test_the_page_gives_every_visitor_a_session_of_their_own(served, browser):
    first, second = browser(served), browser(served)
    ids = {visit_of(client.cookies, served.shop.tokens).id for client in (first, second)}
    assert len(ids) == 2


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served):
    header = httpx.get(served.url).headers["set-cookie"].lower()
    assert "httponly" in header and "samesite=lax" in header


def test_a_session_is_kept_when_the_page_is_loaded_again(served, browser):
    client = browser(served)
    assert "set-cookie" not in client.get("/").headers


def test_a_forged_cookie_is_nobodys(served, browser):
    forged = SessionTokens("another secret").issue(visit_of(browser(served).cookies, served.shop.tokens))
    assert visit_of({COOKIE: forged}, served.shop.tokens) is None


def test_signing_in_keeps_the_session_and_signing_out_leaves_it(served, browser):
    client = browser(served)
    before = visit_of(client.cookies, served.shop.tokens)
    assert client.post("/visit/sign-in", data={"customer": "c-1"}).status_code == 303
    signed_in = visit_of(client.cookies, served.shop.tokens)
    assert (signed_in.id, signed_in.principal.customer_id) == (before.id, "c-1")
    client.post("/visit/sign-out")
    after = visit_of(client.cookies, served.shop.tokens)
    assert after.id != before.id and after.principal == GUEST


def test_another_customer_gets_another_session(served, browser):
    client = browser(served)
    client.post("/visit/sign-in", data={"customer": "c-1"})
    first = visit_of(client.cookies, served.shop.tokens)
    client.post("/visit/sign-in", data={"customer": "c-2"})
    assert visit_of(client.cookies, served.shop.tokens).id != first.id


@pytest.mark.parametrize("customer", ["c-private", "", "c-404"])
def test_only_demo_customers_can_be_signed_in_as(served, customer, browser):
    client = browser(served)
    assert client.post("/visit/sign-in", data={"customer": customer}).status_code == 403
    assert visit_of(client.cookies, served.shop.tokens).principal == GUEST


def test_sign_in_is_closed_to_other_hosts(served, browser):
    client = browser(served)
    answer = client.post("/visit/sign-in", data={"customer": "c-1"}, headers={"host": "shop.example"})
    assert answer.status_code == 403


def test_starting_over_keeps_the_cart(served, browser):
    client = browser(served)
    before = visit_of(client.cookies, served.shop.tokens)
    served.shop.carts.add(before.id, "LAMP-1-A", principal=GUEST, quantity=2)
    client.post("/visit/fresh")
    after = visit_of(client.cookies, served.shop.tokens)
    assert after.id != before.id
    assert served.shop.carts.show(after.id, principal=GUEST).lines[0].quantity == 2


def test_a_guests_cart_comes_along_when_signing_in(served, browser):
    client = browser(served)
    before = visit_of(client.cookies, served.shop.tokens)
    served.shop.carts.add(before.id, "LAMP-2-A", principal=GUEST)
    client.post("/visit/sign-in", data={"customer": "c-2"})
    after = visit_of(client.cookies, served.shop.tokens)
    lines = served.shop.carts.show(after.id, principal=after.principal).lines
    assert [line.variant_id for line in lines] == ["LAMP-2-A"]
    client.post("/visit/fresh")
    again = visit_of(client.cookies, served.shop.tokens)
    assert served.shop.carts.show(again.id, principal=again.principal).lines[0].quantity == 1


def test_the_page_lets_nothing_in_from_elsewhere(served):
    policy = httpx.get(served.url).headers["content-security-policy"]
    assert "connect-src 'self'" in policy and "script-src 'self'" in policy and "frame-ancestors 'self'" in policy


def test_the_demos_check_out_takes_nothing(served):
    page = httpx.get(f"{served.url}/checkout?cart=1")
    assert "no payment is taken" in page.text and "<input" not in page.text
    assert "不会收取" in httpx.get(f"{served.url}/checkout", cookies={"language": "zh"}).text


@pytest.mark.parametrize(
    ("host", "local"),
    [("localhost:80", True), ("::1", True), ("127.3.2.1", True), ("192.168.1.4:7860", False), ("", False)],
)
def test_what_counts_as_this_machine(host, local):
    assert is_loopback(host) is local
