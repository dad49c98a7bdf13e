"""Drafts over HTTP: for agents alone, with sources and proposed actions, kept, and decided about once."""

import json

import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from assistant import drafting
from assistant.__main__ import parser
from assistant.conversation.drafting.draft import DraftRequest
from assistant.people.desk_pass import DeskPass
from assistant.store.principal import SYSTEM
from assistant.store.records import OrderStatus
from assistant.store.tickets import Ticket
from assistant.web.desk.access import DeskDoor
from assistant.web.draft_routes import draft_routes
from assistant.web.server import _bad_request, _refused
from assistant.web.storefront import WebSettings

KEY = "open sesame"


def client(shop, *, key=KEY, local=False, address=("203.0.113.9", 4711)):
    from fastapi.exceptions import RequestValidationError

    app = FastAPI()
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _refused)
    app.include_router(draft_routes(shop, DeskDoor(DeskPass("s", key), WebSettings(local=local))))
    return TestClient(app, client=address)


@pytest.fixture
def agent(draft_shop):
    with client(draft_shop) as http:
        http.headers["Authorization"] = f"Bearer {KEY}"
        yield http


def test_a_message_gets_a_draft_with_sources_confidence_and_actions(agent, draft_shop):
    answer = agent.post("/v1/drafts", json={"message": "Please cancel order R-30002", "customer_id": "c-2"})
    made = answer.json()
    assert answer.status_code == 201 and 0 < made["confidence"] <= 1 and made["status"] == "open"
    (action,) = made["actions"]
    assert (action["name"], action["allowed"], action["arguments"]["order_number"]) == ("cancel", True, "R-30002")
    told = [one for one in made["sentences"] if one["fact"]]
    assert {"label": "Items", "source": "order:R-30002#items"} in told[0]["citations"]
    assert draft_shop.orders.get("R-30002", SYSTEM).status is OrderStatus.PENDING
    assert agent.get(f"/v1/drafts/{made['id']}").json() == made


def test_a_ticket_gets_a_draft_as_its_own_customer(agent, draft_shop):
    ticket = draft_shop.tickets.open(
        Ticket(customer_id="c-1"), SYSTEM, messages=[("shopper", "Where is my order R-30001?")]
    )
    made = agent.post("/v1/drafts", json={"ticket_id": ticket.id, "language": "zh"}).json()
    assert made["customer_id"] == "c-1" and "运输中" in made["text"]
    other = agent.post("/v1/drafts", json={"ticket_id": ticket.id, "customer_id": "c-2"})
    assert other.status_code == 422 and "is not of the customer 'c-2'" in other.json()["error"]


def test_nothing_of_another_customer_comes_into_a_draft(agent):
    made = agent.post("/v1/drafts", json={"message": "Where is R-30001?", "customer_id": "c-2"}).json()
    assert "on its way" not in made["text"] and "Ember" not in made["text"]


def test_a_decision_is_recorded_once_with_the_edit_distance(agent):
    made = agent.post("/v1/drafts", json={"message": "Where is my order?", "customer_id": "c-1"}).json()
    path = f"/v1/drafts/{made['id']}/decision"
    done = agent.post(path, json={"decision": "edited", "text": made["text"] + "!!"})
    assert done.status_code == 200 and done.json()["edit_distance"] == 2 and done.json()["status"] == "edited"
    again = agent.post(path, json={"decision": "rejected"})
    assert again.status_code == 409 and "is edited already" in again.json()["error"]
    assert agent.get(f"/v1/drafts/{made['id']}").json()["status"] == "edited"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({}, 422, "there is no message"),
        ({"message": "hi", "customer_id": "c-9"}, 404, "there is no customer 'c-9'"),
        ({"ticket_id": "nothing"}, 404, "there is no ticket 'nothing'"),
        ({"message": "hi", "tone": "rude"}, 422, "tone 'rude' cannot be used"),
        ({"message": "hi", "extra": 1}, 422, "extra"),
    ],
)
def test_what_cannot_be_drafted_says_why_in_one_sentence(agent, body, status, said):
    answer = agent.post("/v1/drafts", json=body)
    assert answer.status_code == status and said in answer.json()["error"]


def test_a_draft_that_is_not_there_is_not_found(agent):
    assert agent.get("/v1/drafts/none").status_code == 404
    assert agent.post("/v1/drafts/none/decision", json={"decision": "accepted"}).status_code == 404


@pytest.mark.parametrize("shown", [None, "Bearer wrong", "Basic open sesame", "Bearer "])
def test_nobody_drafts_without_the_key(draft_shop, shown):
    with client(draft_shop) as http:
        headers = {"Authorization": shown} if shown else {}
        for ask in (
            http.post("/v1/drafts", json={"message": "hi"}, headers=headers),
            http.get("/v1/drafts/x", headers=headers),
            http.post("/v1/drafts/x/decision", json={"decision": "accepted"}, headers=headers),
        ):
            assert ask.status_code == 401 and "SHOP_DESK_KEY" in ask.json()["error"]


def test_a_pass_of_the_desk_opens_too(draft_shop):
    issued = DeskPass("s", KEY).issue(KEY)
    with client(draft_shop) as http:
        answer = http.post("/v1/drafts", json={"message": "Hello"}, headers={"Authorization": f"Bearer {issued}"})
    assert answer.status_code == 201


def test_without_a_key_this_machine_alone_may_draft(draft_shop):
    near, far = ("127.0.0.1", 4711), ("203.0.113.9", 4711)
    for address, local, status in ((near, True, 201), (far, True, 401), (near, False, 401)):
        with client(draft_shop, key="", local=local, address=address) as http:
            http.base_url = "http://127.0.0.1"
            assert http.post("/v1/drafts", json={"message": "Hello"}).status_code == status


# The command line.


def given(*words):
    return parser().parse_args(["draft", *words])


def test_a_file_of_plain_text_or_json_or_an_id_is_a_ticket(tmp_path):
    text, fields = tmp_path / "mail.txt", tmp_path / "ticket.json"
    text.write_text("Where is my order?", encoding="utf-8")
    fields.write_text(json.dumps({"message": "你好", "customer_id": "c-1", "tone": "warm"}), encoding="utf-8")
    assert drafting.request_of(given("--ticket", str(text), "--customer", "c-2")) == DraftRequest(
        message="Where is my order?", customer_id="c-2"
    )
    assert drafting.request_of(given("--ticket", str(fields))) == DraftRequest(
        message="你好", customer_id="c-1", tone="warm"
    )
    assert drafting.request_of(given("--ticket", "abc123")) == DraftRequest(ticket_id="abc123")


@pytest.mark.parametrize(
    ("content", "said"),
    [('{"mesage": "x"}', "there is no field 'mesage'"), ('{"message": 5}', "message"), ("{broken", "is none")],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, content, said):
    path = tmp_path / "ticket.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(drafting.BadTicket, match=said):
        drafting.request_of(given("--ticket", str(path)))


def test_a_draft_is_shown_with_its_sources_doubts_and_actions(draft_shop):
    import asyncio

    made = asyncio.run(draft_shop.drafter.draft(DraftRequest(message="Please cancel order R-30002", customer_id="c-2")))
    shown = drafting.shown(made)
    assert made.text in shown and "order:R-30002#items" in shown and "proposed: cancel" in shown
