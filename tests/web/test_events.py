"""Events over HTTP: taken in every form, accounted for, on disk before the answer, and from nobody who may not send."""

import base64
import gzip
import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient

from assistant.behaviour.event import Kind
from assistant.behaviour.intake import Intake
from assistant.errors import StoreUnavailable
from assistant.store.principal import SYSTEM, Principal
from assistant.web.event_access import may_send
from assistant.web.event_routes import MOST_BYTES, event_routes
from assistant.web.storefront import WebSettings

DOCS = Path(__file__).parents[2] / "docs" / "events.md"


def post(served, path, body, **more):
    return httpx.post(f"{served.url}{path}", json=body, timeout=20, **more)


def view(message, product="LAMP-1", **more):
    call = {"type": "track", "event": "Product Viewed", "messageId": message, "anonymousId": "web-1"}
    return {**call, "properties": {"product_id": product, "price": 39.9, "currency": "USD"}, **more}


def test_a_segment_batch_is_accounted_for(served):
    body = {"batch": [view("s-1"), view("s-2", "NOPE"), view("s-1"), {"type": "track", "event": "Danced"}]}
    answer = post(served, "/v1/batch", body)
    told = answer.json()
    assert answer.status_code == 200
    assert (told["accepted"], told["duplicates"], told["rejected"]) == (1, 1, 2)
    assert told["reasons"] == {"unknown_product": 1, "unknown_event": 1}
    nope = next(one for one in told["rejects"] if one["reason"] == "unknown_product")
    assert (nope["place"], nope["field"], nope["value"]) == ("batch[1].properties", "product_id", "NOPE")


def test_a_single_segment_call_has_its_type_in_its_path(served):
    call = {"userId": "c-9", "anonymousId": "web-9", "messageId": "i-1"}
    assert post(served, "/v1/identify", call).json()["accepted"] == 1
    assert served.shop.events.of("customer:c-9", SYSTEM)[0].kind is Kind.IDENTIFY
    assert post(served, "/v1/dance", call).status_code == 404


def test_ga4_is_taken_at_its_own_path_and_at_ours(served):
    body = {
        "client_id": "ga-1",
        "timestamp_micros": 1763888400000000,
        "events": [{"name": "view_item", "params": {"items": [{"item_id": "LAMP-2"}]}}],
    }
    assert post(served, "/mp/collect?measurement_id=G-1&api_secret=x", body).json()["accepted"] == 1
    assert post(served, "/v1/events", body).json()["duplicates"] == 1


def test_lines_and_lists_and_gzip_are_taken(served):
    lines = "\n".join(json.dumps(view(f"l-{n}")) for n in range(3)) + "\n{broken\n"
    told = httpx.post(f"{served.url}/v1/events", content=lines).json()
    assert (told["accepted"], told["reasons"]) == (3, {"broken_json": 1})
    packed = gzip.compress(json.dumps([view("z-1"), view("z-2")]).encode())
    answer = httpx.post(f"{served.url}/v1/events", content=packed, headers={"content-encoding": "gzip"})
    assert answer.json()["accepted"] == 2


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 400), (b"{", 400), (b"[" * 100_000, 400), (b"7", 400), (b" " * (MOST_BYTES + 1), 413), (b"\xff\xfe{}", 400)],
)
def test_what_cannot_be_read_is_one_answer(served, content, status):
    answer = httpx.post(f"{served.url}/v1/events", content=content, timeout=30)
    assert answer.status_code == status and answer.json()


def test_a_bomb_is_not_unpacked(served):
    bomb = gzip.compress(b" " * (40 * MOST_BYTES))
    answer = httpx.post(f"{served.url}/v1/events", content=bomb, headers={"content-encoding": "gzip"}, timeout=30)
    assert answer.status_code == 413


def request(*, client="127.0.0.1", host="127.0.0.1:7860", query="", **headers):
    named = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Request(
        {
            "type": "http",
            "client": (client, 5),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }
    )


@pytest.mark.parametrize(
    ("asks", "may"),
    [
        (request(), True),
        (request(client="::1", host="localhost"), True),
        (request(client="10.0.0.9"), False),
        (request(host="shop.example"), False),
        (request(x_forwarded_for="10.0.0.9"), False),
        (request(origin="https://elsewhere.example"), False),
        (request(referer="http://127.0.0.1:7860/"), False),
    ],
)
def test_without_a_key_only_this_machine_may_send(asks, may):
    assert may_send(asks, {}, WebSettings()) is may
    assert not may_send(asks, {}, WebSettings(local=False))


BASIC = "Basic " + base64.b64encode(b"k-1:").decode()


@pytest.mark.parametrize(
    ("asks", "body", "may"),
    [
        (request(client="10.0.0.9", authorization=BASIC), {}, True),
        (request(client="10.0.0.9", authorization="Bearer k-1"), {}, True),
        (request(client="10.0.0.9", query="api_secret=k-1"), {}, True),
        (request(client="10.0.0.9"), {"writeKey": "k-1"}, True),
        (request(client="10.0.0.9"), {"writeKey": 7}, False),
        (request(authorization="Bearer k-2"), {}, False),
        (request(authorization="Basic !!"), {}, False),
        (request(), {}, False),
    ],
)
def test_with_a_key_only_who_shows_it_may_send(asks, body, may):
    assert may_send(asks, body, WebSettings(events_key="k-1")) is may


def test_who_may_not_send_writes_nothing(served):
    before = served.shop.events.count()
    answer = post(served, "/v1/events", view("x-1"), headers={"x-forwarded-for": "10.0.0.9"})
    assert answer.status_code == 401 and "SHOP_EVENTS_KEY" in answer.json()["error"]
    assert served.shop.events.count() == before


def test_the_examples_of_the_documentation_are_taken(served):
    """Every JSON block of docs/events.md that is posted there is posted here, with the demo's ids made ours."""
    blocks = re.findall(r"```json post (\S+)\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 6
    for path, text in blocks:
        content = re.sub(r"\b[A-Z]{3}-[A-Z-]+-\d\d(-[A-Z0-9-]+)?", "LAMP-1", text)
        told = httpx.post(f"{served.url}{path}", content=content, timeout=20).json()
        assert told["accepted"] >= 1 and told["rejected"] == 0, (path, told)


APP = """
import sys
import time
from pathlib import Path
from fastapi import FastAPI
import uvicorn
from assistant.behaviour.intake import Intake
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.web.event_routes import event_routes
from assistant.web.storefront import WebSettings

class Shelf:
    def sold_as(self, names):
        return {name: (name, None) for name in names}

app = FastAPI()
app.include_router(event_routes(Intake(Events(open_database("", Path(sys.argv[1]))), Shelf()), WebSettings()))
print("open", flush=True)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


def test_what_was_answered_survives_kill_9(tmp_path, free_port):
    app = subprocess.Popen([sys.executable, "-c", APP, str(tmp_path), str(free_port)], stdout=subprocess.PIPE)
    try:
        assert app.stdout.readline() == b"open\n"
        with httpx.Client(base_url=f"http://127.0.0.1:{free_port}", timeout=20) as client:
            batches = [{"batch": [view(f"k-{batch}-{n}") for n in range(20)]} for batch in range(8)]
            answered = sum(_patiently(client, body)["accepted"] for body in batches)
    finally:
        app.kill()
        app.wait()
        app.stdout.close()
    with sqlite3.connect(tmp_path / "shop.db") as kept:
        assert kept.execute("SELECT count(*) FROM events").fetchone()[0] == answered == 160
    kept.close()


def _patiently(client, body):
    for _ in range(100):
        try:
            return client.post("/v1/batch", json=body).json()
        except httpx.ConnectError:
            time.sleep(0.1)
    raise AssertionError("the app never answered")


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_database_that_is_away_says_to_send_again():
    def away(_batch, _principal):
        raise StoreUnavailable("shop.db", "disk is full")

    app = FastAPI()
    intake = Intake(SimpleNamespace(add=away), SimpleNamespace(sold_as=lambda names: {n: (n, None) for n in names}))
    app.include_router(event_routes(intake, WebSettings(events_key="k")))
    with TestClient(app) as client:
        answer = client.post("/v1/events", json=view("a-1"), headers={"authorization": "Bearer k"})
    assert answer.status_code == 503 and "send it again" in answer.json()["error"]


def test_what_visitors_do_on_the_pages_is_written_down(served):
    with httpx.Client(base_url=served.url, follow_redirects=True, timeout=20) as browser:
        browser.get("/")
        signed = browser.post("/visit/sign-in", data={"customer": "c-2"})
        assert signed.status_code == 200
        line = {"session": "pages", "variant": "LAMP-1-A", "quantity": 2, "customer": "c-2"}
        assert browser.post("/api/cart/lines", json=line).status_code == 200
        browser.get("/checkout")
    served.shop.carts.clear("pages", principal=Principal("shopper", "c-2"))  # the shop is every test's
    done = served.shop.events.of("customer:c-2", Principal("shopper", "c-2"))
    assert [one.kind for one in done] == [Kind.LOGIN, Kind.CART_ADD, Kind.CHECKOUT_BEGIN]
    assert done[1].items[0].variant_id == "LAMP-1-A" and done[1].items[0].quantity == 2
    assert done[1].items[0].price_minor == 3990 and done[1].currency == "USD"


def test_stock_and_prices_change_over_http(served):
    changes = [{"variant": "LAMP-3-A", "stock": 4, "price": 79.5}, {"variant": "NOPE", "stock": 1}, {"stock": -1}, 7]
    told = post(served, "/v1/stock", {"changes": changes}).json()
    assert (told["changed"], told["rejected"]) == (1, 3)
    lamp = served.shop.catalogue.get(["LAMP-3"])["LAMP-3"].variants[0]
    assert (lamp.stock, lamp.price_minor) == (4, 7950)
    assert post(served, "/v1/stock", [{"variant": "LAMP-3-A", "stock": 9, "price": "89.00"}]).json()["changed"] == 1
    assert post(served, "/v1/stock", 7).status_code == 400
    refused = post(served, "/v1/stock", changes, headers={"x-forwarded-for": "10.0.0.9"})
    assert refused.status_code == 401
