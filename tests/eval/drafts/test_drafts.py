"""The judge of drafts finds what is planted, and its tickets are in both languages with a right answer each."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from assistant.conversation.drafting.draft import Draft, DraftSentence, ProposedAction
from assistant.shop import DEMO_RULES
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
from assistant.wording.evidence import Citation
from eval.drafts.judge import Judge
from eval.drafts.records import Reading, rules_of, told, without_orders
from eval.drafts.tickets import SHARES, WANTED, TicketAsked, World, tickets
from eval.harness.task import Example
from eval.tasks.drafts import TASK
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words

AT = datetime(2026, 11, 18, 12, tzinfo=UTC)
S = OrderStatus


def person(customer_id, language="en"):
    return Customer(
        id=customer_id,
        first_name="Ann",
        last_name="Lee",
        email=f"{customer_id}@example.org",
        language=language,
        joined_at=AT,
        address=Address(name="Ann Lee", street="1 Mill Lane", city="Bath", postcode="04530", country="US"),
        payment_methods=(PaymentMethod(id="P", kind="card", label="Visa ending in 4242"),),
    )


def order(number, customer_id, status=S.DELIVERED, title="Ember Lamp"):
    line = OrderLine(product_id="LAMP", variant_id="LAMP-A", title=title, options={"color": "Red"}, price_minor=3990)
    parcel = Shipment(
        carrier="Northline", tracking_number="NA1234567890", shipped_at=AT, expected_on="2026-11-22", delivered_at=AT
    )
    return Order(
        number=number,
        customer_id=customer_id,
        status=status,
        placed_at=AT - timedelta(days=3),
        currency="USD",
        lines=(line,),
        total_minor=3990,
        ship_to=person(customer_id).address,
        payments=(
            Payment(kind="payment", amount_minor=3990, method_id="P", method_label="Visa ending in 4242", at=AT),
        ),
        shipments=(parcel,),
        history=(StatusChange(status=status, at=AT),),
    )


def variant(variant_id, colour):
    return Variant(
        id=variant_id, options={"color": colour}, price_minor=3990, stock=5, availability=Availability.IN_STOCK
    )


LAMP = Product(
    id="LAMP",
    words={
        "en": Words(title="Ember Lamp", attributes={"Material": "Brass"}),
        "zh": Words(title="余烬台灯", option_values={"Red": "红色", "Blue": "蓝色"}),
    },
    currency="USD",
    variants=(variant("LAMP-A", "Red"), variant("LAMP-B", "Blue")),
)


@pytest.fixture
def judge(tmp_path):
    database = open_database("", tmp_path)
    catalogue = Catalogue(database)
    catalogue.create()
    catalogue.put([LAMP], feed="test")
    Customers(database).put([person("ann"), person("bo")], SYSTEM)
    Orders(database).put([order("R-10001", "ann"), order("R-10002", "bo")], SYSTEM)
    shop = SimpleNamespace(
        catalogue=catalogue,
        customers=Customers(database),
        orders=Orders(database),
        database=database,
        settings=SimpleNamespace(timezone="UTC"),
    )
    yield Judge(shop, [LAMP])
    database.dispose()


TRUE = (
    "Order R-10001 (1 × Ember Lamp, $39.90): delivered since November 18, 2026. "
    "Northline, tracking number NA1234567890."
)
SOURCES = ("order:R-10001#status", "order:R-10001#items", "order:R-10001#total", "order:R-10001#tracking")
ASKED = TicketAsked(id="T", kind="where", language="en", customer_id="ann", message="Where is it?")


def drafted(text, *sources, actions=()):
    sentence = DraftSentence(text=text, citations=tuple(Citation("", source) for source in sources))
    timings = {"draft_ms": 1.0, "first_sentence_ms": 1.0}
    return Draft(id="D", message="", language="en", sentences=(sentence,), actions=actions, timings=timings)


@pytest.fixture
def judged(judge, figures_of):
    def judged(draft, asked=ASKED):
        example = Example(id=asked.id, given=asdict(asked))
        return figures_of(TASK, (example, judge.judged(asked, draft)))[0]

    return judged


def test_a_true_sentence_is_supported_and_sourced(judged):
    found = judged(drafted(TRUE, *SOURCES))
    assert found["facts"] >= 6 and found["unsupported"] == found["unsourced"] == 0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("R-10001", "R-10002"),  # another customer's
        ("R-10001", "R-99999"),
        ("$39.90", "$29.90"),
        ("November 18", "November 19"),
        ("delivered", "on its way"),
        ("NA1234567890", "NA1234567891"),
        ("1 × Ember Lamp", "2 × Ember Lamp"),
        ("Ember Lamp,", "Vegan Ember Lamp,"),
    ],
)
def test_a_planted_lie_is_found(judged, right, wrong):
    assert judged(drafted(TRUE.replace(right, wrong), *SOURCES))["unsupported"] >= 1


def test_what_is_true_but_not_cited_is_not_sourced(judged):
    found = judged(drafted(TRUE))
    assert found["unsupported"] == 0 and found["unsourced"] == found["facts"]


def test_another_customers_record_is_no_source(judged):
    found = judged(drafted("It is there.", "order:R-10002#status", "policy:nothing@1#x", "product:NONE#price"))
    assert found["unresolved_sources"] == 3


def test_an_action_counts_only_for_the_order_that_is_meant(judged):
    asked = replace(ASKED, kind="cancel", wanted=("cancel",), order_number="R-10001")

    def share(*actions):
        return judged(drafted("Well.", actions=actions), asked)["action_share"]

    right = ProposedAction(name="cancel", arguments={"order_number": "R-10001"}, text="")
    assert share(right) == 1
    assert share() == share(replace(right, name="return")) == 0
    assert share(replace(right, arguments={"order_number": "R-10002"})) == 0


def test_a_draft_without_facts_is_neither_sourced_nor_unsourced(judged):
    found = judged(drafted("Thank you for writing."))
    assert found["facts"] == 0 and "sourced_share" not in found and found["sourced.no_answer_share"] == 1


def test_orders_are_read_in_both_languages():
    english = {(one.kind, one.text) for one in told(TRUE)}
    assert ("date", "November 18, 2026") in english and ("state", "delivered") in english
    chinese = told("订单 R-10001（1 × 余烬台灯，$39.90）：2026年11月18日起已送达。")
    assert {one.kind for one in chinese} == {"order", "date", "item", "state"}
    assert "R-10001" not in without_orders(TRUE) and "November" not in without_orders(TRUE)


def test_days_on_which_goods_may_come_back_are_reckoned_from_the_rules():
    reading = Reading(ZoneInfo("UTC"), rules_of(DEMO_RULES))
    dates = reading.order(order("R-10001", "ann"), person("ann")).dates
    assert {date(2026, 12, 18), date(2027, 1, 17), date(2027, 1, 31)} <= dates


def world():
    people = {f"{language}{n}": person(f"{language}{n}", language) for language in ("en", "zh") for n in range(60)}
    states = [S.PENDING, S.SHIPPED, S.DELIVERED]
    held = [order(f"R-2{at:04}", who, states[at % 3]) for at, who in enumerate(people)]
    return World(customers=people, orders=held, products={"LAMP": LAMP})


def test_tickets_are_half_in_each_language_and_the_same_for_the_same_seed():
    made = tickets(world(), count=60, seed=3)
    assert made == tickets(world(), count=60, seed=3) != tickets(world(), count=60, seed=4)
    assert sum(one.language == "zh" for one in made) == 30 and len({one.id for one in made}) == 60
    assert {one.kind for one in made} <= set(SHARES) and sum(SHARES.values()) == 100
    for one in made:
        assert one.wanted == WANTED.get(one.kind, ())
        assert "{" not in one.message and (not one.order_number or one.kind in WANTED)
