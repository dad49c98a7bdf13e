from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.wording.quantities import quantities
from assistant.wording.words import fold, strangers, tokens


def one(text):
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "size"),
    [
        ("$39.99", "money:$", "39.99"),
        ("US$ 1,299.00", "money:$", "1299"),
        ("thirty-nine dollars", "money:$", "39"),
        ("one hundred and twenty dollars", "money:$", "120"),
        ("twelve bucks", "money:$", "12"),
        ("￥１９９", "money:¥", "199"),
        ("三十九块钱", "money:¥", "39"),
        ("一百九十九元", "money:¥", "199"),
        ("四十美元", "money:$", "40"),
        ("4.6 out of 5", "stars", "4.6"),
        ("4.6/5", "stars", "4.6"),
        ("4.6 stars", "stars", "4.6"),
        ("4.6 分（满分 5 分）", "stars", "4.6"),
        ("twenty percent", "percent", "20"),
        ("百分之二十", "percent", "20"),
        ("八折", "discount", "8"),
        ("1.5 L", "volume", "1500"),
        ("750 ml", "volume", "750"),
        ("0.75 升", "volume", "750"),
        ("二十四小时", "time", "86400"),
        ("two days", "time", "172800"),
        ("5 business days", "workdays", "5"),
        ("2-year", "months", "24"),
        ("3 岁", "age", "3"),
        ("1/2 inch", "length", "12.70"),
        ("24in", "length", "609.6"),
        ('12"', "length", "304.8"),
        ("128", "count", "128"),
        ("三档", "count", "3"),
    ],
)
def test_reads(text, kind, size):
    amount = one(text)
    assert (amount.kind, amount.size) == (kind, Decimal(size))


def test_in_is_no_inch_in_the_middle_of_a_sentence():
    assert one("size 42 in black").kind == "count"


def test_idioms_count_nothing():
    assert quantities("十分好看的一款台灯，一起看看") == ()


def test_different_units_of_the_same_size_are_equal():
    assert one("12 oz").equals(one("340 g"))
    assert one("0.75 L").equals(one("750 毫升"))
    assert not one("12 oz").equals(one("350 g"))
    assert not one("340 g").equals(one("341 g"))
    assert not one("$12").equals(one("12 oz"))


@given(st.integers(0, 99_999_999), st.booleans())
def test_chinese_and_latin_digits_read_the_same(number, grouped):
    written = f"{number:,}" if grouped else str(number)
    wide = written.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"})
    assert one(f"${written}").size == one(f"＄{wide}").size == number


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_and_reading_never_fails(text):
    assert fold(fold(text)) == fold(text)
    tokens(text)
    quantities(text)


def test_letters_that_imitate_are_found():
    assert strangers("cоttоn") == "оо"
    assert strangers("water\u200bproof") == "\u200b"
    assert strangers("café 防水 µm") == ""
