"""The HTTP API: streams of parts, carts, health, and one clear sentence for what cannot be used."""

import json

import httpx
import pytest

from assistant.web.messages import MOST_CHARACTERS

LINES = {"accept": "application/x-ndjson"}


def turn(served, body, **headers):
    return httpx.post(f"{served.url}/api/turn", json=body, headers={**LINES, **headers}, timeout=20)


def test_a_turn_comes_as_json_lines(served):
    answer = turn(served, {"session": "s-1", "message": "a lamp", "language": "en"})
    parts = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    kinds = [part["type"] for part in parts]
    assert kinds[:3] == ["understood", "cards", "sentence"] and kinds[-1] == "done"
    assert parts[1]["cards"][0]["product_id"] == "LAMP-1"


def test_a_turn_comes_as_server_sent_events_otherwise(served):
    answer = httpx.post(f"{served.url}/api/turn", json={"session": "s-2", "message": "一盏灯"}, timeout=20)
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [json.loads(event.removeprefix("data: ")) for event in answer.text.strip().split("\n\n")]
    assert events[0]["language"] == "zh" and events[-1]["type"] == "done"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"session": "s", "message": "  "}, "nothing to answer"),
        ({"session": "s", "message": "x" * (MOST_CHARACTERS + 1)}, f"at most {MOST_CHARACTERS}"),
        ({"session": "a b", "message": "x"}, "session 'a b' cannot be used"),
        ({"message": "x"}, "session cannot be used"),
        ({"session": "s", "message": 7}, "message 7 cannot be used"),
    ],
)
def test_bad_input_gets_one_sentence(served, body, says):
    answer = turn(served, body)
    assert answer.status_code == 422
    assert says in answer.json()["error"] and "\n" not in answer.json()["error"]


def test_what_is_not_json_gets_one_sentence(served):
    answer = httpx.post(f"{served.url}/api/turn", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 422 and answer.json()["error"]


def test_lone_surrogates_and_nulls_do_no_harm(served):
    body = b'{"session": "s-3", "message": "lamp \\ud800 \\u0000"}'
    answer = httpx.post(f"{served.url}/api/turn", content=body, headers={"content-type": "application/json", **LINES})
    assert answer.status_code == 200
    assert served.shop.conversation.asked[-1].message == "lamp ?"


def test_a_turn_that_fails_says_so_and_tells_nothing_else(served):
    answer = turn(served, {"session": "s-4", "message": "fail"})
    assert json.loads(answer.text)["type"] == "problem"
    assert "script" not in answer.text


def test_a_demo_customer_is_asked_as(served):
    turn(served, {"session": "s-5", "message": "lamp", "customer": "c-1"})
    assert served.shop.conversation.asked[-1].principal.customer_id == "c-1"


def test_an_account_that_is_no_demo_cannot_be_entered(served):
    answer = turn(served, {"session": "s-6", "message": "lamp", "customer": "c-private"})
    assert answer.status_code == 404


def test_nobody_is_signed_in_from_another_host(served):
    answer = turn(served, {"session": "s-7", "message": "lamp", "customer": "c-1"}, host="shop.example")
    assert answer.status_code == 403


def test_a_guest_with_a_customers_session_name_finds_another_session(served):
    turn(served, {"session": "s-8", "message": "lamp", "customer": "c-1"})
    mine = served.shop.conversation.asked[-1].session_id
    turn(served, {"session": "s-8", "message": "lamp"})
    assert served.shop.conversation.asked[-1].session_id != mine


def test_a_cart_is_filled_changed_and_shown(served):
    added = httpx.post(f"{served.url}/api/cart/lines", json={"session": "c", "variant": "LAMP-1-A", "quantity": 2})
    assert added.json()["outcome"] == "added" and added.json()["cart"]["total_text"] == "$79.80"
    many = httpx.put(f"{served.url}/api/cart/lines", json={"session": "c", "variant": "LAMP-1-A", "quantity": 50})
    assert many.json()["outcome"] == "few_left" and many.json()["cart"]["count"] == 2
    httpx.put(f"{served.url}/api/cart/lines", json={"session": "c", "variant": "LAMP-1-A", "quantity": 0})
    shown = httpx.get(f"{served.url}/api/cart", params={"session": "c", "language": "zh"})
    assert shown.json()["lines"] == [] and shown.json()["checkout_url"] is None


def test_a_product_comes_as_the_catalogue_has_it(served):
    assert httpx.get(f"{served.url}/api/products/LAMP-2").json()["variants"][0]["price_minor"] == 2450
    missing = httpx.get(f"{served.url}/api/products/none")
    assert missing.status_code == 404 and "'none'" in missing.json()["error"]


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/gradio_api/file=/etc/hostname", "/gradio_api/proxy=x"])
def test_what_gradio_would_take_or_fetch_is_closed(served, path):
    assert httpx.post(f"{served.url}{path}").status_code == 404
    assert httpx.get(f"{served.url}{path}").status_code == 404


def test_no_listener_is_offered_as_an_endpoint(served):
    info = httpx.get(f"{served.url}/gradio_api/info").json()
    assert info == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_pictures_are_drawn_or_missing(served):
    assert httpx.get(f"{served.url}/pictures/nothing/nowhere.svg").status_code == 404
