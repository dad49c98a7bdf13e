"""The laws of the demo shop's visits: they follow from tastes, habits and orders, and can be told apart again."""

import math
from collections import Counter, defaultdict
from datetime import timedelta
from random import Random

import pytest

from assistant.behaviour.event import Event, Kind
from assistant.behaviour.visits import sessionise
from assistant.demo.behaviour import behaviour
from assistant.demo.customers import NOW, customers
from assistant.demo.habits import DAYS, arrivals, habit
from assistant.demo.orders import orders
from assistant.demo.products import products
from assistant.demo.shelf import shelves
from assistant.demo.tastes import taste, tastes, truth

SINCE = NOW - timedelta(days=DAYS)


@pytest.fixture(scope="module")
def by_customer():
    found: dict[str, list[Event]] = defaultdict(list)
    for event in behaviour():
        if event.customer_id:
            found[event.customer_id].append(event)
    return found


def test_the_same_seed_gives_the_same_visits():
    before = behaviour()[:500]
    behaviour.cache_clear()
    assert behaviour()[:500] == before


def test_everything_is_of_this_shop_and_these_days():
    sold = {product.id: {variant.id for variant in product.variants} for product in products()}
    people = {one.id: one for one in customers()}
    assert len({event.id for event in behaviour()}) == len(behaviour()) > 50_000
    for event in behaviour():
        assert SINCE - timedelta(days=1) < event.at <= NOW
        assert event.customer_id is None or event.customer_id in people
        assert all(one.product_id in sold for one in event.items)
        assert all(one.variant_id is None or one.variant_id in sold[one.product_id] for one in event.items)


def test_every_order_of_these_days_is_bought_in_a_visit_and_nothing_else_is():
    recent = {one.number: one for one in orders() if one.placed_at >= SINCE}
    bought = {event.order_number: event for event in behaviour() if event.kind is Kind.PURCHASE}
    assert set(bought) == set(recent)
    for number, event in bought.items():
        order = recent[number]
        assert (event.at, event.customer_id, event.value_minor) == (
            order.placed_at,
            order.customer_id,
            order.total_minor,
        )
        assert [(one.variant_id, one.quantity) for one in event.items] == [
            (line.variant_id, line.quantity) for line in order.lines
        ]


def test_what_people_look_at_follows_their_taste(by_customer):
    shop = shelves()
    ratios = []
    for customer_id, events in by_customer.items():
        looked = [one for event in events if event.kind is Kind.PRODUCT_VIEW for one in event.product_ids]
        if len(looked) < 20:
            continue
        true = tastes()[customer_id]
        kinds = Counter(shop.by_id[one].kind for one in looked)
        liked = {kind for kind, w in [*true.kinds.items(), *true.kinds_later.items()] if w > 0.02}
        ratios.append(sum(kinds[kind] for kind in liked) / len(looked))
    assert len(ratios) > 200 and sum(ratios) / len(ratios) > 0.75


def test_taste_drifts_within_the_window():
    drifting = [one for one in tastes().values() if one.drift_days_ago is not None]
    assert 0.4 < len(drifting) / len(tastes()) < 0.6
    for one in drifting[:50]:
        assert one.later_share(SINCE, NOW) == 0 and one.later_share(NOW, NOW) == 1
        assert math.isclose(sum(one.kinds_at(NOW, NOW).values()), 1)


def test_what_people_say_of_themselves_is_true_of_what_they_buy():
    shop = shelves()
    for one in customers():
        true = tastes()[one.id]
        if "no leather" in one.about["en"]:
            assert not any(
                true.interest(shown) for shown in shop.by_id.values() if "full-grain leather" in shown.record
            )
        if "drinks tea" in one.about["en"]:
            assert true.kinds["coffee"] == 0 < true.kinds["tea"]
        if "has a dog" in one.about["en"]:
            assert true.kinds["dog-bed"] > 0.02


def test_visits_are_as_habits_say():
    chance = Random(3)
    one = habit(chance, often=True)
    came = list(arrivals(one, SINCE, NOW, chance))
    expected = one.visits_a_week * DAYS / 7
    assert 0.5 * expected < len(came) < 1.6 * expected
    by_day = sorted(arrival.at for arrival in came)
    assert all(SINCE - timedelta(days=1) < at < NOW for at in by_day)


def test_visits_are_told_apart_by_their_pauses(by_customer):
    events = by_customer["C-0001"]
    assert 10 < len(sessionise(events)) < 150


def test_the_truth_names_what_is_liked_now():
    told = truth()
    assert set(told["people"]) == {one.id for one in customers()}
    one = told["people"]["C-0001"]
    assert 0.5 < sum(one["categories"].values()) <= 1.001 and one["colors"] and 0 <= one["price_level"] <= 1


def test_a_taste_weighs_every_type():
    one = taste(Random(1), shelves())
    assert set(one.kinds) == set(one.kinds_later) == set(shelves().by_kind)
    assert math.isclose(sum(one.kinds.values()), 1) and math.isclose(sum(one.kinds_later.values()), 1)
