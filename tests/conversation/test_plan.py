"""Which facts a reply says, and which wish a model is told."""

from dataclasses import replace

import pytest

from assistant.conversation.answers.seeking import ranked
from assistant.conversation.plan import recommendation
from assistant.conversation.state import Wish
from assistant.wording.evidence import Need
from index.query import Hit


def planned(product, *, ask, place=0):
    return recommendation(product, product.variants[0], language="en", ask=ask, place=place)


@pytest.mark.parametrize(
    ("wish", "told"),
    [("backpack", ""), ("trail backpack", ""), ("backpack for rainy walks", "backpack for rainy walks")],
)
def test_a_wish_that_only_names_the_thing_is_not_said_again(hall, wish, told):
    assert planned(hall.products["BP1"], ask=wish).ask == told


def test_a_brand_in_the_name_is_not_said_again(hall):
    assert "brand" not in [fact.key for fact in planned(hall.products["BP1"], ask="backpack").facts]


def test_every_second_product_begins_with_its_price(hall):
    first, second = (planned(hall.products["BP1"], ask="backpack", place=place).facts for place in (0, 1))
    assert second[0].key == "price" != first[0].key and set(first) == set(second)


def test_a_reason_and_the_price_are_said_and_two_must_haves_where_both_are_met(hall):
    product = hall.products["BP1"]
    subject = planned(product, ask="backpack").subject
    facts = [f for f in subject.facts if f.key not in ("price", "rating")][:2]
    needs = tuple(Need(fact.text, True, fact) for fact in facts)
    said = recommendation(product, product.variants[0], language="en", ask="backpack", needs=needs).facts
    assert [fact.key for fact in said] == [*(fact.key for fact in facts), "price"]
    assert len(planned(product, ask="backpack").facts) == 2


@pytest.mark.parametrize(("stars", "count", "first"), [(1.0, 1, "BP2"), (4.9, 30, "BP1"), (None, None, "BP1")])
def test_what_buyers_disliked_is_not_recommended_first(hall, stars, count, first):
    one, two = (hall.products[name] for name in ("BP1", "BP2"))
    one = replace(one, rating=stars, rating_count=count)
    hits = [Hit(p, tuple(v.id for v in p.variants), 1.0) for p in (one, replace(two, rating=4.5, rating_count=9))]
    assert ranked(hits, Wish(text="backpack"), "en")[0].hit.product.id == first


def test_what_is_named_by_its_title_comes_first_however_it_is_rated(hall):
    one = replace(hall.products["BP1"], rating=1.0, rating_count=40)
    hits = [Hit(p, tuple(v.id for v in p.variants), 1.0) for p in (one, hall.products["BP2"])]
    assert ranked(hits, Wish(text=one.said("en").title), "en")[0].hit.product.id == "BP1"


def test_what_a_product_lacks_is_no_reason(hall):
    assert all(fact.text != "No" for fact in planned(hall.products["BP2"], ask="backpack").facts)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("leather backpack for walks", ""),
        ("navy backpack for walks", ""),
        ("backpack for walks", "backpack for walks"),
        ("皮革背包 徒步用", ""),
    ],
)
def test_a_wish_for_a_material_or_colour_that_the_record_does_not_state_is_not_said(hall, wish, told):
    product = replace(hall.products["BP1"], variants=(replace(hall.products["BP1"].variants[0], options={}),))
    assert planned(product, ask=wish).ask == told


@pytest.mark.parametrize(
    ("wish", "told"), [("expresso nylon backpack for walks", False), ("nylon backpack for walks", True)]
)
def test_a_shade_that_the_record_does_not_state_is_not_said_of_the_thing(hall, wish, told):
    assert bool(planned(hall.products["BP1"], ask=wish).ask) is told
