"""Conditions on products hold where a plain look at the record says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.conversations.conditions import meeting, says, unmet
from index.product import Availability, Product, Variant, Words


def variant(id_, price, color, *, there=True):
    state = Availability.IN_STOCK if there else Availability.OUT_OF_STOCK
    return Variant(id=id_, options={"color": color, "size": "M"}, price_minor=price, availability=state)


BAG = Product(
    id="BAG",
    brand="Tarn",
    rating=4.2,
    words={
        "en": Words(
            title="Tarn Trail Backpack",
            category=("Bags", "Backpacks"),
            attributes={"Waterproof": "No, water-resistant only", "Capacity": "21 L", "Material": "Nylon"},
        )
    },
    variants=(variant("BAG-R", 4900, "Red"), variant("BAG-B", 5900, "Black", there=False)),
)


@pytest.mark.parametrize(
    "conditions",
    [
        {"category": "Backpacks", "brand": ["Other", "Tarn"], "title": "trail", "rating_min": 4},
        {"price_max": 50, "color": "Red", "stock": True},
        {"price_min": 50, "color": "Black"},
        {"attributes": {"Waterproof": "No", "Capacity": ">= 20"}},
        {"not": {"brand": "Other", "attributes": {"Material": "Leather"}}},
        {"not": {"color": "Black"}},
    ],
)
def test_what_the_record_says_is_met(conditions):
    assert unmet(BAG, None, conditions) == ""


@pytest.mark.parametrize(
    ("conditions", "why"),
    [
        ({"category": "Tents"}, "is in Bags > Backpacks"),
        ({"brand": "Other"}, "is of Tarn"),
        ({"price_max": 40}, "costs 49, more than 40"),
        ({"price_max": 50, "color": "Black"}, "BAG-R has the color Red"),
        ({"color": "Black", "stock": True}, "BAG-R has the color Red"),
        ({"attributes": {"Waterproof": "Yes"}}, "has Waterproof: No, water-resistant only"),
        ({"attributes": {"Hood": "Yes"}}, "has Hood: not stated"),
        ({"not": {"attributes": {"Material": "nylon"}}}, "which was ruled out"),
        ({"not": {"color": ["Red", "Black"]}}, "BAG-R is Red"),
        ({"rating_min": 4.5}, "is rated 4.2"),
    ],
)
def test_what_is_not_met_is_said(conditions, why):
    assert why in unmet(BAG, None, conditions)


def test_one_variant_has_to_be_all_that_is_asked():
    assert unmet(BAG, BAG.variants[1], {"price_max": 50}) == "BAG-B costs 59, more than 50"
    assert unmet(BAG, BAG.variants[0], {"price_max": 50}) == ""


@pytest.mark.parametrize(
    ("text", "wanted", "held"),
    [
        ("Fits up to 15.6 inches", ">= 15", True),
        ("No laptop compartment", ">= 15", False),
        ("From 8 years", "<= 8", True),
        ("Nothing", "No", False),
        ("100% stonewashed linen", ["wool", "Linen"], True),
    ],
)
def test_an_attribute_says_what_is_wanted(text, wanted, held):
    assert says(text, wanted) is held


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "price_max": st.integers(10, 200),
        "price_min": st.integers(10, 200),
        "color": st.sampled_from(["Black", "Navy", "Red"]),
        "category": st.sampled_from(["Backpacks", "Kettles", "Dresses"]),
        "stock": st.just(True),
        "rating_min": st.integers(1, 5),
    },
)


@settings(deadline=None, max_examples=40)
@given(loose=CONDITIONS, more=CONDITIONS)
def test_a_tighter_condition_never_adds(shelf, loose, more):
    tight = {**more, **loose}
    ids = {product.id for product in meeting(shelf.products.values(), loose)}
    assert {product.id for product in meeting(shelf.products.values(), tight)} <= ids
