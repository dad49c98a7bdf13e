from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

import assistant.demo
from assistant.service.gate import Service
from assistant.service.rules import read_rules
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from assistant.store.records import (
    Address,
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentMethod,
    Shipment,
    StatusChange,
)
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words

DEMO_RULES = Path(assistant.demo.__file__).parent / "policies" / "rules.toml"
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    """The shop's database: SQLite, migrated, empty."""
    engine = open_database("", tmp_path)
    yield engine
    engine.dispose()


class Clock:
    """A clock that the test moves."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def pass_by(self, **given):
        self.now += timedelta(**given)


def address(street="1 Mill Lane", country="US"):
    return Address(name="Ada Stone", street=street, city="Bath", region="ME", postcode="04530", country=country)


def variant(id, price_minor, *, stock=5, **options):
    state = Availability.IN_STOCK if stock else Availability.OUT_OF_STOCK
    return Variant(id=id, options=options, price_minor=price_minor, stock=stock, availability=state)


SHIRT = Product(
    id="shirt",
    words={
        "en": Words(title="Linen shirt", category=("Women's Clothing", "Tops")),
        "zh": Words(title="亚麻衬衫", option_values={"Red": "红色"}),
    },
    currency="USD",
    variants=(
        variant("shirt-s", 3000, size="S", color="Red"),
        variant("shirt-m", 3500, size="M", color="Red"),
        variant("shirt-l", 2500, size="L", color="Red"),
        variant("shirt-xl", 3000, stock=0, size="XL", color="Red"),
    ),
)
TEA = Product(
    id="tea",
    words={"en": Words(title="Green tea", category=("Food & Tea", "Drinks", "Tea"))},
    currency="USD",
    variants=(variant("tea-1", 900), variant("tea-2", 1600)),
)
CREAM = Product(
    id="cream",
    words={"en": Words(title="Hand cream", category=("Beauty & Care", "Body"))},
    currency="USD",
    variants=(variant("cream-1", 1200), variant("cream-2", 2000)),
)
CARD = PaymentMethod(id="P-1", kind="card", label="Visa ending in 4242")
GIFT = PaymentMethod(id="P-2", kind="gift_card", label="Gift card", balance_minor=2000)
PAYPAL = PaymentMethod(id="P-3", kind="paypal", label="PayPal")
ADA = Customer(
    id="C-ada",
    first_name="Ada",
    last_name="Stone",
    email="ada@example.com",
    language="en",
    joined_at=NOON,
    address=address(),
    payment_methods=(CARD, GIFT),
)
BO = replace(ADA, id="C-bo", first_name="Bo", email="bo@example.com", payment_methods=(PAYPAL,))


def order(number, status=OrderStatus.PENDING, *, customer=ADA, lines=("shirt-s",), delivered_days_ago=3, **given):
    sold = {one.id: (product, one) for product in (SHIRT, TEA, CREAM) for one in product.variants}
    bought = tuple(
        OrderLine(
            product_id=sold[one][0].id,
            variant_id=one,
            title=sold[one][0].title,
            options=sold[one][1].options,
            quantity=lines.count(one),
            price_minor=sold[one][1].price_minor,
        )
        for one in dict.fromkeys(lines)
    )
    total = sum(line.price_minor * line.quantity for line in bought)
    method = customer.payment_methods[0]
    arrived = NOON - timedelta(days=delivered_days_ago)
    came = status not in (OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.CANCELLED)
    parcel = Shipment(carrier="Swift", tracking_number="T1", shipped_at=arrived, delivered_at=arrived)
    paid = Payment(kind="payment", amount_minor=total, method_id=method.id, method_label=method.label, at=arrived)
    values = {
        "number": number,
        "customer_id": customer.id,
        "status": status,
        "placed_at": arrived,
        "currency": "USD",
        "lines": bought,
        "total_minor": total,
        "ship_to": customer.address,
        "payments": (paid,),
        "shipments": (parcel,) if came else (),
        "history": (StatusChange(status=status, at=arrived),),
    }
    return Order(**values | given)


@pytest.fixture
def made():
    """People, goods and orders to decide about: `order(number, status, lines=…)` makes one of Ada's."""
    return SimpleNamespace(
        ada=ADA, gift=GIFT, paypal=PAYPAL, shirt=SHIRT, goods=(SHIRT, TEA, CREAM), noon=NOON, order=order
    )


@pytest.fixture
def clock():
    """Noon of a day in June, until the test moves it."""
    return Clock()


@pytest.fixture
def rules():
    """The demo store's rules."""
    return read_rules(DEMO_RULES)


@pytest.fixture
def stocked(engine):
    """A database with two customers, their orders and three products."""
    Catalogue(engine).create()
    Catalogue(engine).put([SHIRT, TEA, CREAM], feed="test")
    Customers(engine).put([ADA, BO], SYSTEM)
    Orders(engine).put(
        [
            order("R-1", lines=("shirt-s", "shirt-s")),
            order("R-2", OrderStatus.DELIVERED, lines=("shirt-s", "shirt-m", "tea-1")),
            order("R-3", OrderStatus.PROCESSED),
            order("R-9", customer=BO),
        ],
        SYSTEM,
    )
    return engine


@pytest.fixture
def service(stocked, rules, clock):
    """The service of that shop, with the demo store's rules."""
    return Service(stocked, rules, clock=clock)
