"""Comparing: by what a comparative asks for, and of things that were not shown yet."""

import pytest

from assistant.conversation.answers.measuring import in_order, measured, ranks
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


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("which has the longest battery?", "Of those whose records state the battery life, Ohm has the highest: 40 h."),
        (
            "which has the shortest battery life",
            "Of those whose records state the battery life, Volt has the lowest: 20 h.",
        ),
        ("哪个电池续航最长", "Of those whose records state the battery life, Ohm has the highest: 40 h."),
        (
            "which of them keeps going longest",
            "Of those whose records state the battery life, Ohm has the highest: 40 h.",
        ),
        (
            "which runs longer on one charge?",
            "Of those whose records state the battery life, Ohm has the highest: 40 h.",
        ),
    ],
)
def test_an_end_of_a_scale_may_be_named_by_the_attribute(message, said):
    def lasting(name, hours):
        return Subject(name, "product", name, (Fact("battery life", "Battery life", hours, "x"),))

    three = [LIGHT, lasting("Volt", "20 h"), lasting("Ohm", "40 h")]
    if message.isascii():
        assert measured(message, three, "en") == [said]
        assert [one.name for one in in_order(message, three)][-1] == "Fell"
    assert ranks(message)


def test_all_that_is_shown_is_ranked(talk):
    assert len(talk.say("bags").ids) > 4
    reply = talk.say("which has the greatest laptop size?")
    assert reply.ids[0] == "BP1" and len(reply.ids) == 4
    assert "Of those whose records state the laptop, Tarn Trail Backpack has the highest" in reply.text


def test_equal_in_other_units_is_the_same():
    other = subject("Crag", weight="0.67 kg")
    assert measured("lighter?", [LIGHT, other], "en") == ["They have the same weight: 670 g."]


def test_two_that_share_the_most_are_both_named_and_the_third_is_not():
    third = subject("Box", weight="1.2 kg")
    assert measured("which is the heaviest", [LIGHT, HEAVY, third], "en") == [
        "These have the same, highest weight, 1.2 kg: Tor, Box."
    ]


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


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("which one has the best rating?", "B"),
        ("which is the cheapest of them", "C"),
        ("哪个便宜", "C"),
        ("哪个轻", "A"),
        ("which one packs smallest?", "B"),
        ("which one has the most capacity", "C"),
        ("the biggest of these", "C"),
    ],
)
def test_what_is_asked_of_several_is_ranked_over_all_of_them(message, first):
    def thing(name, **facts):
        stated = (Fact(key, key.replace("_", " "), text, f"product:{name}#{key}") for key, text in facts.items())
        return Subject(name, "product", name, tuple(stated))

    subjects = [
        thing("A", price="$30.00", rating="4.1 out of 5", weight="90 g", packed_size="40 × 20 cm", capacity="10 L"),
        thing("B", price="$40.00", rating="4.9 out of 5", weight="100 g", packed_size="20 × 20 cm", capacity="20 L"),
        thing("C", price="$20.00", rating="4.5 out of 5", weight="120 g", packed_size="50 × 20 cm", capacity="30 L"),
    ]
    assert ranks(message)
    assert in_order(message, subjects)[0].name == first
    assert len(measured(message, subjects, "en")) == 1
