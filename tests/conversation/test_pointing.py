"""Questions about what was shown: an ordinal with an attribute, stock, price or review word asks."""

import pytest

ASKED = [
    ("what about the power of the first one", "8 W"),
    ("and the first one, what about its power?", "8 W"),
    ("tell me the power of the first one", "8 W"),
    ("第一款的功率呢？", "8瓦"),
    ("请问第一个功率怎么样", "8瓦"),
    ("第一款还有库存吗", "有货"),
    ("do you have the first one in stock?", "in stock"),
    ("price of the first?", "$39.90"),
    ("第一款什么价格", "$39.90"),
    ("how is the first one", "$39.90"),
]


@pytest.mark.parametrize(("message", "said"), ASKED)
def test_a_question_about_a_shown_product_is_answered_from_its_record(talk, message, said):
    talk.say("a desk lamp")
    reply = talk.say(message)
    assert reply.intent == "ask_product" and said in reply.text


@pytest.mark.parametrize(
    "message", ["买过第一款的人怎么说", "第一个评价怎么样？", "what do people who bought the first one say?"]
)
def test_what_buyers_say_is_counted_and_quoted(talk, message):
    talk.say("Tarn Trail Backpack")
    reply = talk.say(message)
    assert reply.intent == "ask_product" and "4" in reply.text and ("“" in reply.text)


def test_a_bare_reference_describes(talk):
    talk.say("a desk lamp")
    assert talk.say("the first one").intent == "ask_product"


@pytest.mark.parametrize(
    "message", ["add the first one to my cart", "I'll take the first one", "我要第一个，加到购物车"]
)
def test_taking_is_not_asking(talk, message):
    talk.say("a desk lamp")
    assert talk.say(message).intent == "cart_add"


def test_an_attribute_s_name_alone_asks_about_the_product_in_talk(talk):
    talk.say("a desk lamp")
    talk.say("how much is the first one?")
    assert "8 W" in talk.say("Power?").text


def test_a_product_s_silence_is_not_told_in_pieces_of_words(talk):
    talk.say("台灯")
    reply = talk.say("请问第一个会不会频闪伤眼睛")
    assert "“" not in reply.text and "资料里" in reply.text


def test_a_rule_answers_where_the_record_is_silent(talk):
    talk.say("a desk lamp")
    assert "30 days" in talk.say("how long do I have to return the first one?").text


def test_the_cheaper_one_is_a_product_and_no_step(talk):
    prices = {card.product_id: card.price_minor for card in talk.say("backpacks").cards}
    (line,) = talk.say("ok I'll take the cheapest one").cart.lines
    assert prices[line.product_id] == min(prices.values())
