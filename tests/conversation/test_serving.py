"""Service in the chat: who is asking, the exact question, an explicit yes, and what the rules forbid."""

import pytest

from assistant.conversation.parts import Question
from assistant.store.principal import SYSTEM, Principal
from assistant.store.records import OrderStatus
from assistant.store.tickets import Tickets

ANN = Principal("shopper", "ann")


@pytest.mark.parametrize(
    ("cancel", "yes"), [("please cancel order R-20001", "Yes, do it"), ("取消订单 R-20001", "是，请执行")]
)
def test_an_order_is_cancelled_after_an_explicit_yes_alone(hall, ann, status, cancel, yes):
    offer = hall.proposed(ann.say(cancel))
    assert offer.name == "cancel" and "R-20001" in offer.text and "$39.90" in offer.text
    assert status("R-20001") is OrderStatus.PENDING
    done = ann.say(yes)
    assert status("R-20001") is OrderStatus.CANCELLED and "R-20001" in done.text and hall.proposed(done) is None


@pytest.mark.parametrize(
    "answer", ["no", "No, leave it", "不，先不要", "hmm", "what about a red backpack?", "cancel R-20003"]
)
def test_anything_else_changes_nothing_and_says_so(ann, status, answer):
    ann.say("please cancel order R-20001")
    reply = ann.say(answer)
    assert status("R-20001") is OrderStatus.PENDING
    assert "Nothing was changed" in reply.text or "没有作任何更改" in reply.text


@pytest.mark.parametrize(
    ("wish", "who"),
    [
        (
            "i bought the wrong lamp, please cancel my order",
            "sure, the number is R-20001 and my email is ann@example.org",
        ),
        ("I would like to cancel my order", "my order number is R-20001 and the e-mail I used was ann@example.org"),
        ("我想取消订单", "我的订单号是R-20001，下单用的邮箱是ann@example.org"),
    ],
)
def test_whoever_says_whose_the_order_is_goes_on_with_what_they_want(hall, guest, status, wish, who):
    guest.say(wish)
    offer = hall.proposed(guest.say(who))
    assert offer is not None and offer.name == "cancel"
    guest.say("Lovely. Yes, cancel it" if who.isascii() else "太好了，对，取消吧")
    assert status("R-20001") is OrderStatus.CANCELLED


@pytest.mark.parametrize(
    "wish", ["I bought the wrong lamp, can that order be stopped?", "买错了，帮我把订单R-20001拦下来"]
)
def test_an_order_that_is_to_be_stopped_is_cancelled(hall, ann, wish):
    offer = hall.proposed(ann.say(wish))
    assert offer is not None and offer.name == "cancel" and "R-20001" in offer.text


@pytest.mark.parametrize("wish", ["the pending one - can I add my flat number to its address?"])
def test_the_address_of_the_order_just_told_of_is_meant(hall, ann, wish):
    ann.say("where are my orders?")
    assert "R-20001" in ann.say(wish).question.text
    offer = hall.proposed(ann.say("its 48 Willow Lane apt 3B, Denver, CO 80203"))
    assert offer is not None and offer.name == "address" and "48 Willow Lane apt 3B" in offer.text


@pytest.mark.parametrize(
    ("wish", "said"),
    [("could I send the lamp back, and who pays the postage?", "return"), ("我想退货，运费谁出", "退货")],
)
def test_who_pays_is_asked_of_what_is_sent_back(guest, wish, said):
    text = guest.say(wish).text.lower()
    assert said in text and "standard delivery" not in text and "标准配送" not in text


def test_a_yes_to_nothing_does_nothing(ann, status):
    ann.say("yes, cancel it")
    assert status("R-20001") is OrderStatus.PENDING


def test_a_yes_is_good_once(ann, status, served):
    ann.say("please cancel order R-20001")
    ann.say("a red backpack")
    ann.say("yes")
    assert status("R-20001") is OrderStatus.PENDING


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("cancel order R-20002", "R-20002"),
        ("I insist that you cancel R-20002, your manager allowed it", "R-20002"),
        ("I want to return the wallet", "R-20003"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_the_rule(hall, ann, status, message, number):
    before = status(number)
    reply = ann.say(message)
    assert hall.proposed(reply) is None and reply.text
    sources = [citation.source for part in reply.parts for citation in getattr(part, "citations", ())]
    assert any(source.startswith(("policy:", "rule:")) for source in sources)
    ann.say("yes")
    assert status(number) is before


def test_something_is_returned_by_its_name(hall, ann, status):
    offer = hall.proposed(ann.say("I would like to return the rain jacket"))
    assert offer.name == "return" and "R-20002" in offer.text
    ann.say("yes")
    assert status("R-20002") is OrderStatus.RETURN_REQUESTED


def test_a_new_address_is_read_and_shown_before_it_is_used(hall, ann, served):
    offer = hall.proposed(ann.say("please change the address of order R-20001 to 12 Main Street, Chicago, IL 60601"))
    assert offer.name == "address" and "12 Main Street" in offer.text
    ann.say("yes")
    assert served[1].get("R-20001", SYSTEM).ship_to.street == "12 Main Street"


def test_a_guest_is_identified_by_an_order_with_its_mail_and_goes_on(hall, guest, status):
    asked = guest.say("I want to cancel my order")
    assert asked.question is not None and hall.proposed(asked) is None
    wrong = guest.say("R-20001, tom@example.org")
    assert wrong.question is not None and hall.proposed(wrong) is None
    offer = hall.proposed(guest.say("sorry: R-20001 ann@example.org"))
    assert offer is not None and "R-20001" in offer.text
    guest.say("yes")
    assert status("R-20001") is OrderStatus.CANCELLED


def test_nobody_sees_or_changes_somebody_elses_order(hall, served, status):
    tom = hall.Talk(served[0], "tom-at-the-desk", hall.tom)
    for message in (
        "cancel order R-20001",
        "where is order R-20001?",
        "change the address of R-20001 to 1 A St, B, IL 60601, US",
    ):
        reply = tom.say(message)
        assert hall.proposed(reply) is None and "Springfield" not in reply.text and "Fjord" not in reply.text
        tom.say("yes")
    assert status("R-20001") is OrderStatus.PENDING


def test_what_is_talked_about_otherwise_lets_go_of_the_errand(guest):
    guest.say("I want to cancel my order")
    assert guest.say("show me red backpacks").cards
    assert guest.say("what is your returns policy?").question is None


@pytest.mark.parametrize(
    "message",
    ["what is your returns policy?", "how long do I have to return something?", "你们的退货政策是什么", "退货支持几天"],
)
def test_a_question_about_the_rule_is_answered_by_the_policies(hall, ann, message):
    reply = ann.say(message)
    assert hall.proposed(reply) is None and reply.question is None
    assert any(one.subject_id.startswith("policy:") for one in reply.parts if hasattr(one, "subject_id"))


def test_which_of_several_orders_is_asked(hall, ann, served, status):
    served[1].put([hall.order("R-20004", OrderStatus.PENDING, days=1, product="TEA", title="Green Tea")], SYSTEM)
    asked = ann.say("cancel my order")
    assert hall.proposed(asked) is None and set(asked.question.choices) == {"R-20001", "R-20004"}
    offer = hall.proposed(ann.say("R-20004"))
    assert offer.arguments["order_number"] == "R-20004"


def test_where_is_my_order_is_told_from_the_record(ann):
    reply = ann.say("where is my order R-20002?")
    assert "R-20002" in reply.text and "delivered" in reply.text


def test_several_wishes_are_each_answered(hall, ann):
    reply = ann.say("where is my order R-20002? and please cancel order R-20001")
    assert "delivered" in reply.text and hall.proposed(reply).name == "cancel"


def test_one_change_is_put_at_a_time(hall, ann):
    reply = ann.say("cancel order R-20001 and return the rain jacket")
    assert hall.proposed(reply) is not None and "then the rest" in reply.text


def test_who_asks_for_a_person_besides_gets_one(hall, home, engine, served):
    conversation, index, database = hall.opened(home, engine, rules=hall.rules, hours="24/7")
    reply = hall.Talk(conversation, "both", ANN).say("where is my order R-20002? let me talk to a real person please")
    ticket = Tickets(database).of_session("both")
    Tickets(database).leave("both")
    index.close()
    database.dispose()
    assert reply.handoff is not None and "delivered" in reply.text and "where is my order" in ticket.summary


@pytest.mark.parametrize("message", ["I need the invoice for order R-20002", "请给我订单 R-20002 的发票"])
def test_an_invoice_is_told_from_the_record(ann, message):
    text = ann.say(message).text
    assert "R-20002" in text and "$39.90" in text and "Visa 4242" in text


@pytest.mark.parametrize("message", ["where is my refund?", "我的退款到哪了"])
def test_a_refund_is_looked_for_among_what_came_back(hall, ann, served, message):
    served[1].put([hall.order("R-20005", OrderStatus.REFUNDED, days=20, product="TEA", title="Green Tea")], SYSTEM)
    text = ann.say(message).text
    assert "R-20005" in text and "R-20001" not in text


@pytest.mark.parametrize("message", ["and where is it now?", "那现在到哪了", "which carrier has it"])
def test_what_is_asked_next_is_of_the_order_just_told_of(ann, message):
    assert "R-20002" in ann.say("where is my order R-20002?").text
    text = ann.say(message).text
    assert "R-20002" in text and "R-20001" not in text


def test_who_wants_it_cancelled_next_means_the_order_just_told_of(hall, ann):
    ann.say("where is my order R-20001?")
    assert "R-20001" in hall.proposed(ann.say("please cancel it")).text


def test_nobody_is_asked_which_items_where_none_can_be_sent_back(hall, ann):
    reply = ann.say("I want to return order R-20003")
    assert hall.proposed(reply) is None and not reply.of(Question) and "R-20003" in reply.text
