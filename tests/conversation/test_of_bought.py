"""Orders meant by what was bought, as people call it, and what is done with those that have not left."""

from datetime import date

import pytest

from assistant.conversation.drafting.asking_for import trouble
from assistant.conversation.reading.addresses import written_address, written_street
from assistant.conversation.reading.days import days_named


@pytest.mark.parametrize(
    "message", ["台灯发了没", "台灯寄出来没有", "那个台灯怎么还没到", "has the desk lamp shipped yet?"]
)
def test_the_parcel_of_what_was_bought_is_told_of_and_nothing_is_shown(hall, ann, message):
    reply = ann.say(message)
    assert "R-20001" in reply.text and not {"R-20002", "R-20003"} & set(reply.text.replace("：", " ").split())
    assert not reply.cards and hall.proposed(reply) is None


@pytest.mark.parametrize(
    ("first", "then"), [("台灯发了没", "夹克呢"), ("has the lamp shipped?", "and the rain jacket?")]
)
def test_another_thing_that_was_bought_is_asked_after(ann, first, then):
    ann.say(first)
    reply = ann.say(then)
    assert "R-20002" in reply.text and not reply.cards


@pytest.mark.parametrize(
    "message", ["台灯不想要了，能退掉不", "I don't want the desk lamp any more, I'd like to return it"]
)
def test_what_has_not_left_is_cancelled_rather_than_sent_back(hall, ann, message):
    offer = hall.proposed(ann.say(message))
    assert offer.name == "cancel" and "R-20001" in offer.text, offer.text


@pytest.mark.parametrize(
    ("refused", "other"),
    [("I want to return the wallet", "then the one that arrived last"), ("钱包想退货", "那最近收到的那单")],
)
def test_what_was_refused_is_wanted_of_another_order(hall, ann, refused, other):
    assert hall.proposed(ann.say(refused)) is None
    offer = hall.proposed(ann.say(other))
    assert offer is not None and offer.name == "return" and "R-20002" in offer.text


@pytest.mark.parametrize("message", ["有一股霉味，没法吃", "蜂蜜有异味", "咖啡豆长虫了", "果干馊了"])
def test_food_that_went_off_is_faulty(message):
    assert trouble(message) == "faulty"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("去年二月那单", date(2025, 2, 1)),
        ("the order of february last year", date(2025, 2, 1)),
        ("去年的那单", date(2025, 1, 1)),
        ("26号那单", date(2026, 11, 26)),
    ],
)
def test_days_are_told_with_their_year_or_without_their_month(text, first):
    assert days_named(text, date(2026, 11, 30)).first == first


def test_an_address_is_read_as_it_is_told_in_chinese():
    found = written_address("门牌是 88 Elm Street，城市还是Quincy，邮编02169，麻省")
    assert (found.street, found.city, found.postcode) == ("88 Elm Street", "Quincy", "02169")
    assert written_address("地址改成 88 Elm Street，Quincy，马萨诸塞州，02169").region == "MA"
    assert written_street("just the house number is wrong: 90 Elm Street, the rest is the same") == "90 Elm Street"


@pytest.mark.parametrize("message", ["台灯颜色拍错了，想换一个", "I picked the wrong colour of the desk lamp"])
def test_the_wrong_option_of_what_was_bought_is_no_wish_for_another_thing(ann, message):
    reply = ann.say(message)
    assert reply.intent == "service" and "R-20001" in reply.question.text and not reply.cards


@pytest.mark.parametrize(
    ("message", "then"), [("台灯买多了，只要一个", "那就全取消好了"), ("台灯多拍了一个", "全部取消吧")]
)
def test_who_has_too_many_is_told_what_can_be_done_and_may_cancel_all(hall, ann, message, then):
    told = ann.say(message)
    assert hall.proposed(told) is None and "整个订单" in told.text
    assert hall.proposed(ann.say(then)).name == "cancel"


@pytest.mark.parametrize(
    ("question", "told"),
    [("上次买的雨衣多少钱来着", "$39.90"), ("那时候是用微信付的吧", "Visa 4242"), ("我一共下过几单", "3")],
)
def test_what_was_bought_once_is_told_from_its_order(ann, question, told):
    ann.say("雨衣到了吗")
    assert told in ann.say(question).text


@pytest.mark.parametrize("message", ["盖子拧不紧一直漏", "水壶老是漏水", "插上充不进电"])
def test_what_does_not_do_what_it_should_is_faulty(message):
    assert trouble(message) == "faulty"
