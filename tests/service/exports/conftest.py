"""A shop with a mug in two colours, and places to keep customers and orders."""

import pytest

from assistant.service.exports.orders import Books
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.orders import Orders
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words


@pytest.fixture
def database(tmp_path):
    """An empty shop's database."""
    engine = open_database("", tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def events(database):
    """What people did."""
    return Events(database)


@pytest.fixture
def books(database):
    """Where orders and customers go, beside a catalogue."""
    catalogue = Catalogue(database)
    catalogue.create()
    variants = tuple(
        Variant(id=f"MUG-{color}", price_minor=950, stock=5, availability=Availability.IN_STOCK)
        for color in ("RED", "BLUE")
    )
    mug = Product(id="mug", words={"en": Words(title="Mug")}, currency="USD", variants=variants)
    catalogue.put([mug], feed="f")
    return Books(Customers(database), Orders(database), catalogue)


@pytest.fixture
def table(tmp_path):
    """Write a table and return its path."""

    def written(text, name="table.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written
