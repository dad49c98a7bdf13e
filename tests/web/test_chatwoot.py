"""Chatwoot: signed events alone are taken, each message once, and a draft comes back as a private note.

The conversation is as Chatwoot's documented payloads have it; its HTTP API is stood in for on this machine.
"""

import asyncio
import hashlib
import hmac
import json
import threading
import time
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.store.principal import SYSTEM
from assistant.web.chatwoot.event import ChatMessage, message_of, signed
from assistant.web.chatwoot.inbox import Inbox
from assistant.web.chatwoot.notes import ChatwootSettings, Notes, note_of
from assistant.web.chatwoot.routes import chatwoot_routes

EVENTS = json.loads((Path(__file__).parent / "chatwoot_conversation.json").read_text(encoding="utf-8"))
ASKED, NOTE, ANSWERED, AGAIN = EVENTS[1], EVENTS[2], EVENTS[3], EVENTS[5]
SECRET = "hush"


class StandIn(ThreadingHTTPServer):
    """Chatwoot's API as far as notes go: keeps what is posted; `answers` are the next status codes."""

    def __init__(self):
        self.posted, self.answers = [], []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = server.answers.pop(0) if server.answers else 200
                server.posted.append((self.path, self.headers.get("api_access_token"), body, status))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                return None

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def notes(self):
        return [body["content"] for _, _, body, status in self.posted if status == 200]


@pytest.fixture
def chatwoot():
    server = StandIn()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def settings_of(chatwoot):
    return ChatwootSettings(url=f"http://127.0.0.1:{chatwoot.server_port}/", token="tok", secret=SECRET)


@contextmanager
def running(shop, chatwoot):
    """Run the webhook with its inbox, as the app does."""
    settings = settings_of(chatwoot)
    inbox = Inbox(shop, Notes(settings, waits_s=(0.01, 0.01)))

    @asynccontextmanager
    async def lifespan(_app):
        inbox.start()
        yield
        await asyncio.to_thread(inbox.close)

    app = FastAPI(lifespan=lifespan)
    app.include_router(chatwoot_routes(settings, inbox))
    with TestClient(app) as http:
        yield http


def headers(body, *, secret=SECRET, at=None):
    at = str(int(time.time()) if at is None else at)
    right = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Chatwoot-Timestamp": at, "X-Chatwoot-Signature": f"sha256={right}", "Content-Type": "application/json"}


def send(http, event, **given):
    body = json.dumps(event).encode()
    return http.post("/hooks/chatwoot", content=body, headers=headers(body, **given))


def until(done):
    deadline = time.monotonic() + 20
    while not done():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def kept(shop, event):
    return shop.drafts.get(message_of(event).draft_id, SYSTEM)


def test_a_message_gets_its_draft_as_a_private_note(draft_shop, chatwoot):
    with running(draft_shop, chatwoot) as http:
        assert send(http, ASKED).json() == {"taken": True}
        until(lambda: kept(draft_shop, ASKED).status == "open")
    (path, token, body, _), = chatwoot.posted  # fmt: skip
    assert path == "/api/v1/accounts/7/conversations/42/messages" and token == "tok"
    assert body["private"] is True and body["message_type"] == "outgoing"
    assert "on its way" in body["content"] and "`order:R-30001#status`" in body["content"]


def test_a_whole_conversation_is_followed(draft_shop, chatwoot):
    with running(draft_shop, chatwoot) as http:
        send(http, EVENTS[0])
        send(http, ASKED)
        until(lambda: len(chatwoot.notes) == 1)
        until(lambda: kept(draft_shop, ASKED).status == "open")
        for event in EVENTS[2:5]:
            send(http, event)
        send(http, AGAIN)
        until(lambda: kept(draft_shop, AGAIN).status == "open")
    ticket = draft_shop.tickets.get(kept(draft_shop, AGAIN).ticket_id, SYSTEM)
    said = [(one.author, one.text) for one in draft_shop.tickets.messages(ticket.id, SYSTEM)]
    assert [author for author, _ in said] == ["shopper", "agent", "shopper"]
    assert (ticket.channel, ticket.customer_id) == ("chatwoot", "c-1") and len(chatwoot.notes) == 2
    again = kept(draft_shop, AGAIN)
    assert again.message == "Thanks! Can I still cancel it?"
    assert again.data["actions"][0]["rule"] == "cancel-status" and "cancel" in chatwoot.notes[1]


def test_a_repeated_delivery_is_harmless(draft_shop, chatwoot):
    with running(draft_shop, chatwoot) as http:
        assert send(http, ASKED).json() == {"taken": True}
        assert send(http, ASKED).json() == {"taken": False}
        until(lambda: kept(draft_shop, ASKED).status == "open")
        assert send(http, ASKED).json() == {"taken": False}
        send(http, AGAIN)
        until(lambda: kept(draft_shop, AGAIN).status == "open")
    assert len(chatwoot.notes) == 2


@pytest.mark.parametrize("event", [NOTE, EVENTS[0], EVENTS[4], {**ASKED, "content": None}, [], "x", 5, None])
def test_notes_updates_and_all_else_are_ignored(draft_shop, chatwoot, event):
    with running(draft_shop, chatwoot) as http:
        answer = send(http, event)
    assert answer.status_code == 200 and answer.json() == {"taken": False} and chatwoot.posted == []


def test_an_agents_answer_to_nothing_of_ours_is_ignored(draft_shop, chatwoot):
    with running(draft_shop, chatwoot) as http:
        assert send(http, ANSWERED).json() == {"taken": False}


def test_bots_are_not_agents():
    assert message_of({**ANSWERED, "sender": {"id": 1, "type": "agent_bot"}}) is None


@pytest.mark.parametrize(
    "given", [{"secret": "other"}, {"secret": ""}, {"at": int(time.time()) - 3_600}, {"at": int(time.time()) + 3_600}]
)
def test_what_is_not_signed_now_by_the_secret_is_refused(draft_shop, chatwoot, given):
    with running(draft_shop, chatwoot) as http:
        answer = send(http, ASKED, **given)
        bare = http.post("/hooks/chatwoot", json=ASKED)
    assert answer.status_code == bare.status_code == 401 and "SHOP_CHATWOOT_SECRET" in answer.json()["error"]
    assert draft_shop.drafts.waiting(SYSTEM) == []


def test_a_changed_body_does_not_fit_its_signature():
    body = b'{"event": "message_created"}'
    told = {name.lower(): value for name, value in headers(body, at=100).items()}
    assert signed(body, told, secret=SECRET, now=100.0)
    assert not signed(body + b" ", told, secret=SECRET, now=100.0)
    assert not signed(body, told, secret="", now=100.0)
    assert not signed(body, {**told, "x-chatwoot-timestamp": "x"}, secret=SECRET, now=100.0)


def test_a_body_that_is_no_json_is_refused(draft_shop, chatwoot):
    with running(draft_shop, chatwoot) as http:
        answer = http.post("/hooks/chatwoot", content=b"{", headers=headers(b"{"))
    assert answer.status_code == 400 and "no JSON" in answer.json()["error"]


def test_without_settings_it_says_what_is_missing():
    app = FastAPI()
    app.include_router(chatwoot_routes(None, None))
    with TestClient(app) as http:
        answer = http.post("/hooks/chatwoot", json=ASKED)
    assert answer.status_code == 404 and "SHOP_CHATWOOT_URL" in answer.json()["error"]


def test_a_contact_that_chatwoot_has_not_verified_is_nobody(draft_shop, chatwoot):
    """Anybody can type another's address into a widget."""
    unverified = json.loads(json.dumps(ASKED))
    unverified["conversation"]["contact_inbox"]["hmac_verified"] = False
    unverified["content"] = "Where is my order?"
    with running(draft_shop, chatwoot) as http:
        send(http, unverified)
        until(lambda: kept(draft_shop, unverified).status == "open")
    (note,) = chatwoot.notes
    assert "R-30001" not in note and "not identified" in note


def test_an_order_with_its_address_identifies_where_the_shop_takes_that(draft_shop, chatwoot):
    unverified = json.loads(json.dumps(ASKED))
    unverified["conversation"]["contact_inbox"]["hmac_verified"] = False
    wrong = {**unverified, "id": 905, "sender": {**ASKED["sender"], "email": "c-2@example.org"}}
    with running(draft_shop, chatwoot) as http:
        send(http, unverified)
        until(lambda: kept(draft_shop, unverified).status == "open")
    assert kept(draft_shop, unverified).customer_id == "c-1"
    other = {**wrong, "conversation": {**wrong["conversation"], "id": 43}}
    with running(draft_shop, chatwoot) as http:
        send(http, other)
        until(lambda: kept(draft_shop, other).status == "open")
    assert kept(draft_shop, other).customer_id is None and "on its way" not in chatwoot.notes[1]


def test_trouble_of_chatwoots_own_is_waited_out(draft_shop, chatwoot):
    chatwoot.answers = [502, 429]
    with running(draft_shop, chatwoot) as http:
        send(http, ASKED)
        until(lambda: kept(draft_shop, ASKED).status == "open")
    assert [status for *_, status in chatwoot.posted] == [502, 429, 200]


def test_a_note_that_is_refused_leaves_the_draft_at_the_desk(draft_shop, chatwoot):
    chatwoot.answers = [401]
    with running(draft_shop, chatwoot) as http:
        send(http, ASKED)
        until(lambda: kept(draft_shop, ASKED).status == "open")
    assert len(chatwoot.posted) == 1 and "on its way" in kept(draft_shop, ASKED).text


def test_what_was_taken_before_a_crash_is_drafted_at_the_next_start(draft_shop, chatwoot):
    inbox = Inbox(draft_shop, Notes(settings_of(chatwoot)))
    assert asyncio.run(inbox.take(message_of(ASKED)))  # taken, and then the app ends
    assert [one.id for one in draft_shop.drafts.waiting(SYSTEM)] == [message_of(ASKED).draft_id]
    with running(draft_shop, chatwoot):
        until(lambda: kept(draft_shop, ASKED).status == "open")
    assert len(chatwoot.notes) == 1 and draft_shop.drafts.waiting(SYSTEM) == []


def test_a_note_says_what_is_doubtful_and_what_is_wished(draft_shop):
    from assistant.conversation.drafting.draft import DraftRequest

    made = asyncio.run(draft_shop.drafter.compose(DraftRequest(message="取消订单R-30001", customer_id="c-1")))
    note = note_of(made)
    assert "cancel: 规则 cancel-status 不允许" in note and "来源" in note
    message = ChatMessage.from_json(message_of(ASKED).to_json())
    assert message == message_of(ASKED)
