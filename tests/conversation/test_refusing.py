"""What the shop does not have, and conditions that nothing meets."""

import pytest

from assistant.conversation.answers.likeness import carrying, compound, heads, not_sold
from assistant.conversation.condition import condition_text
from assistant.conversation.reading.lexicon import Found, Term
from assistant.conversation.state import Wish
from assistant.conversation.understanding import Understanding
from index.catalogue import Catalogue
from index.product import Product, Variant, Words
from index.query import Emptied, Filters
from index.relax import emptied

EVERY = Wish(
    price_min_minor=100,
    price_max_minor=900,
    brands=("Tarn",),
    categories=("Backpacks",),
    options={"color": ("Red",), "age_band": ("x",)},
    rating_min=4.5,
    in_stock=True,
    excluded=("leather",),
)
NAMES = ("price_min", "price_max", "brands", "categories", "option:color", "option:age_band", "attribute:material",
         "rating_min", "in_stock", "excluded", "ids", "something_new")  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", [*NAMES, ", ".join(NAMES)])
def test_every_condition_that_empties_a_search_has_words(name, language):
    said = condition_text(Emptied(name, "7", None, 0), EVERY, language=language, currency="USD")
    assert said or name == "ids"


def test_the_search_names_no_other_conditions():
    class Nothing(Catalogue):
        def __init__(self):
            pass

        def matching(self, filters):
            return {} if filters != Filters() else {"X": ("X-1",)}

        def get(self, ids):
            return {}

    given = EVERY.filters(only=frozenset({"X"}))
    named = emptied(Nothing(), given).condition.split(", ")
    assert set(named) <= set(NAMES)


@pytest.mark.parametrize("message", ["a red backpack under $5", "红色双肩包 5美元以下"])
def test_the_kind_of_thing_is_the_last_to_be_given_up(talk, message):
    reply = talk.say(message)
    assert reply.ids and set(reply.ids) <= {"BP1", "BP2", "BP3", "BP4"} and "5.00" in reply.text


@pytest.mark.parametrize(
    "message", ["do you have plutonium?", "I need a submarine", "有没有核反应堆", "我想买一艘潜水艇"]
)
def test_what_the_shop_does_not_have_is_refused_without_cards(talk, message):
    reply = talk.say(message)
    assert not reply.cards and ("sorry" in reply.text or "抱歉" in reply.text)
    assert reply.question is not None


def test_a_refusal_leaves_what_was_shown(talk):
    talk.say("a desk lamp")
    talk.say("do you have plutonium?")
    assert "$39.90" in talk.say("how much is the first one?").text


def test_a_gift_for_somebody_is_asked_about(talk):
    assert talk.say("a gift for my mum").question is not None
    assert talk.say("送妈妈的礼物").question is not None


def test_nothing_cheaper_is_not_nothing_of_the_kind(talk):
    shown = talk.say("rain")
    reply = talk.say("cheaper")
    assert shown.cards and not reply.cards
    assert "78.99" in reply.text and "seem to have" not in reply.text


@pytest.mark.parametrize("message", ["cheaper", "有便宜点的吗"])
def test_a_change_to_nothing_is_asked_about(talk, message):
    talk.say("a submarine")
    reply = talk.say(message)
    assert reply.question is not None and "$" not in reply.text


def _named(text, form):
    start = text.index(form)
    term = Term("category", "", ("Jackets",), form)
    return Wish(text=text, categories=("Jackets",)), [Found(term, start, start + len(form), form)]


@pytest.mark.parametrize(
    ("text", "form", "heads_it"),
    [
        ("waterproof jacket for hiking", "jacket", True),
        ("登山外套", "外套", True),
        ("phone case", "phone", False),
        ("stand for a phone", "phone", False),
    ],
)
def test_a_kind_heads_a_wish_where_it_is_the_thing_itself(text, form, heads_it):
    assert heads(*_named(text, form)) is heads_it


def test_a_set_in_a_case_is_no_case():
    words = {"en": Words(title="Crayon Set in a Wooden Case", category=("Toys",))}
    product = Product(id="A", words=words, language="en", variants=(Variant(id="A"),))
    assert carrying(Wish(text="phone case"), [product], "en") == []
    assert carrying(Wish(text="crayon set"), [product], "en") == [product]


def test_a_bare_name_asks_for_the_thing_though_nothing_was_shown(talk):
    reply = talk.say("battery cover")
    assert reply.intent == "find" and "battery cover" in reply.text


def _term(form):
    return [Found(Term("category", "", ("Coffee",), form), 0, len(form), form)]


def _coffee():
    words = {
        "en": Words(title="Light Roast Coffee Beans", category=("Coffee",), attributes={"Origin": "Brazil"}),
        "zh": Words(title="浅烘咖啡豆", category=("咖啡",), attributes={"产地": "巴西"}),
    }
    return Product(id="C", words=words, variants=(Variant(id="C-1", price_minor=900),))


@pytest.mark.parametrize(
    ("text", "form", "language", "other"),
    [
        ("coffee machine", "coffee", "en", True),
        ("coffee beans", "coffee", "en", False),
        ("coffee drinkable", "coffee", "en", False),
        ("coffee from Brazil", "coffee", "en", False),
        ("coffees mixed", "coffees", "en", False),
        ("coffee", "coffee", "en", False),
        ("咖啡机", "咖啡", "zh", True),
        ("咖啡豆", "咖啡", "zh", False),
        ("咖啡", "咖啡", "zh", False),
        ("咖啡便宜的", "咖啡", "zh", False),
    ],
)
def test_a_kind_of_thing_that_begins_another_ones_name_is_not_that(text, form, language, other):
    assert compound(Wish(text=text, categories=("Coffee",)), _term(form), [_coffee()], language) is other


def test_the_nearest_to_a_price_that_nothing_meets_still_meets_what_else_is_asked(talk):
    reply = talk.say("waterproof backpack under $10")
    assert reply.ids[0] == "BP1" and not {"BP2", "BP3"} & set(reply.ids)


def test_what_must_be_so_and_is_known_to_be_so_is_what_was_asked_for(talk):
    assert "没有" not in talk.say("双肩包，尼龙的").text


def called(title, *category):
    words = Words(title=title, category=category, attributes={"Dishwasher-safe": "No"})
    return Product(id=title, words={"en": words}, variants=(Variant(id="1"),))


@pytest.mark.parametrize(
    ("message", "missing"),
    [
        ("do you have a trail?", False),
        ("do you have any dogs?", True),
        ("I'm looking for a rain", True),
        ("we need a dishwasher", True),
    ],
)
def test_what_only_stands_before_the_names_of_other_things_is_not_sold(message, missing):
    bed = Product(
        id="DOG", words={"en": Words(title="Plush Dog Bed", category=("Pets", "Beds"))}, variants=(Variant(id="1"),)
    )
    jacket = called("Fjord Rain Jacket", "Jackets")
    said = message.split()[-1].strip("?")
    found = Understanding(message=message, language="en", intent="find")
    assert not_sold(Wish(text=said), found, [bed, jacket], "en") is missing


@pytest.mark.parametrize(
    ("message", "text", "missing"),
    [
        ("do you have nintendo switch beds", "nintendo switch beds", True),
        ("do you have cute beds", "cute beds", False),
        ("do you have plush dog beds", "plush dog beds", False),
        ("nintendo switch beds", "nintendo switch beds", False),
    ],
)
def test_a_kind_told_apart_by_what_no_record_says_is_not_sold(message, text, missing):
    bed = Product(
        id="DOG", words={"en": Words(title="Plush Dog Bed", category=("Pets", "Beds"))}, variants=(Variant(id="1"),)
    )
    kind = Found(Term("category", "", ("Beds",), "Beds"), len(message) - 4, len(message), "beds")
    found = Understanding(message=message, language="en", intent="find", named=(kind,))
    assert not_sold(Wish(text=text, categories=("Beds",)), found, [bed], "en") is missing


def test_that_no_record_says_for_whom_things_are_is_said_once(talk):
    reply = talk.say("a backpack for men")
    assert reply.text.count("for men") == 1 and all("for men" not in card.why for card in reply.cards)


def test_a_gift_that_becomes_a_thing_keeps_its_budget(talk):
    talk.say("a birthday gift under $60")
    assert set(talk.say("a backpack sounds nice").ids) == {"BP1", "BP3"}
