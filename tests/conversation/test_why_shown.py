"""Why something was shown: by what was asked for, and by what the shopper told of themselves."""

import pytest


@pytest.fixture
def person(hall, shop, request):
    return hall.Talk(shop, request.node.name)


@pytest.mark.parametrize(
    "message", ["why are you showing me these?", "why this one?", "how did you pick these", "为什么推荐这些"]
)
def test_what_was_asked_for_is_the_reason(person, message):
    person.say("a waterproof backpack under $100")
    reply = person.say(message)
    assert reply.intent == "why_shown" and "waterproof" in reply.text and "BP1" in reply.ids


def test_what_was_told_of_oneself_is_a_reason(person):
    person.say("I'm vegan so remember that please")
    person.say("Ostrava backpacks")
    assert "vegan" in person.say("why do you recommend the first one").text


def test_without_anything_shown_nothing_is_explained(person):
    assert person.say("why this one?").intent != "why_shown"


@pytest.mark.parametrize(
    ("first", "then", "size"),
    [("my shoe size is 42", "sorry i meant 43, not 42", "43"), ("I wear M", "no wait, I'm an L, not M", "L"),
     ("我穿42码", "说错了，是43码，不是42", "43")],
)  # fmt: skip
def test_a_size_is_corrected(person, first, then, size):
    person.say(first)
    reply = person.say(then)
    assert size in reply.text and reply.intent == "told"
    known = person.say("what do you know about me?").text
    assert size in known and "42" not in known


@pytest.mark.parametrize("message", ["I'm vegan so remember that please", "please note that I'm vegan"])
def test_what_is_to_be_remembered_is_only_noted(person, message):
    reply = person.say(message)
    assert reply.intent == "told" and "vegan" in reply.text and "do not seem to have" not in reply.text


@pytest.mark.parametrize(
    ("told", "asks", "said"),
    [
        ("I wear size 42 and I like green", "what size do I usually take?", "42"),
        ("my shoe size is 42", "do you remember my shoe size?", "42"),
        ("我穿42码", "我穿多大码", "42"),
    ],
)
def test_one_taste_is_asked_for_alone(person, told, asks, said):
    person.say(told)
    reply = person.say(asks)
    assert reply.intent == "known_of_me" and said in reply.text and "green" not in reply.text


def test_a_taste_that_is_not_known_is_said_not_to_be(person):
    person.say("I like green")
    assert "I do not know of you yet" in person.say("do you know what brands i like").text


def test_a_second_taste_needs_no_i(person):
    text = person.say("i like green and hate wool").text
    assert "green" in text and "no wool" in text


def test_a_size_is_told_without_an_apostrophe(person):
    assert "size M" in person.say("hey im a size M").text


@pytest.mark.parametrize(
    ("message", "intent"), [("thanks for nothing!!", "reproach"), ("who are you exactly", "smalltalk")]
)
def test_what_is_said_to_the_assistant_names_no_thing(person, message, intent):
    assert person.say(message).intent == intent
