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


@pytest.mark.parametrize("change", ["make that L", "change it to L", "换成L码", "改成L"])
def test_another_size_takes_the_place_of_the_one_in_the_cart(talk, change):
    talk.say("rain jacket")
    talk.say("add 2 of the first one to my cart in M")
    (line,) = talk.say(change).cart.lines
    assert line.quantity == 2 and line.options_text.endswith(("L", "大号"))


def test_another_colour_of_what_is_in_no_cart_narrows_the_wish(talk):
    talk.say("backpacks")
    reply = talk.say("make it red")
    assert reply.cart is None and set(reply.ids) == {"BP2", "BP3"}


@pytest.mark.parametrize("answer", ["two of them please", "要两件"])
def test_how_many_may_be_said_before_the_size(talk, answer):
    talk.say("rain jacket")
    talk.say("add the first one to my cart")
    assert len(talk.say(answer).question.choices) == 2
    (line,) = talk.say("M").cart.lines
    assert line.quantity == 2


def test_what_is_pointed_at_and_wanted_is_put_into_the_cart(talk):
    talk.say("双肩包")
    reply = talk.say("要第一个，黑色的")
    assert reply.cart is not None and "黑色" in reply.cart.lines[0].options_text


@pytest.mark.parametrize("message", ["delete everything you have on me", "erase what you know about me"])
def test_what_is_known_of_a_shopper_is_no_cart(talk, message):
    talk.say("rain jacket")
    talk.say("add the first one to my cart in M")
    talk.say(message)
    assert len(talk.say("show my cart").cart.lines) == 1


def test_each_thing_may_have_a_number_of_its_own(talk):
    talk.say("backpacks")
    lines = talk.say("I'll take two of the first and three of the second").cart.lines
    assert [line.quantity for line in lines] == [2, 3]
    talk.say("双肩包")
    assert sum(line.quantity for line in talk.say("第一个加两个到购物车").cart.lines) == 7


def test_what_is_wanted_in_the_cart_and_was_not_shown_yet_is_found_and_asked_for(talk):
    reply = talk.say("put a green tea in my cart please")
    assert reply.ids[0] == "TEA" and reply.cart is None and reply.question.choices
    assert talk.say("the first one").cart.lines[0].product_id == "TEA"


@pytest.mark.parametrize("message", ["keep shopping", "actually 5", "继续购物"])
def test_what_wishes_for_nothing_shows_nothing(talk, message):
    assert not talk.say(message).ids


def test_the_size_of_the_wish_stays_when_a_colour_was_asked_after(talk):
    talk.say("a rain jacket, she wears L")
    talk.say("does the first one come in red?")
    (line,) = talk.say("add it in her size").cart.lines
    assert line.options_text == "Red, L"
