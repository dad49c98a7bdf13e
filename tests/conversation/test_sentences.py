"""What is said in a sentence of what is looked for narrows it: 她穿M码, 灰色 高245, "she hates black", 预算加到150."""

import pytest

from assistant.conversation.fitting import check
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.prices import price_wish
from assistant.conversation.reading.taking import speaks_of_taking
from index.product import Product, Words


@pytest.mark.parametrize(
    ("first", "second", "ids"),
    [
        ("夹克", "她穿中号的", {"JKT"}),
        ("双肩包", "她不喜欢黑色和绿色", {"BP1", "BP2", "BP3"}),
        ("双肩包", "他要绿色的", {"BP3", "BP4"}),
        ("双肩包", "防水的 绿色", {"BP4"}),
        ("双肩包", "她喜欢防水的", {"BP1", "BP4"}),
        ("双肩包 60以内", "预算不够的话80也行", {"BP1", "BP2", "BP3"}),
        ("双肩包", "尼龙的最好", {"BP1", "BP4"}),
        ("双肩包", "不要人造革的，尼龙的最好", {"BP1", "BP4"}),
        ("backpacks", "he hates black and green", {"BP1", "BP2", "BP3"}),
        ("backpacks under $60", "stretch the budget to 80", {"BP1", "BP2", "BP3"}),
        ("双肩包 60以内", "放宽到80", {"BP1", "BP2", "BP3"}),
        ("双肩包 60以内", "预算加到80", {"BP1", "BP2", "BP3"}),
        ("双肩包 60以内", "贵点也行 80", {"BP1", "BP2", "BP3"}),
    ],
)
def test_a_sentence_about_it_goes_on_with_what_is_looked_for(talk, first, second, ids):
    talk.say(first)
    reply = talk.say(second)
    assert reply.intent == "refine" and set(reply.ids) == ids


@pytest.mark.parametrize(
    ("message", "high", "currency"),
    [
        ("放宽到120", 120, None),
        ("那放宽到120呢", 120, None),
        ("预算加到150", 150, None),
        ("贵一点也可以，150", 150, None),
        ("可以到一百", 100, None),
        ("两百块人民币以内", 200, "CNY"),
        ("200元人民币", 200, "CNY"),
        ("I could stretch to 130", 130, None),
        ("raise the budget to 90", 90, None),
    ],
)
def test_a_wider_budget_is_the_highest_price(message, high, currency):
    price = price_wish(message.lower())
    assert price is not None and (price.low, price.high, price.currency) == (None, high, currency)


@pytest.mark.parametrize("message", ["数量加到3", "加到2个", "贵一点的", "换到3"])
def test_what_is_no_budget_is_no_price(message):
    assert price_wish(message) is None


def test_a_budget_is_put_into_no_cart():
    assert not speaks_of_taking("预算加到150") and speaks_of_taking("加到购物车")


@pytest.mark.parametrize(
    ("message", "skin", "met"),
    [
        ("她皮肤比较干", "Dry skin", True),
        ("干皮用的面霜", "All skin types", True),
        ("敏感肌", "All but sensitive skin", False),
        ("敏感肌", "Sensitive skin", True),
        ("her skin is dry", "Dry skin", True),
        ("for sensitive skin", "All but sensitive skin", False),
    ],
)
def test_skin_is_read_as_records_name_it(message, skin, met):
    words = Words(title="Cream", attributes={"Skin type": skin})
    [(must, _, _)] = must_haves(message)
    assert check(must, Product(id="P", words={"en": words}, variants=()), "en").met is met


@pytest.mark.parametrize("message", ["带背光", "无线的 带背光", "要静音的，带背光"])
def test_what_comes_with_it_is_wanted_without_a_particle(message):
    assert "带背光" in [must.text for must, _, _ in must_haves(message)]
