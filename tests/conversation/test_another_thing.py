"""Another thing than those shown is named, and asked after in the same breath."""

import pytest


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


def test_a_thing_for_cards_is_no_question_of_paying(talk):
    assert talk.say("slim wallet, only for cards").ids == ["WAL"]
    assert talk.say("can I pay by card?").intent != "find"
