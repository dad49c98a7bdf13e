from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import NotAllowed, NotFound
from assistant.service.orders import OrderLookup
from assistant.store.customers import Customers
from assistant.store.orders import Orders
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import Customer, Order, OrderLine, OrderStatus

ADA, BO = Principal("shopper", "ada"), Principal("shopper", "bo")


def order(number, customer, day):
    placed = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    return Order(
        number=number,
        customer_id=customer,
        status=OrderStatus.SHIPPED,
        placed_at=placed,
        currency="USD",
        lines=(OrderLine(product_id="p", variant_id="v", title="Lamp", price_minor=100),),
        total_minor=100,
    )


@pytest.fixture
def lookup(engine):
    joined = datetime(2025, 1, 1, tzinfo=UTC)
    people = [
        Customer(id=name, first_name=name, last_name="", email="", language="en", joined_at=joined)
        for name in ("ada", "bo")
    ]
    Customers(engine).put(people, SYSTEM)
    orders = Orders(engine)
    orders.put([order("R-10423", "ada", 1), order("#W261", "ada", 2), order("R-777", "bo", 3)], SYSTEM)
    return OrderLookup(orders)


def test_ones_own_orders_come_latest_first(lookup):
    assert [one.number for one in lookup.latest(ADA)] == ["#W261", "R-10423"]
    assert [one.number for one in lookup.latest(ADA, limit=1)] == ["#W261"]


@pytest.mark.parametrize("typed", ["R-10423", "r10423", " #r-10 423 ", "１０４２３", "10423"])
def test_a_number_is_found_as_people_type_it(lookup, typed):
    assert lookup.find(typed, ADA).number == "R-10423"


@pytest.mark.parametrize("typed", ["R-777", "777", "R-1042", "", "#", "W"])
def test_anothers_number_and_no_number_read_the_same(lookup, typed):
    with pytest.raises(NotFound):
        lookup.find(typed, ADA)


@pytest.mark.parametrize("who", [GUEST, SYSTEM, Principal("agent"), Principal("shopper")])
def test_only_a_signed_in_customer_may_ask(lookup, who):
    with pytest.raises(NotAllowed):
        lookup.latest(who)
    with pytest.raises(NotAllowed):
        lookup.find("R-10423", who)
