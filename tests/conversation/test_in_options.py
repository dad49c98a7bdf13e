"""Questions about a shown product: in which option it can be had, and what the record says of just what is asked."""

import pytest


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("does the first one come in L", "Fjord Rain Jacket (L): in stock."),
        ("第一个有大号吗", "峡湾雨衣 (大号)：有货。"),
        ("is the first one available in red, size M?", "Fjord Rain Jacket (Red, M): in stock."),
        ("how much is the first one in L", "Fjord Rain Jacket (Navy, L): $89.00."),
        ("第一个红色的多少钱", "$89.00"),
        ("does the first one come in green", "does not come in “green”; it comes in Navy, Red."),
    ],
)
def test_an_option_is_answered_by_its_variants(talk, message, said):
    talk.say("rain jacket")
    assert said in talk.say(message).text


def test_the_variant_asked_after_is_the_one_added(talk):
    talk.say("rain jacket")
    talk.say("is the first one available in red, size L?")
    (line,) = talk.say("add it").cart.lines
    assert line.options_text == "Red, L"


@pytest.mark.parametrize("other", ["and in red?", "what about red", "红色的呢"])
def test_another_option_is_asked_of_what_is_in_question(talk, other):
    talk.say("rain jacket")
    talk.say("is the first one available in navy, size L?")
    reply = talk.say(other)
    assert reply.intent == "ask_product" and ("(Red)" in reply.text or "(红色)" in reply.text)


@pytest.mark.parametrize("take", ["red please, two of them", "要红色的 两个", "来两个红的"])
def test_so_many_in_a_colour_are_of_what_is_in_question(talk, take):
    talk.say("a desk lamp")
    talk.say("is the first one dimmable?")
    (line,) = talk.say(take).cart.lines
    assert (line.product_id, line.quantity) == ("LMP", 2) and line.options_text in ("Red", "红色")


def test_a_word_that_several_titles_have_stays_with_the_one_in_question(talk):
    talk.say("backpacks")
    second = talk.say("is the second one in stock?").cards[0].title
    assert talk.say("is the backpack waterproof?").cards[0].title == second


@pytest.mark.parametrize(
    ("question", "add"),
    [("which one has the best rating?", "add it please"), ("which of them is the cheapest", "add that one"),
     ("哪个最便宜", "加入购物车"), ("哪个评分最高", "把它加到购物车")],
)  # fmt: skip
def test_it_is_the_one_just_named(talk, question, add):
    talk.say("backpacks")
    compared = talk.say(question)
    best = max(
        compared.cards, key=lambda card: card.rating if "rat" in question or "评分" in question else -card.price_minor
    )
    if not best.in_stock:
        assert best.title in talk.say(add).text
    else:
        (line,) = talk.say(add).cart.lines
        assert line.product_id == best.product_id


@pytest.mark.parametrize(
    "question",
    [
        "can I take it on a plane?",
        "could I put it in the washing machine",
        "能带上飞机吗",
        "可以放进烤箱吗",
        "can I get it in writing",
    ],
)
def test_a_question_of_use_puts_nothing_into_the_cart(talk, question):
    talk.say("a desk lamp")
    talk.say("is the first one dimmable?")
    assert talk.say(question).cart is None


def test_a_question_put_with_bu_at_its_end_is_a_question(talk):
    talk.say("双肩包")
    reply = talk.say("第一个防水不")
    assert reply.intent == "ask_product" and "防水" in reply.text


def test_all_that_is_shown_is_asked_of(talk):
    talk.say("backpacks")
    reply = talk.say("are they waterproof?")
    assert reply.intent == "compare" and "Yes, IPX4" in reply.text and "No (" in reply.text


def test_what_buyers_say_of_what_is_shown_is_no_rule(talk):
    talk.say("Tarn Trail Backpack")
    assert talk.say("评价怎么样").intent == "ask_product"


def test_a_part_that_no_record_states_is_not_told_by_another(talk):
    talk.say("a desk lamp")
    reply = talk.say("does it have a heart rate sensor")
    assert "heart rate sensor" in reply.text and "rated" not in reply.text
