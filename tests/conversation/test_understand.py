"""What a message is read as: conditions, must-haves, references, language."""

import pytest

from assistant.conversation.fitting import check
from assistant.conversation.reading.language import language_of
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.references import references
from assistant.conversation.state import MustHave
from index.catalogue import Vocabulary
from index.product import Product, Variant, Words

VOCABULARY = Vocabulary(
    brands={"Nike": 3, "Simple": 2, "Halden": 4},
    categories={"Bags & Luggage": 9, "Backpacks": 6, "Beds": 2, "Bedding": 3},
    options={"color": {"Black": 9, "Navy Blue": 2, "Crimson": 1}, "size": {"M": 3, "EU 42": 2}},
    forms={"双肩包": "Backpacks", "黑色": "Black"},
    currency="USD",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a blue backpack", [("Navy Blue",), ("Backpacks",)]),
        ("bakpacks", [("Backpacks",)]),
        ("rucksack", [("Backpacks",)]),
        ("黑色的书包", [("Black",), ("Backpacks",)]),
        ("a simple bag", [("Bags & Luggage",)]),
        ("a bag by Simple", [("Bags & Luggage",), ("Simple",)]),
        ("size 42 Nike", [("EU 42",), ("Nike",)]),
        ("size M", [("M",)]),
        ("i'm a fan of m", []),
        ("bedding", [("Bedding",)]),
        ("red", [("Crimson",)]),
    ],
)
def test_the_catalogue_s_words_are_found(text, found):
    assert [one.term.values for one in Lexicon(VOCABULARY).find(text)] == found


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("a waterproof bag with pockets", ["waterproof", "with pockets"]),
        ("防水又轻便的书包", ["防水", "轻便"]),
        ("a toy for a six-year-old", ["for a six-year-old"]),
        ("能放15寸电脑的包", ["放15寸电脑"]),
        ("at least 20 litres", ["at least 20 litres"]),
        ("with good reviews", []),
        ("help me with my order", []),
    ],
)
def test_must_haves_are_read(text, stated):
    assert [must.text for must, _, _ in must_haves(text)] == stated


@pytest.mark.parametrize(
    ("text", "pointed"),
    [
        ("the second one", [("place", 2)]),
        ("compare the first and third", [("place", 1), ("place", 3)]),
        ("第二个和第三个", [("place", 2), ("place", 3)]),
        ("the first two", [("first_n", 2)]),
        ("前两个", [("first_n", 2)]),
        ("the cheaper one", [("cheapest", 0)]),
        ("is it any good", [("focus", 0)]),
        ("something for camping", []),
        ("给我来两个", []),
    ],
)
def test_what_is_pointed_at(text, pointed):
    assert [(one.which, one.number) for one in references(text)] == pointed


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a red bag", "en"),
        ("红色的包", "zh"),
        ("我要 Nike running shoes", "zh"),
        ("do you have 茶叶", "en"),
        ("🎁", "zh"),
        ("42", "zh"),
    ],
)
def test_the_language_of_a_message(text, language):
    assert language_of(text, "zh") == language


def product(attributes=(), description="", highlights=(), zh=()):
    words = {"en": Words(title="Thing", attributes=dict(attributes), description=description, highlights=highlights)}
    if zh:
        words["zh"] = Words(title="东西", attributes=dict(zh))
    return Product(id="T", words=words, variants=(Variant(id="T-1"),))


@pytest.mark.parametrize(
    ("attributes", "description", "met"),
    [
        ([("Waterproof", "No")], "", False),
        ([("Waterproof", "No, water-resistant only")], "A waterproof look.", False),
        ([("Waterproof", "Yes, IPX7")], "", True),
        ([], "Fully waterproof seams.", True),
        ([], "This bag is not waterproof.", False),
        ([], "Water-resistant, but not fully waterproof.", False),
        ([], "A nice bag.", None),
    ],
)
def test_a_must_have_is_met_unmet_or_not_stated(attributes, description, met):
    must = MustHave(text="waterproof", forms=("waterproof", "防水"))
    assert check(must, product(attributes, description), "en").met is met


@pytest.mark.parametrize(
    ("value", "met"), [("Full-grain leather", True), ("Vegan leather", False), ("Canvas", False), ("", None)]
)
def test_a_material_is_another_s_denial(value, met):
    ((must, _, _),) = must_haves("leather")
    assert check(must, product([("Material", value)] if value else []), "en").met is met


@pytest.mark.parametrize(
    ("wish", "attributes", "met"),
    [
        ("fits a 15 inch laptop", [("Laptop", "Fits up to 15.6 inches")], True),
        ("fits a 15 inch laptop", [("Laptop", "Fits up to 13 inches")], False),
        ("fits a 15 inch laptop", [("Height", "45 cm")], None),
        ("for a 6 year old", [("Age", "From 3 years")], True),
        ("for a 2 year old", [("Age", "3+ years")], False),
        ("at least 20000 mah", [("Battery", "10000 mAh")], False),
    ],
)
def test_a_measure_is_compared(wish, attributes, met):
    ((must, _, _),) = must_haves(wish)
    assert check(must, product(attributes), "en").met is met


def test_the_fact_that_decides_is_in_the_reply_s_language():
    thing = product([("Waterproof", "Yes, IPX7")], zh=[("防水", "是，IPX7")])
    need = check(MustHave(text="防水", forms=("waterproof", "防水")), thing, "zh")
    assert need.met and need.fact.text == "是，IPX7" and need.fact.key == "waterproof"
