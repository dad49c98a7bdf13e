"""Prices as shops write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.money import parse_price, price_text


@pytest.mark.parametrize(
    ("text", "hint", "minor", "currency"),
    [
        ("1.299,00 €", None, 129900, "EUR"),
        ("€1.299,00", "USD", 129900, "EUR"),
        ("¥1999", None, 199900, None),
        ("¥1999", "JPY", 1999, "JPY"),
        ("¥1999", "CNY", 199900, "CNY"),
        ("￥1,999.00", "CNY", 199900, "CNY"),
        ("1999元", None, 199900, "CNY"),
        ("2,480円", None, 2480, "JPY"),
        ("15.00 USD", None, 1500, "USD"),
        ("15.00 usd", "EUR", 1500, "USD"),
        ("USD15", None, 1500, "USD"),
        ("$1,299", None, 129900, "USD"),
        ("$1,299", "CAD", 129900, "CAD"),
        ("US$ 12", "CAD", 1200, "USD"),
        ("1 299,00 kr", "SEK", 129900, "SEK"),
        ("1 299,00 kr", None, 129900, None),
        ("CHF 1'299.50", None, 129950, "CHF"),
        ("1,29,999.00 INR", None, 12999900, "INR"),
        ("Rs. 500", "INR", 50000, "INR"),
        ("29.97", None, 2997, None),
        ("12,5", "EUR", 1250, "EUR"),
        ("1.234 KWD", None, 1234, "KWD"),
        ("0.00 USD", None, 0, "USD"),
        ("19.9950", "USD", 2000, "USD"),
        ("0.999", "USD", 100, "USD"),
        ("1.299 EUR", None, 129900, "EUR"),
        ("R$ 1.234,56", None, 123456, "BRL"),
    ],
)
def test_reads_what_shops_write(text, hint, minor, currency):
    assert parse_price(text, hint) == (minor, currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("call us", "no number"),
        ("", "no number"),
        ("10.00 - 20.00 USD", "more than one"),
        ("2 for $5", "more than one"),
        ("-5.00", "negative"),
        ("$-5.00", "negative"),
        ("-$5.00", "negative"),
        ("9999999999999999999999", "too large"),
    ],
)
def test_says_why_a_price_cannot_be_used(text, why):
    with pytest.raises(ValueError, match=why):
        parse_price(text, None)


@given(
    st.integers(0, 10**9),
    st.sampled_from(["USD", "EUR", "CNY", "JPY", "GBP", "KRW", "INR"]),
    st.sampled_from(["en", "zh"]),
)
def test_reads_what_it_writes(minor, currency, language):
    assert parse_price(price_text(minor, currency, language), currency) == (minor, currency)


def test_an_unknown_currency_is_not_made_up():
    assert price_text(2997, None, "en") == "29.97"
    assert price_text(2997, None, "zh") == "29.97"
