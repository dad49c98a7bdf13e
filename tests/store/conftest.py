"""Every store is held to the same tests on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.principal import SYSTEM
from assistant.store.records import Address, Customer, PaymentMethod


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """An empty, migrated database of each kind."""
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    engine = open_database(url, tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def people(database):
    """Two customers, Ada and Bo, in the database."""
    ada = Customer(
        id="c-ada",
        first_name="Ada",
        last_name="Stone",
        email="ada@example.com",
        language="en",
        joined_at=datetime(2024, 5, 1, 8, 30, tzinfo=UTC),
        phone="+1 555 0100",
        address=Address(name="Ada Stone", street="1 Mill Lane", city="Bath", postcode="BA1 1AA", country="GB"),
        payment_methods=(
            PaymentMethod(id="pm-1", kind="card", label="Visa ending in 4242"),
            PaymentMethod(id="pm-2", kind="gift_card", label="Gift card", balance_minor=2500),
        ),
        about={"en": "buys lamps", "zh": "常买灯具"},
        demo=True,
    )
    bo = Customer(
        id="c-bo",
        first_name="博",
        last_name="王",
        email="bo@example.com",
        language="zh",
        joined_at=datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=8))),
    )
    Customers(database).put([ada, bo], SYSTEM)
    return ada, bo
