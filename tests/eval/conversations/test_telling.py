"""A fact counts as told in any wording of its figures, and not where a figure is another or a no became a yes."""

import pytest

from eval.conversations.telling import tells_attribute, tells_fact, tells_order
from eval.conversations.tongues import in_language

KETTLE = "Copperpot Sonnet Glass Electric Kettle"
READER = "Sonavel Prairie 10-Inch Waterproof E-Reader"
MUG = "Mizu House Chapter Vacuum Travel Mug with Flip Lid"


@pytest.mark.parametrize(
    ("title", "name", "said", "language", "told"),
    [
        (KETTLE, "Capacity", "It holds 1.6 litres.", "en", "1.6"),
        (READER, "Waterproof", "Yes, it is waterproof to IPX7.", "en", "yes"),
        (READER, "Waterproof", "是的，防水等级为IPX7。", "zh", "yes"),
        (MUG, "Dishwasher-safe", "No: please wash it by hand.", "en", "no"),
        (MUG, "Dishwasher-safe", "不可以，请手洗。", "zh", "no"),
        (MUG, "Material", "It is made of 18/8 stainless steel.", "en", "steel"),
    ],
)
def test_a_fact_is_told_in_any_wording(shelf, title, name, said, language, told):
    product = shelf.by_title[title]
    if told == "1.6":
        said = said.replace("1.6 litres", product.words["en"].attributes[name])
    assert tells_attribute(said, product, name, language=language) == ""


@pytest.mark.parametrize(
    ("title", "name", "said", "language"),
    [
        (KETTLE, "Capacity", "It holds 11.7 litres.", "en"),
        (READER, "Waterproof", "No, it is not waterproof.", "en"),
        (READER, "Waterproof", "它不防水。", "zh"),
        (MUG, "Dishwasher-safe", "Yes, it can go into the dishwasher.", "en"),
        (MUG, "Dishwasher-safe", "可以用洗碗机。", "zh"),
        (MUG, "Material", "It is a fine thing.", "en"),
        (MUG, "Hood", "It has a hood.", "en"),
    ],
)
def test_a_fact_is_not_told_by_another(shelf, title, name, said, language):
    assert tells_attribute(said, shelf.by_title[title], name, language=language)


def test_prices_ratings_stock_and_options_are_told(shelf):
    kettle = shelf.by_title[KETTLE]

    def told(said, what, language="en"):
        return tells_fact(said, kettle, what, variant=None, language=language) == ""

    assert told("It costs $41.00.", "price") and told("价格为41美元。", "price", "zh")
    assert not told("It costs $40.00.", "price")
    assert told("5 reviews, 4.6 stars", "rating") and not told("4.1 stars", "rating")
    assert told("It is in stock.", "stock") and not told("It is sold out.", "stock")
    assert told("现在有货。", "stock", "zh") and not told("目前缺货。", "stock", "zh")
    assert told("Black, Sage, White or Steel", "color") and not told("Black and Sage", "color")
    assert told("黑色、鼠尾草绿、白色和不锈钢色", "color", "zh")


def test_what_is_sold_out_is_told_to_be(shelf):
    vase = shelf.by_title["Casa Brisa Vale Bud Stoneware Vase"]
    assert tells_fact("It is out of stock.", vase, "stock", variant=None, language="en") == ""
    assert tells_fact("It is in stock.", vase, "stock", variant=None, language="en")


def test_an_order_is_told_by_number_state_and_parcel(people):
    order = next(one for one in people.orders if one.status == "shipped")
    parcel = order.shipments[0].tracking_number
    said = f"Order {order.number} is on its way, tracking number {parcel}."
    assert [tells_order(said, order, what, language="en") for what in ("number", "status", "tracking")] == [""] * 3
    assert all(
        tells_order("It was delivered.", order, what, language="en") for what in ("number", "status", "tracking")
    )
    assert tells_order("运输中", order, "status", language="zh") == ""


@pytest.mark.parametrize(
    ("text", "language", "held"),
    [
        ("Your order is on its way.", "en", True),
        ("您的订单正在运输中。", "en", False),
        ("您的订单正在运输中。", "zh", True),
        ("Your order is on its way.", "zh", False),
        ("Lumiq 月影系列有货。", "zh", True),
        ("One buyer writes: “背着很舒服，做工也好。”", "en", True),
        ("订单 R-14392，物流单号 PA123456。", "zh", True),
        ("$41.00", "zh", True),
    ],
)
def test_the_language_of_a_sentence_is_told_by_its_letters(text, language, held):
    assert in_language(text, language, names=("Lumiq",)) is held
