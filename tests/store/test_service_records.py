"""What was done for customers, what was changed in orders, and whom a conversation is about, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.store.customers import held_customer, put_customers
from assistant.store.database import reading, writing
from assistant.store.order_changes import add_change, changes_of
from assistant.store.orders import Orders, held_order, put_orders
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import Order, OrderChange, OrderLine, OrderStatus, ServiceRecord, Swap
from assistant.store.service_records import ServiceRecords, add_record
from assistant.store.service_sessions import held_session, keep_session, session_on

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ADA, BO = Principal("shopper", "c-ada"), Principal("shopper", "c-bo")


@pytest.fixture
def order(database, people):
    line = OrderLine(product_id="p", variant_id="v", title="Lamp", quantity=2, price_minor=900)
    one = Order(
        number="R-1",
        customer_id="c-ada",
        status=OrderStatus.DELIVERED,
        placed_at=AT,
        currency="EUR",
        lines=(line,),
        total_minor=1800,
    )
    Orders(database).put([one], SYSTEM)
    return one


def test_changes_come_back_in_order_and_to_nobody_else(database, order):
    first = OrderChange(order_number="R-1", kind="address", at=AT)
    swaps = (Swap(variant_id="v", price_minor=900, new_variant_id="w", new_price_minor=950),)
    second = OrderChange(
        order_number="R-1",
        kind="exchange",
        at=AT,
        swaps=swaps,
        method_id="pm-1",
        difference_minor=50,
        reason="small",
    )
    with writing(database) as connection:
        add_change(connection, first)
        add_change(connection, second)
    with reading(database) as connection:
        assert changes_of(connection, "R-1", ADA) == changes_of(connection, "R-1", SYSTEM) == (first, second)
        assert changes_of(connection, "R-1", BO) == changes_of(connection, "R-1", GUEST) == ()


def test_records_are_the_customers_own(database, order):
    record = ServiceRecord(
        session_id="s",
        customer_id="c-ada",
        order_number="R-1",
        actor="shopper",
        tool="cancel",
        arguments={"kind": "cancel"},
        before={"order": {"status": "pending"}},
        after={"order": {"status": "cancelled"}},
        asked={"en": "Cancel?", "zh": "取消吗？"},
        consent="是的",
        at=AT,
    )
    with writing(database) as connection:
        numbers = [add_record(connection, record), add_record(connection, replace(record, order_number=None))]
    records = ServiceRecords(database)
    assert [one.number for one in records.of("c-ada", ADA)] == numbers[::-1]
    assert records.about("R-1", SYSTEM) == [replace(record, number=numbers[0])]
    assert records.of("c-ada", BO) == records.about("R-1", GUEST) == []


def test_what_a_session_remembers(database):
    with reading(database) as connection:
        assert session_on(connection, "s").customer_id is None
    with writing(database) as connection:
        held = held_session(connection, "s")
        kept = replace(held, customer_id="c-ada", way="email", attempts=2, proposal={"id": "p"})
        keep_session(connection, kept)
    with writing(database) as connection:
        assert held_session(connection, "s") == kept
        keep_session(connection, replace(kept, proposal=None))
    with reading(database) as connection:
        assert session_on(connection, "s").proposal is None


def test_rows_held_for_a_change_are_the_principals_own(database, people, order):
    with writing(database) as connection:
        assert held_order(connection, "R-1", BO) is None and held_customer(connection, "c-ada", BO) is None
        ada = held_customer(connection, "c-ada", ADA)
        put_orders(connection, [replace(held_order(connection, "R-1", ADA), total_minor=1)])
        put_customers(connection, [replace(ada, phone="1")])
    assert Orders(database).get("R-1", ADA).total_minor == 1
