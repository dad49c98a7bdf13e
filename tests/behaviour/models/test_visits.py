"""Visits that buy: learned before they do, with reasons that add up and are said in both languages."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.models.buying import learn_buying
from assistant.behaviour.models.customers import customers_on
from assistant.behaviour.models.reasons import Reason, shapley
from assistant.behaviour.models.visit_table import NUMBERS, Moment, Past, moments, visit_table

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def event(number, kind, *, minutes, product="p1", channel="email"):
    return Event(
        id=f"e{number}-{minutes}-{kind}",
        kind=kind,
        at=START + timedelta(minutes=minutes),
        customer_id="c1",
        items=(EventItem(product_id=product, price_minor=1500),) if kind is not Kind.SEARCH else (),
        channel=channel,
    )


def visit(*kinds, day=0):
    return [event(number, kind, minutes=1440 * day + number) for number, kind in enumerate(kinds)]


@pytest.fixture(scope="module")
def histories():
    """Who puts something in the cart buys four times in five; who does not, hardly ever."""
    chance = np.random.default_rng(9)
    people = []
    for _ in range(250):
        visits = []
        for day in range(3):
            kinds = [Kind.SEARCH] * int(chance.integers(0, 3)) + [Kind.PRODUCT_VIEW] * int(chance.integers(1, 5))
            carted = chance.random() < 0.4
            kinds += [Kind.CART_ADD] * carted
            kinds += [Kind.PAGE_VIEW] * int(chance.integers(0, 3))
            kinds += [Kind.PURCHASE] * bool(chance.random() < (0.8 if carted else 0.02))
            visits.append(visit(*kinds, day=day))
        people.append(visits)
    return people


@pytest.fixture(scope="module")
def buying(histories):
    return learn_buying(histories, seed=0)


def test_nothing_from_the_purchase_on_is_looked_at(histories):
    for seen in moments(histories[:40]):
        assert all(one.kind is not Kind.PURCHASE for one in seen.moment.so_far)
        assert seen.remaining_s >= 0


def test_what_was_done_is_counted():
    past = Past().after(visit(Kind.PRODUCT_VIEW, Kind.PURCHASE))
    moment = Moment(tuple(visit(Kind.SEARCH, Kind.PRODUCT_VIEW, Kind.PRODUCT_VIEW, Kind.CART_ADD, day=2)), past)
    table = visit_table([moment])
    known = dict(zip(NUMBERS, table.values[0].tolist(), strict=False))
    assert (known["searches"], known["looks"], known["products"], known["most_looks"]) == (1, 2, 1, 2)
    assert (known["cart_adds"], known["minutes"], known["past_purchases"]) == (1, 3, 1)
    assert known["days_since_purchase"] == pytest.approx(2, abs=0.01)
    assert table.columns[-2].levels == ("email",)


def test_a_cart_makes_a_purchase_likely_and_is_the_reason(buying):
    bare = Moment(tuple(visit(Kind.SEARCH, Kind.PRODUCT_VIEW)))
    full = Moment(tuple(visit(Kind.SEARCH, Kind.PRODUCT_VIEW, Kind.CART_ADD)))
    assert buying.chances([bare])[0] < buying.chances([full])[0] - 0.2
    told = buying.forecast(full)
    assert told.chance > 0.6
    assert told.reasons[0].column == "cart_adds"
    assert told.reasons[0].moves > 0
    assert "1" in told.reasons[0].said("en") and "购物车" in told.reasons[0].said("zh")


def test_the_reasons_add_up(buying):
    full = visit_table([Moment(tuple(visit(Kind.SEARCH, Kind.PRODUCT_VIEW, Kind.CART_ADD)))], buying.usual)
    moved = shapley(buying.chance.chances, full, buying.usual).sum()
    assert moved == pytest.approx(buying.chance.chances(full)[0] - buying.chance.chances(buying.usual).mean(), abs=1e-6)


def test_a_channel_that_was_never_seen_is_none_of_them(buying):
    odd = Moment((event(0, Kind.PRODUCT_VIEW, minutes=0, channel="pigeon"),))
    assert 0 < buying.chances([odd])[0] < 1


def test_the_time_left_is_learned(buying, histories):
    seen = list(moments(histories))
    said = buying.remaining_s([one.moment for one in seen])
    left = np.array([one.remaining_s for one in seen])
    assert (said >= 0).all()
    assert np.abs(said - left).mean() < np.abs(np.median(left) - left).mean()


def test_every_column_has_its_words(shop_lines):
    customers = customers_on(shop_lines, shop_lines["at"].max())
    for name in (*NUMBERS, "channel", "device", *customers.table.names):
        for language in ("en", "zh"):
            assert "3" in Reason(name, 3.0, 0.1).said(language)
