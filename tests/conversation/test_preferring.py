"""What there should be much or little of orders what is found: "a light backpack", "the longest battery", 容量大的."""

import pytest

from assistant.conversation.answers.bearing import bearing
from assistant.conversation.answers.preferring import notices, standing
from assistant.conversation.answers.seeking import cheap, ranked
from assistant.conversation.reading.preferences import measured_names, preferences
from assistant.conversation.state import Preference, State, Wish
from assistant.wording.evidence import Fact, Subject
from index.product import Product, Variant, Words
from index.query import Hit

NAMES = measured_names(
    {"Battery life": ["40 hours", "8 hours, 32 hours with the case"], "Laptop": ["Fits up to 15 inches"],
     "Pockets": ["4", "9"], "Material": ["100% cotton"], "Heel height": ["4 cm"]},
    {"续航": "Battery life", "跟高": "Heel height"},
)  # fmt: skip


def subject(name, **facts):
    said = tuple(Fact(key.replace("_", " "), key.replace("_", " ").capitalize(), text, f"product:{name}#{key}")
                 for key, text in facts.items())  # fmt: skip
    return Subject(name, "product", name, said, "")


@pytest.mark.parametrize(
    ("text", "things", "said", "names", "most"),
    [
        ("headphones with really long battery life please", [(0, 10)], "long battery life", "续航", True),
        ("good battery", [], "good battery", "battery life", True),
        ("low heels", [], "low heels", "heel height", False),
        ("续航久一点的耳机", [(6, 8)], "续航久一点", "battery life", True),
        ("a light backpack", [(8, 16)], "light", "weight", False),
        ("something light to carry", [(10, 15)], "light", "weight", False),
        ("a fan that's quiet", [(2, 5)], "quiet", "noise", False),
        ("轻便的双肩包", [(3, 6)], "轻便", "重量", False),
    ],
)
def test_a_preference_is_read_with_its_end_of_the_scale(text, things, said, names, most):
    (one,) = (stated.preference for stated in preferences(text, NAMES, things))
    assert one.text == said
    assert names in one.names
    assert one.most is most


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("a light blue backpack", [(13, 21)]),
        ("light roast coffee", [(12, 18)]),
        ("i need a light", [(9, 14)]),
        ("a backpack that is not too big", [(2, 10)]),
        ("a good laptop bag", [(7, 17)]),
        ("good material", []),
        ("slim fit jeans", [(9, 14)]),
    ],
)
def test_what_is_part_of_another_name_or_denied_is_none(text, things):
    assert preferences(text, NAMES, things) == []


def test_a_superlative_asks_for_the_end_of_the_scale():
    (one,) = preferences("the longest battery life you have", NAMES)
    assert one.preference.utmost


LIGHT = Preference(text="light", most=False, names=("weight",))
WARM = Preference(text="warm", most=False, names=("temperature",))


def test_products_stand_by_the_number_they_state_and_the_silent_come_last():
    found = standing(
        [subject("A", weight="1.2 kg"), subject("B", colour="Red"), subject("C", weight="900 g")],
        Wish(text="bag", preferences=(LIGHT,)),
    )
    assert sorted(found.places, key=found.places.__getitem__) == ["C", "A", "B"]
    assert [fact.text for fact in found.facts["C"]] == ["900 g"]


def test_what_is_below_zero_is_colder():
    bags = [subject("A", comfort_temperature="2 °C"), subject("B", comfort_temperature="-6 °C")]
    assert standing(bags, Wish(preferences=(WARM,))).places == {"A": 1, "B": 0}


def test_what_only_one_states_orders_nothing_and_is_said_where_it_was_named():
    battery = Preference(text="long battery", most=True, names=("battery life", "续航"), named=True)
    subjects = [subject("A", battery_life="4 hours"), subject("B", colour="Red")]
    wish = Wish(preferences=(battery,))
    assert standing(subjects, wish).by == ()
    assert [one.text for one in notices(subjects, wish, "en")] == [
        "The records of these do not state the battery life."
    ]
    assert [one.text for one in notices(subjects, wish, "zh")] == ["这些商品的资料没有写明续航。"]


def test_two_preferences_weigh_together_and_the_order_is_said():
    big = Preference(text="big", most=True, names=("capacity",))
    subjects = [subject("A", weight="1 kg", capacity="10 L"), subject("B", weight="2 kg", capacity="40 L"),
                subject("C", weight="1 kg", capacity="40 L")]  # fmt: skip
    wish = Wish(preferences=(LIGHT, big))
    assert standing(subjects, wish).places["C"] == 0
    (said,) = notices(subjects, wish, "en")
    assert said.text == "Sorted by weight (lowest first) and capacity (highest first), taken together."


def test_a_size_that_was_named_is_no_preference():
    small = Preference(text="small", most=False, names=("weight",))
    wish = Wish(preferences=(small,), labels={"option:size": "small"})
    assert standing([subject("A", weight="1 kg"), subject("B", weight="2 kg")], wish).by == ()


def test_a_preference_outlives_the_turn():
    state = State(wish=Wish(text="bag", preferences=(LIGHT,)))
    assert State.from_json(state.to_json()) == state


def test_a_preference_that_names_of_things_bear_leaves_out_those_that_do_not():
    def hit(id_, title):
        words = Words(title=title, category=("Cat trees",))
        return Hit(Product(id=id_, words={"en": words}, variants=(Variant(id=f"{id_}-1"),)), (f"{id_}-1",), 1.0)

    hits = [hit("A", "Tall Oak Cat Tree"), hit("B", "Medium Oak Cat Tree"), hit("C", "Tall Sisal Cat Tree")]
    tall = Preference(text="tall", most=True, names=("height",))
    wish = Wish(text="tall cat tree", categories=("Cat trees",), preferences=(tall,))
    assert [one.product.id for one in bearing(hits, wish)] == ["A", "C"]


def weighed(id_, weight, price):
    words = Words(title=f"{id_} Backpack", category=("Backpacks",), attributes={"Weight": weight})
    bag = Product(id=id_, words={"en": words}, currency="USD", variants=(Variant(id=f"{id_}-1", price_minor=price),))
    return Hit(bag, (f"{id_}-1",), 1.0)


def test_what_is_found_stands_by_what_is_preferred_and_a_low_price_goes_before():
    hits = [weighed("A", "900 g", 2000), weighed("B", "400 g", 3000), weighed("C", "600 g", 1000)]
    light = Wish(text="light backpack", categories=("Backpacks",), preferences=(LIGHT,))
    assert [one.hit.product.id for one in ranked(hits, light, "en")] == ["B", "C", "A"]
    assert [one.telling[0].text for one in ranked(hits, light, "en")] == ["400 g", "600 g", "900 g"]
    low = Wish(text="cheap light backpack", categories=("Backpacks",), preferences=(LIGHT,))
    assert [one.hit.product.id for one in ranked(hits, low, "en")] == ["C", "A", "B"]
    assert cheap(low) and not cheap(light)
