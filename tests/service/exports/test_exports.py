"""Customers, orders, stock and prices from Shopify's exports and from any table, with what is wrong told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.behaviour.event import Kind
from assistant.errors import NotAllowed
from assistant.service.exports.columns import read_date
from assistant.service.exports.customers import id_of, import_customers
from assistant.service.exports.orders import import_orders
from assistant.service.exports.stock import import_stock
from assistant.store.principal import GUEST, SYSTEM
from assistant.store.records import OrderStatus, PaymentMethod
from index.errors import BadMapping
from index.product import Availability

HERE = Path(__file__).parent
CUSTOMERS = (HERE / "customers.csv").read_text(encoding="utf-8")
ORDERS = (HERE / "orders.csv").read_text(encoding="utf-8")


def test_shopifys_customers_come_in(books, table):
    brought = import_customers(table(CUSTOMERS), books.customers, SYSTEM)
    assert brought.written == 2 and [(one.row, one.field) for one in brought.rejects] == [(4, "email"), (5, "email")]
    ada = books.customers.get("6789", SYSTEM)
    assert (ada.first_name, ada.email, ada.phone) == ("Ada", "ada@example.com", "+441225")
    assert ada.address.street == "1 Mill Lane" and ada.address.postcode == "BA1 1AA" and ada.address.name == "Ada Stone"
    assert books.customers.get(id_of("BO@example.com"), SYSTEM).last_name == "Wang"


def test_bringing_customers_again_keeps_what_the_table_does_not_say(books, table):
    import_customers(table(CUSTOMERS), books.customers, SYSTEM, now=datetime(2025, 1, 1, tzinfo=UTC))
    card = PaymentMethod(id="p", kind="card", label="Visa")
    books.customers.put([replace(books.customers.get("6789", SYSTEM), payment_methods=(card,))], SYSTEM)
    import_customers(table(CUSTOMERS), books.customers, SYSTEM)
    ada = books.customers.get("6789", SYSTEM)
    assert ada.payment_methods == (card,) and ada.joined_at == datetime(2025, 1, 1, tzinfo=UTC)
    assert books.customers.count() == 2


def test_shopifys_orders_come_in_with_their_buyers(books, table):
    import_customers(table(CUSTOMERS), books.customers, SYSTEM)
    brought = import_orders(table(ORDERS), books, SYSTEM)
    assert brought.written == 3
    assert [(one.row, one.field) for one in brought.rejects] == [(6, "quantity"), (7, "email"), (8, "placed_at")]
    first = books.orders.get("#1001", SYSTEM)
    assert first.customer_id == "6789" and first.status is OrderStatus.SHIPPED
    assert first.placed_at == datetime(2025, 3, 1, 9, 22, 31, tzinfo=UTC)
    assert (first.total_minor, first.shipping_minor, first.tax_minor, first.currency) == (3550, 500, 200, "USD")
    assert [(one.product_id, one.variant_id, one.quantity) for one in first.lines] == [
        ("mug", "MUG-RED", 2),
        ("PLATE-9", "PLATE-9", 1),
    ]
    assert first.ship_to.city == "Bath"
    assert books.orders.get("#1002", SYSTEM).status is OrderStatus.REFUNDED
    assert books.orders.get("#1003", SYSTEM).status is OrderStatus.CANCELLED
    new = books.customers.get(id_of("cy@example.com"), SYSTEM)
    assert (new.first_name, new.last_name) == ("Cy", "Grant") and new.joined_at.month == 4


def test_bringing_orders_again_changes_nothing(books, table):
    import_orders(table(ORDERS), books, SYSTEM)
    before = books.orders.get("#1002", SYSTEM)
    assert import_orders(table(ORDERS), books, SYSTEM).written == 3
    assert books.orders.get("#1002", SYSTEM) == before and books.orders.count() == 3


def test_an_order_is_a_purchase_in_its_buyers_history_once(books, events, table):
    for _ in range(2):
        import_orders(table(ORDERS), replace(books, events=events), SYSTEM)
    bought = list(events.all(SYSTEM))
    assert [(one.order_number, one.product_ids, one.value_minor) for one in bought] == [
        ("#1001", ("mug",), 3550),
        ("#1002", ("mug",), 950),
    ]
    assert {one.kind for one in bought} == {Kind.PURCHASE} and bought[0].items[0].variant_id == "MUG-RED"
    assert bought[0].at == books.orders.get("#1001", SYSTEM).placed_at


def test_any_table_comes_in_by_a_mapping(books, table):
    mapping = table('currency = "EUR"\n[fields]\nnumber = "Bestellung"\nplaced_at = "Datum"\nemail = "Kunde"\n'
                    'product = "Artikel"\nprice = "Einzelpreis"\nquantity = "Menge"\n', "map.toml")  # fmt: skip
    orders = table("Bestellung;Datum;Kunde;Artikel;Einzelpreis;Menge\nB1;2025-05-01;x@example.com;MUG-RED;9,50;3\n")
    assert import_orders(orders, books, SYSTEM, mapping=mapping).rejects == ()
    order = books.orders.get("B1", SYSTEM)
    assert (order.total_minor, order.currency, order.lines[0].product_id) == (2850, "EUR", "mug")
    with pytest.raises(BadMapping, match="did you mean number"):
        import_orders(orders, books, SYSTEM, mapping=table('[fields]\nnumbr = "B"\n', "bad.toml"))


def test_only_the_shop_brings_records(books, table):
    with pytest.raises(NotAllowed):
        import_customers(table("id,email\n1,x@example.com\n"), books.customers, GUEST)


def test_stock_and_prices_change_and_the_rest_stays(books, table):
    rows = ["MUG-RED,Bath,2,", "MUG-RED,York,1,", "MUG-BLUE,Bath,0,8.99", "NOPE,Bath,1,", "MUG-RED,,-3,", ",,1,"]
    text = "\n".join(["SKU,Location,Available,Price", *rows])
    brought = import_stock(table(text), books.catalogue, currency="USD")
    assert brought.written == 2 and [one.field for one in brought.rejects] == ["stock", "variant", "variant"]
    red, blue = books.catalogue.get(["mug"])["mug"].variants
    assert (red.stock, red.price_minor, red.availability) == (3, 950, Availability.IN_STOCK)
    assert (blue.stock, blue.price_minor, blue.availability) == (0, 899, Availability.OUT_OF_STOCK)
    assert not blue.in_stock and books.catalogue.pending().withdrawn == ()


def test_a_change_of_stock_needs_nothing_embedded_again(books, table):
    books.catalogue.mark_indexed(["mug"], hashes=books.catalogue.pending().hashes)
    import_stock(table("variant,stock\nMUG-RED,1\n"), books.catalogue)
    assert books.catalogue.pending().changed == ()


@pytest.mark.parametrize("text", ["2025-03-01 09:22:31 UTC", "2025-03-01T10:22:31+01:00", "2025-03-01 10:22:31 +0100"])
def test_dates_of_exports_are_read(text):
    assert read_date(text) == datetime(2025, 3, 1, 9, 22, 31, tzinfo=UTC)


def test_dates_that_can_be_read_in_two_ways_are_refused():
    with pytest.raises(ValueError, match="is no date"):
        read_date("03/04/2025")


def test_the_commands_bring_files(tmp_path, table, monkeypatch, capsys):
    monkeypatch.setenv("SHOP_HOME", str(tmp_path / "home"))
    rejects = tmp_path / "rejects.tsv"
    assert main(["customers", "import", str(table(CUSTOMERS)), "--rejects", str(rejects)]) == 0
    assert main(["orders", "import", str(table(ORDERS))]) == 0
    assert main(["stock", "import", str(table("variant,stock\nNOPE,1\n"))]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out == ["2 customers written, 2 rejected", "3 orders written, 3 rejected", "0 stock written, 1 rejected"]
    assert len(rejects.read_text().splitlines()) == 3
