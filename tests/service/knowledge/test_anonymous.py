"""What tells of a person is taken out of what is kept; what is about goods and rules stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.service.knowledge.anonymous import anonymous, has_marks

KNOWN = [("name", "Will Stone"), ("name", "Will"), ("address", "Bath"), ("address", "04530"), ("name", "王芳")]


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "My name is ada and I want 2", "My name is [name] and I want 2"),
        ("en", "Mail ada.stone+x@example.co.uk now", "Mail [e-mail] now"),
        ("en", "Call +1 (555) 123-4567 or 020 7946 0958.", "Call [phone] or [phone]."),
        (
            "en",
            "Order R-10001, #W1234567 and order 4711",
            "Order [order number], [order number] and order [order number]",
        ),
        ("en", "Send it to 12 Mill Lane, Bath 04530", "Send it to [address], [address] [address]"),
        ("en", "Card 4242 4242 4242 4242", "Card [number]"),
        ("en", "Dear Mrs Brown, see https://t.example/p?id=9", "Dear [name], see [link]"),
        ("en", "I will ask WILL STONE and Will", "I will ask [name] and [name]"),
        ("zh", "我叫王芳，电话13812345678，订单号R-10001", "我叫[姓名]，电话[电话]，订单[订单号]"),
        ("zh", "李先生：南京路12号3室", "[姓名]：[地址]"),
        ("zh", "收件人王芳，上海市浦东新区世纪大街100号", "收件人[姓名]，[地址]"),
    ],
)
def test_what_tells_of_a_person_is_taken_out(language, text, left):
    assert anonymous(text, language, known=KNOWN) == left


@pytest.mark.parametrize(
    "text",
    [
        "It costs $39.99, or 1,299.00 in 12 months; 30 days; 2026-11-24.",
        "A power bank of 10000 mAh and 20000mAh, 1200 lm, 50 % wool, size 42.",
        "Is the Halden Desk Lamp 10 W or 15 W? I will wait.",
        "充电宝10000毫安，3号电池，30天内，199元，2026年11月24日",
        "You may return it within 30 days by our label.",
    ],
)
def test_what_is_about_goods_and_rules_stays(text):
    assert anonymous(text, "zh" if "元" in text else "en", known=KNOWN) == text and not has_marks(text)


@given(st.text(max_size=300), st.sampled_from(("en", "zh")))
def test_taking_out_twice_takes_out_no_more(text, language):
    once = anonymous(text, language)
    assert anonymous(once, language) == once


@given(st.text(max_size=60), st.emails(), st.text(max_size=60))
def test_no_plain_address_of_a_mailbox_is_left(before, mail, after):
    name, _, _host = mail.partition("@")
    if name.replace(".", "").replace("-", "").replace("_", "").isalnum():
        assert mail not in anonymous(f"{before} {mail} {after}", "en")
