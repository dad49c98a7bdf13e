"""Another thing than those shown is named, and asked after in the same breath."""

from dataclasses import replace

import pytest

from assistant.conversation.intention.correcting import corrected
from assistant.conversation.intention.deciding import intention
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.wished import understood
from assistant.conversation.state import Shown, State, Wish
from index.catalogue import Vocabulary

LEXICON = Lexicon(
    Vocabulary(
        categories={"Wallets": 3, "Food": 4}, kinds={"wallet": ("Wallets",), "dog food": ("Food",), "food": ("Food",)}
    )
)


@pytest.mark.parametrize(
    ("first", "message", "id_", "fact"),
    [
        ("show me wallets", "ok the city backpack. is it waterproof?", "BP2", "Waterproof"),
        ("show me lamps", "what about a wallet, what is it made of", "WAL", "Leather"),
        ("台灯", "那钱包呢，是什么材质的", "WAL", "牛皮"),
    ],
)
def test_it_is_shown_and_what_is_asked_of_it_answered(talk, first, message, id_, fact):
    talk.say(first)
    reply = talk.say(message)
    assert reply.ids[0] == id_
    assert fact in reply.text


def test_what_is_asked_of_one_that_was_shown_is_no_other_thing(talk):
    first = talk.say("show me backpacks").ids
    reply = talk.say("the first one. is it waterproof?")
    assert reply.intent == "ask_product" and reply.ids == first[:1]


@pytest.mark.parametrize("message", ["what about lamps", "how about a lamp"])
def test_what_about_another_kind_looks_for_it(talk, message):
    talk.say("show me backpacks")
    assert talk.say(message).ids == ["LMP"]


def test_what_about_a_fact_asks_for_it(talk):
    talk.say("show me backpacks")
    assert talk.say("what about the material").intent == "ask_product"


@pytest.mark.parametrize(
    "message", ["meh, I don't fancy any of those. what else have you got?", "not really my thing, anything else?"]
)
def test_what_is_said_against_those_shown_and_asks_for_others_shows_others(talk, message):
    shown = talk.say("backpacks under $60").ids
    reply = talk.say(message)
    assert reply.intent == "more" and not set(reply.ids) & set(shown)


def test_any_of_those_in_a_colour_is_a_condition(talk):
    talk.say("show me backpacks")
    reply = talk.say("any of em in that greeny colour, green i think its called")
    assert reply.intent == "refine" and set(reply.ids) <= {"BP3", "BP4"}


POLICY = Guess("ask_policy", 0.49, "out_of_scope", 0.31, "payment_methods", 0.49)
PRODUCT = Guess("ask_product", 0.9, "find", 0.1, "ask_product", 0.9)


@pytest.mark.parametrize(
    ("message", "intent"),
    [("slim wallet, only for cards", "find"), ("can I pay for the wallet by card?", "ask_policy")],
)
def test_a_thing_for_cards_is_no_question_of_paying(message, intent):
    reading = Reading(message, LEXICON)
    assert corrected(reading, understood(reading, "en"), State(), guess=POLICY)[0] == intent


@pytest.mark.parametrize(
    ("message", "intent"), [("what about dog food", "find"), ("what about the food", "ask_product")]
)
def test_another_of_the_kind_is_looked_for_whatever_trait_its_name_sounds_like(message, intent):
    reading = Reading(message, LEXICON)
    found = replace(understood(reading, "en"), trait="pets", trait_sure=1.0)
    state = State(wish=Wish(text="cat food", categories=("Food",)), shown=(Shown("A", "A-1"), Shown("B", "B-1")))
    assert intention(reading, found, state, guess=PRODUCT)[0] == intent
