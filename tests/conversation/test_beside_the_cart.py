"""What is asked beside the cart: what its delivery costs, and of the thing that was just put there."""

import shutil

import pytest

from assistant.conversation.parts import Question
from assistant.conversation.reading.taking import asks_delivery, asks_delivery_of_cart
from assistant.service.policies import Policies
from assistant.store.database import open_database

RULES = {
    "en": "# Delivery\n\n## What delivery costs {#cost}\n\nDelivery costs $4.95. Free for orders of $60 or more.\n",
    "zh": "# 配送\n\n## 配送费用 {#cost}\n\n标准配送运费4.95美元。满60美元免标准运费。\n",
}


@pytest.fixture
def talk(hall, untouched, engine, tmp_path, request):
    """A guest of a shop whose rules name from which amount on delivery is free."""
    folder = shutil.copytree(untouched, tmp_path / "shop")
    texts = tmp_path / "rules"
    for language, text in RULES.items():
        (texts / language).mkdir(parents=True)
        (texts / language / "shipping.md").write_text(text, encoding="utf-8")
    database = open_database("", folder)
    Policies(database).import_folder(texts)
    conversation, index, other = hall.opened(folder, engine)
    yield hall.Talk(conversation, request.node.name)
    index.close()
    other.dispose()
    database.dispose()


@pytest.mark.parametrize(
    ("find", "put", "asks", "said"),
    [
        ("台灯", "第一个加入购物车", "结账多少钱，包邮吗", "还差"),
        ("台灯", "第一个加入购物车", "还差多少免运费", "还差"),
        (
            "a desk lamp",
            "add the first one",
            "how much is it all together, and is shipping free?",
            "more, and with $60.00",
        ),
        ("a desk lamp", "add the first one", "how much more for free delivery?", "more, and with $60.00"),
    ],
)
def test_what_is_lacking_until_delivery_is_free_is_told(talk, find, put, asks, said):
    talk.say(find)
    assert talk.say(put).intent == "cart_add"
    reply = talk.say(asks)
    assert said in reply.text and "4.95" in reply.text


def test_delivery_that_is_free_is_said_to_be(talk):
    talk.say("台灯")
    talk.say("第一个加入购物车，三个")
    assert "免运费" in talk.say("一共多少钱，包邮吗").text


@pytest.mark.parametrize("message", ["第一个加上，多重啊", "add the first one, and how heavy is it?"])
def test_a_thing_is_put_into_the_cart_and_what_is_asked_of_it_is_answered(talk, message):
    talk.say("台灯" if "第" in message else "a desk lamp")
    reply = talk.say(message)
    assert reply.intent == "cart_add" and reply.cart.lines
    assert len(reply.text) > len(talk.say("把第一个加入购物车" if "第" in message else "add the first one again").text)


def test_nothing_is_added_by_who_only_points_and_asks(talk):
    talk.say("a desk lamp")
    assert talk.say("and the first one, what about its power?").intent == "ask_product"


@pytest.mark.parametrize(
    ("message", "beside", "alone"),
    [
        ("一共多少钱，包邮吗", True, True),
        ("还差多少免运费", True, True),
        ("what does express delivery cost?", False, False),
        ("退货运费谁出", False, False),
        ("delivery to my sister", True, False),
    ],
)
def test_delivery_is_asked_for_beside_the_cart_or_alone(message, beside, alone):
    assert (asks_delivery(message), asks_delivery_of_cart(message)) == (beside, alone)


@pytest.mark.parametrize("message", ["里面现在都有啥", "购物车里有哪些"])
def test_the_cart_is_shown_however_it_is_asked_for(talk, message):
    talk.say("台灯")
    talk.say("第一个加入购物车")
    reply = talk.say(message)
    assert reply.intent == "cart_show" and not reply.of(Question)
