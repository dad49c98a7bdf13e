"""The tools under the names and arguments that service benchmarks use, through the gate."""

import json
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assistant.service.gate import Service
from assistant.service.outcomes import Done, HandOff, Identified, Proposal
from assistant.service.retail_world import RULES
from assistant.service.rules import read_rules
from assistant.service.tools import offered_tools
from assistant.service.tools.arithmetic import calculate
from assistant.store.principal import GUEST

TAU2 = {
    "find_user_id_by_email": ["email"],
    "find_user_id_by_name_zip": ["first_name", "last_name", "zip"],
    "get_order_details": ["order_id"],
    "get_product_details": ["product_id"],
    "get_item_details": ["item_id"],
    "get_user_details": ["user_id"],
    "list_all_product_types": [],
    "cancel_pending_order": ["order_id", "reason"],
    "modify_pending_order_address": ["order_id", "address1", "address2", "city", "state", "country", "zip"],
    "modify_pending_order_items": ["order_id", "item_ids", "new_item_ids", "payment_method_id"],
    "modify_pending_order_payment": ["order_id", "payment_method_id"],
    "modify_user_address": ["user_id", "address1", "address2", "city", "state", "country", "zip"],
    "return_delivered_order_items": ["order_id", "item_ids", "payment_method_id"],
    "exchange_delivered_order_items": ["order_id", "item_ids", "new_item_ids", "payment_method_id"],
    "calculate": ["expression"],
    "transfer_to_human_agents": ["summary"],
}
HOME = {"address1": "5 Oak Road", "address2": "", "city": "Bath", "state": "ME", "country": "USA", "zip": "04530"}


@pytest.fixture
def world(stocked, clock):
    """A shop with the retail world's rules."""
    return Service(stocked, read_rules(RULES), clock=clock)


@pytest.fixture
def turn(world):
    turn = world.hear("s", "hello", GUEST)
    assert turn.call("find_user_id_by_email", {"email": "ada@example.com"}).content == "C-ada"
    return turn


def test_names_and_arguments_are_those_of_tau2():
    offered = {one.name: one.parameters for one in offered_tools(read_rules(RULES))}
    assert {name: schema.get("required", []) for name, schema in offered.items()} == TAU2
    for one in offered_tools(read_rules(RULES)):
        Draft202012Validator.check_schema(one.as_openai()["function"]["parameters"])
        assert one.description and json.dumps(one.as_openai())


def test_a_shop_offers_what_its_rules_offer(rules):
    offered = {one.name for one in offered_tools(rules)}
    assert "find_user_id_by_order" in offered
    assert not offered & {"find_user_id_by_email", "find_user_id_by_name_zip", "modify_pending_order_payment"}


def test_a_tool_that_is_not_offered_is_refused_by_its_rule(service):
    turn = service.hear("s", "hello", GUEST)
    turn.call("find_user_id_by_order", {"order_id": "R-1", "email": "ada@example.com"})
    refused = turn.call("modify_pending_order_payment", {"order_id": "R-1", "payment_method_id": "P-2"})
    assert refused.content["rule"] == "not-offered" and refused.failed
    assert turn.call("refund_everything", {}).content["rule"] == "not-offered"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({}, "order_id: field required"),
        ({"order_id": 1, "reason": "x"}, "order_id: input should be a valid string"),
        ({"order_id": "R-1", "reason": "x", "confirmed": True}, "confirmed: extra inputs are not permitted"),
    ],
)
def test_wrong_arguments_come_back_as_a_sentence(turn, arguments, says):
    reply = turn.call("cancel_pending_order", arguments)
    assert reply.failed and says in reply.content["error"] and reply.content["error"].startswith("That cannot be read")


def test_reads(turn):
    order = turn.call("get_order_details", {"order_id": "R-2"}).content
    assert order["status"] == "delivered" and [one["item_id"] for one in order["items"]] == [
        "shirt-s",
        "shirt-m",
        "tea-1",
    ]
    assert order["address"]["country"] == "USA" and order["payment_history"][0]["amount"] == 74.0
    account = turn.call("get_user_details", {"user_id": "C-ada"}).content
    assert set(account["orders"]) == {"R-1", "R-2", "R-3"} and account["payment_methods"]["P-2"]["balance"] == 20.0
    assert (
        turn.call("get_product_details", {"product_id": "shirt"}).content["variants"]["shirt-xl"]["available"] is False
    )
    assert turn.call("get_item_details", {"item_id": "tea-2"}).content["price"] == 16.0
    assert list(turn.call("list_all_product_types", {}).content) == ["Green tea", "Hand cream", "Linen shirt"]
    assert turn.call("get_product_details", {"product_id": "nothing"}).content["rule"] == "no-product"
    assert turn.call("get_order_details", {"order_id": "r-2"}).content["rule"] == "own-orders"


def test_what_is_somebody_elses_reads_like_what_does_not_exist(turn):
    theirs, none = (turn.call("get_order_details", {"order_id": number}) for number in ("R-9", "R-8"))
    assert theirs.content["error"].replace("R-9", "R-8") == none.content["error"]
    assert turn.call("get_user_details", {"user_id": "C-bo"}).content["rule"] == "one-customer"
    assert turn.call("find_user_id_by_email", {"email": "bo@example.com"}).content["rule"] == "one-customer"


def test_a_write_asks_and_the_shopper_answers(world, turn):
    reply = turn.call("modify_pending_order_address", {"order_id": "R-1", **HOME})
    assert isinstance(reply.outcome, Proposal) and reply.content["ask"] == reply.outcome.said["en"]
    assert turn.call("get_order_details", {"order_id": "R-1"}).content["address"]["address1"] == "1 Mill Lane"
    done = world.hear("s", "yes", GUEST)
    assert isinstance(done.outcome, Done)
    assert done.call("get_order_details", {"order_id": "R-1"}).content["address"] == HOME


def test_items_once_and_nothing_after(world, turn):
    swap = {"order_id": "R-1", "item_ids": ["shirt-s"], "new_item_ids": ["shirt-l"], "payment_method_id": "P-1"}
    turn.call("modify_pending_order_items", swap)
    after = world.hear("s", "yes", GUEST)
    assert after.call("get_order_details", {"order_id": "R-1"}).content["status"] == "pending (item modified)"
    for name, arguments in (
        ("modify_pending_order_items", swap),
        ("cancel_pending_order", {"order_id": "R-1", "reason": "no longer needed"}),
        ("modify_pending_order_address", {"order_id": "R-1", **HOME}),
        ("modify_pending_order_payment", {"order_id": "R-1", "payment_method_id": "P-2"}),
    ):
        assert after.call(name, arguments).content["rule"] == "items-changed"


@pytest.mark.parametrize(("name", "value"), [("country", "Atlantis"), ("city", " "), ("zip", "")])
def test_an_address_must_be_one(turn, name, value):
    assert (
        turn.call("modify_user_address", {"user_id": "C-ada", **HOME, name: value}).content["rule"] == "bad-arguments"
    )


def test_a_person_is_asked_for(turn):
    assert turn.call("transfer_to_human_agents", {"summary": "wants a person"}).outcome == HandOff("wants a person")


def test_by_name(world):
    turn = world.hear("t", "hello", GUEST)
    given = {"first_name": "ADA", "last_name": "stone", "zip": "04530"}
    assert isinstance(turn.call("find_user_id_by_name_zip", given).outcome, Identified)


NUMBERS = st.integers(0, 10**6).map(lambda cents: f"{cents / 100:.2f}")
SUMS = st.recursive(
    NUMBERS, lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda s: f"({' '.join(s)})")
)


@given(SUMS.filter(lambda one: len(one) <= 200))
def test_sums_are_exact_before_they_are_rounded(text):
    exact = eval(re.sub(r"[\d.]+", lambda found: f"Fraction('{found[0]}')", text), {"Fraction": Fraction})
    assert calculate(text) == str(float(round(exact, 2)))


@pytest.mark.parametrize("text", ["2 ** 9", "__import__('os')", "1 / 0", "1 +", "x", "True + 1", "1" * 201, "(" * 150])
def test_nothing_but_sums(turn, text):
    assert turn.call("calculate", {"expression": text}).content["rule"] == "bad-arguments"
