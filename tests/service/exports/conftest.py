"""A shop with a mug in two colours, and places to keep customers and orders."""

import pytest

from assistant.service.exports.orders import Books
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.orders import Orders
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words


@pytest.fixture
def books(tmp_path):
    """Where orders and customers go, beside a catalogue."""
    engine = open_database("", tmp_path)
    catalogue = Catalogue(engine)
    catalogue.create()
    variants = tuple(
        Variant(id=f"MUG-{color}", price_minor=950, stock=5, availability=Availability.IN_STOCK)
        for color in ("RED", "BLUE")
    )
    mug = Product(id="mug", words={"en": Words(title="Mug")}, currency="USD", variants=variants)
    catalogue.put([mug], feed="f")
    yield Books(Customers(engine), Orders(engine), catalogue)
    engine.dispose()


@pytest.fixture
def table(tmp_path):
    """Write a table and return its path."""

    def written(text, name="table.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written
