"""What is wrong with an event is put right or refused, with its field, value and reason, and everything is counted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.behaviour.cleaning import Cleaning, Refused, clean
from assistant.behaviour.moments import read_time
from assistant.behaviour.raw import RawEvent
from assistant.behaviour.reading import read_value
from assistant.store.principal import SYSTEM

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def line(**more):
    return {
        "kind": "cart_add",
        "id": "e-1",
        "at": "2026-11-20T09:00:00Z",
        "customer": "C-1",
        "product": "MUG-1",
        **more,
    }


def told(receipt):
    [one] = receipt.rejects
    return one.field, one.value, one.reason.value


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (line(product="NOPE"), ("product", "NOPE", "unknown_product")),
        (line(quantity=-2), ("quantity", "-2", "bad_quantity")),
        (line(quantity=0), ("quantity", "0", "bad_quantity")),
        (line(quantity="many"), ("quantity", "many", "bad_quantity")),
        (line(quantity=1.5), ("quantity", "1.5", "bad_quantity")),
        (line(price=-3), ("price", "-3", "bad_money")),
        (line(price="free"), ("price", "free", "bad_money")),
        (line(price=float("nan")), ("price", "nan", "bad_money")),
        (line(price=True), ("price", "True", "bad_money")),
        (line(currency="EURO", price=3), ("currency", "EURO", "bad_money")),
        (line(customer=None), ("anonymous", "None", "no_person")),
        (line(customer="undefined"), ("anonymous", "None", "no_person")),
        (line(customer="x" * 129), ("customer", "x" * 120, "no_person")),
        (line(at="yesterday"), ("at", "yesterday", "bad_time")),
        (line(at={"day": 3}), ("at", "{'day': 3}", "bad_time")),
        (line(at=1e300), ("at", "1e+300", "bad_time")),
        (line(at="2026-11-25T09:00:00Z"), ("at", "2026-11-25T09:00:00Z", "clock_skew")),
        (line(at="1970-01-01T00:00:10Z"), ("at", "1970-01-01T00:00:10Z", "clock_skew")),
        (line(product=None), ("items", "None", "missing")),
        (line(kind="search"), ("query", "None", "missing")),
        (line(kind="review", rating=11), ("rating", "11", "bad_rating")),
        (line(kind="teleport"), ("kind", "teleport", "unknown_event")),
        (line(user_agent="Mozilla/5.0 (compatible; Googlebot/2.1)"), None),
    ],
)
def test_what_cannot_be_taken_is_told(payload, expected, take, events):
    receipt = take(payload)
    assert (receipt.accepted, receipt.rejected) == (0, 1) and events.count() == 0
    if expected is None:
        assert receipt.reasons == {"bot": 1}
    else:
        assert told(receipt) == expected and receipt.reasons == {expected[2]: 1}


def test_a_name_that_ga4_and_segment_use_is_the_one_that_is_told(take):
    body = {"client_id": "b", "events": [{"name": "add_to_cart", "params": {"items": [{"item_id": "NOPE"}]}}]}
    [one] = take(body).rejects
    assert (one.place, one.field) == ("events[0].params.items[0]", "item_id")
    call = {"type": "track", "event": "Product Added", "userId": "C", "properties": {"product_id": "NOPE"}}
    [one] = take({"batch": [call]}).rejects
    assert (one.place, one.field) == ("batch[0].properties", "product_id")


def test_a_bad_event_leaves_the_others_alone(take, events):
    receipt = take([line(), line(id="e-2", product="NOPE"), line(id="e-3", quantity=-1), line(id="e-4")])
    assert (receipt.accepted, receipt.rejected) == (2, 2)
    assert receipt.reasons == {"unknown_product": 1, "bad_quantity": 1}
    assert [one.id for one in events.all(SYSTEM)] == ["json:e-1", "json:e-4"]


def test_an_unknown_product_among_known_ones_is_left_out_and_counted(take):
    receipt = take(line(kind="list_view", items=[{"product": "MUG-1"}, {"product": "NOPE"}, {"product": "TEA-1"}]))
    assert receipt.accepted == 1 and receipt.events[0].product_ids == ("MUG-1", "TEA-1")
    assert receipt.repaired == {"unknown_product": 1} and told(receipt)[1] == "NOPE"


def test_a_clock_that_the_sender_shows_to_be_wrong_is_put_right(take):
    # The browser's clock is three hours behind: it says that it sent at nine what arrives at noon.
    call = {"type": "track", "event": "Product Viewed", "userId": "C-1", "messageId": "m", "properties": {
        "product_id": "MUG-1"}, "timestamp": "2026-11-20T08:59:00Z", "sentAt": "2026-11-20T09:00:00Z"}  # fmt: skip
    receipt = take(call)
    assert receipt.events[0].at == NOW - timedelta(minutes=1) and receipt.repaired == {"clock_skew": 1}


def test_a_clock_a_little_ahead_is_taken_for_now(take):
    assert take(line(at="2026-11-20T14:00:00Z")).events[0].at == NOW
    assert take(line(id="e-2", at="2026-11-20T12:03:00Z")).events[0].at == NOW + timedelta(minutes=3)


def test_late_events_are_taken_for_when_they_happened(take):
    assert take(line(at="2026-08-01T09:00:00+02:00")).events[0].at == datetime(2026, 8, 1, 7, tzinfo=UTC)


def test_more_than_a_person_can_do_is_a_bot_and_a_repeat_is_not(take):
    haste = [line(id=f"e-{n}", at=f"2026-11-20T09:00:{n % 60:02}Z") for n in range(350)]
    receipt = take(haste)
    assert receipt.accepted == 300 and receipt.reasons == {"bot": 50}
    again = take(haste)
    assert again.duplicates == 300 and again.reasons == {"bot": 50}
    spread = [line(id=f"s-{n}", customer=f"D-{n % 50}") for n in range(350)]
    assert take(spread).accepted == 350


def test_a_variant_names_its_product(take):
    [item] = take(line(product="MUG-1-RED")).events[0].items
    assert (item.product_id, item.variant_id) == ("MUG-1", "MUG-1-RED")
    [item] = take(line(id="e-2", product="MUG-1", variant="MUG-1-BLUE")).events[0].items
    assert (item.product_id, item.variant_id) == ("MUG-1", "MUG-1-BLUE")
    [item] = take(line(id="e-3", product="SUPPLIER-77", variant="MUG-1-BLUE")).events[0].items
    assert item.product_id == "MUG-1"


def test_a_repeat_counts_once_with_and_without_an_id(take, events):
    body = {"client_id": "b", "events": [{"name": "view_item", "params": {"items": [{"item_id": "MUG-1"}]}}] * 2}
    assert take(body).accepted == 2  # looked twice: two equal events of one body are two
    again = take(body)
    assert (again.accepted, again.duplicates) == (0, 2)
    call = {"event": "Product Viewed", "userId": "C", "properties": {"product_id": "MUG-1"}}
    assert (take(call).accepted, take(call).duplicates) == (1, 1)
    order = {"name": "purchase", "params": {"transaction_id": "T1", "items": [{"item_id": "MUG-1"}]}}
    bodies = [
        {"client_id": "b", "timestamp_micros": t, "events": [order]} for t in (1763600000000000, 1763600009000000)
    ]
    assert (take(bodies).accepted, events.count()) == (1, 4)


def test_text_that_a_database_refuses_is_made_keepable(take, events):
    assert take(line(kind="search", query="te\0a\ud800", id="x\0" * 90)).accepted == 1
    assert events.of("customer:C-1", SYSTEM)[0].query == "tea"


@given(st.integers(946684800, 4102444800))
def test_a_time_reads_the_same_in_every_unit(seconds):
    at = datetime.fromtimestamp(seconds, UTC)
    spelled = [seconds * 10**6, str(seconds * 10**6), at.isoformat(), at.strftime("%Y-%m-%dT%H:%M:%SZ")]
    assert {read_time(one) for one in spelled} == {at}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = """id at customer anonymous items product quantity price currency value rating query events batch type event
properties userId messageId timestamp sentAt timestamp_micros client_id details context event_name event_params"""
FIELDS = st.sampled_from(NAMES.split())


@given(st.dictionaries(FIELDS, anything, max_size=6))
def test_whatever_comes_is_an_event_or_a_reject(more):
    for one in read_value({"kind": "cart_add", "customer": "C-1", "product": "MUG-1", **more}, "", NOW):
        if isinstance(one, RawEvent):
            try:
                event = clean(one, {"MUG-1": ("MUG-1", None)}, received_at=NOW, done=Cleaning())
            except Refused as refusal:
                assert refusal.told.text
            else:
                assert event.person and len(event.id) <= 128
