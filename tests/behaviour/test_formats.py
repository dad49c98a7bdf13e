"""GA4, Segment and our own lines become the same events, whichever way they are packed."""

from datetime import UTC, datetime

import pytest

from assistant.behaviour import ga4, segment
from assistant.behaviour.event import EventItem, Kind
from assistant.behaviour.raw import RawEvent
from assistant.behaviour.reading import read_text, read_value
from assistant.store.principal import SYSTEM

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MICROS = int(AT.timestamp() * 1e6)


def only(receipt):
    assert (receipt.accepted, receipt.rejected) == (1, 0), receipt.rejects
    return receipt.events[0]


def body(name, params, **more):
    return {"client_id": "b-1", "timestamp_micros": MICROS, "events": [{"name": name, "params": params}], **more}


def track(event, properties, **more):
    return {
        "type": "track",
        "event": event,
        "messageId": "m-1",
        "anonymousId": "b-1",
        "timestamp": "2026-11-20T09:00:00Z",
        "properties": properties,
        **more,
    }


LINE = {"item_id": "MUG-1", "item_name": "Mug", "price": 9.5, "quantity": 2, "index": 3}


@pytest.mark.parametrize("name", sorted(ga4.KINDS))
def test_every_event_of_ga4_is_read(name, take):
    event = only(take(body(name, {"currency": "EUR", "value": 19, "search_term": "mug", "items": [LINE]})))
    assert event.kind is ga4.KINDS[name] and event.at == AT and event.person == "anonymous:b-1"
    if name != "share":
        assert event.items == (EventItem(product_id="MUG-1", quantity=2, price_minor=950, position=3),)
    assert event.value_minor == 1900 and event.currency == "EUR" and event.source == "ga4"


@pytest.mark.parametrize("name", sorted(segment.KINDS))
def test_every_event_of_segment_is_read(name, take):
    properties = {"query": "mug", "products": [{"product_id": "MUG-1", "price": "9.50", "quantity": 1, "position": 1}]}
    event = only(take(track(name.title(), properties | {"currency": "USD"})))
    assert event.kind is segment.KINDS[name] and event.at == AT and event.id == "segment:m-1"
    assert event.items == (EventItem(product_id="MUG-1", price_minor=950, position=1),)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_read_from_our_own_lines(kind, take):
    event = only(take({"kind": kind.value, "id": "e-1", "at": AT.isoformat(), "customer": "C-1", "product": "MUG-1",
                       "query": "mug"}))  # fmt: skip
    assert event.kind is kind and event.customer_id == "C-1" and event.product_ids == ("MUG-1",)


def test_a_purchase_keeps_what_was_paid(take):
    params = {"transaction_id": "T-1", "value": 28.5, "currency": "EUR", "tax": 2, "shipping": 4, "coupon": "TEN",
              "items": [{"item_id": "MUG-1-RED", "price": 9.5, "quantity": 3}]}  # fmt: skip
    event = only(take(body("purchase", params, user_id="C-1")))
    assert event.order_number == "T-1" and event.value_minor == 2850 and event.details["coupon"] == "TEN"
    assert event.items == (EventItem(product_id="MUG-1", variant_id="MUG-1-RED", quantity=3, price_minor=950),)
    order = {"order_id": "50314", "total": 27.5, "revenue": 25, "currency": "JPY",
             "products": [{"product_id": "TEA-1", "sku": "G-32", "price": 1900, "quantity": 1}]}  # fmt: skip
    event = only(take(track("Order Completed", order, userId="C-2")))
    assert event.order_number == "50314" and event.value_minor == 28 and event.items[0].price_minor == 1900


def test_a_review_and_a_share_keep_their_words(take):
    review = {"product_id": "MUG-1", "review_id": "r1", "review_body": "Kept my tea warm.", "rating": "4.5"}
    event = only(take(track("Product Reviewed", review)))
    assert event.rating == 4.5 and event.details["text"] == "Kept my tea warm."
    event = only(take(track("Product Shared", {"share_via": "email", "product_id": "MUG-1"}, messageId="m-2")))
    assert event.kind is Kind.SHARE and event.details["share_via"] == "email"
    event = only(take(body("share", {"method": "X", "content_type": "product", "item_id": "LAMP-1"})))
    assert event.product_ids == ("LAMP-1",) and event.details["method"] == "X"


def test_the_forms_in_which_a_page_calls_google_are_read(take):
    params = {"client_id": "b-1", "currency": "USD", "items": [LINE]}
    assert only(take(["event", "view_item", params])).product_ids == ("MUG-1",)
    pushed = {"event": "add_to_cart", "client_id": "b-1", "ecommerce": {"currency": "USD", "items": [LINE]}}
    assert only(take(pushed)).kind is Kind.CART_ADD


def test_a_row_of_the_big_query_export_is_read(take):
    row = {
        "event_name": "view_item",
        "event_timestamp": MICROS,
        "user_pseudo_id": "b-1",
        "user_id": None,
        "device": {"category": "mobile", "language": "en-us"},
        "traffic_source": {"medium": "email", "source": "news"},
        "event_params": [
            {"key": "currency", "value": {"string_value": "USD"}},
            {"key": "engagement_time_msec", "value": {"int_value": 12000}},
        ],
        "items": [LINE],
    }
    event = only(take(row))
    assert (event.device, event.channel, event.language, event.duration_s) == ("mobile", "email", "en", 12.0)
    assert event.at == AT and event.items[0].price_minor == 950


def test_identify_makes_an_anonymous_visitor_a_customer(take, events):
    take(track("Product Viewed", {"product_id": "MUG-1"}))
    only(take({"type": "identify", "messageId": "m-2", "userId": "C-1", "anonymousId": "b-1",
               "timestamp": "2026-11-20T09:05:00Z", "traits": {"email": "x@example.com"}}))  # fmt: skip
    assert [one.kind for one in events.of("customer:C-1", SYSTEM)] == [Kind.PRODUCT_VIEW, Kind.IDENTIFY]


def test_a_batch_shares_its_context_and_mixed_lists_are_read(take):
    batch = {
        "batch": [
            track("Product Viewed", {"product_id": "MUG-1"}),
            {"type": "page", "userId": "C-1", "messageId": "p"},
        ],
        "context": {"locale": "zh-CN", "campaign": {"medium": "CPC"}, "device": {"type": "ios"}},
    }
    receipt = take(batch)
    assert receipt.accepted == 2
    assert {(one.language, one.channel, one.device) for one in receipt.events} == {("zh", "cpc", "ios")}
    mixed = [body("view_item", {"items": [LINE]}), track("Product Viewed", {"product_id": "TEA-1"}, messageId="m-9"),
             {"kind": "search", "anonymous": "b-1", "query": "tea"}]  # fmt: skip
    assert take(mixed).accepted == 3


def test_lines_are_read_one_by_one_and_a_broken_one_is_told():
    text = '{"kind": "search", "customer": "C-1", "query": "tea"}\n{"kind": "search", "cust\n{"kind": "search"}\n'
    told = list(read_text(text, NOW))
    assert [type(one) is RawEvent for one in told] == [True, False, True]
    assert told[1].reason == "broken_json" and told[1].place == "line 2"


@pytest.mark.parametrize(
    "nonsense", [None, 3, "text", [], {}, [[["event"]]], {"events": 3}, {"batch": None}, [{"a": 1}]]
)
def test_nonsense_is_refused_and_never_raises(nonsense):
    assert all(one.reason in ("bad_form", "unknown_event") for one in read_value(nonsense, "", NOW))
