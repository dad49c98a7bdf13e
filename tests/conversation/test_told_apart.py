"""Which of several orders words mean, and which of its items."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.ordered import described
from assistant.conversation.reading.days import days_named
from assistant.conversation.reading.giving_up import gives_up
from assistant.store.principal import SYSTEM
from assistant.store.records import OrderStatus


@pytest.fixture
def several(hall, served):
    """Ann's orders with two that have not left."""
    served[1].put([hall.order("R-20004", OrderStatus.PENDING, days=1, product="TEA", title="Green Tea")], SYSTEM)


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("the first one", "R-20001"),
        ("the second please", "R-20004"),
        ("the one from yesterday", "R-20004"),
        ("the newest", "R-20001"),
        ("the older one", "R-20004"),
        ("the tea", "R-20004"),
        ("第二个", "R-20004"),
        ("最近的那个", "R-20001"),
        ("昨天的那单", "R-20004"),
    ],
)
def test_an_order_of_a_list_is_told_by_place_day_or_what_is_in_it(hall, ann, answer, number):
    assert ann.say("cancel my order" if answer.isascii() else "取消我的订单").question.choices == ("R-20001", "R-20004")
    assert hall.proposed(ann.say(answer)).arguments["order_number"] == number


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    "message",
    [
        "cancel my latest order",
        "cancel the one I placed last please",
        "please cancel the order I placed today",
        "取消我最近的订单",
    ],
)
def test_an_order_is_told_at_once(hall, ann, message):
    assert hall.proposed(ann.say(message)).arguments["order_number"] == "R-20001"


def test_orders_that_cannot_come_back_any_more_are_not_asked_about(hall, ann):
    assert hall.proposed(ann.say("I want to return something")).arguments["order_number"] == "R-20002"
    assert hall.proposed(ann.say("I want to send back the last thing that came")).arguments["order_number"] == "R-20002"


@pytest.fixture
def order(hall):
    one = hall.order("R-1", OrderStatus.DELIVERED, days=3)
    more = (("TEA", "Green Tea"), ("TWL", "Bamboo Bath Towel"))
    others = [hall.order("R-2", OrderStatus.DELIVERED, days=3, product=id_, title=name) for id_, name in more]
    return replace(one, lines=(*one.lines, *(line for other in others for line in other.lines)))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (["the lamp and the towel"], {"LMP", "TWL"}),
        (["actually just the towel", "the lamp and the towel"], {"TWL"}),
        (["and the tea too", "the towel"], {"TWL", "TEA"}),
        (["everything except the lamp"], {"TEA", "TWL"}),
        (["keep the tea", "return all of it"], {"LMP", "TWL"}),
        (["the second and third"], {"TEA", "TWL"}),
        (["前两个"], {"LMP", "TEA"}),
        (["I don't like the lamp"], {"LMP"}),
    ],
)
def test_items_are_told_by_name_by_place_and_by_what_is_left_out(order, said, meant):
    lines, sure = meant_lines(said, order, {}, listed=True)
    assert {line.product_id for line in lines} == meant and sure >= 0.6


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("last month", 45, 30),
        ("three days ago", 4, 2),
        ("前天", 2, 2),
        ("the other day", 10, 0),
        ("sunday night", 1, 1),
        ("last friday", 3, 3),
        ("上周五", 3, 3),
        ("last summer", 163, 91),
        ("去年冬天", 345, 273),
    ],
)
def test_days_are_named_looking_back(text, first, last):
    today = datetime(2026, 11, 30, tzinfo=UTC).date()
    days = days_named(text, today)
    assert today - timedelta(days=first + 20) <= days.first <= days.last <= today - timedelta(days=last)


def test_giving_up_is_no_choice_of_items():
    assert (
        gives_up("I'd rather keep it") and gives_up("那还是算了吧") and not gives_up("keep the towel, return the rest")
    )


@pytest.mark.parametrize(
    "message", ["还在打包的那单能取消吗", "已经打包的那单帮我取消", "cancel the one that's being packed"]
)
def test_what_is_being_packed_is_no_order_that_still_waits(hall, ann, served, message):
    served[1].put([hall.order("R-20005", OrderStatus.PROCESSED, days=2, product="TEA", title="Green Tea")], SYSTEM)
    reply = ann.say(message)
    assert hall.proposed(reply) is None and "R-20005" in reply.text


def test_what_is_to_be_done_with_an_order_names_nothing_that_is_in_it(hall):
    buds = hall.order("R-20009", OrderStatus.DELIVERED, days=90, title="Noise-Cancelling Wireless Earbuds")
    assert described("please cancel the one I placed last", [buds], {}) == ([], 0.0)
    assert described("cancel the noise-cancelling earbuds", [buds], {})[0] == [buds]


@pytest.mark.parametrize("other", ["what about the newest one then", "那最近的那单呢"])
def test_what_was_refused_of_one_order_is_wanted_of_another(ann, other):
    ann.say("cancel order R-20002" if other.isascii() else "取消订单 R-20002")
    reply = ann.say(other)
    assert reply.intent == "service" and "R-20001" in " ".join(getattr(part, "text", "") for part in reply.parts)


@pytest.mark.parametrize(
    "asks",
    ["why was my order R-20001 cancelled?", "how come my lamp order has been cancelled", "我的订单R-20001怎么被取消了"],
)
def test_who_asks_why_an_order_was_cancelled_wants_none_cancelled(hall, ann, asks):
    reply = ann.say(asks)
    assert hall.proposed(reply) is None and reply.intent == "order_status"
