"""The cart changed by the names of what it holds, asked of together with what is put in, and what a place points at."""

import pytest


def _held(reply):
    return {line.product_id: line.quantity for line in reply.cart.lines}


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("change the lamp to 4", {"LMP": 4}), ("actually make the lamp 2 pieces", {"LMP": 2}),
        ("take out the lamp", {}), ("remove the lamp from my cart please", {}), ("hmm, take the lamp out again", {}),
        ("台灯改成三个", {"LMP": 3}), ("把台灯拿掉", {}), ("台灯不要了", {}),
    ],
)  # fmt: skip
def test_what_the_cart_holds_is_changed_by_its_name(talk, change, left):
    talk.say("a desk lamp" if change.isascii() else "台灯")
    talk.say("add the first one to my cart")
    assert _held(talk.say(change)) == left


def test_of_several_in_the_cart_the_one_that_is_named_goes(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    talk.say("green tea")
    talk.say("add the first one to my cart")
    assert _held(talk.say("take out the lamp")) == {"TEA": 1}


def test_what_the_cart_does_not_hold_is_not_taken_for_what_it_does(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    assert _held(talk.say("remove the umbrella from my cart")) == {"LMP": 1}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("add it and what's my total", "$39.90"), ("ok I take the first one. checkout", "Added"),
        ("stick it in my cart", "Added"), ("就要第一个，加购然后结账", "已加入"),
    ],
)  # fmt: skip
def test_what_is_put_in_is_put_in_before_its_total_is_told(talk, message, said):
    talk.say("a desk lamp" if message.isascii() else "台灯")
    talk.say("is the first one in stock?" if message.isascii() else "第一个有货吗")
    reply = talk.say(message)
    assert reply.intent == "cart_add" and _held(reply) == {"LMP": 1} and said in reply.text


@pytest.mark.parametrize(
    "message", ["how much is that altogether", "what do I owe you so far?", "how much does it come to", "一共多少钱"]
)
def test_what_the_cart_costs_is_told(talk, message):
    talk.say("a desk lamp")
    talk.say("add two of the first one to my cart")
    reply = talk.say(message)
    assert reply.intent == "cart_show" and "79.80" in reply.text


def test_the_middle_one_of_three_is_the_second(talk):
    shown = talk.say("backpacks").cards[:3]
    talk.say("compare the first three")
    reply = talk.say("is the middle one waterproof?")
    assert [card.product_id for card in reply.cards] == [shown[1].product_id]


@pytest.mark.parametrize("message", ["add the middle one", "is the middle one waterproof?", "中间那个防水吗"])
def test_which_one_is_in_the_middle_of_four_is_asked(talk, message):
    assert len(talk.say("backpacks" if message.isascii() else "双肩包").cards) == 4
    assert talk.say(message).question is not None


@pytest.mark.parametrize("message", ["the cheaper of the two please", "the second one please"])
def test_one_of_those_compared_is_taken(talk, message):
    talk.say("backpacks")
    talk.say("compare the first and the last for me")
    reply = talk.say(message)
    assert reply.intent == "cart_add"


def test_so_many_of_several_asks_which_of_them(talk):
    talk.say("backpacks")
    reply = talk.say("put two of these in my cart please")
    assert reply.question is not None and not (reply.cart and reply.cart.lines)


@pytest.mark.parametrize(
    "message",
    ["do people like it?", "do reviewers complain about anything", "any complaints?", "买家有什么抱怨的", "有什么缺点"],
)
def test_what_buyers_make_of_it_is_asked_of_the_product(talk, message):
    talk.say("Tarn Trail Backpack" if message.isascii() else "远足双肩包")
    talk.say("is the first one waterproof?" if message.isascii() else "第一个防水吗")
    reply = talk.say(message)
    assert reply.intent == "ask_product" and reply.handoff is None and "4" in reply.text


@pytest.mark.parametrize("message", ["what's in the box?", "whats in the box", "包装里有什么"])
def test_what_comes_with_it_is_no_rule(talk, message):
    talk.say("a desk lamp" if message.isascii() else "台灯")
    talk.say("is the first one in stock?" if message.isascii() else "第一个有货吗")
    assert talk.say(message).intent == "ask_product"


@pytest.mark.parametrize("message", ["the quietest of them?", "这几个比较一下", "compare them all"])
def test_those_shown_are_weighed(talk, message):
    talk.say("backpacks" if message.isascii() else "双肩包")
    reply = talk.say(message)
    assert reply.intent == "compare" and reply.comparison is not None


def test_one_that_is_called_by_its_name_is_what_it_means(talk):
    talk.say("Tarn Trail Backpack")
    assert _held(talk.say("add it to my cart")) == {"BP1": 1}


def test_what_was_spoken_of_before_is_taken_by_its_kind(talk):
    talk.say("a desk lamp")
    talk.say("is the first one in stock?")
    talk.say("show me green tea")
    assert _held(talk.say("back to the lamp, add it please")) == {"LMP": 1}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("how much is it in black?", "$"), ("is black in stock?", "Black"),
        ("I'd like it in black if you have it", "Black"), ("黑色还有货吗", "黑色"), ("黑色多少钱", "黑色"),
    ],
)  # fmt: skip
def test_an_option_is_asked_of_what_was_just_spoken_of(talk, message, said):
    talk.say("backpacks" if message.isascii() else "双肩包")
    first = talk.say("is the first one waterproof?" if message.isascii() else "第一个防水吗").cards[0]
    reply = talk.say(message)
    assert reply.intent == "ask_product" and said in reply.text
    assert [card.product_id for card in reply.cards] == [first.product_id]


@pytest.mark.parametrize(
    "message", ["black please", "black it is", "take it, in black if possible", "ok buy", "id go with it"]
)
def test_what_was_just_spoken_of_is_taken_in_few_words(talk, message):
    talk.say("backpacks")
    first = talk.say("what colours does the first one come in?").cards[0]
    assert set(_held(talk.say(message))) == {first.product_id}


@pytest.mark.parametrize("message", ["what does the one from Orchard cost?", "Orchard那款多少钱"])
def test_one_is_pointed_at_by_its_brand(talk, message):
    talk.say("green tea" if message.isascii() else "绿茶")
    reply = talk.say(message)
    assert reply.intent == "ask_product" and [card.product_id for card in reply.cards] == ["TEA"]


def test_which_of_two_of_a_brand_is_taken_is_asked(talk):
    talk.say("backpacks")
    reply = talk.say("I'll go with the Tarn one")
    assert reply.question is not None and not (reply.cart and reply.cart.lines)


@pytest.mark.parametrize("message", ["the first one, 2 bags", "and 2 of the first as well"])
def test_packs_are_counted_of_what_is_pointed_at(talk, message):
    talk.say("green tea")
    assert _held(talk.say(message)) == {"TEA": 2}
