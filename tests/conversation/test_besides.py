"""A wish for a thing and a question of service in one message: both are answered, the thing first."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.conversation.state import State

RULES = Path(str(files("assistant.demo"))) / "policies" / "rules.toml"


@pytest.fixture(scope="module")
def serving_shop(hall, untouched, engine, tmp_path_factory):
    """A shop that looks orders up for whoever it knows."""
    folder = shutil.copytree(untouched, tmp_path_factory.mktemp("besides") / "shop")
    conversation, index, database = hall.opened(folder, engine, rules=RULES)
    yield conversation
    index.close()
    database.dispose()


@pytest.fixture
def guest(hall, serving_shop, request):
    return hall.Talk(serving_shop, request.node.name)


@pytest.mark.parametrize(
    ("message", "product", "said"),
    [
        ("I need a backpack under 100. also whats your return policy?", "BP1", "30 days"),
        ("I want a backpack for my dad, and can he return it if it's too small?", "BP1", "30 days"),
        ("how long do I have to return things, and show me some desk lamps please", "LMP", "30 days"),
        ("想买一个双肩包，另外你们退货政策是什么", "BP1", "30天"),
        ("我想买一个台灯，几天内可以退货？", "LMP", "30天"),
    ],
)
def test_the_thing_and_the_rule_are_both_told(guest, message, product, said):
    reply = guest.say(message)
    assert product in reply.ids and said in reply.text


def test_the_conditions_of_the_thing_are_its_own(guest):
    reply = guest.say("I need a backpack under 100. How long do I have to return it?")
    assert reply.understood.constraints == {
        "text": "backpack",
        "price_max_minor": 10000,
        "categories": ["Backpacks"],
    }


def test_an_order_is_asked_for_and_things_are_shown(guest):
    reply = guest.say("I'm looking for a desk lamp. Also where is my last order?")
    assert reply.ids and "sign in" in reply.question.text


def test_what_is_added_and_what_is_asked(guest):
    guest.say("a desk lamp")
    reply = guest.say("add the first one and tell me how long I can return it")
    assert (reply.cart or reply.question) and "30 days" in reply.text


@pytest.mark.parametrize(
    "message",
    [
        "a backpack for school and it must be waterproof",
        "I bought a lamp from you last week and it broke, I want my money back",
        "cancel order 10423 and reset my password",
        "nope too expensive, whats the cheapest",
        "a desk lamp",
    ],
)
def test_what_is_one_matter_is_not_parted(serving_shop, message):
    assert serving_shop._understander.understand(message, State()).parts == ()
