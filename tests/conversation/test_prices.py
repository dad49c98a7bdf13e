"""Price phrases against an oracle that writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.reading.prices import price_wish

MAX = [
    "under ${n}",
    "below {n} dollars",
    "less than ${n}",
    "no more than ${n}",
    "max ${n}",
    "up to ${n}",
    "${n} or less",
    "within ${n}",
    "budget of ${n}",
    "my budget is {n} bucks",
    "{n}块以下",
    "{n}元以内",
    "不超过{n}元",
    "预算{n}",
    "最多{n}块",
]
MIN = ["over ${n}", "more than ${n}", "at least ${n}", "${n} and up", "{n}元以上", "至少{n}元"]
RANGE = ["between {a} and {b}", "${a}-${b}", "from ${a} to ${b}", "{a} to {b} dollars", "{a}到{b}元", "{a}-{b}块"]
NUMBERS = st.integers(10, 5000)


@given(st.sampled_from(MAX), NUMBERS, st.sampled_from(["a backpack {}", "{} please", "{}"]))
def test_a_highest_price_is_read(form, number, around):
    wish = price_wish(around.format(form.format(n=number)))
    assert (wish.low, wish.high) == (None, Decimal(number))


@given(st.sampled_from(MIN), NUMBERS)
def test_a_lowest_price_is_read(form, number):
    wish = price_wish(f"shoes {form.format(n=number)}")
    assert (wish.low, wish.high) == (Decimal(number), None)


@given(st.sampled_from(RANGE), NUMBERS, NUMBERS)
def test_a_range_is_read_in_either_order(form, one, other):
    wish = price_wish(form.format(a=one, b=other))
    assert (wish.low, wish.high) == (Decimal(min(one, other)), Decimal(max(one, other)))


@pytest.mark.parametrize(
    ("text", "low", "high"), [("around $30", 24, 36), ("三百元左右", 240, 360), ("$50ish", 40, 60)]
)
def test_around_reaches_a_fifth_to_either_side(text, low, high):
    wish = price_wish(text)
    assert (wish.low, wish.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("under fifty dollars", 50),
        ("a hundred bucks or less", 100),
        ("一百五十块以下", 150),
        ("一千二以内", 1200),
        ("三百五以下", 350),
        ("百元以内", 100),
        ("under 1,299.50", Decimal("1299.50")),
        ("under 1.2k", 1200),
    ],
)
def test_written_numbers_are_read(text, high):
    assert price_wish(text).high == high


@pytest.mark.parametrize(
    "text",
    [
        "I'd rather not spend more than $60",
        "a kettle, I don't want to pay over 60",
        "it shouldn't cost more than 60 dollars",
        "I can't go above 60",
        "not looking to spend anything beyond 60",
        "60 is my limit",
        "不想花超过60元",
        "价格别超过60块",
    ],
)
def test_a_budget_said_with_a_negation_is_the_most(text):
    wish = price_wish(text.lower())
    assert (wish.low, wish.high) == (None, Decimal(60))


@pytest.mark.parametrize(
    "text",
    [
        "a 15 inch laptop",
        "under 500 grams",
        "a battery of 14+ days",
        "size 42",
        "within 30 days",
        "4 stars and up",
        "for a 6 year old",
        "under 2 kg",
        "order 10423",
        "2个红色的",
        "add two to cart",
        "between 2 and 4 people",
        "less than 5 stars",
        "六岁以上",
        "cheap",
        "the first two",
    ],
)
def test_what_is_no_money_is_no_price(text):
    assert price_wish(text) is None


def test_the_named_currency_is_told():
    assert [price_wish(t).currency for t in ("under €50", "50 pounds", "不超过50元", "under 50")] == [
        "EUR",
        "GBP",
        None,
        None,
    ]
