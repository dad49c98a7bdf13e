"""What lists favour is found on shops so small that it is seen by eye; what was held out is gone before learning."""

import argparse
import math
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.errors import SettingError
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from assistant.store.records import Customer, Order, OrderLine, OrderStatus, StatusChange
from eval.fairness.bands import UNKNOWN, bands, shares
from eval.fairness.held_out import HeldOut, last_bought, leaked, remove
from eval.fairness.lists import Judged, Person, chosen, wishes
from eval.fairness.reducing import chance_of_gap, coverage, gap_bounds, gini, largest_gap
from eval.fairness.scoring import seen
from eval.fairness.stage import Lists
from eval.harness.book import RunBook
from eval.harness.metrics import column_of
from eval.harness.reducers import Column
from eval.harness.running import run
from eval.tasks.fairness import TASK, opened
from index.product import Availability, Product, Variant, Words

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def product(id_, price, brand="B", kind="Mugs"):
    variant = Variant(id=id_, price_minor=price, stock=1, availability=Availability.IN_STOCK)
    return Product(id=id_, words={"en": Words(title=id_, category=(kind,))}, brand=brand, variants=(variant,))


def test_price_is_told_within_its_own_kind():
    shop = [product(f"m{n}", n * 100) for n in (1, 2, 3)] + [
        product(f"s{n}", n * 9_000, kind="Sofas") for n in (1, 2, 3)
    ]
    found = bands([*shop, product("one", 100, kind="Lamps"), product("free", None)], {})
    assert [found[id_]["price"] for id_ in ("m1", "m2", "m3", "s1", "s2", "s3")] == ["low", "middle", "high"] * 2
    assert found["one"]["price"] == "middle" and found["free"]["price"] == UNKNOWN


def test_equal_prices_lie_in_one_third():
    found = bands([product(str(n), 500) for n in range(6)], {})
    assert {one["price"] for one in found.values()} == {"middle"}


def test_brands_are_cut_by_their_products_and_age_by_the_oldest_review():
    shop = [
        product(f"{brand}{n}", 100, brand)
        for brand, count in (("a", 1), ("b", 1), ("c", 2), ("d", 2))
        for n in range(count)
    ]
    ages = {"a0": "2024-01-01", "b0": "2025-01-01", "c0": "2026-01-01"}
    found = bands([*shop, product("x", 100, None)], ages)
    assert [found[id_]["brand"] for id_ in ("a0", "b0", "c0", "c1", "d0", "d1", "x")] == [
        "small", "small", "middle", "middle", "large", "large", UNKNOWN,
    ]  # fmt: skip
    assert [found[id_]["newness"] for id_ in ("a0", "b0", "c0", "d0")] == ["old", "middle", "new", UNKNOWN]


def test_shares_are_of_what_is_known():
    known = bands([product(f"m{n}", n * 100) for n in (1, 2, 3)], {})
    assert shares({"m1": 3, "m3": 1, "gone": 9}, known)["price"] == {
        "low": 0.75,
        "middle": 0,
        "high": 0.25,
        "unknown": 0,
    }
    assert sum(shares({}, known)["price"].values()) == 0


def column(values, weights=None, truths=None):
    count = len(values)
    places = np.arange(count)
    weights = np.ones(count) if weights is None else np.asarray(weights, float)
    truths = np.zeros(count) if truths is None else np.asarray(truths, float)
    return Column(np.asarray(values, float), weights, truths, places, places)


def test_gini_and_coverage_by_eye():
    even, one = column([0, 1, 2, 3], truths=[4] * 4), column([2, 2, 2], truths=[4] * 3)
    assert gini(even) == 0 and coverage(even) == 1
    assert gini(one) == 0.75 and coverage(one) == 0.25
    assert math.isnan(gini(column([])))


@given(st.lists(st.tuples(st.integers(0, 6), st.floats(0.01, 5)), min_size=1, max_size=30))
def test_gini_equals_the_mean_difference(exposed):
    values, weights = zip(*exposed, strict=True)
    looks = [sum(w for v, w in exposed if v == n) for n in range(7)]
    expected = sum(abs(a - b) for a in looks for b in looks) / (2 * 49 * (sum(looks) / 7))
    assert gini(column(values, weights, [7] * len(values))) == pytest.approx(expected)


def test_a_gap_is_of_groups_that_are_large_enough():
    values, truths = [1] * 20 + [0] * 20 + [0.5] * 19, [0] * 20 + [1] * 20 + [2] * 19
    assert largest_gap(column(values, truths=truths)) == 1 and chance_of_gap(column(values, truths=truths)) < 0.01
    assert math.isnan(largest_gap(column([1] * 30, truths=[0] * 30))) and chance_of_gap(column([1], truths=[0])) is None


def test_groups_that_are_alike_have_no_gap_to_speak_of():
    chance = np.random.default_rng(3)
    values, truths = chance.integers(0, 2, 400), chance.integers(0, 3, 400)
    rows = [
        {"id": str(n), "trial": 0, "cluster": "", "scores": [{"name": "q", "value": float(v), "truth": float(t)}]}
        for n, (v, t) in enumerate(zip(values, truths, strict=True))
    ]
    gap = largest_gap(column_of(rows, "q"))
    low, high = gap_bounds("q")(rows, 7)
    assert low < gap < high and chance_of_gap(column_of(rows, "q")) > 0.05


PRODUCTS = [product(f"P{n:02}", 100 * (n + 1), brand="ab"[n % 2]) for n in range(30)]


def judged(suggest, people=40, bought=("P05",)):
    """A shop of thirty products and shoppers who all bought P05 last, but for every fifth, who bought nothing."""
    held = HeldOut(products=bought, since=AT, known=frozenset())
    shoppers = [
        Person(
            id=f"customer:{n}",
            groups={"language": "en" if n % 2 else "zh", "orders": "few"},
            held_out=None if n % 5 == 0 else held,
        )
        for n in range(people)
    ]
    return Judged(
        bands=bands(PRODUCTS, {}),
        chosen={"P00": 8, "P05": 4},
        bought={one.id: 1 for one in PRODUCTS},
        people=shoppers,
        wishes=[("mug", 3), ("dear mug", 1), ("nothing", 1)],
        suggest=suggest,
        find=lambda text: {"mug": ["P00"], "dear mug": ["P29"]}.get(text, []),
    )


def played(shop, tmp_path):
    @contextmanager
    def opened(_args):
        yield Lists(shop)

    args = argparse.Namespace(seed=7, trials=None, fresh=False, limit=None)
    return run(replace(TASK, opened=opened), args, RunBook(tmp_path))


def test_a_list_of_the_popular_is_told_apart_from_one_that_sees_all(tmp_path):
    popular, _ = played(judged(lambda _who: [f"P{n:02}" for n in range(10)]), tmp_path / "popular")
    turn = lambda who: [f"P{(int(who.split(':')[1]) * 7 + n) % 30:02}" for n in range(10)]  # noqa: E731
    fair, _ = played(judged(turn), tmp_path / "fair")
    assert popular.metrics["coverage"] == pytest.approx(1 / 3) and fair.metrics["coverage"] == 1
    assert popular.metrics["suggested.gini"] > 0.6 > 0.2 > fair.metrics["suggested.gini"]
    assert popular.metrics["suggested.price.low.to_catalogue"] == pytest.approx(3)
    assert popular.metrics["suggested.price.high.to_catalogue"] == 0
    assert 0.8 < fair.metrics["suggested.price.high.to_catalogue"] < 1.2
    low, high = fair.intervals["suggested.price.low.to_catalogue"]
    assert low < fair.metrics["suggested.price.low.to_catalogue"] < high
    assert popular.metrics["hit@10"] == popular.metrics["recall@10"] == 1
    assert popular.metrics["recall@10.new_to_them"] == 1 and "recall@10.known_before" not in popular.metrics
    assert popular.metrics["precision@10"] == pytest.approx(0.1)


def test_quality_is_told_for_each_group_and_so_is_the_gap(tmp_path):
    only_english = lambda who: ["P05" if int(who.split(":")[1]) % 2 else "P06"]  # noqa: E731
    ended, _ = played(judged(only_english, people=100), tmp_path)
    assert ended.metrics["recall@10.language.en"] == 1 and ended.metrics["recall@10.language.zh"] == 0
    assert ended.metrics["gap.language"] == 1 and ended.notes["gap.language.p"] < 0.01
    assert "gap.orders" not in ended.metrics  # everybody is in one group


def test_searches_count_as_often_as_they_are_made_and_none_found_is_no_answer(tmp_path):
    ended, rows = played(judged(lambda _who: ["P00"]), tmp_path)
    assert ended.metrics["found.price.low.to_catalogue"] == pytest.approx(0.75 * 3)
    assert ended.metrics["found.price.high.to_catalogue"] == pytest.approx(0.25 * 3)
    assert next(row for row in rows if row["id"] == "found nothing")["output"]["no_answer"]


def test_what_can_still_be_looked_up_is_found(tmp_path):
    shop = judged(lambda _who: ["P05"])
    known = replace(shop.people[1].held_out, leaked=("event 7",))
    people = [shop.people[0], replace(shop.people[1], held_out=known), *shop.people[2:]]
    assert played(replace(shop, people=people), tmp_path)[0].metrics["leaked"] == 1
    assert played(shop, tmp_path)[0].metrics["leaked"] == 0


def test_a_place_further_down_is_seen_less():
    assert [seen(rank) for rank in (1, 3, 7)] == [1, 1 / 2, 1 / 3]


def act(id_, kind, minute, *items, who="C", **facts):
    at = AT + timedelta(minutes=minute)
    return Event(
        id=id_, kind=kind, at=at, customer_id=who, items=tuple(EventItem(product_id=i) for i in items), **facts
    )


@pytest.fixture
def database(tmp_path):
    database = open_database("", tmp_path)
    people = [
        Customer(id=id_, first_name=id_, last_name="X", email=f"{id_}@example.org", language="en", joined_at=AT)
        for id_ in "CD"
    ]
    Customers(database).put(people, SYSTEM)
    Orders(database).put([order("R-1", "C", -10), order("R-2", "C", 62), order("R-3", "D", 90)], SYSTEM)
    Events(database).add(
        [
            act("1", Kind.PRODUCT_VIEW, 0, "A"),
            act("2", Kind.PURCHASE, 1, "A", order_number="R-1"),
            act("3", Kind.LIST_VIEW, 2, "B"),
            act("4", Kind.PRODUCT_VIEW, 60, "B"),
            act("5", Kind.PURCHASE, 62, "B", "A", order_number="R-2"),
            act("6", Kind.PRODUCT_VIEW, 5_000, "Z"),
            act("7", Kind.PRODUCT_VIEW, 61, "B", who="D"),
        ],
        SYSTEM,
    )
    yield database
    database.dispose()


def order(number, who, minute):
    at = AT + timedelta(minutes=minute)
    line = OrderLine(product_id="OLD", variant_id="OLD", title="Old", price_minor=100)
    history = (StatusChange(status=OrderStatus.DELIVERED, at=at),)
    return Order(number=number, customer_id=who, status=OrderStatus.DELIVERED, placed_at=at, currency="USD",
                 lines=(line,), total_minor=100, history=history)  # fmt: skip


def test_the_last_purchase_goes_with_its_whole_visit_and_all_that_follows(database):
    events, orders = Events(database), Orders(database)
    told = last_bought(events, orders, "customer:C")
    assert told.products == ("B", "A") and told.since == AT + timedelta(minutes=60)
    assert told.known == {"A", "OLD"}  # B was only listed
    assert last_bought(events, orders, "customer:D") is None
    shop = SimpleNamespace(events=events, orders=orders)
    assert leaked(shop, "customer:C", told.since) == ("event 4", "event 5", "event 6", "order R-2")
    remove(database, {"customer:C": told})
    assert leaked(shop, "customer:C", told.since) == ()
    assert [event.id for event in events.of("customer:C", SYSTEM)] == ["1", "2", "3"]
    assert [event.id for event in events.of("customer:D", SYSTEM)] == ["7"]
    assert [one.number for one in orders.of("C", SYSTEM)] == ["R-1"]
    assert [one.number for one in orders.of("D", SYSTEM)] == ["R-3"]


def test_wishes_are_what_is_searched_for_most_and_choosers_count_once():
    told = [act(str(n), Kind.SEARCH, n, query=text) for n, text in enumerate(("tea", "mug", "tea", "cup"))]
    said = act("9", Kind.SEARCH, 9, query="do you have tea?", channel="chat")
    assert wishes([*told, said], most=2)[-1] == ("tea", 2) and len(wishes([*told, said])) == 3
    views = [act(str(n), Kind.PRODUCT_VIEW, n, "A", who=who) for n, who in enumerate(("C", "C", "D"))]
    assert chosen(views) == {"A": 2}


def test_another_shop_is_refused(tmp_path):
    with pytest.raises(SettingError, match="demo store"), opened(argparse.Namespace(data=tmp_path, limit=None, seed=7)):
        pass
