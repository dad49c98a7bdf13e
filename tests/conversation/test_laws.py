"""What must hold of any conversation: filters are facts, and nothing is said of what was not shown."""

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversation.parts import Sentence
from assistant.conversation.state import State

WISHES = [
    "backpack",
    "a waterproof backpack",
    "bags",
    "lamp",
    "rain jacket",
    "双肩包",
    "防水的双肩包",
    "something for a trip",
]
STEPS = [
    "cheaper",
    "in red",
    "in black",
    "only in stock",
    "under $60",
    "under $100",
    "not leather",
    "not Tarn",
    "4 stars and up",
    "another brand",
    "便宜点",
    "红色的",
    "只要有货的",
    "100块以下",
    "不要红色的",
    "show more",
    "size L",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(WISHES), st.lists(st.sampled_from(STEPS), min_size=1, max_size=4))
def test_a_refinement_never_shows_what_its_filters_exclude(shop, hall, wish, steps):
    talk = hall.Talk(shop, f"law-{uuid4().hex}")
    for message in [wish, *steps]:
        reply = talk.say(message)
        if "closest" in reply.text or "最接近" in reply.text:
            continue  # said to be outside the conditions
        held = reply.understood.constraints
        for card in reply.cards:
            assert held.get("price_max_minor") is None or card.price_minor <= held["price_max_minor"]
            assert not held.get("in_stock") or card.in_stock
            assert held.get("rating_min") is None or card.rating >= held["rating_min"]
            assert card.brand not in held.get("excluded", [])
            product = hall.products[card.product_id]
            variant = next(v for v in product.variants if v.id == card.variant_id)
            for name, values in held.get("options", {}).items():
                assert variant.options.get(name) in values


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*WISHES, *STEPS, "compare the first two", "is the first one waterproof?", "第一个多少钱"]),
        min_size=1,
        max_size=4,
    )
)
def test_every_product_in_a_reply_is_on_its_cards(shop, hall, messages):
    talk = hall.Talk(shop, f"law-{uuid4().hex}")
    for message in messages:
        reply = talk.say(message)
        about = {s.subject_id for s in reply.of(Sentence) if s.subject_id in hall.products}
        assert about <= set(reply.ids)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_is_answered(shop, hall, text):
    reply = hall.Talk(shop, f"law-{uuid4().hex}").say(text)
    assert reply.text or reply.question or reply.cards


@pytest.mark.parametrize(
    "messages", [["a red backpack under $100", "cheaper"], ["防水的双肩包", "第一个防水吗"], ["desk lamp"]]
)
def test_a_state_survives_its_json(shop, hall, messages):
    talk = hall.Talk(shop, f"law-{uuid4().hex}")
    for message in messages:
        talk.say(message)
    data = hall.remembered(shop, talk.session)
    assert json.loads(json.dumps(State.from_json(data).to_json())) == data and data["shown"]


def test_a_long_conversation_is_bounded(shop, hall):
    talk = hall.Talk(shop, f"law-{uuid4().hex}")
    for number in range(40):
        talk.say(WISHES[number % 5])
    data = hall.remembered(shop, talk.session)
    assert len(data["topics"]) <= 8 and len(data["seen"]) <= 120 and data["turns"] == 40
