"""What is wrong with those shown, what takes the place of what one has, and what somebody will not eat."""

import pytest

from assistant.conversation.answers.for_children import _worn
from assistant.conversation.reading.comparatives import without_too
from assistant.conversation.reading.conditions import excluded
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.turning import renewed
from index.catalogue import Vocabulary
from index.product import Availability, Product, Variant, Words

LEXICON = Lexicon(
    Vocabulary(
        categories={"Kettles": 3, "Backpacks": 3, "Coffee": 3},
        forms={"水壶": "Kettles"},
        kinds={"kettle": ("Kettles",), "backpack": ("Backpacks",)},
    )
)


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("too heavy", "lighter"),
        ("they're a bit too thin", "thicker"),
        ("nah, way too loud. under 50 db please", "quieter. under 50 db please"),
        ("that's too heavy for me to carry", "lighter"),
        ("都太薄了", "厚一点"),
        ("有点重，换一个", "轻一点，换一个"),
    ],
)
def test_what_is_wrong_with_those_shown_is_wanted_the_other_way(message, read):
    assert without_too(message) == read


@pytest.mark.parametrize(
    "message",
    ["is it too heavy for a child?", "the second one is too heavy", "太阳镜", "will 2 kg be too heavy on a hike?"],
)
def test_what_finds_no_fault_with_all_stays(message):
    assert without_too(message) == message


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("my kettle broke and I need a new one", "I need a new kettle"),
        ("spilled coffee on my backpack, looking for a new one under 60", "I need a new backpack under 60"),
        ("our kettle died. time for another one", "I need a new kettle"),
        ("水壶坏了，要买个新的", "要买个新的水壶"),
        ("I need a new one", "I need a new one"),
        ("coffee is fine but I need a new one", "coffee is fine but I need a new one"),
    ],
)
def test_what_takes_the_place_of_a_thing_is_called_by_its_name(message, read):
    assert renewed(message, LEXICON) == read


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("he won't eat fish", "fish"),
        ("mine doesn't like chicken", "chicken"),
        ("she cannot touch dairy", "dairy"),
        ("我家猫不吃鱼", "鱼"),
    ],
)
def test_what_somebody_will_not_eat_is_refused(message, refused):
    assert refused in [span.value for span in excluded(message)]


def test_who_eats_at_home_refuses_nothing():
    assert excluded("we can't eat out tonight") == []


@pytest.mark.parametrize("message", ["mum won't touch leather", "she doesn't like leather"])
def test_a_refusal_that_names_nobody_we_know_goes_on_with_the_wish(talk, message):
    talk.say("backpacks")
    reply = talk.say(message)
    assert reply.intent == "refine"
    assert "BP1" in reply.ids and "BP2" not in reply.ids


@pytest.mark.parametrize(
    ("sizes", "worn"), [(("500 ml", "1 L"), False), (("M", "L"), True), (("EU38", "EU39"), True), (("24 cm",), False)]
)
def test_what_a_bottle_holds_is_nobody_s_size(sizes, worn):
    variants = tuple(
        Variant(id=size, options={"size": size}, price_minor=900, availability=Availability.IN_STOCK) for size in sizes
    )
    words = {"en": Words(title="Thing", description="", category=("Things",))}
    assert _worn(Product(id="T", words=words, brand="Tarn", currency="USD", variants=variants)) is worn
