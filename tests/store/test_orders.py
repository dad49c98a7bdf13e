from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import NotAllowed, NotFound, StoreUnavailable
from assistant.store.orders import Orders
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import Order, OrderLine, OrderStatus, Payment, Shipment, StatusChange

ADA, BO = Principal("shopper", "c-ada"), Principal("shopper", "c-bo")
PLACED = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def order(number, *, customer="c-ada", status=OrderStatus.DELIVERED, days=0, lines=2):
    placed = PLACED + timedelta(days=days)
    return Order(
        number=number,
        customer_id=customer,
        status=status,
        placed_at=placed,
        currency="USD",
        lines=tuple(
            OrderLine(
                product_id=f"p{at}",
                variant_id=f"p{at}-red",
                title="灯 Lamp",
                options={"color": "Red"},
                price_minor=1999,
            )
            for at in range(lines)
        ),
        total_minor=1999 * lines + 490,
        shipping_minor=490,
        payments=(
            Payment(kind="payment", amount_minor=4488, method_id="pm-1", method_label="Visa ending in 4242", at=placed),
        ),
        shipments=(Shipment(carrier="DHL", tracking_number="JD014", shipped_at=placed, variant_ids=("p0-red",)),),
        history=(
            StatusChange(status=OrderStatus.PENDING, at=placed),
            StatusChange(status=status, at=placed + timedelta(days=3), reason="signed for"),
        ),
    )


@pytest.mark.parametrize("status", list(OrderStatus))
def test_an_order_in_any_state_comes_back_as_it_was_put(database, people, status):
    kept = Orders(database)
    assert kept.put([order("R-1", status=status)], SYSTEM) == 1
    assert kept.get("R-1", ADA) == order("R-1", status=status)


def test_putting_again_replaces_the_lines_too(database, people):
    kept = Orders(database)
    kept.put([order("R-1", lines=3)], SYSTEM)
    kept.put([order("R-1", lines=1)], SYSTEM)
    assert kept.get("R-1", ADA) == order("R-1", lines=1) and kept.count() == 1


def test_ones_own_orders_come_latest_first_and_whole(database, people):
    kept = Orders(database)
    mine = [order(f"R-{day}", days=day, lines=day + 1) for day in range(4)]
    kept.put([*mine, order("R-99", customer="c-bo", days=9)], SYSTEM)
    assert kept.of("c-ada", ADA) == mine[::-1]
    assert kept.of("c-ada", ADA, limit=2) == mine[:1:-1]


@pytest.mark.parametrize("who", [GUEST, BO, Principal("shopper")])
def test_another_persons_order_cannot_come_back(database, people, who):
    kept = Orders(database)
    kept.put([order("R-1")], SYSTEM)
    with pytest.raises(NotFound):
        kept.get("R-1", who)
    assert kept.of("c-ada", who) == []


@pytest.mark.parametrize("who", [GUEST, ADA, Principal("agent")])
def test_only_the_shop_writes_orders(database, people, who):
    with pytest.raises(NotAllowed):
        Orders(database).put([order("R-1")], who)


def test_an_order_of_nobody_is_refused_and_nothing_is_kept(database, people):
    kept = Orders(database)
    with pytest.raises(StoreUnavailable):
        kept.put([order("R-1"), order("R-2", customer="c-nobody")], SYSTEM)
    assert kept.count() == 0


def test_thousands_are_written_in_one_go(database, people):
    kept = Orders(database)
    assert kept.put((order(f"R-{number}", lines=1) for number in range(1200)), SYSTEM) == 1200
    assert kept.count() == 1200


def test_the_last_change_says_when_an_order_was_updated():
    assert order("R-1").updated_at == PLACED + timedelta(days=3)
    assert replace(order("R-1"), history=()).updated_at == PLACED
