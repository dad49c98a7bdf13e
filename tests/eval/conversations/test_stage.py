"""Conversations are played in the stores, judged turn by turn, scored, and what they wrote is taken back."""

import argparse
import asyncio
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from assistant.conversation.parts import Card, Cards, Done, Sentence, Understood
from assistant.demo.customers import customers
from assistant.demo.orders import orders
from assistant.llm.scripted import ScriptedEngine
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.orders import Orders
from assistant.store.policy_texts import PolicyTexts
from assistant.store.principal import SYSTEM
from assistant.store.records import OrderStatus
from eval.conversations.errors import BadGolden
from eval.conversations.stage import GoldenTalks
from eval.harness.book import RunBook
from eval.harness.running import run
from eval.tasks.conversations import TASK

KETTLE = "Copperpot Sonnet Glass Electric Kettle"


class Clerk:
    """Shows one product whatever is asked, and cancels whatever order a message names."""

    def __init__(self, product, store):
        self.product, self.store, self.heard = product, store, []

    def prepare(self):
        """Nothing is read beforehand."""

    async def turn(self, request):
        self.heard.append((request.message, request.principal.customer_id))
        yield Understood("en", "find")
        variant = self.product.variants[0]
        fields = dict.fromkeys(Card.__dataclass_fields__)
        yield Cards(
            (
                Card(
                    **fields
                    | {"product_id": self.product.id, "variant_id": variant.id, "title": self.product.title}
                    | {"price_minor": variant.price_minor, "in_stock": variant.in_stock, "options": {}}
                ),
            )
        )
        if "R-" in request.message:
            order = self.store.get(request.message.split()[-1], SYSTEM)
            self.store.put([replace(order, status=OrderStatus.CANCELLED)], SYSTEM)
        yield Sentence("Here you are.", "", "notice")
        yield Done({"engine": "scripted"})


@pytest.fixture
def shop(tmp_path, shelf):
    """Stores with a few people, the demo's products, and a clerk."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    database = open_database("", tmp_path)
    bought = orders(7, today)[-40:]
    of = {order.customer_id for order in bought}
    Customers(database).put([one for one in customers(7, today) if one.id in of], SYSTEM)
    store = Orders(database)
    store.put(bought, SYSTEM)
    yield SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        database=database,
        orders=store,
        customers=Customers(database),
        catalogue=SimpleNamespace(ids=lambda: list(shelf.products), get=lambda _ids: shelf.products),
        engine=ScriptedEngine([]),
        conversation=Clerk(shelf.by_title[KETTLE], store),
    )
    database.dispose()


def play(stage):
    example = stage.examples[0]
    return example, asyncio.run(stage.play(example, 0))


def scores(stage):
    example, output = play(stage)
    return {score.name: score for score in TASK.scored(example, output)}


def test_a_conversation_in_which_all_holds_succeeds(shop, golden):
    one = golden({"say": "a kettle", "cards": {"category": "Kettles"}, "has": KETTLE})
    found = scores(GoldenTalks(shop, [one], engine="script"))
    assert found["success"].value == 1 and found["checks"].value == 1 and found["over_refusals"].value == 0


def test_what_failed_explains_the_score(shop, golden):
    one = golden({"say": "a tent", "cards": {"category": "Tents"}}, {"say": "go on", "intent": "more"})
    found = scores(GoldenTalks(shop, [one], engine="script"))
    assert found["success"].value == 0 and found["turns"].value == 2
    assert found["success"].explanation.startswith("turn 1, cards: ")
    assert "turn 2, intent: taken for 'find'" in found["success"].explanation


def test_what_a_customer_did_is_seen_and_taken_back(shop, golden):
    asked = {"say": "cancel {order}", "order": "cancelled", "intent": "find"}
    stage = GoldenTalks(shop, [golden(asked, who={"order": "pending"})], engine="script")
    _, output = play(stage)
    message, customer = shop.conversation.heard[0]
    number = message.split()[-1]
    assert [check["held"] for check in output["checks"] if check["name"] == "order"] == [True]
    assert shop.orders.get(number, SYSTEM).status == "pending"
    assert shop.orders.get(number, SYSTEM).customer_id == customer


def test_a_stale_conversation_stops_the_opening(shop, golden):
    one = golden({"say": "a kettle", "has": "No Such Kettle"})
    with pytest.raises(BadGolden, match="'No Such Kettle' is no title of the shop"):
        GoldenTalks(shop, [one], engine="script")
    assert PolicyTexts(shop.database).current() == []


def test_a_run_sums_up_by_language_and_area(shop, golden, tmp_path):
    stage = GoldenTalks(shop, [golden({"say": "a kettle", "cards": {"category": "Kettles"}})], engine="script")

    @contextmanager
    def opened(_args):
        yield stage

    args = argparse.Namespace(seed=7, trials=None, fresh=True)
    ended, rows = run(replace(TASK, opened=opened), args, RunBook(tmp_path / "runs"))
    assert ended.failures == () and len(rows) == 1
    assert ended.metrics["success"] == ended.metrics["en.success"] == ended.metrics["finding.success"] == 1
    assert ended.metrics["over_refusals"] == 0 and "zh.success" not in ended.metrics
