from datetime import UTC, datetime

import pytest

from assistant.errors import NotAllowed, NotFound
from assistant.people.sign_in import DemoCustomer, DemoSignIn
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.principal import SYSTEM, Principal
from assistant.store.records import Customer


@pytest.fixture
def customers(tmp_path):
    engine = open_database("", tmp_path)
    joined = datetime(2025, 1, 1, tzinfo=UTC)
    made = {"first_name": "Ada", "last_name": "Stone", "email": "ada@example.com", "language": "en"}
    about = {"en": "buys lamps", "zh": "常买灯具"}
    kept = Customers(engine)
    kept.put(
        [
            Customer(id="demo", demo=True, about=about, joined_at=joined, **made),
            Customer(id="real", joined_at=joined, **made),
        ],
        SYSTEM,
    )
    yield kept
    engine.dispose()


def test_demo_customers_are_offered_in_the_visitors_language(customers):
    door = DemoSignIn(customers, enabled=True)
    assert door.offered("zh") == [DemoCustomer("demo", "Ada", "常买灯具")]
    assert door.offered("fr") == [DemoCustomer("demo", "Ada", "buys lamps")]


def test_signing_in_makes_one_that_customer(customers):
    assert DemoSignIn(customers, enabled=True).sign_in("demo") == Principal("shopper", "demo")


@pytest.mark.parametrize("customer_id", ["real", "nobody", ""])
def test_nobody_but_demo_customers_can_be_entered(customers, customer_id):
    with pytest.raises(NotFound):
        DemoSignIn(customers, enabled=True).sign_in(customer_id)


def test_switched_off_it_offers_nobody_and_refuses_all(customers):
    door = DemoSignIn(customers, enabled=False)
    assert door.offered("en") == []
    with pytest.raises(NotAllowed):
        door.sign_in("demo")
