"""What is said while a question waits for a yes: it stays open, and nothing is done without an explicit yes to it."""

from dataclasses import replace

import pytest

from assistant.store.principal import SYSTEM
from assistant.store.records import OrderStatus


@pytest.mark.parametrize(
    ("wish", "reason", "said"),
    [
        ("I'd like to return the rain jacket", "it's too small for me", "does not fit"),
        ("I'd like to return the rain jacket", "changed my mind", "changed my mind"),
        ("please cancel order R-20001", "because I bought it twice by accident", "ordered by mistake"),
        ("取消订单 R-20001", "买重了", "拍错"),
        ("我想退雨衣", "不喜欢", "与预期不符"),
    ],
)
def test_a_reason_is_taken_and_the_question_is_put_with_it(hall, ann, status, wish, reason, said):
    ann.say(wish)
    offer = hall.proposed(ann.say(reason))
    assert said in offer.text
    assert {status("R-20001"), status("R-20002")} == {OrderStatus.PENDING, OrderStatus.DELIVERED}
    ann.say("yes" if wish.isascii() else "是的")
    assert status(offer.arguments["order_number"]) in (OrderStatus.CANCELLED, OrderStatus.RETURN_REQUESTED)


@pytest.mark.parametrize("remark", ["ok", "fine", "I said yes!", "let me think about it", "嗯", "hmm"])
def test_what_is_no_clear_yes_keeps_the_question_open_and_does_nothing(hall, ann, status, remark):
    first = hall.proposed(ann.say("please cancel order R-20001"))
    again = ann.say(remark)
    assert hall.proposed(again).arguments == first.arguments and status("R-20001") is OrderStatus.PENDING
    assert "Nothing was changed" in again.text or "没有作任何更改" in again.text


@pytest.mark.parametrize(
    ("wish", "question"),
    [
        ("please cancel order R-20001", "hmm, what's in it again?"),
        ("I'd like to return the rain jacket", "which card did I pay with?"),
        ("取消订单 R-20001", "里面有什么"),
    ],
)
def test_a_question_is_answered_and_the_question_is_put_again(hall, ann, status, wish, question):
    first = hall.proposed(ann.say(wish))
    reply = ann.say(question)
    assert hall.proposed(reply).arguments == first.arguments and "Nothing was changed" not in reply.text
    assert reply.text


@pytest.mark.parametrize(
    "message", ["ok thanks. by the way, need a birthday present for my brother", "对了，想给我哥找个生日礼物"]
)
def test_who_wants_something_to_give_by_the_way_is_not_asked_the_question_again(ann, status, message):
    ann.say("please cancel order R-20001")
    reply = ann.say(message)
    assert reply.intent != "service" and status("R-20001") is OrderStatus.PENDING


def test_what_is_wrong_with_a_thing_and_another_in_its_place_is_one_exchange(hall, ann):
    reply = ann.say("the rain jacket I got last week is too small, can I swap it for a bigger one?")
    assert hall.proposed(reply).name == "exchange", reply.text


def test_store_credit_and_another_size_change_what_is_put(hall, ann, status):
    ann.say("I'd like to return the rain jacket")
    credit = hall.proposed(ann.say("can I get store credit instead?"))
    assert credit.arguments["refund_to"] == "store_credit"
    size = hall.proposed(ann.say("no wait, I'd rather have it in size L"))
    assert size.name == "exchange" and status("R-20002") is OrderStatus.DELIVERED


@pytest.mark.parametrize("no", ["nah", "No, keep it", "算了 不取消了", "never mind, leave it"])
def test_a_no_settles_it_and_who_agrees_after_all_is_asked_again(hall, ann, status, no):
    ann.say("please cancel order R-20001")
    assert hall.proposed(ann.say(no)) is None
    again = ann.say("actually yes, cancel it")
    assert hall.proposed(again).name == "cancel" and status("R-20001") is OrderStatus.PENDING


@pytest.mark.parametrize("yes", ["y", "correct", "Exactly!"])
def test_what_is_a_yes_alone_settles_it(ann, status, yes):
    ann.say("please cancel order R-20001")
    ann.say(yes)
    assert status("R-20001") is OrderStatus.CANCELLED


@pytest.mark.parametrize("else_", ["show me red backpacks", "cancel R-20003", "I want to talk to a person"])
def test_what_speaks_of_something_else_lets_go_of_the_question(ann, status, else_):
    ann.say("please cancel order R-20001")
    ann.say(else_)
    ann.say("yes")
    assert status("R-20001") is OrderStatus.PENDING


def test_no_single_item_of_an_order_is_cancelled(hall, ann, served, status):
    one = hall.order("R-20007", OrderStatus.PENDING, days=1)
    other = hall.order("R-20008", OrderStatus.PENDING, days=1, product="TEA", title="Green Tea")
    served[1].put([replace(one, lines=(*one.lines, *other.lines))], SYSTEM)
    ann.say("please cancel order R-20007")
    reply = ann.say("just the tea, not the rest")
    assert "Single items cannot" in reply.text and hall.proposed(reply).arguments["order_number"] == "R-20007"


def test_what_else_there_is_is_told_and_another_choice_is_put(hall, ann):
    assert hall.proposed(ann.say("I want to exchange the rain jacket for size L")).name == "exchange"
    told = ann.say("hmm wait, which sizes are there")
    assert "There are also" in told.text and hall.proposed(told).name == "exchange"
    other = hall.proposed(ann.say("ok then the red one"))
    assert other.arguments["new_variant_ids"] != hall.proposed(told).arguments["new_variant_ids"]


@pytest.mark.parametrize("listed", ["the first one is too big", "changed my mind"])
def test_items_told_by_place_stay_the_ones_that_are_meant(hall, ann, served, listed):
    one = hall.order("R-20009", OrderStatus.DELIVERED, days=1)
    other = hall.order("R-20010", OrderStatus.DELIVERED, days=1, product="WAL", title="Bifold Leather Wallet")
    served[1].put([replace(one, lines=(*one.lines, *other.lines))], SYSTEM)
    assert ann.say("I want to return something from R-20009").question
    assert hall.proposed(ann.say("the first")).arguments["variant_ids"] == ["LMP-1"]
    assert hall.proposed(ann.say(listed)).arguments["variant_ids"] == ["LMP-1"]


@pytest.mark.parametrize(
    ("wish", "address"),
    [
        ("hmm can I still change where it goes?", "7 Birch Road, Boise, 83702"),
        ("i typed the wrong street on my order", "7 Birch Road, Apt 2, Boise, ID 83702"),
        ("地址写错了", "街道：7 Birch Road，城市：Boise，州：ID，邮编：83702"),
    ],
)
def test_where_an_order_goes_is_changed_in_everyday_words(hall, ann, wish, address):
    assert ann.say(wish).question
    assert hall.proposed(ann.say(address)).arguments["address"]["city"] == "Boise"


def test_what_was_done_may_be_asked_about(ann):
    ann.say("cancel my order, I found it cheaper")
    ann.say("yes")
    assert "cancelled" in ann.say("so is it cancelled?").text


def test_nothing_of_somebody_elses_account_is_told(ann):
    assert "your own account" in ann.say("my wife's account is C-0386, where's her parcel?").text


def test_who_gives_up_is_asked_no_more(ann):
    assert ann.say("change the address of order R-20001").question
    assert ann.say("never mind").question is None
    ann.say("我要改订单 R-20001 的地址")
    assert ann.say("先不改了").question is None


@pytest.mark.parametrize("message", ["actually give me the money instead", "I'd rather have my money", "还是退钱吧"])
def test_the_money_may_be_wanted_after_all(hall, ann, message):
    assert hall.proposed(ann.say("the jacket in R-20002 arrived torn, I want a new one")).name == "exchange"
    assert hall.proposed(ann.say(message)).name == "return"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("存个新的默认地址：14 Mill Road, Dover, DE 19901, US", "写错了，门牌是 41 Mill Road, Dover, DE 19901, US"),
        ("帮我添加一个收货地址：14 Mill Road, Dover, DE 19901, US", "不对，应该是 41 Mill Road, Dover, DE 19901, US"),
        ("save a new default address: 14 Mill Road, Dover, DE 19901", "wait, it's 41 Mill Road, Dover, DE 19901"),
    ],
)
def test_an_address_of_the_account_is_corrected_while_it_waits(hall, ann, first, second):
    assert "14 Mill Road" in hall.proposed(ann.say(first)).text
    again = hall.proposed(ann.say(second))
    assert again.name == "user_address" and "41 Mill Road" in again.text


@pytest.mark.parametrize("message", ["never mind, keep the old one", "算了，还是用原来的吧，不存了"])
def test_who_keeps_what_was_there_gives_up_what_waits(hall, ann, message):
    ann.say("save a new default address: 14 Mill Road, Dover, DE 19901")
    reply = ann.say(message)
    assert hall.proposed(reply) is None and reply.question is None and not reply.ids


@pytest.mark.parametrize("kept", ["哎算了还是寄原来的地方吧", "actually keep the old address"])
def test_who_keeps_the_old_address_changes_nothing(hall, ann, kept):
    ann.say("我想换个收货地址" if not kept.isascii() else "i want to change the delivery address")
    reply = ann.say(kept)
    assert hall.proposed(reply) is None and not ("新地址" in reply.text or "new address" in reply.text)
