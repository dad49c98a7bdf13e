import gzip
import json
from datetime import UTC, datetime

import pytest

from assistant.service.policies import Policies
from assistant.service.retail_world import RULES, BadWorld, read_world, take_in
from assistant.service.rules import read_rules
from assistant.store.customers import Customers
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from index.catalogue import Catalogue

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOME = {"address1": "1 A St", "address2": "Apt 2", "city": "Bath", "state": "ME", "country": "USA", "zip": "04530"}
WORLD = {
    "products": {
        "p1": {
            "name": "Lamp",
            "product_id": "p1",
            "variants": {"v1": {"item_id": "v1", "options": {"color": "red"}, "available": True, "price": 19.99}},
        }
    },
    "users": {
        "ada_1": {
            "user_id": "ada_1",
            "name": {"first_name": "Ada", "last_name": "Stone"},
            "address": HOME,
            "email": "ada@example.com",
            "payment_methods": {"g1": {"source": "gift_card", "id": "g1", "balance": 5.1}},
            "orders": ["#W2", "#W1"],
        }
    },
    "orders": {
        number: {
            "order_id": number,
            "user_id": "ada_1",
            "address": HOME,
            "items": [
                {"name": "Lamp", "product_id": "p1", "item_id": "v1", "price": 19.99, "options": {"color": "red"}}
            ],
            "status": "pending",
            "fulfillments": [],
            "payment_history": [{"transaction_type": "payment", "amount": 19.99, "payment_method_id": "g1"}],
        }
        for number in ("#W1", "#W2")
    },
}


def written(tmp_path, world):
    path = tmp_path / "db.json.gz"
    with gzip.open(path, "wt") as file:
        json.dump(world, file)
    return path


def test_a_world_becomes_a_shop(tmp_path, engine):
    policy = tmp_path / "policy.md"
    policy.write_text("# Policy\n\n## Cancel pending order\n\nOnly pending orders.\n")
    world = read_world(written(tmp_path, WORLD), NOW)
    for _ in range(2):
        take_in(engine, world, policy=policy)
    ada = Customers(engine).get("ada_1", SYSTEM)
    assert ada.payment_methods[0].balance_minor == 510 and ada.address.country == "US"
    assert [one.number for one in Orders(engine).of("ada_1", SYSTEM)] == ["#W1", "#W2"]
    assert Orders(engine).get("#W1", SYSTEM).total_minor == 1999
    assert Catalogue(engine).variant("v1")[1].options == {"color": "red"}
    assert Policies(engine).find("can I cancel a pending order", "en")[0].id == "policy#cancel-pending-order"


@pytest.mark.parametrize(
    ("table", "key", "gone"), [("products", "p1", "variants"), ("users", "ada_1", "email"), ("orders", "#W2", "items")]
)
def test_a_row_that_cannot_be_kept_is_named(tmp_path, table, key, gone):
    world = json.loads(json.dumps(WORLD))
    del world[table][key][gone]
    with pytest.raises(BadWorld, match=f"{table[:-1]} '{key}' lacks or has a wrong '{gone}'"):
        read_world(written(tmp_path, world), NOW)


def test_a_file_that_is_none(tmp_path):
    (tmp_path / "db.json.gz").write_text("{}")
    with pytest.raises(BadWorld, match="gzip of JSON"):
        read_world(tmp_path / "db.json.gz", NOW)


def test_its_rules_cite_its_policy(shared_data):
    from assistant.service.policy_text import parse_policy

    text = (shared_data / "tau2-retail" / "policy.md").read_text(encoding="utf-8")
    there = {one.id for one in parse_policy(text, policy="policy", language="en").paragraphs}
    assert {rule.cites for rule in read_rules(RULES).rule.values() if rule.cites} <= there
