"""The task finds what it is there to find: a shop that forgets a rule, a yes or a row does not pass."""

from __future__ import annotations

import gzip
import json

import pytest

from assistant.errors import SettingError
from assistant.service.gate import ServiceTurn
from eval.service.forbidden import tried
from eval.service.judge import Question, agreed, is_plain_yes
from eval.tasks.service import TASK

HOME = {"address1": "1 A St", "address2": "", "city": "Bath", "state": "ME", "country": "USA", "zip": "04530"}


def variant(id, price, available=True):
    return {"item_id": id, "options": {"kind": id}, "available": available, "price": price}


def item(id, price):
    product = {"s": "shirt", "l": "lamp"}[id[0]]
    return {"name": product, "product_id": product, "item_id": id, "price": price, "options": {"kind": id}}


def order(number, user, status, *items, by):
    paid = {"transaction_type": "payment", "amount": sum(one["price"] for one in items), "payment_method_id": by}
    parcels = [] if status == "pending" else [{"tracking_id": ["1"], "item_ids": [one["item_id"] for one in items]}]
    return {
        "order_id": number,
        "user_id": user,
        "address": HOME,
        "items": list(items),
        "status": status,
        "fulfillments": parcels,
        "payment_history": [paid],
    }


def user(id, name, methods, *orders):
    return {
        "user_id": id,
        "name": {"first_name": name, "last_name": "Stone"},
        "address": HOME,
        "email": f"{id}@example.com",
        "payment_methods": {one["id"]: one for one in methods},
        "orders": list(orders),
    }


CARD = {"source": "credit_card", "id": "c1", "brand": "visa", "last_four": "4242"}
GIFT = {"source": "gift_card", "id": "g1", "balance": 5.0}
SHIRTS = [variant("s1", 20.0), variant("s2", 10.5), variant("s3", 60.0), variant("s4", 20.0, available=False)]
WORLD = {
    "products": {
        "shirt": {"name": "shirt", "product_id": "shirt", "variants": {one["item_id"]: one for one in SHIRTS}},
        "lamp": {"name": "lamp", "product_id": "lamp", "variants": {"l1": variant("l1", 30.0)}},
    },
    "users": {
        "ada": user("ada", "Ada", [CARD, GIFT], "#W1", "#W2", "#W3"),
        "bo": user("bo", "Bo", [{"source": "paypal", "id": "p1"}], "#W4", "#W5"),
    },
    "orders": {
        "#W1": order("#W1", "ada", "pending", item("s1", 20.0), item("l1", 30.0), by="c1"),
        "#W2": order("#W2", "ada", "delivered", item("s1", 20.0), by="c1"),
        "#W3": order("#W3", "ada", "processed", item("s2", 10.5), by="c1"),
        "#W4": order("#W4", "bo", "pending", item("s2", 10.5), by="p1"),
        "#W5": order("#W5", "bo", "cancelled", item("s1", 20.0), by="p1"),
    },
}
SWAP = {"order_id": "#W1", "item_ids": ["s1"], "new_item_ids": ["s2"], "payment_method_id": "g1"}


def task(id, *actions):
    told = [{"action_id": f"{id}_{n}", "name": name, "arguments": given} for n, (name, given) in enumerate(actions)]
    return {"id": id, "evaluation_criteria": {"actions": told}}


TASKS = [
    task("0", ("modify_pending_order_items", SWAP)),
    task(
        "1",
        ("find_user_id_by_email", {"email": "nobody@example.com"}),
        ("find_user_id_by_name_zip", {"first_name": "Bo", "last_name": "Stone", "zip": "04530"}),
        ("cancel_pending_order", {"order_id": "#W4", "reason": "no longer needed"}),
    ),
]
NEW_SHIRT = {**item("s2", 10.5), "name": "shirt"}
LATER = {
    "cancel_reason": None,
    "exchange_items": None,
    "exchange_new_items": None,
    "exchange_payment_method_id": None,
    "exchange_price_difference": None,
    "return_items": None,
    "return_payment_method_id": None,
}
W1 = {
    **WORLD["orders"]["#W1"],
    **LATER,
    "items": [NEW_SHIRT, item("l1", 30.0)],
    "status": "pending (item modified)",
    "payment_history": [
        {"transaction_type": "payment", "amount": 50.0, "payment_method_id": "c1"},
        {"transaction_type": "refund", "amount": 9.5, "payment_method_id": "g1"},
    ],
}
W4 = {
    **WORLD["orders"]["#W4"],
    **LATER,
    "status": "cancelled",
    "cancel_reason": "no longer needed",
    "payment_history": [
        {"transaction_type": kind, "amount": 10.5, "payment_method_id": "p1"} for kind in ("payment", "refund")
    ],
}
RICHER = {**WORLD["users"]["ada"], "payment_methods": {"c1": CARD, "g1": {**GIFT, "balance": 14.5}}}
EXPECTED = {
    "0": {"changed": {"users": {"ada": RICHER}, "orders": {"#W1": W1}}, "failed_actions": []},
    "1": {"changed": {"orders": {"#W4": W4}}, "failed_actions": [{"action": "1_0", "ok": False, "error": "no user"}]},
}


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "small"
    data.mkdir()
    for name, what in (("db.json.gz", WORLD), ("expected.json.gz", EXPECTED)):
        with gzip.open(data / name, "wt") as file:
            json.dump(what, file)
    (data / "tasks.json").write_text(json.dumps(TASKS))
    (data / "policy.md").write_text("# Policy\n\n## Cancel pending order\n\nOnly pending orders.\n")
    return data


def outputs(rows, part):
    return [(row["given"], row["output"]) for row in rows if row["given"].get("part") == part]


def test_a_shop_that_keeps_its_rules_passes_and_figures_follow_from_rows(play, folder):
    ended, rows = play(TASK, folder, dialogues=12)
    figures = ended.metrics
    assert (figures["tasks"], figures["replayed"]) == (2, 2)
    assert figures["forbidden_tried"] == sum(done["set_up"] for _, done in outputs(rows, "forbidden")) > 50
    assert figures["forbidden_kinds"] == len({given["kind"] for given, _ in outputs(rows, "forbidden")})
    assert figures["forbidden_done"] == figures["refused_by_another_rule"] == 0
    writes = sum(done["writes"] for _, done in outputs(rows, "dialogue"))
    assert figures["dialogues"] == 12 and figures["unconfirmed_writes"] == 0 < figures["dialogue_writes"] == writes
    assert figures["plain_yes_done_share"] == 1
    assert all(score["explanation"] for row in rows for score in row["scores"])


def test_a_shop_that_takes_anything_for_a_yes_is_caught(play, folder, monkeypatch):
    monkeypatch.setattr("assistant.service.gate.agreement.answer", lambda *_args, **_named: "yes")
    figures = play(TASK, folder, dialogues=12)[0].metrics
    assert figures["unconfirmed_writes"] > 0 and figures["forbidden_done"] > 0


def test_a_shop_that_forgets_a_rule_is_caught(play, folder, monkeypatch):
    monkeypatch.setattr("assistant.service.rules.deciding._cancel", lambda *_args, **_named: iter(()))
    _, rows = play(TASK, folder, dialogues=0)
    done = {given["rule"] for given, output in outputs(rows, "forbidden") if output.get("done")}
    assert {"cancel-status", "cancel-reason"} <= done


def test_a_shop_that_serves_strangers_is_caught(play, folder, monkeypatch):
    known = ServiceTurn._customer_of
    monkeypatch.setattr(ServiceTurn, "_customer_of", lambda *args: args[1].customer_id or (known(*args) and "ada"))
    figures = play(TASK, folder, dialogues=0)[0].metrics
    assert figures["refused_by_another_rule"] > 0  # what it lets in, its writes still turn away


def test_a_shop_that_forgets_a_row_is_caught(play, folder, monkeypatch):
    monkeypatch.setattr("assistant.service.gate.writes._balanced", lambda customer, _payments: customer)
    _, rows = play(TASK, folder, dialogues=0, each=1)
    right = [score["value"] for row in rows for score in row["scores"] if score["name"] == "replayed"]
    assert right == [0, 1]


def test_a_stopped_run_goes_on_in_a_shop_as_it_was_at_first(play, folder, monkeypatch):
    whole, _ = play(TASK, folder, dialogues=3)
    left = iter([True] * 5)

    def stopped(*args, **named):
        if not next(left, False):
            raise KeyboardInterrupt
        return tried(*args, **named)

    with monkeypatch.context() as stopping, pytest.raises(KeyboardInterrupt):
        stopping.setattr("eval.tasks.service.tried", stopped)
        play(TASK, folder, dialogues=3, fresh=True)
    again, rows = play(TASK, folder, dialogues=3)
    assert len(rows) == again.examples == whole.examples
    assert again.metrics["dialogue_writes"] == whole.metrics["dialogue_writes"]


def test_the_real_world_replays(play, shared_data):
    figures = play(TASK, shared_data / "tau2-retail", limit=3, dialogues=0, each=1)[0].metrics
    assert figures["tasks"] == figures["replayed"] == 3


def test_a_folder_that_holds_none(play, tmp_path):
    with pytest.raises(SettingError, match=r"db\.json\.gz, policy\.md"):
        play(TASK, tmp_path)


@pytest.mark.parametrize("words", ["Yes", "yes, please.", "Sure, please proceed", "是的，请办理", "确认"])
def test_plain_yes(words):
    assert is_plain_yes(words)


@pytest.mark.parametrize("words", ["", "yes but", "Yes?", "ok", "no", "是的，但是", "the manager said yes", "yes no"])
def test_no_plain_yes(words):
    assert not is_plain_yes(words)


def test_only_what_was_asked_about_may_change():
    given = {"order_id": "#W4", "reason": "no longer needed"}
    question = Question("cancel_pending_order", given, "Cancel the order #W4?")
    after = {"orders": {"#W4": W4}}
    assert agreed("Yes.", [question], {"orders": {"#W4": W4}}, after=after)
    assert not agreed("Yes.", [], after, after=after)
    assert not agreed("Yes.", [question, question], after, after=after)
    assert not agreed("Hmm.", [question], after, after=after)
    assert not agreed("Yes.", [question], {"orders": {"#W1": W1}}, after=after)
    assert not agreed("Yes.", [question], {"orders": {"#W4": W4, "#W1": W1}}, after=after)
    assert not agreed("Yes.", [question], {**after, "users": {"ada": RICHER}}, after=after)
    other = {"orders": {"#W4": {**W4, "cancel_reason": "ordered by mistake"}}}
    assert not agreed("Yes.", [question], other, after=other)
    assert not agreed("Yes.", [Question("cancel_pending_order", given, "Cancel it?")], after, after=after)
