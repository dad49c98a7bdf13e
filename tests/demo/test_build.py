"""The demo shop in real stores: built once, built again with nothing to do, and written as files that read back."""

import json
from dataclasses import replace

import pytest

from assistant.behaviour.event import Event, Kind
from assistant.demo.__main__ import write_demo
from assistant.demo.behaviour import behaviour
from assistant.demo.build import POLICIES, Stores, build_demo, forget_story
from assistant.demo.customers import NOW
from assistant.demo.orders import orders
from assistant.demo.products import products
from assistant.demo.reviews import reviews
from assistant.service.policies import Policies
from assistant.service.policy_text import read_policies
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from assistant.store.records import OrderStatus
from index.build import SyncReport
from index.catalogue import Catalogue
from index.feeds import read_feed
from index.query import Filters


class OnlyFacts:
    """An index of a catalogue alone: what is embedded is another room's test."""

    def __init__(self, catalogue):
        self.catalogue = catalogue

    def sync(self, progress=None):
        pending = self.catalogue.pending()
        self.catalogue.mark_indexed(pending.changed)
        return SyncReport(embedded=len(pending.changed), withdrawn=0, indexed=0, seconds=0.0)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    engine = open_database("", tmp_path_factory.mktemp("shop"))
    catalogue = Catalogue(engine)
    catalogue.create()
    stores = Stores(
        customers=Customers(engine), orders=Orders(engine), events=Events(engine), policies=Policies(engine)
    )
    index = OnlyFacts(catalogue)
    steps = []
    report = build_demo(index, stores, now=NOW, progress=lambda step, done, total: steps.append((step, done, total)))
    yield index, stores, report, steps
    engine.dispose()


def test_everything_arrives(built):
    index, stores, report, steps = built
    assert report.products == index.catalogue.count() == len(products())
    assert (report.customers_added, report.orders_added, report.reviews) == (2_000, 5_000, 10_000)
    assert stores.customers.count() == 2_000 and stores.orders.count() == 5_000
    assert ("orders", 5_000, 5_000) in steps
    assert report.events_added == stores.events.count() == len(behaviour(now=NOW))
    one = products()[0]
    assert index.catalogue.get([one.id])[one.id] == one
    assert sum(index.catalogue.rating_counts(one.id).values()) == one.rating_count
    assert index.catalogue.matching(Filters(options={"color": frozenset({"黑色"})}))


def test_a_second_run_changes_nothing_and_keeps_what_became_of_an_order(built):
    index, stores, _, _ = built
    order = stores.orders.of("C-0001", SYSTEM)[0]
    changed = type(order)(
        **{name: getattr(order, name) for name in order.__slots__} | {"status": OrderStatus.CANCELLED}
    )
    stores.orders.put([changed], SYSTEM)
    again = build_demo(index, stores, now=NOW)
    assert (again.embedded, again.customers_added, again.orders_added, again.events_added) == (0, 0, 0, 0)
    assert stores.orders.get(order.number, SYSTEM).status is OrderStatus.CANCELLED
    assert stores.orders.count() == 5_000


def test_a_demo_that_has_changed_is_told_anew_and_what_visitors_did_stays(built):
    index, stores, _, _ = built
    order = stores.orders.of("C-0001", SYSTEM)[0]
    stores.orders.put([replace(order, status=OrderStatus.CANCELLED)], SYSTEM)
    stores.events.add([Event(id="mine", kind=Kind.SEARCH, at=NOW, anonymous_id="visitor", query="tea")], SYSTEM)
    forget_story(stores, now=NOW)
    assert [event.id for event in stores.events.all(SYSTEM)] == ["mine"]
    again = build_demo(index, stores, now=NOW)
    assert again.events_added == len(behaviour(now=NOW)) == stores.events.count() - 1
    assert stores.orders.get(order.number, SYSTEM) == next(one for one in orders(now=NOW) if one.number == order.number)


def test_policies_say_the_same_in_both_languages(numbers):
    texts = {(text.policy, text.language): text for text in read_policies(POLICIES)}
    names = {policy for policy, _ in texts}
    assert names == {"returns", "shipping", "warranty", "payment", "privacy", "price-match"}
    for name in names:
        english, chinese = texts[name, "en"].paragraphs, texts[name, "zh"].paragraphs
        assert len(english) == len(chinese) >= 6
        for one, other in zip(english, chinese, strict=True):
            assert numbers(one.text) == numbers(other.text), (one.text, other.text)


def test_what_is_written_reads_back_as_the_same_products(tmp_path):
    lines = write_demo(tmp_path)
    assert len(lines) == 4
    assert list(read_feed(tmp_path / "products.jsonl")) == products()
    written = (tmp_path / "reviews.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(written) == len(reviews())
    assert json.loads(written[0])["product_id"] == reviews()[0].product_id
    assert (tmp_path / "policies" / "zh" / "returns.md").is_file()
    assert all((tmp_path / path.lstrip("/")).is_file() for path in products()[0].images)
