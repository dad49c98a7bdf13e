"""Things by the names that people call them, amounts, needs, and messages that go on with a wish."""

import pytest

from assistant.conversation.answers.exceeding import exceeding
from assistant.conversation.fitting import check, fitting_variants
from assistant.conversation.intention.correcting import SURE
from assistant.conversation.intention.goingon import goes_on
from assistant.conversation.measures import people_fit, same_amount
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.sizes import extreme
from assistant.conversation.reading.wished import understood, wish_of
from assistant.conversation.state import Measure, MustHave, Shown, State, Wish
from index.catalogue import Vocabulary
from index.product import Product, Variant, Words

VOCABULARY = Vocabulary(
    brands={"Halden": 4, "Merrin Goods": 2},
    categories={"Yoga": 3, "Bottles": 3, "Hand care": 3, "Glasses": 2, "Rainwear": 2, "Kettles": 2, "Coffee": 2},
    options={
        "color": {"Black": 9, "Teal": 2},
        "size": {"M": 3, "M, 55–59 cm": 2, "W32": 2, "EU38-39": 1, "110 (4–5 years)": 2, "500 ml": 1},
    },
    attributes={"Microphone": {"Yes": 3}},
    forms={"瑜伽垫": "Yoga"},
    kinds={"yoga mat": ("Yoga",), "water bottle": ("Bottles",), "hand cream": ("Hand care",), "headphones": ("Audio",),
           "充电宝": ("Power banks",)},
    currency="USD",
)  # fmt: skip
LEXICON = Lexicon(VOCABULARY)
STATE = State(wish=Wish(text="yoga mat", categories=("Yoga",)), shown=(Shown("A", "A-1"),))


def read(text):
    reading = Reading(text, LEXICON)
    return reading, understood(reading, "en")


def product(*, attributes=(), sizes=("One",)):
    words = Words(title="A thing", attributes=dict(attributes))
    variants = tuple(Variant(id=size, options={"size": size}) for size in sizes)
    return Product(id="P", words={"en": words}, variants=variants)


def only_must(text):
    (must,) = read(text)[1].wish.must_haves
    return must


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("noisy headfones", "noisy headphones"),
        ("has it a mircophone", "has it a microphone"),
        ("充电保有吗", "充电宝有吗"),
        ("is the matress soft", "is the matress soft"),
        ("I am Jo Haldenn", "I am Jo Haldenn"),
    ],
)
def test_what_is_mistyped_of_the_shop_s_words_is_mended_and_no_name(typed, meant):
    assert LEXICON.mended(typed) == meant


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a helmet, medium", "M, 55–59 cm"),
        ("jeans 32 waist", "W32"),
        ("size 39 please", "EU38-39"),
        ("bottle of 500ml", "500 ml"),
        ("what about 32", "W32"),
    ],
)
def test_sizes_are_read_as_people_say_them(text, size):
    assert size in read(text)[1].wish.options["size"]


@pytest.mark.parametrize(
    ("text", "text_of_must", "unit"),
    [
        ("a tent that sleeps four people", "four people", "person"),
        ("两个人用的帐篷", "两个人", "person"),
        ("a power bank with 20000 mah", "20000 mah", "mah"),
        ("a toy for a 7 month old", "7 month old", "year"),
        ("a tent for three", "for three", "person"),
        ("a tent for me, my wife and our two kids", "for me, my wife and our two kids", "person"),
        ("我和老婆还有两个孩子用的帐篷", "我和老婆还有两个孩子", "person"),
        ("a mat under 500 grams", "under 500 grams", "kg"),
        ("headphones with two weeks of battery", "two weeks of battery", "hour"),
        ("headphones, battery 14+ days", "battery 14+ days", "hour"),
        ("a game, 30 minutes tops", "30 minutes tops", "minute"),
    ],
)
def test_amounts_are_must_haves(text, text_of_must, unit):
    must = only_must(text)
    assert (must.text, must.measure.unit) == (text_of_must, unit)


def test_more_room_than_needed_is_neither_met_nor_failed():
    four = Measure(unit="person", low=4, high=4)
    assert [people_fit(four, text) for text in ("4 persons", "6 persons", "2 persons")] == [True, None, False]


def test_several_lengths_are_no_amount():
    assert same_amount(Measure(unit="inch", low=10, high=10), "Dimensions", "25 × 25 × 30 cm") is None


def test_the_variant_shown_is_the_one_of_the_age():
    coat = product(sizes=("98 (2–3 years)", "110 (4–5 years)"))
    assert fitting_variants(
        [only_must("a raincoat for a 5 year old")], coat, ("98 (2–3 years)", "110 (4–5 years)")
    ) == ("110 (4–5 years)",)


@pytest.mark.parametrize(
    ("said", "stated", "met"),
    [
        ("a tea, he can't drink caffeine", ("Caffeine", "Caffeine-free"), True),
        ("a tea, he can't drink caffeine", ("Caffeine", "Contains caffeine"), False),
        ("granola without nuts", ("Allergens", "Contains nuts"), False),
        ("cream without fragrance", ("Fragrance-free", "Yes"), True),
        ("cream without fragrance", ("Fragrance-free", "No"), False),
        ("headphones that are not bluetooth", ("Bluetooth", "No, wired"), True),
        ("headphones that are not bluetooth", ("Bluetooth", "5.2"), False),
    ],
)
def test_what_must_not_be_in_it_is_read_off_the_record(said, stated, met):
    assert check(only_must(said), product(attributes=[stated]), "en").met is met


@pytest.mark.parametrize("text", ["it has to be sunscreen spf 50", "最好SPF30以上"])
def test_a_grade_is_no_price(text):
    wish = read(text)[1].wish
    assert wish.price_max_minor is None and wish.price_min_minor is None and wish.must_haves


def test_two_things_are_two_wishes():
    wishes = read("a water bottle and a yoga mat please")[1].wishes
    assert [wish.categories for wish in wishes] == [("Bottles",), ("Yoga",)]


@pytest.mark.parametrize("text", ["a kettle for pour over coffee", "a kettle to make coffee with"])
def test_what_a_thing_is_for_is_not_wished_for(text):
    assert read(text)[1].wish.categories == ("Kettles",)


@pytest.mark.parametrize(
    "text",
    ["which of them are black?", "the mat must be teal", "长袖的有吗", "for sensitive skin?", "with a strap"],
)
def test_a_message_that_only_says_how_goes_on_with_the_wish(text):
    reading, found = read(text)
    assert goes_on(reading, found, STATE)


@pytest.mark.parametrize("text", ["a kettle", "which is cheaper, the first or the second?", "还有别的吗"])
def test_a_message_that_names_or_points_does_not(text):
    reading, found = read(text)
    assert not goes_on(reading, found, STATE)


def test_of_two_rooms_and_purposes_the_thing_is_what_is_wished_for():
    assert read("I make coffee at breakfast, which kettle would do?")[1].wish.categories == ("Kettles",)


@pytest.mark.parametrize(("text", "by"), [("the biggest size you have", 1), ("最小号的", -1), ("a big bed", 0)])
def test_the_end_of_the_scale_is_told_from_a_size(text, by):
    assert extreme(text) == by


def test_a_lighter_one_has_less_than_the_middle_of_what_was_shown():
    shown = [product(attributes=[("Weight", f"{grams} g")]) for grams in (300, 500, 900)]
    (must,) = exceeding("have you a lighter one?", Wish(), shown).must_haves
    assert [check(must, one, "en").met for one in shown] == [True, False, False]


def test_what_no_record_states_changes_no_wish():
    assert exceeding("a quieter one", Wish(), [product()]) == Wish()


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("a birthday present for my dad, he loves tea", {"TEA"}),
        ("my sister is into backpacks, any ideas?", {"BP1", "BP2", "BP3", "BP4"}),
        ("我朋友喜欢绿茶", {"TEA"}),
    ],
)
def test_what_somebody_likes_is_looked_for(talk, message, ids):
    assert talk.say(message).ids[0] in ids


def test_a_gift_keeps_its_budget(talk):
    talk.say("a gift for my dad, up to $20")
    reply = talk.say("he likes tea")
    assert reply.ids[0] == "TEA" and all(card.price_minor <= 2000 for card in reply.cards)


def test_of_several_things_the_one_that_is_not_there_is_named(talk):
    reply = talk.say("a backpack and a desk lamp, both green")
    assert set(reply.ids) == {"BP3", "BP4"} and "desk lamp" in reply.text


@pytest.mark.parametrize("message", ["just browsing", "I'm just looking around, thanks", "随便看看"])
def test_who_looks_for_nothing_yet_is_greeted(talk, message):
    assert talk.say(message).intent == "greeting"


def test_an_allergy_holds_for_what_is_asked_for_in_the_same_message(talk):
    for message in ("I'm allergic to caffeine. which tea is safe?", "我对咖啡因过敏，哪种茶可以喝"):
        reply = talk.say(message)
        assert any(must in str(reply.understood.constraints) for must in ("no caffeine", "不含咖啡因"))


def test_shorthand_is_written_out(talk):
    assert talk.say("wat backpacks do u hav pls").ids


def test_a_shade_is_no_lamp_and_one_of_two_colours_is_no_name():
    vocabulary = Vocabulary(
        categories={"Lights": 3, "Shirts": 3}, options={"color": {"Blue": 3, "White": 3}}, forms={"light": "Lights"}
    )
    wish = wish_of(Reading("a shirt, white or light blue", Lexicon(vocabulary)))
    assert wish.categories == ("Shirts",) and {"White", "Blue"} <= set(wish.options["color"])


@pytest.mark.parametrize(
    ("message", "barred"), [("tea, not too green", "green"), ("a bag, not too expensive", ""), ("裙子不要太短", "短")]
)
def test_what_should_be_less_so_bars_what_is_called_so(message, barred):
    assert wish_of(Reading(message, Lexicon(Vocabulary()))).excluded[:1] == ((barred,) if barred else ())


def test_who_names_a_kind_of_thing_and_what_must_be_so_of_it_is_surely_understood(talk):
    reply = talk.say("自动开收的双肩包，评分4分以上")
    assert reply.intent == "find" and reply.trace["sure"] >= SURE


def test_what_is_only_near_to_what_somebody_likes_is_said_to_be_so(talk):
    reply = talk.say("a birthday present for my dad, he loves submarines")
    assert "closest" in reply.text and "costs" not in reply.text


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("a yoga mat, not black or teal", {"black", "teal"}),
        ("a yoga mat, neither black nor teal", {"black", "teal"}),
        ("I don't want black or teal", {"black", "teal"}),
        ("a mat, no black, teal or red", {"black", "teal", "red"}),
        ("not black, teal please", {"black"}),
        ("headphones without a cord or plug", {"cord", "plug"}),
        ("teal instead of black", {"black"}),
        ("a puzzle without the ocean", {"ocean", "sea"}),
    ],
)
def test_a_refusal_holds_for_all_that_is_joined_to_it(text, barred):
    wish = read(text)[1].wish
    assert barred <= set(wish.excluded)
    assert not {"black", "teal"} & set(wish.excluded) - barred
    assert not barred & {value.lower() for values in wish.options.values() for value in values}


@pytest.mark.parametrize("text", ["that's too much", "a bit much for me", "that is over my budget"])
def test_what_is_too_dear_is_no_property(text):
    found = read(text)[1]
    assert (found.step, found.wish.must_haves) == ("cheaper", ())


def test_what_is_lighter_than_an_amount_is_not_that_amount():
    must = only_must("lighter than 70 g")
    assert check(must, product(attributes=[("Weight", "70 g")]), "en").met is False
    assert check(must, product(attributes=[("Weight", "69 g")]), "en").met is True


def test_a_length_is_met_by_the_length_of_the_folded_thing():
    folded = product(attributes=[("Diameter", "97 cm"), ("Length closed", "28 cm")])
    assert check(only_must("an umbrella, max 30 cm"), folded, "en").met is True


def test_what_somebody_does_not_like_leaves_what_is_shown(talk):
    talk.say("a backpack")
    assert set(talk.say("I don't like green or navy").ids) == {"BP1", "BP2", "BP3"}


def test_all_that_there_is_of_a_kind_is_said_to_be_so(talk):
    assert "All that we have of the kind" in talk.say("a wallet, no leather").text


@pytest.mark.parametrize(
    ("title", "form", "met"),
    [
        ("Striped Kids' Raincoat", "for women", False),
        ("儿童雨衣", "for men", False),
        ("Women's Parka", "for men", False),
        ("Men's Parka", "for kids", False),
        ("Kids' Balance Bike", "for adults", False),
        ("Storm Parka", "for women", None),
    ],
)
def test_what_is_called_one_for_others_is_not_for_these(title, form, met):
    thing = Product(id="P", words={"en": Words(title=title)}, variants=(Variant(id="P-1"),))
    assert check(MustHave(text=form, forms=(form,)), thing, "en").met is met
