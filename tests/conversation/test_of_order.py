"""What is asked of one's own orders, what became of a return, and things that came in a bad state."""

from dataclasses import replace

import pytest

from assistant.conversation.drafting.asking_for import trouble
from assistant.conversation.reading.order_questions import asks_after, asks_of_order
from assistant.store.principal import SYSTEM
from assistant.store.records import OrderStatus


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how did I pay?", "Visa 4242"),
        ("what was the total again?", "$39.90"),
        ("what's the delivery address on it", "1 Elm Road"),
        ("where is it being sent to?", "1 Elm Road"),
        ("what's in it?", "Fjord Rain Jacket"),
        ("until when can I return it?", "can be returned until"),
        ("用什么付的", "Visa 4242"),
        ("我付了多少钱", "$39.90"),
        ("寄到哪里", "1 Elm Road"),
        ("这单还能退吗", "最晚可在"),
    ],
)
def test_what_is_asked_next_is_answered_from_the_order_just_told_of(ann, question, told):
    assert "R-20002" in ann.say("where is my order R-20002?").text
    assert told in ann.say(question).text


@pytest.mark.parametrize("message", ["can I still return R-20003?", "R-20003 还能退吗"])
def test_a_last_day_that_is_past_is_said(hall, ann, message):
    reply = ann.say(message)
    assert hall.proposed(reply) is None and ("is over" in reply.text or "过期" in reply.text)


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("any news about my exchange?", "R-20006"),
        ("has my return arrived?", "R-20005"),
        ("status of my return R-20005", "R-20005"),
        ("我申请的换货怎么样了", "R-20006"),
        ("退货进度", "R-20005"),
    ],
)
def test_who_asks_after_a_return_is_told_of_it_and_asked_nothing(hall, ann, served, message, number):
    more = [
        hall.order("R-20005", OrderStatus.RETURN_REQUESTED, days=20, product="TEA", title="Green Tea"),
        hall.order("R-20006", OrderStatus.EXCHANGE_REQUESTED, days=15, product="WAL", title="Leather Wallet"),
    ]
    served[1].put(more, SYSTEM)
    reply = ann.say(message)
    assert number in reply.text and reply.question is None and hall.proposed(reply) is None
    assert not {"R-20001", "R-20002"} & set(reply.text.replace(":", " ").split())


@pytest.mark.parametrize("message", ["how many orders do I have?", "我的订单都有哪些"])
def test_all_orders_are_listed(ann, message):
    text = ann.say(message).text
    assert all(number in text for number in ("R-20001", "R-20002", "R-20003"))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("the rain jacket arrived torn, I want my money back", "return"),
        ("the jacket in R-20002 has a hole. I want a new one, not the money", "exchange"),
        ("R-20002 坏了，给我换一件", "exchange"),
        ("R-20002 全部退掉 质量有问题", "return"),
    ],
)
def test_what_came_in_a_bad_state_is_refunded_or_replaced_for_nothing(hall, ann, message, name):
    offer = hall.proposed(ann.say(message))
    assert offer.name == name and offer.arguments["reason"]
    if name == "exchange":
        assert offer.arguments["variant_ids"] == offer.arguments["new_variant_ids"]
    assert "$3.95" not in offer.text


def test_the_money_or_a_new_one_is_the_shoppers_choice(hall, ann):
    reply = ann.say("the rain jacket came with a broken zip")
    assert hall.proposed(reply).name == "return" and "a new one instead" in reply.text
    assert hall.proposed(ann.say("a replacement please")).name == "exchange"
    assert hall.proposed(ann.say("actually, give me my money back")).name == "return"


@pytest.mark.parametrize("message", ["R-20002 never arrived, it says delivered", "R-20002 显示签收了可我没收到"])
def test_a_parcel_that_did_not_come_is_told_of_and_not_sent_back(hall, ann, message):
    reply = ann.say(message)
    assert "R-20002" in reply.text and hall.proposed(reply) is None


@pytest.mark.parametrize("message", ["take the lamp out of my order", "add another lamp to my pending order"])
def test_no_single_item_leaves_or_joins_an_order(hall, ann, message):
    reply = ann.say(message)
    assert "Single items cannot" in reply.text and hall.proposed(reply) is None


def test_an_own_mistake_is_no_fault_of_the_goods():
    assert trouble("I ordered the wrong size") == "" and trouble("you sent me the wrong size") == "wrong item"


@pytest.mark.parametrize("message", ["how do returns work?", "I want to start a return", "我要退货", "退货要运费吗"])
def test_a_rule_or_a_wish_asks_after_nothing(message):
    assert asks_after(message) == ""


@pytest.mark.parametrize("message", ["where is it?", "which kettle is the cheapest?", "do you have it in red?"])
def test_a_question_about_something_else_is_none_of_an_order(message):
    assert asks_of_order(message) is None


@pytest.mark.parametrize(
    ("message", "number"), [("the second one, where is it going?", "R-20002"), ("第三个里面有什么", "R-20003")]
)
def test_an_order_of_those_just_told_of_is_pointed_at_by_its_place(ann, message, number):
    ann.say("how many orders do I have?" if message.isascii() else "我的订单都有哪些")
    text = ann.say(message).text
    assert number in text and "R-20001" not in text


@pytest.mark.parametrize("message", ["which of my things can still go back?", "which orders can I still return?"])
def test_only_what_can_still_come_back_is_told(ann, message):
    text = ann.say(message).text
    assert "R-20002" in text and "R-20003" not in text and "R-20001" not in text


def test_what_arrived_opened_is_replaced_for_nothing(hall, ann):
    assert hall.proposed(ann.say("I'd like to return the rain jacket")).arguments["reason"] == ""
    offer = hall.proposed(ann.say("can you replace it instead? it arrived already opened"))
    assert offer.name == "exchange" and offer.arguments["reason"] == "damaged"


def test_what_was_used_is_not_taken_back_and_the_rule_is_told(hall, ann):
    assert hall.proposed(ann.say("I'd like to return the rain jacket"))
    reply = ann.say("I wore it once and washed it")
    assert hall.proposed(reply) is None or "Nothing was changed" in reply.text


def test_the_last_delivery_is_meant_whatever_was_ordered_since(hall, ann):
    offer = hall.proposed(ann.say("my last delivery arrived broken, I want my money back"))
    assert offer.arguments["order_number"] == "R-20002"


def test_an_address_goes_with_a_wish_to_send_there(hall, ann):
    offer = hall.proposed(
        ann.say("the parcel should go to somebody else: 18 Garden Lane, Apt 3C, Albany, New York 12207")
    )
    assert offer.name == "address" and offer.arguments["address"]["region"] == "NY"


@pytest.mark.parametrize("message", ["my old rain jacket is torn, I need a new one", "我的旧雨衣破了，想买新的"])
def test_who_looks_for_something_new_is_asked_about_no_order(hall, ann, message):
    assert hall.proposed(ann.say(message)) is None


@pytest.mark.parametrize("message", ["when does my desk lamp get here?", "has the lamp left yet", "台灯到哪了"])
def test_who_asks_where_a_thing_is_hears_of_the_order_that_holds_it(ann, served, hall, message):
    served[1].put([hall.order("R-20005", OrderStatus.SHIPPED, days=2, product="TEA", title="Green Tea")], SYSTEM)
    text = ann.say(message).text
    assert "R-20001" in text and "R-20005" not in text


@pytest.mark.parametrize(
    "message", ["which of my orders haven't arrived yet?", "show me my open orders", "还没收到的订单有哪些"]
)
def test_open_orders_are_those_that_have_not_come(ann, message):
    text = ann.say(message).text
    assert "R-20001" in text and "R-20002" not in text and "R-20003" not in text


def test_that_nothing_is_under_way_is_said(ann):
    ann.say("cancel R-20001")
    ann.say("yes")
    assert "Nothing of yours is still on its way." in ann.say("which of my orders haven't arrived yet?").text


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("the tent i got is missing the pegs", "incomplete"),
        ("it came without its lid", "incomplete"),
        ("my parcel is missing", ""),
        ("still sealed, just ordered the wrong one", ""),
        ("you sent the wrong one", "wrong item"),
    ],
)
def test_what_is_wrong_with_goods_is_told_from_a_lost_parcel_and_an_own_mistake(message, code):
    assert trouble(message) == code


@pytest.mark.parametrize(
    "message", ["did you get the parcel i sent back?", "i posted the shoes back, any news?", "我寄回去的到了吗"]
)
def test_what_was_sent_back_is_asked_after(message):
    assert asks_after(message) == "return"


@pytest.mark.parametrize(
    "message", ["what size and colour was the jacket i ordered", "which size did i get in the jacket"]
)
def test_who_asks_how_a_thing_was_has_nothing_done(hall, ann, message):
    assert hall.proposed(ann.say(message)) is None


def test_a_new_one_instead_of_the_money_is_no_wish_for_the_cart(hall, ann):
    assert hall.proposed(ann.say("the jacket arrived torn")).name == "return"
    assert hall.proposed(ann.say("just send me a new one")).name == "exchange"


@pytest.mark.parametrize("message", ["take the lamp out of that one", "remove the lamp from it please"])
def test_one_thing_of_the_order_just_told_of_is_not_looked_for(ann, message):
    ann.say("where is R-20001?")
    assert "Single items" in ann.say(message).text


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("where is R-20001", "e-mail address of the order R-20001"),
        ("i checked out as a guest, where is my order?", "No account is needed"),
        ("where is my order, my mail is ann@example.org", "number of the order"),
        ("R-20001 到哪了", "邮箱"),
    ],
)
def test_a_guest_is_asked_for_the_half_that_lacks(guest, message, asked):
    assert asked in guest.say(message).question.text


def test_a_guest_who_has_no_account_is_known_by_number_and_address(guest):
    guest.say("where's my order?")
    assert "No account is needed" in guest.say("i don't have an account").question.text
    assert "e-mail" in guest.say("it's R-20001").question.text
    assert "R-20001" in guest.say("ann@example.org").text


@pytest.mark.parametrize(
    ("message", "told", "untold"),
    [
        ("which of my orders can i still cancel?", "R-20001", "R-20002"),
        ("which ones can still be returned?", "R-20002", "R-20001"),
        ("哪些订单还能取消", "R-20001", "R-20002"),
    ],
)
def test_of_which_orders_something_can_be_done_is_told(ann, message, told, untold):
    text = ann.say(message).text
    assert told in text and untold not in text


def test_that_no_order_can_be_cancelled_any_more_is_said(ann):
    ann.say("cancel R-20001")
    ann.say("yes")
    assert "None of your orders" in ann.say("which of my orders can i still cancel?").text


@pytest.mark.parametrize("message", ["when's the jacket coming?", "is the rain jacket on its way?"])
def test_when_a_thing_that_was_bought_comes_is_no_question_of_stock(ann, message):
    assert "R-20002" in ann.say(message).text


def test_all_that_was_spent_and_whether_a_thing_was_ever_bought_are_told(ann):
    assert "3 orders, for which you paid $119.70" in ann.say("how much have i spent with you so far?").text
    assert "R-20003" in ann.say("have i ever bought a wallet from you?").text
    assert "No order of yours" in ann.say("did i ever buy a tent here?").text
    assert "R-20003" in ann.say("what was my first order?").text


@pytest.mark.parametrize(
    "message",
    [
        "i placed an order today and i want it delivered to my work instead. can that be done?",
        "could R-20001 be sent somewhere else",
    ],
)
def test_an_order_that_shall_go_elsewhere_is_asked_for_its_address(ann, message):
    assert "complete new address" in ann.say(message).question.text


def test_after_a_no_what_else_is_asked_is_answered(ann):
    ann.say("cancel R-20001")
    reply = ann.say("no not that one, hmm what have i got open then?")
    assert "R-20001" in reply.text


def test_what_shall_still_be_delivered_is_none_that_was(ann):
    text = ann.say("when will my lamp be delivered? it was supposed to be here already").text
    assert "R-20001" in text and "R-20002" not in text and "R-20003" not in text


def test_the_order_before_the_one_just_told_of_is_told(ann):
    ann.say("where is R-20001?")
    assert "R-20002" in ann.say("and what did i order before that").text


@pytest.mark.parametrize("message", ["can i add a green tea to it?", "add one wallet to that one"])
def test_nothing_is_added_to_the_order_just_told_of(ann, message):
    ann.say("where is R-20001?")
    assert "Single items" in ann.say(message).text


def test_why_a_thing_was_cancelled_is_told(ann):
    ann.say("cancel R-20001, it was a mistake")
    ann.say("yes")
    text = ann.say("why was my lamp cancelled?").text
    assert "R-20001" in text and "Only pending" not in text


def test_a_guest_who_ordered_may_name_the_order(guest):
    asked = guest.say("i typed my street number wrong yesterday, change my address").question
    assert "the number of an order" in asked.text


@pytest.mark.parametrize(
    ("message", "after"),
    [
        ("any word on my exchange please", "exchange"),
        ("i asked to send something back, is that sorted?", "return"),
        ("and the thing i swapped?", "exchange"),
        ("please return my lamp", ""),
    ],
)
def test_who_asks_after_a_thing_politely_starts_nothing(message, after):
    assert asks_after(message) == after


@pytest.mark.parametrize(
    ("message", "told"), [("how much was the jacket?", "$39.90"), ("did i pay shipping on my last order?", "$39.90")]
)
def test_what_a_thing_cost_is_told_from_its_order(ann, message, told):
    assert told in ann.say(message).text


def test_what_has_not_turned_up_is_looked_up(ann):
    assert "R-2000" in ann.say("the lamp still hasn't turned up").text


@pytest.fixture
def cancelled(hall, served):
    served[1].put([hall.order("R-20009", OrderStatus.CANCELLED, days=9, product="TEA", title="Green Tea")], SYSTEM)
    return "R-20009"


@pytest.mark.parametrize(
    "message",
    [
        "you cancelled my order without telling me!",
        "the one that was cancelled, what happened there",
        "my order was cancelled on friday, why? i never got my money",
        "R-20009 was cancelled - do i get my money back?",
        "我的订单怎么被取消了",
    ],
)
def test_who_tells_of_a_cancelled_order_is_told_of_it_and_has_none_cancelled(hall, ann, cancelled, message):
    reply = ann.say(message)
    assert cancelled in reply.text and hall.proposed(reply) is None and "Only pending" not in reply.text


def test_who_wants_an_order_cancelled_is_asked_still(hall, ann, cancelled):
    assert hall.proposed(ann.say("I want R-20001 cancelled please")).name == "cancel"


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("which of my orders was the most expensive?", "R-20009"),
        ("my cheapest order so far?", "R-20001"),
        ("我最贵的订单是哪个", "R-20009"),
    ],
)
def test_the_dearest_and_the_cheapest_order_are_told(hall, ann, served, message, number):
    dear = replace(hall.order("R-20009", OrderStatus.DELIVERED, days=90), total_minor=9900)
    cheap = replace(served[1].get("R-20001", SYSTEM), total_minor=990)
    served[1].put([dear, cheap], SYSTEM)
    assert number in ann.say(message).text


@pytest.mark.parametrize(
    "message", ["when will it come?", "where's my stuff", "wheres my stuff", "when is everything due"]
)
def test_it_is_what_was_ordered_where_nothing_else_was_spoken_of(ann, message):
    assert "R-20001" in ann.say(message).text


@pytest.mark.parametrize("message", ["whats in it", "what's inside?", "里面有什么"])
def test_what_is_inside_is_what_was_ordered(ann, message):
    ann.say("where is my order R-20002?")
    assert "Fjord Rain Jacket" in ann.say(message).text


@pytest.mark.parametrize(
    "message", ["one item was missing from my parcel", "the parcel came crushed and one thing is missing"]
)
def test_what_was_missing_of_a_parcel_is_no_lost_parcel(hall, ann, message):
    offer = hall.proposed(ann.say(message))
    assert offer is not None and offer.name == "return"


def test_several_returns_are_asked_after_at_once(hall, ann, served):
    more = [hall.order(f"R-2000{at}", OrderStatus.RETURN_REQUESTED, days=20 + at) for at in (5, 6)]
    served[1].put(more, SYSTEM)
    text = ann.say("hi so i've got two returns with you guys, whats happening").text
    assert "R-20005" in text and "R-20006" in text and "R-20001" not in text


@pytest.mark.parametrize("message", ["i'd like to order that rain jacket again", "那件雨衣我想再买一件"])
def test_who_wants_a_thing_once_more_sends_none_back(hall, ann, message):
    assert hall.proposed(ann.say(message)) is None


@pytest.mark.parametrize(
    "message", ["has my order arrived yet?", "where's that order got to then", "did my parcel get here"]
)
def test_whether_something_came_is_asked_of_what_is_under_way(ann, message):
    text = ann.say(message).text
    assert "R-20001" in text and "R-20003" not in text
