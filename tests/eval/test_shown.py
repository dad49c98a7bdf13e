"""Cards against their records: what agrees passes, each kind of difference is named."""

import json

import pytest
import sqlalchemy

from eval.shown import Records, cards_true

RECORD = {
    "id": "LMP",
    "words": {"en": {"title": "Halden Desk Lamp"}, "zh": {"title": "书桌台灯"}},
    "brand": "Halden",
    "currency": "USD",
    "rating": 4.4,
    "rating_count": 12,
    "variants": [
        {"id": "LMP-1", "price_minor": 103990, "stock": 9, "availability": "in_stock"},
        {"id": "LMP-2", "price_minor": None, "stock": 0, "availability": "in_stock"},
    ],
}
CARD = {
    "product_id": "LMP",
    "variant_id": "LMP-1",
    "title": "书桌台灯",
    "brand": "Halden",
    "price_minor": 103990,
    "currency": "USD",
    "price_text": "US$1,039.90",
    "in_stock": True,
    "rating": 4.4,
    "rating_count": 12,
}


@pytest.fixture
def records():
    engine = sqlalchemy.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE catalogue_carried (product_id TEXT, record TEXT)")
        connection.exec_driver_sql("INSERT INTO catalogue_carried VALUES (?, ?)", ("LMP", json.dumps(RECORD)))
    return Records(engine)


def test_cards_that_agree_pass_in_either_language(records):
    unpriced = CARD | {"variant_id": "LMP-2", "price_minor": None, "price_text": "价格未知", "in_stock": False}
    score = cards_true(records, [{"cards": [CARD]}, {"cards": [unpriced]}, {"cards": []}])
    assert (score.value, score.weight) == (1.0, 2.0)
    assert cards_true(records, [{"cards": []}]).weight == 0


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"price_minor": 99990}, "99990"),
        ({"price_text": "$1,093.90"}, "is not the price"),
        ({"currency": "EUR"}, "EUR"),
        ({"in_stock": False}, "in stock False"),
        ({"title": "Halden Lamp"}, "title"),
        ({"brand": None}, "brand"),
        ({"rating": 4.9}, "rated 4.9"),
        ({"rating_count": 120}, "120"),
        ({"variant_id": "LMP-9"}, "LMP-9"),
        ({"product_id": "GONE"}, "GONE"),
        ({"variant_id": "LMP-2"}, "1,039.90"),
    ],
)
def test_each_difference_is_named(records, changed, named):
    score = cards_true(records, [{"cards": [CARD, CARD | changed]}])
    assert score.value == 0.5 and named in score.explanation
