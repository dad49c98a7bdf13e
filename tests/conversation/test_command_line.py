"""`python -m assistant ask`: one turn for scripts, with the keys that other tools rely on."""

import contextlib
import json
from types import SimpleNamespace

import pytest

from assistant import __main__ as command
from assistant.llm.scripted import ScriptedEngine

KEYS = {"reply", "language", "intent", "constraints", "products", "citations", "actions", "handoff", "trace"}
PRODUCT_KEYS = {"id", "title", "price", "currency", "in_stock", "reason"}


@pytest.fixture
def open_shop(hall, home, monkeypatch):
    """Have the command open the test shop, with an engine whose sentences never pass."""
    engine = ScriptedEngine(lambda request: "Well.")

    @contextlib.contextmanager
    def opened(settings):
        conversation, index, database = hall.opened(home, engine)
        yield SimpleNamespace(conversation=conversation, engine=engine, settings=settings)
        index.close()
        database.dispose()

    monkeypatch.setattr(command, "open_shop", opened)


def ask(capsys, *arguments):
    assert command.main(["ask", *arguments]) == 0
    return capsys.readouterr().out


def test_json_holds_every_key_of_the_design(open_shop, capsys):
    told = json.loads(ask(capsys, "a backpack under $100", "--json"))
    assert told.keys() >= KEYS
    assert all(product.keys() >= PRODUCT_KEYS for product in told["products"]) and told["products"]
    assert told["language"] == "en" and told["intent"] == "find"
    assert told["constraints"]["price_max_minor"] == 10000
    assert {name for name in told["trace"] if name.endswith("_ms")} >= {"understand_ms", "cards_ms", "reply_ms"}
    assert told["trace"]["plan"] and told["citations"]


def test_a_session_goes_on(open_shop, capsys):
    ask(capsys, "a desk lamp", "--session", "by-script", "--json")
    told = json.loads(ask(capsys, "add the first one to my cart", "--session", "by-script", "--json"))
    assert [action["name"] for action in told["actions"]] == ["cart"]


def test_without_json_the_reply_alone_is_printed(open_shop, capsys):
    assert "$39.90" in ask(capsys, "a desk lamp")
