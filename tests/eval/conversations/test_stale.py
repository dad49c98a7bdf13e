"""A golden that names what the shop no longer has fails before anything is played, with what to do."""

from dataclasses import replace

import pytest

from eval.conversations.casting import spoken
from eval.conversations.errors import BadGolden
from eval.conversations.stale import check

KETTLE = "Copperpot Sonnet Glass Electric Kettle"
KETTLES = {"say": "kettles", "cards": {"category": "Kettles"}}


@pytest.mark.parametrize(
    ("asked", "value", "advice"),
    [
        ({"cards": {"category": "Backpack"}}, "'Backpack' is no category", "such as 'Backpacks'"),
        ({"cards": {"brand": "Hearthwel"}}, "'Hearthwel' is no brand", "such as 'Hearthwell'"),
        ({"cards": {"color": "Ultraviolet"}}, "'Ultraviolet' is no color", "name one that it has"),
        ({"cards": {"not": {"size": "EU99"}}}, "'EU99' is no size", "name one that it has"),
        ({"cards": {"attributes": {"Sound": "Loud"}}}, "'Sound' is no attribute", "name one that it has"),
        ({"cards": {"kategory": "Kettles"}}, "'kategory' is no condition", "use attributes, brand"),
        ({"cards": {"category": "Kettles", "price_max": 3}}, "is no product of the shop", "loosen the conditions"),
        ({"none_of": {"category": "Kettles"}}, "is in the shop", "does not have"),
        ({"has": "Copperpot Sonnet Glass Kettle"}, "is no title", KETTLE),
        ({"has_category": "Kettle"}, "'Kettle' is no category", "such as 'Kettles'"),
        ({"tells": [{"of": KETTLE, "what": "Colour of the lid"}]}, "is no fact of the product", "name one"),
        ({"tells": [{"of": KETTLE, "what": "size"}]}, "'size' is nothing that", "another fact"),
        ({"tells": [{"policy": "returns#window", "says": "90 days"}]}, "'90 days' is not in", "read returns#window"),
        ({"tells": [{"order": "status"}]}, "'status' is of no order", "write who:"),
        ({"tells": [{"words": "hi"}]}, "tells of nothing", "write of:"),
        ({"cites": "returns#never"}, "'returns#never' is no paragraph", "such as 'returns#"),
        ({"compares": [1, 2]}, "points at products", "let an earlier turn ask for cards"),
        ({"cart": [{"of": 2, "quantity": 1}]}, "points at products", "let an earlier turn ask for cards"),
        ({"cards": {"cheaper": True}}, "points at products", "let an earlier turn ask for cards"),
        ({"refuses": "perhaps"}, "'perhaps' is no kind of refusal", "write true or may"),
    ],
)
def test_what_the_shop_does_not_have_is_named_with_its_place(golden, shelf, asked, value, advice):
    with pytest.raises(BadGolden) as caught:
        check(golden({"say": "hello"}, {"say": "go on", **asked}), shelf)
    message = str(caught.value)
    assert message.startswith("finding.yaml: conversation 'lamp', turn 2: ")
    assert value in message and advice in message


def test_what_the_shop_has_passes(golden, shelf):
    told = [
        {"of": 1, "what": "Capacity"},
        {"of": KETTLE, "what": "price"},
        {"policy": "returns#window", "says": "30 days"},
    ]
    check(
        golden(KETTLES, {"say": "the first", "tells": told, "cites": "returns#window", "compares": [1, KETTLE]}), shelf
    )


def test_a_golden_goes_stale_with_the_catalogue(golden, shelf):
    asked = golden({"say": "kettle", "has": KETTLE})
    check(asked, shelf)
    rest = {id_: product for id_, product in shelf.products.items() if product.title != KETTLE}
    with pytest.raises(BadGolden, match="is no title of the shop"):
        check(asked, replace(shelf, products=rest))


@pytest.mark.parametrize(
    ("who", "value"),
    [
        ({"order": "lost"}, "'lost' is no state of an order"),
        ({"order": "pending", "age": 3}, "'age' cannot be asked"),
        ({"order": "delivered", "days": ">= 4000"}, "is no order of the store"),
    ],
)
def test_a_part_that_nobody_can_play_is_named(golden, people, who, value):
    with pytest.raises(BadGolden, match=r"finding\.yaml: conversation 'lamp': ") as caught:
        people.cast(golden({"say": "hi"}, who=who))
    assert value in str(caught.value)


def test_who_talks_is_found_by_the_state_of_an_order(golden, people):
    role = people.cast(
        golden({"say": "hi"}, who={"order": "delivered", "days": "<= 25", "items": 1, "not_in": ["Food & Tea"]})
    )
    product = people.products[role.order.lines[0].product_id]
    assert role.order.status == "delivered" and (people.now - role.order.updated_at).days <= 25
    assert "Food & Tea" not in product.words["en"].category and role.principal.customer_id == role.customer.id
    guest = people.cast(golden({"say": "hi"}, who={"order": "shipped", "signed_in": False}))
    assert guest.principal.customer_id is None


def test_a_slot_that_nobody_fills_is_named(golden, people):
    role = people.cast(golden({"say": "hi"}, who={"order": "pending"}))
    assert spoken("{order} / {email}", role, ("f", "c", 1)) == f"{role.order.number} / {role.customer.email}"
    with pytest.raises(BadGolden, match=r"'\{parcel\}' stands for nothing: use one of order, email"):
        spoken("where is {parcel}", role, ("f", "c", 1))
    with pytest.raises(BadGolden, match="none without who:"):
        spoken("where is {order}", None, ("f", "c", 1))
