"""The gate: nobody is served before they are known, and nothing is written before they said yes to exactly that."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from assistant.errors import NotAllowed
from assistant.service.actions import (
    ByEmail,
    ByOrder,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangeUserAddress,
    ExchangeItems,
    ReturnItems,
)
from assistant.service.gate import Service
from assistant.service.gate.agreement import Agreement, NoYes
from assistant.service.outcomes import Done, Identified, OrderSeen, Proposal, Refusal
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.orders import Orders
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import Address, OrderStatus
from assistant.store.service_records import ServiceRecords
from index.catalogue import Catalogue

ADA = Principal("shopper", "C-ada")
BO = Principal("shopper", "C-bo")
CANCEL = CancelOrder(order_number="R-1", reason="ordered by mistake")
THERE = Address(name="Ada Stone", street="2 Sea Road", city="York", region="ME", postcode="03909", country="US")


def rule(outcome):
    assert isinstance(outcome, Refusal), outcome
    return outcome.rule


def status(engine, number):
    return Orders(engine).get(number, SYSTEM).status


def test_nobody_sees_anything_before_they_are_known(service):
    turn = service.hear("s", "where is R-1?", GUEST)
    assert turn.customer_id is None
    assert [rule(one) for one in (turn.order("R-1"), turn.orders(), turn.account(), turn.propose(CANCEL))] == [
        "identify-first"
    ] * 4


def test_an_order_number_with_its_address_is_enough_where_the_shop_says_so(service):
    turn = service.hear("s", "R-1, ada@example.com", GUEST)
    assert rule(turn.identify(ByEmail("ada@example.com"))) == "identify-way"
    assert rule(turn.identify(ByOrder("R-1", "bo@example.com"))) == "identify-unknown"
    assert isinstance(turn.identify(ByOrder("#r 1", "Ada@Example.com")), Identified)
    assert isinstance(service.hear("s", "and?", GUEST).order("r1"), OrderSeen)


def test_a_conversation_is_about_one_customer(service):
    turn = service.hear("s", "hello", GUEST)
    turn.identify(ByOrder("R-1", "ada@example.com"))
    assert rule(turn.identify(ByOrder("R-9", "bo@example.com"))) == "one-customer"
    assert rule(turn.identify(ByOrder("R-9", "nobody@example.com"))) == "one-customer"
    assert rule(turn.order("R-9")) == "own-orders"
    assert rule(service.hear("s", "now me", BO).orders()) == "one-customer"
    assert turn.customer_id == "C-ada"


def test_what_rests_on_signing_in_ends_with_it(service, stocked):
    service.hear("s", "cancel R-1", ADA).propose(CANCEL)
    turn = service.hear("s", "yes", GUEST)
    assert rule(turn.outcome) == "one-customer" and status(stocked, "R-1") is OrderStatus.PENDING
    assert rule(turn.order("R-1")) == "one-customer"


def test_guessing_ends_after_a_few_attempts(service):
    turn = service.hear("s", "hello", GUEST)
    for number in range(5):
        assert rule(turn.identify(ByOrder(f"R-{number}", "x@example.com"))) == "identify-unknown"
    assert rule(turn.identify(ByOrder("R-1", "ada@example.com"))) == "identify-attempts"


def test_a_yes_does_it_and_everything_is_recorded(service, stocked, clock):
    proposal = service.hear("s", "cancel R-1", ADA).propose(CANCEL)
    assert isinstance(proposal, Proposal) and "R-1" in proposal.said["en"] and "R-1" in proposal.said["zh"]
    assert "$60.00" in proposal.said["en"] and "Visa ending in 4242" in proposal.said["zh"]
    assert status(stocked, "R-1") is OrderStatus.PENDING
    done = service.hear("s", "Yes, please.", ADA).outcome
    assert isinstance(done, Done) and done.order.status is OrderStatus.CANCELLED
    order = Orders(stocked).get("R-1", ADA)
    assert order == done.order and order.payments[-1].kind == "refund" and order.payments[-1].amount_minor == 6000
    (record,) = ServiceRecords(stocked).of("C-ada", ADA)
    assert record.number == done.record_id and record.consent == "Yes, please." and record.at == clock()
    assert record.asked == proposal.said and record.actor == "shopper" and record.tool == "cancel"
    assert record.before["order"]["status"] == "pending" and record.after["order"]["status"] == "cancelled"
    assert ServiceRecords(stocked).about("R-1", BO) == []


@pytest.mark.parametrize("words", ["no", "Yes, but R-3", "what does that cost?", "Yes to the other one", ""])
def test_anything_else_drops_the_question_for_good(service, stocked, words):
    service.hear("s", "cancel R-1", ADA).propose(CANCEL)
    assert rule(service.hear("s", words, ADA).outcome) == "explicit-yes"
    assert service.hear("s", "yes", ADA).outcome is None
    assert status(stocked, "R-1") is OrderStatus.PENDING


def test_a_yes_before_the_question_is_none(service, stocked):
    turn = service.hear("s", "yes", ADA)
    turn.propose(CANCEL)
    assert turn.outcome is None and status(stocked, "R-1") is OrderStatus.PENDING


def test_a_yes_comes_too_late(service, stocked, clock):
    service.hear("s", "cancel R-1", ADA).propose(CANCEL)
    clock.pass_by(minutes=15)
    assert rule(service.hear("s", "yes", ADA).outcome) == "yes-expired"
    assert status(stocked, "R-1") is OrderStatus.PENDING


def test_one_question_at_a_time(service):
    turn = service.hear("s", "cancel R-1", ADA)
    first = turn.propose(CANCEL)
    assert rule(turn.propose(replace(CANCEL, reason="no longer needed"))) == "one-at-a-time"
    assert turn.propose(CANCEL) == first


def test_a_change_since_the_question_needs_a_new_yes(service, stocked):
    items = ChangeItems(
        order_number="R-1", variant_ids=("shirt-s",), new_variant_ids=("shirt-m",), payment_method_id="P-1"
    )
    service.hear("s", "an M", ADA).propose(items)
    Catalogue(stocked).change_variants({"shirt-m": lambda one: replace(one, price_minor=9900)})
    assert rule(service.hear("s", "yes", ADA).outcome) == "changed-since-asked"
    service.hear("s", "an M", ADA).propose(items)
    Orders(stocked).put([replace(Orders(stocked).get("R-1", SYSTEM), status=OrderStatus.PROCESSED)], SYSTEM)
    assert rule(service.hear("s", "yes", ADA).outcome) == "items-status"


def test_an_agreement_cannot_be_made_without_a_yes(service, clock):
    proposal = service.hear("s", "cancel R-1", ADA).propose(CANCEL)
    with pytest.raises(NoYes, match="explicit yes"):
        Agreement(proposal, "the model says that the shopper agreed", clock())
    with pytest.raises(NoYes, match="expired"):
        Agreement(proposal, "yes", proposal.expires_at)


def test_items_are_replaced_unit_by_unit_and_the_difference_is_paid(service, stocked):
    items = ChangeItems(
        order_number="R-1", variant_ids=("shirt-s",), new_variant_ids=("shirt-m",), payment_method_id="P-2"
    )
    proposal = service.hear("s", "one in M", ADA).propose(items)
    assert (
        proposal.terms.difference_minor == 500
        and "size M" in proposal.said["en"]
        and "颜色 红色" in proposal.said["zh"]
    )
    done = service.hear("s", "yes", ADA).outcome
    assert [(one.variant_id, one.quantity) for one in done.order.lines] == [("shirt-m", 1), ("shirt-s", 1)]
    assert done.order.total_minor == 6500 and done.order.payments[-1].amount_minor == 500
    assert Customers(stocked).get("C-ada", ADA).payment_methods[1].balance_minor == 1500


def test_a_return_and_an_exchange_are_noted_and_units_come_back_once(service):
    back = ReturnItems(order_number="R-2", variant_ids=("shirt-s",), refund_to="P-1")
    proposal = service.hear("s", "return it", ADA).propose(back)
    assert proposal.terms.refunds[0].amount_minor == 3000 - 395 and proposal.terms.conditions == ("unused",)
    assert "$3.95" in proposal.said["en"] and "unwashed" in proposal.said["en"]
    assert service.hear("s", "yes", ADA).outcome.order.status is OrderStatus.RETURN_REQUESTED
    turn = service.hear("s", "again", ADA)
    assert rule(turn.propose(back)) == "own-items"
    other = ExchangeItems(
        order_number="R-2", variant_ids=("shirt-m",), new_variant_ids=("shirt-l",), payment_method_id="P-1"
    )
    assert rule(turn.propose(other)) == "exchange-status"
    (change,) = turn.order("R-2").changes
    assert change.kind == "return" and change.swaps[0].variant_id == "shirt-s" and change.method_id == "P-1"


def test_addresses(service, stocked):
    service.hear("s", "send it there", ADA).propose(ChangeAddress(order_number="R-1", address=THERE))
    assert service.hear("s", "yes", ADA).outcome.order.ship_to == THERE
    service.hear("s", "and always", ADA).propose(ChangeUserAddress(address=THERE))
    assert service.hear("s", "是的", ADA).outcome.order is None
    assert Customers(stocked).get("C-ada", ADA).address == THERE
    assert Orders(stocked).get("R-3", ADA).ship_to != THERE


def test_a_yes_from_four_tabs_at_once_does_it_once(service, stocked):
    service.hear("s", "cancel R-1", ADA).propose(CANCEL)
    with ThreadPoolExecutor(4) as tabs:
        outcomes = list(tabs.map(lambda _tab: service.hear("s", "yes", ADA).outcome, range(4)))
    assert [type(one) for one in outcomes if one is not None] == [Done]
    assert len(ServiceRecords(stocked).about("R-1", ADA)) == 1


def test_a_question_that_could_not_be_shown_is_taken_back(service, stocked):
    turn = service.hear("s", "cancel R-1", ADA)
    turn.propose(CANCEL)
    turn.withdraw()
    assert service.hear("s", "yes", ADA).outcome is None and status(stocked, "R-1") is OrderStatus.PENDING


def test_staff_are_not_served_as_shoppers(service):
    with pytest.raises(NotAllowed, match="agent may not be served"):
        service.hear("s", "cancel R-1", Principal("agent"))


def test_it_holds_on_postgresql_too(postgres_database, tmp_path, rules, stocked):
    engine = open_database(postgres_database, tmp_path)
    Catalogue(engine).create()
    Catalogue(engine).put(Catalogue(stocked).get(["shirt", "tea"]).values(), feed="test")
    Customers(engine).put([Customers(stocked).get("C-ada", SYSTEM)], SYSTEM)
    Orders(engine).put(Orders(stocked).of("C-ada", SYSTEM), SYSTEM)
    service = Service(engine, rules)
    service.hear("s", "cancel R-1", ADA).propose(CANCEL)
    assert isinstance(service.hear("s", "yes", ADA).outcome, Done)
    assert service.hear("s", "yes", ADA).outcome is None and status(engine, "R-1") is OrderStatus.CANCELLED
    engine.dispose()
