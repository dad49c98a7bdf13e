"""Several wishes in one message: found in order, and none made of a message that holds one."""

import itertools
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.reading.errands import MOST, errands, pieces
from assistant.conversation.reading.intents import guess
from assistant.conversation.state import State


def found(message):
    return [(one.intent, one.text) for one in errands(message, lambda texts: [guess(text) for text in texts])]


def test_two_wishes_are_both_found_with_their_words():
    assert found("cancel order 1042 and where is my refund?") == [
        ("cancel_order", "cancel order 1042"),
        ("refund_status", "where is my refund"),
    ]


def test_chinese_wishes_are_found():
    assert [intent for intent, _ in found("帮我取消订单，还有怎么开发票")] == ["cancel_order", "get_invoice"]


@pytest.mark.parametrize(
    "message",
    [
        "I've sent four emails and had no reply. I want to talk to a supervisor",
        "by phone, get me your manager",
        "我写了两封邮件没人回，我要找你们经理",
    ],
)
def test_how_the_shop_was_written_to_is_no_wish_for_letters(message):
    assert not {"newsletter", "contact"} & {intent for intent, _ in found(message)}


@pytest.mark.parametrize(
    "message",
    [
        "Hello! I would like to cancel my order, please. Thank you.",
        "shoes and socks and a belt",
        "where is my parcel and where is my order",
        "thanks. bye.",
    ],
)
def test_one_wish_is_not_several(message):
    assert found(message) == []


@given(st.text(max_size=80))
def test_pieces_lie_in_the_message_in_order(message):
    places = pieces(message)
    assert len(places) <= MOST
    assert all(0 <= start < end <= len(message) for start, end in places)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(places))


def test_an_understanding_holds_all_wishes_and_starts_with_the_first(shop):
    understood = shop._understander.understand("cancel order 10423 and reset my password", State())
    assert [one.intent for one in understood.errands] == ["cancel_order", "password"]
    assert understood.intent == "cancel_order" and understood.order_number == "10423"


def test_an_order_number_alone_does_not_hide_the_wish(shop):
    understander = shop._understander
    assert understander.understand("please cancel order 10423", State()).intent == "cancel_order"
    assert understander.understand("order 10423?", State()).intent == "order_status"


def test_what_one_cannot_do_is_no_taste(shop):
    understood = shop._understander.understand("i can't login, forgot my password", State())
    assert understood.intent == "password" and understood.told == ()


def test_unsure_pieces_are_no_wishes():
    unsure = SimpleNamespace(exact="cancel_order", exact_sure=0.2)
    assert errands("one thing. another thing.", lambda texts: [unsure for _ in texts]) == ()
