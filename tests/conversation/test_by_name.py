"""A product called by its name is asked about or taken, and a question about rules is gone on with."""

import pytest

from assistant.conversation.answers.by_name import pieces


@pytest.mark.parametrize(
    ("message", "id_"),
    [
        ("does the Tarn trail backpack fit a laptop?", "BP1"),
        ("what is the Tarn City backpack made of", "BP2"),
        ("Ostrava登顶双肩包防水吗", "BP4"),
    ],
)
def test_a_question_about_a_product_by_name_is_answered_from_its_record(talk, message, id_):
    reply = talk.say(message)
    assert (reply.intent, reply.ids) == ("ask_product", [id_])


def test_a_product_called_by_name_is_put_into_the_cart(talk):
    reply = talk.say("put the Ostrava school backpack in red into my cart")
    assert [line.product_id for line in reply.cart.lines] == ["BP3"]


def test_a_brand_alone_calls_no_product(talk):
    assert len(talk.say("do you have backpacks by Tarn?").ids) > 1


def test_a_number_is_read_with_what_it_counts():
    assert "2 person" in pieces("2-person tents") and "2 person" not in pieces("3 person tents")


def test_what_goes_on_with_a_rule_is_answered_from_the_rules(talk):
    assert "30 days" in talk.say("how many days do i have to return something").text
    reply = talk.say("even if i already wore it?")
    assert (reply.intent, reply.cards) == ("ask_policy", []) and "unused" in reply.text


def test_a_wish_after_a_rule_is_a_wish(talk):
    talk.say("how many days do i have to return something")
    assert talk.say("ok. show me desk lamps").ids == ["LMP"]


@pytest.mark.parametrize(
    "message", ["Tarn City backpack, what is it made of and is it waterproof?", "Ostrava登顶双肩包，什么材质，防水吗？"]
)
def test_all_that_is_asked_of_a_product_by_name_is_answered_at_once(talk, message):
    first = talk.say(message)
    assert first.intent == "ask_product" and len(first.ids) == 1
    for part in ("material", "waterproof") if first.understood.language == "en" else ("材质", "防水"):
        assert part in first.text.lower()
