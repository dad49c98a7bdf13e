"""Comparing: by what a comparative asks for, and of things that were not shown yet."""

import pytest

from assistant.conversation.answers.measuring import measured
from assistant.wording.evidence import Fact, Subject


def subject(name, **stated):
    facts = tuple(Fact(key, key.capitalize(), text, f"product:{name}#{key}") for key, text in stated.items())
    return Subject(name, "product", name, facts)


LIGHT, HEAVY = subject("Fell", weight="670 g", capacity="21 L"), subject("Tor", weight="1.2 kg", capacity="36 L")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("which one is lighter?", "Fell has the lowest weight of these: 670 g."),
        ("which is the heaviest", "Tor has the highest weight of these: 1.2 kg."),
        ("哪个更大？", "Tor has the highest capacity of these: 36 L."),
        ("which one is taller?", "The records do not state the height of each of these."),
    ],
)
def test_a_comparative_is_answered_by_the_records_numbers(message, said):
    assert measured(message, [LIGHT, HEAVY], "en") == [said]


def test_equal_in_other_units_is_the_same():
    other = subject("Crag", weight="0.67 kg")
    assert measured("lighter?", [LIGHT, other], "en") == ["They have the same weight: 670 g."]


def test_pieces_are_not_litres():
    assert "do not state" in measured("which is bigger", [LIGHT, subject("Box", capacity="4 people")], "en")[0]


def test_no_comparative_no_verdict():
    assert measured("compare the first two", [LIGHT, HEAVY], "en") == []


def test_two_of_a_kind_are_found_and_compared(talk):
    reply = talk.say("compare two backpacks")
    assert len(reply.cards) == len(reply.comparison.titles) == 2


def test_what_the_shop_has_not_is_asked_for(talk):
    assert talk.say("compare two espresso machines").question.text == "Which products shall I compare?"


def test_letters_that_mean_nothing_are_no_thanks(talk):
    assert talk.say("asdkjh qwe").understood.intent != "thanks"
    assert talk.say("thank u").understood.intent == "thanks"
