"""The laws of the demo shop's customers and orders."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from assistant.behaviour.event import Kind
from assistant.demo.behaviour import behaviour
from assistant.demo.customers import DEMO, NOW, customers
from assistant.demo.orders import COUNT, STORIES, orders
from assistant.demo.products import products
from assistant.demo.shelf import shelves
from assistant.recommend.bought_again import bought_again
from assistant.recommend.from_events import purchases
from assistant.store.records import OrderStatus


def test_customers_are_many_and_unmistakable():
    assert len(customers()) == 2_000
    assert len({one.id for one in customers()}) == len({one.email for one in customers()}) == 2_000
    assert sum(one.demo for one in customers()) == DEMO
    assert {one.language for one in customers() if one.demo} == {"en", "zh"}
    for one in customers():
        assert re.fullmatch(r"[a-z.]+\d+@example\.(com|org|net)", one.email)
        assert one.first_name and one.last_name and one.address and one.payment_methods
        assert set(one.about) == {"en", "zh"}


def test_orders_come_in_every_state():
    assert len(orders()) == COUNT == 5_000
    assert len({one.number for one in orders()}) == COUNT
    assert set(Counter(one.status for one in orders())) == set(OrderStatus)


def test_every_demo_customer_has_several_kinds_of_order_to_try():
    for customer in customers()[:DEMO]:
        assert len({one.status for one in orders() if one.customer_id == customer.id}) >= 4


def test_every_line_is_of_a_variant_of_the_shop_at_its_price():
    prices = {variant.id: (product.id, variant.price_minor) for product in products() for variant in product.variants}
    for order in orders():
        for line in order.lines:
            assert prices[line.variant_id] == (line.product_id, line.price_minor)


def test_totals_add_up_and_delivery_is_free_from_fifty_dollars():
    for order in orders():
        goods = sum(line.price_minor * line.quantity for line in order.lines) - order.discount_minor
        assert order.total_minor == goods + order.shipping_minor + order.tax_minor
        assert order.shipping_minor == (0 if goods >= 5_000 else 495)
        assert order.payments[0].amount_minor == order.total_minor
        assert sum(one.amount_minor for one in order.payments if one.kind == "refund") <= order.total_minor


def test_every_story_is_told_in_order_and_ends_by_now():
    joined = {one.id: one.joined_at for one in customers()}
    for order in orders():
        assert tuple(change.status for change in order.history) == STORIES[order.status]
        times = [change.at for change in order.history]
        assert times == sorted(times) and times[-1] <= NOW
        assert times[0] == order.placed_at >= joined[order.customer_id]
        assert order.placed_at.tzinfo is not None
        assert bool(order.shipments) == (OrderStatus.SHIPPED in STORIES[order.status])


def test_money_goes_back_exactly_where_the_story_says_so():
    for order in orders():
        refunded = any(one.kind == "refund" for one in order.payments)
        assert refunded == (order.status in (OrderStatus.CANCELLED, OrderStatus.REFUNDED))


def test_the_same_seed_gives_the_same_people_and_orders():
    before = customers()[:50], orders()[:50]
    customers.cache_clear()
    orders.cache_clear()
    assert (customers()[:50], orders()[:50]) == before


def test_what_is_used_up_is_bought_again_after_its_time_and_what_lasts_hardly_ever():
    shop = shelves()
    bought = defaultdict(list)
    for order in orders():
        if not {change.status for change in order.history} & {OrderStatus.CANCELLED, OrderStatus.RETURN_REQUESTED}:
            for product_id in {line.product_id for line in order.lines}:
                bought[order.customer_id, product_id].append(order.placed_at)
    pauses = defaultdict(list)
    for (_, product_id), times in bought.items():
        lasts = shop.by_id[product_id].lasts_days
        pauses[bool(lasts)] += [(later - sooner).days / (lasts or 1) for sooner, later in pairwise(times)]
    firsts = Counter(bool(shop.by_id[product_id].lasts_days) for _, product_id in bought)
    assert len(pauses[True]) / firsts[True] > 0.5 and len(pauses[False]) / firsts[False] < 0.02
    assert sum(pause < 0.75 for pause in pauses[True]) / len(pauses[True]) < 0.05
    assert 0.9 < sorted(pauses[True])[len(pauses[True]) // 2] < 2.5


def test_only_what_is_used_up_counts_as_bought_again():
    shop = shelves()
    told = purchases(event for event in behaviour() if event.kind in (Kind.PURCHASE, Kind.CANCEL, Kind.REFUND))
    categories = {one.id: one.said("en").category for one in products()}
    again = bought_again(told, categories)
    assert len(again) > 100 and {shop.by_id[item].lasts_days > 0 for item in again} == {True}
