"""Drafts: the customer's own records and nobody else's, a source for every fact, actions weighed and never done."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assistant.demo
from assistant.conversation.drafting import style
from assistant.conversation.drafting.asking_for import new_address, other_method, trouble, why_cancel
from assistant.conversation.drafting.case import BadRequest, Desk, NothingToAnswer, OtherCustomer
from assistant.conversation.drafting.draft import DraftRequest, DraftSentence, as_json, composed, from_json
from assistant.conversation.drafting.drafter import Drafter
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.ordered import meant_order, order_numbers
from assistant.conversation.drafting.other_option import other_variant
from assistant.conversation.drafting.phrasing import phrase, phrases
from assistant.conversation.drafting.weighing import Weighing
from assistant.errors import NotFound
from assistant.llm.scripted import ScriptedEngine
from assistant.service.rules import read_rules
from assistant.store.customers import Customers
from assistant.store.drafts import AlreadyDecided, CannedReplies, CannedReply, Drafts
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from assistant.store.records import (
    Address,
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentMethod,
    Shipment,
    StatusChange,
)
from assistant.store.tickets import Ticket, Tickets

RULES = Path(assistant.demo.__file__).parent / "policies" / "rules.toml"
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
HOME = Address(name="Ann Lee", street="1 Mill Lane", city="Bath", region="ME", postcode="04530", country="US")
CARD = PaymentMethod(id="P-1", kind="card", label="Visa ending in 4242")
PAYPAL = PaymentMethod(id="P-2", kind="paypal", label="PayPal")
ANN = Customer(
    id="ann",
    first_name="Ann",
    last_name="Lee",
    email="ann@example.org",
    language="en",
    joined_at=NOW,
    address=HOME,
    payment_methods=(CARD, PAYPAL),
)
JACKET = OrderLine(
    product_id="JKT",
    variant_id="JKT-1",
    title="Fjord Rain Jacket",
    options={"color": "Navy", "size": "M"},
    price_minor=8900,
)
LAMP = OrderLine(
    product_id="LMP", variant_id="LMP-1", title="Halden Desk Lamp", options={"color": "Black"}, price_minor=3990
)


def order(number, status, *lines, days_ago=2, refund=0):
    at = NOW - timedelta(days=days_ago)
    total = sum(line.price_minor * line.quantity for line in lines)
    paid = [Payment(kind="payment", amount_minor=total, method_id="P-1", method_label=CARD.label, at=at)]
    if refund:
        paid.append(Payment(kind="refund", amount_minor=refund, method_id="P-1", method_label=CARD.label, at=at))
    gone = status not in (OrderStatus.PENDING, OrderStatus.PROCESSED)
    parcel = Shipment(
        carrier="Northline",
        tracking_number=f"N{number[2:]}",
        shipped_at=at,
        expected_on="2026-06-18",
        delivered_at=at if status is OrderStatus.DELIVERED else None,
    )
    return Order(
        number=number,
        customer_id="ann",
        status=status,
        placed_at=at,
        currency="USD",
        lines=lines,
        total_minor=total,
        ship_to=HOME,
        payments=tuple(paid),
        shipments=(parcel,) if gone else (),
        history=(StatusChange(status=status, at=at),),
    )


ORDERS = [
    order("R-20001", OrderStatus.PENDING, JACKET),
    order("R-20002", OrderStatus.SHIPPED, LAMP),
    order("R-20003", OrderStatus.DELIVERED, JACKET, LAMP, days_ago=5),
    order("R-20004", OrderStatus.DELIVERED, LAMP, days_ago=90),
    order("R-20005", OrderStatus.REFUNDED, LAMP, days_ago=40, refund=3990),
]


def silent(request):
    return ""


@pytest.fixture(scope="module")
def office(hall, untouched, tmp_path_factory):
    """A shop's drafter with a customer in every situation, on a copy of the small shop."""
    folder = tmp_path_factory.mktemp("office") / "shop"
    shutil.copytree(untouched, folder)
    engine = ScriptedEngine(silent)
    conversation, index, database = hall.opened(folder, engine)
    Customers(database).put([ANN], SYSTEM)
    Orders(database).put(ORDERS, SYSTEM)
    weighing = Weighing(database=database, rules=read_rules(RULES), zone=ZoneInfo("UTC"), clock=lambda: NOW)
    desk = Desk(
        sources=conversation._sources,
        customers=Customers(database),
        tickets=Tickets(database),
        drafts=Drafts(database),
        canned=CannedReplies(database),
        weighing=weighing,
    )
    yield SimpleNamespace(desk=desk, drafter=Drafter(desk), engine=engine, database=database, index=index)
    index.close()
    database.dispose()


@pytest.fixture
def ask(office):
    """Draft an answer to a message of Ann's, or of whoever is given."""

    def draft(message, **given):
        request = DraftRequest(message=message, **({"customer_id": "ann"} | given))
        return asyncio.run(office.drafter.compose(request))

    return draft


def sources(draft):
    return {citation.source for one in draft.sentences for citation in one.citations}


# What is said, and where it comes from.


def test_an_order_is_told_from_its_record_with_a_source_for_each_fact(ask):
    draft = ask("Where is my order R-20002?")
    assert "R-20002" in draft.text and "on its way" in draft.text and "N20002" in draft.text
    assert {"order:R-20002#status", "order:R-20002#tracking", "order:R-20002#expected"} <= sources(draft)
    assert draft.text.startswith("Hello Ann,\n\n") and draft.text.endswith("\n\nBest wishes, Regulars")


def test_without_a_number_the_orders_under_way_are_told(ask):
    draft = ask("Where is my order?")
    assert "R-20001" in draft.text and "R-20002" in draft.text and "R-20004" not in draft.text


def test_a_rule_is_told_with_its_paragraph(ask):
    draft = ask("How long do I have to return things?", customer_id=None)
    told = [one for one in draft.sentences if one.fact]
    assert "30 days" in draft.text and [c.source for c in told[0].citations] == ["policy:returns@1#time"]


def test_several_wishes_in_one_message_are_each_answered(ask):
    draft = ask("Cancel order R-20001 and where is my order R-20002?")
    assert [one.name for one in draft.actions] == ["cancel"]
    assert "order:R-20002#status" in sources(draft)


def test_a_refund_that_was_made_is_told_with_the_payment(ask):
    draft = ask("Where is my refund for order R-20005?")
    assert "$39.90 went back to Visa ending in 4242" in draft.text and "order:R-20005#payments" in sources(draft)


def test_sentences_without_a_fact_have_no_source(ask):
    draft = ask("Where is my order R-20002?")
    assert [one.fact for one in draft.sentences] == [False, False, True, False]


def test_what_nobody_knows_is_said_to_be_unknown_and_marked(ask):
    draft = ask("Do you sponsor local football clubs?")
    assert draft.confidence < 0.6 and any(one.doubtful for one in draft.sentences)


def test_a_model_that_lies_is_replaced_by_the_record_and_marked(hall, home, office):
    lying = ScriptedEngine(lambda request: "You can return anything within 365 days, even used.")
    conversation, index, database = hall.opened(home, lying)
    desk = Desk(
        sources=conversation._sources,
        customers=office.desk.customers,
        tickets=office.desk.tickets,
        drafts=office.desk.drafts,
        canned=office.desk.canned,
    )
    draft = asyncio.run(Drafter(desk).compose(DraftRequest(message="How long do I have to return things?")))
    index.close()
    database.dispose()
    told = [one for one in draft.sentences if one.fact]
    assert "365" not in draft.text and "30 days" in draft.text
    assert [(one.by, one.doubt) for one in told] == [("record", "wording")]


# Whose records.


def test_another_customers_order_is_not_told(ask):
    draft = ask("Where is order R-10001?")  # it is Mei's
    assert "shipped" not in draft.text and "on its way" not in draft.text
    assert "I cannot find an order R-10001 in your account" in draft.text
    assert not any(source.startswith("order:") for source in sources(draft))


def test_somebody_unknown_is_asked_who_they_are(ask):
    draft = ask("Where is my order R-20002?", customer_id=None)
    assert "e-mail address" in draft.text and not any(source.startswith("order:") for source in sources(draft))
    assert draft.text.startswith("Hello,\n")


def test_a_ticket_is_answered_as_its_own_customer_and_no_other(office):
    ticket = office.desk.tickets.open(
        Ticket(customer_id="ann"),
        SYSTEM,
        messages=[("shopper", "Hello"), ("agent", "What is it?"), ("shopper", "Where is R-20002?")],
    )
    draft = asyncio.run(office.drafter.draft(DraftRequest(ticket_id=ticket.id)))
    assert (draft.customer_id, draft.message) == ("ann", "Where is R-20002?") and "on its way" in draft.text
    assert [one.id for one in office.desk.drafts.of_ticket(ticket.id, SYSTEM)] == [draft.id]
    with pytest.raises(OtherCustomer, match="is not of the customer 'mei'"):
        asyncio.run(office.drafter.draft(DraftRequest(ticket_id=ticket.id, customer_id="mei")))


def test_a_number_from_earlier_in_the_ticket_is_remembered(office):
    messages = [
        ("shopper", "I write about order R-20002"),
        ("agent", "What about it?"),
        ("shopper", "When does it come?"),
    ]
    ticket = office.desk.tickets.open(Ticket(customer_id="ann"), SYSTEM, messages=messages)
    draft = asyncio.run(office.drafter.compose(DraftRequest(ticket_id=ticket.id)))
    assert "order:R-20002#status" in sources(draft)


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (DraftRequest(), NothingToAnswer),
        (DraftRequest(message="hi", customer_id="nobody"), NotFound),
        (DraftRequest(ticket_id="nothing"), NotFound),
    ],
)
def test_what_cannot_be_answered_says_why(office, request_, error):
    with pytest.raises(error):
        asyncio.run(office.drafter.compose(request_))
    assert issubclass(NothingToAnswer, BadRequest)


# What is wished to be done.


def one_action(draft):
    (action,) = draft.actions
    return action


def test_cancelling_is_proposed_with_what_goes_back(ask):
    draft = ask("Please cancel order R-20001, I ordered it by mistake")
    action = one_action(draft)
    assert (action.name, action.allowed) == ("cancel", True)
    assert action.arguments == {"order_number": "R-20001", "reason": "ordered by mistake"}
    assert "$89.00 goes back to: Visa ending in 4242" in draft.text


def test_a_draft_does_nothing(ask, office):
    ask("Please cancel order R-20001, yes, do it, I agree")
    assert office.desk.sources.orders.get("R-20001", SYSTEM).status is OrderStatus.PENDING


def test_what_the_rules_forbid_is_said_with_the_rule(ask):
    action = one_action(ask("cancel order R-20002"))
    assert (action.allowed, action.rule, action.cites) == (False, "cancel-status", "shipping#change")
    late = ask("I want to return the lamp of order R-20004")
    assert one_action(late).rule == "return-window" and any(one.startswith("policy:returns") for one in sources(late))


def test_an_address_is_read_and_a_missing_one_asked_for(ask):
    given = one_action(ask("Please send order R-20001 to 12 Oak Street, Portland, OR 97201"))
    assert given.allowed and given.arguments["address"]["street"] == "12 Oak Street"
    assert given.arguments["address"]["name"] == "Ann Lee"
    missing = ask("I need to change the address of order R-20001")
    assert one_action(missing).missing == ("address",) and one_action(missing).allowed is None
    assert "complete new address" in missing.text


def test_a_return_is_of_what_is_named_and_pays_back_the_way_it_was_paid(ask):
    action = one_action(ask("I want to return the jacket from order R-20003"))
    assert (action.name, list(action.arguments["variant_ids"])) == ("return", ["JKT-1"])
    assert action.arguments["refund_to"] == "P-1" and action.allowed


def test_an_exchange_names_the_other_option(ask, hall):
    action = one_action(ask("Please exchange the jacket of order R-20003 for size L"))
    assert action.name == "exchange" and action.allowed
    wanted = next(one for one in hall.products["JKT"].variants if dict(one.options) == {"color": "Navy", "size": "L"})
    assert list(action.arguments["new_variant_ids"]) == [wanted.id]


def test_what_has_not_left_is_changed_rather_than_exchanged(ask):
    action = one_action(ask("Please exchange the jacket of order R-20001 for size L"))
    assert (action.name, action.allowed) == ("items", True)


def test_an_order_that_could_be_several_is_named_and_marked(ask):
    draft = ask("I would like to return the lamp")
    assert any(one.doubt == "order" for one in draft.sentences) or one_action(draft).sure < 1
    assert one_action(draft).name == "return"


# Tone, length, apology, language, kept replies.


def facts(draft):
    return [(one.text, one.citations) for one in draft.sentences if one.fact]


@pytest.mark.parametrize("tone", ["plain", "warm", "formal"])
def test_tone_and_apology_change_no_fact(ask, tone):
    plain = ask("Where is my order R-20002?", tone="plain", apology=False)
    other = ask("Where is my order R-20002?", tone=tone, apology=True)
    assert facts(other) == facts(plain)
    assert phrase("apology", "en", tone) in other.text and phrase("apology", "en", "plain") not in plain.text


def test_a_complaint_is_apologised_for_unless_it_is_not_wished(ask):
    message = "I am very disappointed, this is the worst shop, I want to complain"
    assert phrase("apology", "en") in ask(message).text
    assert phrase("apology", "en") not in ask(message, apology=False).text


def test_a_short_draft_says_less(ask):
    long, short = ask("Where is my order R-20002?"), ask("Where is my order R-20002?", length="short")
    assert len(short.text) < len(long.text) and "on its way" in short.text and "N20002" not in short.text


def test_another_language_is_drafted_from_the_same_evidence(ask):
    english = ask("Where is my order R-20002?")
    chinese = ask("Where is my order R-20002?", language="zh")
    assert chinese.language == "zh" and "运输中" in chinese.text and "Ann Lee，您好" in chinese.text
    assert sources(chinese) == sources(english)
    rule = ask("How long do I have to return things?", language="zh")
    assert "30天" in rule.text and sources(rule) == {"policy:returns@1#time"}


def test_a_kept_reply_is_taken_in_with_its_source(ask, office):
    office.desk.canned.put(CannedReply("gift", "en", "Gift", "A gift box costs nothing extra."), SYSTEM)
    draft = ask("Where is my order R-20002?", canned=("gift",))
    kept = next(one for one in draft.sentences if one.by == "canned")
    assert kept.text == "A gift box costs nothing extra." and kept.citations[0].source == "canned:gift"
    with pytest.raises(NotFound):
        ask("hi", canned=("none",))


def test_both_languages_say_the_same_things_with_the_same_values():
    for key, said in phrases().items():
        for one in [said] if "en" in said else said.values():
            english, chinese = one["en"], one["zh"]
            names = [set(text.split("{{ ")[1:]) and {p.split(" }}")[0] for p in text.split("{{ ")[1:]}
                     for text in (english, chinese)]  # fmt: skip
            if key != "greeting":
                assert (names[0] or set()) == (names[1] or set()), key


# Kept, decided about, learned from.


def test_the_first_sentence_leaves_before_a_model_is_asked(office):
    async def first():
        stream = office.drafter.stream(DraftRequest(message="How long do I have to return things?"))
        try:
            return await anext(stream)
        finally:
            await stream.aclose()

    before = len(office.engine.asked)
    assert asyncio.run(first()).text == "Hello," and len(office.engine.asked) == before


def test_a_draft_is_kept_and_read_back_and_decided(office):
    made = asyncio.run(office.drafter.draft(DraftRequest(message="Where is my order R-20002?", customer_id="ann")))
    assert office.drafter.get(made.id) == made == from_json(as_json(made))
    done = office.drafter.decide(made.id, "edited", sent_text=made.text + " Bye!")
    assert (done.status, done.edit_distance) == ("edited", 5) and office.drafter.get(made.id).status == "edited"
    with pytest.raises(AlreadyDecided):
        office.drafter.decide(made.id, "rejected")


def test_drafts_take_up_the_courtesies_of_approved_replies_and_nothing_else(office):
    def drafted(message, customer="ann"):
        return asyncio.run(office.drafter.draft(DraftRequest(message=message, customer_id=customer, tone="warm")))

    first = drafted("Is my parcel R-20002 coming soon?")
    sent = (
        "Hi Ann,\n\nThank you so much for your patience! Your order R-20002 is near Boston, Ann.\n\n"
        "All the best and have a lovely day"
    )
    office.drafter.decide(first.id, "edited", sent_text=sent)
    second = drafted("Is my parcel R-10001 coming soon?", "mei")
    assert "Thank you so much for your patience!" in second.text and second.text.endswith("have a lovely day")
    assert "Ann" not in second.text and "Boston" not in second.text and "R-20002" not in second.text
    assert second.examples == (first.id,)
    assert {one.by for one in second.sentences if not one.fact} >= {"style"}


def test_rejected_and_open_drafts_teach_nothing(office):
    for decision in ("rejected", None):
        made = asyncio.run(
            office.drafter.draft(DraftRequest(message="zebra umbrella?", customer_id="ann", tone="formal"))
        )
        if decision:
            office.drafter.decide(made.id, decision, sent_text="x")
    found = style.style_of("zebra umbrella?", "en", office.desk.drafts, shop="Regulars", tone="formal")
    assert found == style.Style()


@given(st.sampled_from(["Ada", "R-10423", "$5", "tomorrow", "Boston", "5", "refund", "free of charge"]))
def test_no_name_and_no_fact_is_a_courtesy(word):
    assert style.courteous("Thank you so much!", "en")
    if word != "free of charge":
        assert not style.courteous(f"Thank you so much, {word}!", "en")


# The reading of messages.


def test_order_numbers_are_found_among_chinese_characters():
    assert order_numbers("我想取消订单R-10423和10424号") == ["R-10423", "10424"]


def test_the_order_that_is_named_wins_over_all_else():
    found = meant_order(["about R-20004 please"], ORDERS, fitting=frozenset({OrderStatus.PENDING}), titles={})
    assert (found.order.number, found.sure) == ("R-20004", 1.0)


def test_an_order_is_known_by_what_was_bought_typos_and_all():
    found = meant_order(["my rain jaket has not come"], ORDERS, fitting=frozenset({OrderStatus.PENDING}), titles={})
    assert found.order.number == "R-20001"
    lines, sure = meant_lines("the lamp is broken", ORDERS[2], {})
    assert [line.variant_id for line in lines] == ["LMP-1"] and sure >= 0.9
    both, doubt = meant_lines("it is broken", ORDERS[2], {})
    assert len(both) == 2 and doubt < 0.6


def test_reasons_and_ways_to_pay_are_read_from_words(hall):
    assert trouble("It was smashed when I opened it") == "damaged" and trouble("I changed my mind") == ""
    assert why_cancel("found it cheaper elsewhere", ()) == "found it elsewhere"
    assert other_method("pay with PayPal instead", ANN, frozenset({"P-1"})) == PAYPAL
    assert other_method("pay with PayPal instead", ANN, frozenset({"P-2"})) is None
    jacket = hall.products["JKT"]
    held = next(one for one in jacket.variants if dict(one.options) == {"color": "Navy", "size": "M"})
    assert dict(other_variant("in size L please", jacket, held.id).options) == {"color": "Navy", "size": "L"}
    assert other_variant("another one please", jacket, held.id) is None


def test_a_chinese_address_is_read_whole_or_not_at_all():
    whole = new_address("请寄到上海市浦东新区世纪大道100号，邮编200120", ORDERS[0], ANN)
    assert (whole.city, whole.street, whole.postcode) == ("上海市", "浦东新区世纪大道100号", "200120")
    assert new_address("请寄到上海市浦东新区世纪大道100号", ORDERS[0], ANN) is None


@given(st.lists(st.text(alphabet="ab ", min_size=1, max_size=8), min_size=1, max_size=6))
def test_every_sentence_is_in_the_text_in_its_order(texts):
    whole = composed(tuple(DraftSentence(text=text) for text in texts), "en")
    at = 0
    for text in texts:
        found = whole.find(text.strip(), at)
        assert found >= 0
        at = found + len(text.strip())
