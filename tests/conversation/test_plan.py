"""Which facts a reply says, and which wish a model is told."""

import pytest

from assistant.conversation.plan import recommendation


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


def test_every_second_product_ends_with_its_price(hall):
    first, second = (planned(hall.products["BP1"], ask="backpack", place=place).facts for place in (0, 1))
    assert second[-1].key == "price" != first[-1].key and set(first) == set(second)


def test_what_a_product_lacks_is_no_reason(hall):
    assert all(fact.text != "No" for fact in planned(hall.products["BP2"], ask="backpack").facts)
