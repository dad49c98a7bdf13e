"""Which variant goes into the cart."""

from dataclasses import replace

import pytest

from assistant.conversation.cards import chosen
from assistant.conversation.reading.naming import named_options
from index.product import Availability


def test_a_size_is_asked_for_and_taken_from_the_answer(talk):
    talk.say("rain jacket")
    asked = talk.say("add 2 of the first one to my cart")
    assert asked.cart is None and "Size M" in asked.question.choices
    (line,) = talk.say("M").cart.lines
    assert line.quantity == 2 and line.options_text.endswith("M")


def test_an_open_question_is_forgotten_when_the_talk_moves_on(talk):
    talk.say("rain jacket")
    talk.say("add the first one to my cart")
    talk.say("a desk lamp")
    assert talk.say("M").cart is None


def test_a_size_in_the_wish_is_not_asked_for_again(talk):
    talk.say("rain jacket size L")
    (line,) = talk.say("add the first one to my cart").cart.lines
    assert "L" in line.options_text


def test_traditional_characters_are_read(talk):
    talk.say("雙肩包")
    assert talk.say("把第一個加入購物車").cart is not None


def test_a_card_takes_a_variant_in_stock(hall):
    jacket = hall.products["JKT"]
    first = replace(jacket.variants[0], stock=0, availability=Availability.OUT_OF_STOCK)
    mixed = replace(jacket, variants=(first, *jacket.variants[1:]))
    assert chosen(mixed, [v.id for v in mixed.variants]).in_stock


@pytest.mark.parametrize(
    ("answer", "options"),
    [
        ("M", {"size": ("M",)}),
        ("size L please", {"size": ("L",)}),
        ("中号", {"size": ("M",)}),
        ("red, M", {"color": ("Red",), "size": ("M",)}),
        ("how much is it in M", {}),
        ("something else", {}),
    ],
)
def test_a_short_answer_names_options(hall, answer, options):
    assert named_options(hall.products["JKT"], answer) == options
