"""Questions in everyday words of what was shown: several in one message, of a trait that no word names."""

import pytest

from assistant.conversation.answers.option_choices import size_for
from assistant.conversation.fitting import check
from assistant.conversation.reading import traits
from assistant.conversation.reading.options import options_in
from assistant.conversation.state import MustHave
from index.product import Product, Variant, Words


@pytest.fixture
def meaning(monkeypatch):
    """Questions mean what is said here, to the traits whose words they hold."""
    means = {"rain": "waterproof", "下雨": "waterproof", "macbook": "laptop"}
    means |= {"how much weight": "maximum load", "能扛": "maximum load"}

    def read(texts, _embedder):
        return [{trait: 0.95 for word, trait in means.items() if word in text} or {traits.NONE: 1.0} for text in texts]

    monkeypatch.setattr(traits, "chances", read)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("is the first one waterproof and what is it made of?", ("Waterproof: Yes", "Material: Nylon")),
        ("The first one looks nice. What does it cost and is it waterproof?", ("$49.00", "Waterproof: Yes")),
        ("does the first come in navy? and can i return it if i don't like it", ("Navy", "30 days")),
        ("第一个防水吗？是什么材质的", ("防水：是", "材质：尼龙")),
        ("第一个多少钱，不喜欢的话能退货吗", ("$49.00", "30天")),
    ],
)
def test_each_of_two_questions_is_answered(talk, message, told):
    talk.say("Tarn Trail backpack")
    reply = talk.say(message)
    assert reply.intent == "ask_product" and all(one in reply.text for one in told)


@pytest.mark.parametrize("message", ["will my macbook be ok in there", "can i take it out in the rain", "下雨天能背吗"])
def test_what_a_question_plainly_means_is_asked_of_what_was_shown(talk, meaning, message):
    talk.say("Tarn Trail backpack")
    reply = talk.say(message)
    assert reply.intent == "ask_product" and ("Laptop" in reply.text or "IPX4" in reply.text)


@pytest.mark.parametrize("message", ["do they cope with rain?", "它们怕不怕下雨"])
def test_of_several_each_is_told(talk, meaning, message):
    talk.say("backpacks")
    reply = talk.say(message)
    assert reply.intent == "ask_product" and "IPX4" in reply.text and ("No" in reply.text or "否" in reply.text)


@pytest.mark.parametrize("message", ["do you have one that copes with rain", "is there a wallet for my macbook"])
def test_what_looks_for_another_thing_asks_of_none_shown(talk, meaning, message):
    talk.say("backpacks")
    assert talk.say(message).intent in ("find", "refine")


@pytest.mark.parametrize("message", ["how much weight can the first one take?", "第一个能扛多少重量"])
def test_what_it_carries_is_not_what_it_weighs(talk, meaning, message):
    talk.say("backpacks")
    reply = talk.say(message)
    assert ("maximum load" in reply.text or "最大承重" in reply.text) and "It does state" not in reply.text.split(
        "load"
    )[0]


def test_a_question_is_answered_by_the_kin_of_what_it_means():
    assert traits.likeliest({"scent": 0.9, "waterproof": 0.1}, ["fragrance-free", "waterproof"])[0] == "fragrance-free"
    assert traits.likeliest({"scent": 0.9}, ["scent", "fragrance-free"]) == ("scent", 0.9)


@pytest.mark.parametrize("message", ["is the Halden one waterproof?", "does the Halden one have a laptop pocket"])
def test_a_brand_that_was_not_shown_is_said_not_to_be(talk, message):
    talk.say("backpacks")
    reply = talk.say(message)
    assert "None of those I showed you is by Halden" in reply.text and not reply.cards


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("what sizes are left in red?", "in Red is in stock in these: size M, L"),
        ("红色还有哪些尺码", "（红色）有货的"),
    ],
)
def test_what_is_left_in_a_colour_is_told(talk, message, said):
    talk.say("rain jacket")
    assert said in talk.say(message).text


def test_a_question_of_the_red_one_is_no_question_of_its_stock(talk):
    talk.say("Tarn Trail backpack")
    assert "in stock" not in talk.say("is the black one scratchy?").text


def test_a_yes_or_no_of_it_is_no_new_wish(talk):
    talk.say("wooden train")
    reply = talk.say("would it be good for a 4 year old?")
    assert reply.intent == "ask_product" and "From 3 years" in reply.text


@pytest.mark.parametrize(
    "message", ["put two in the basket", "put two in my cart please", "Lovely, two of those please."]
)
def test_so_many_are_put_into_the_cart(talk, message):
    talk.say("a desk lamp")
    talk.say("is the first one dimmable?")
    (line,) = talk.say(message).cart.lines
    assert (line.product_id, line.quantity) == ("LMP", 2)


@pytest.mark.parametrize(
    ("sizes", "message", "size"),
    [
        (("S, 51–55 cm", "M, 55–59 cm"), "which size for a 57 cm head?", "M, 55–59 cm"),
        (("S, 60 cm", "M, 80 cm", "L, 100 cm"), "will it fit a 75cm dog", "M, 80 cm"),
        (("98 (2–3 years)", "110 (4–5 years)"), "my boy is 5, which size is right", "110 (4–5 years)"),
        (("S, 51–55 cm", "M, 55–59 cm"), "头围57厘米要买哪个码", "M, 55–59 cm"),
        (("S", "M"), "which size for a 57 cm head?", ""),
        (("S, 60 cm", "M, 80 cm"), "how much is it", ""),
    ],
)
def test_the_size_for_a_measure_or_an_age_is_found(sizes, message, size):
    variants = tuple(Variant(id=one, options={"size": one}) for one in sizes)
    product = Product(id="P", words={"en": Words(title="Thing")}, variants=variants)
    assert size_for(product, message) == size


def test_the_clause_that_tells_a_condition_asks_for_nothing(talk, meaning):
    talk.say("Tarn Trail backpack")
    text = talk.say("can i take it out in the rain if my laptop is in it").text
    assert "IPX4" in text and "Laptop" not in text


def test_what_was_freed_of_something_is_without_it():
    words = Words(title="Decaf Coffee", attributes={"Caffeine": "Decaffeinated"})
    must = MustHave(text="no caffeine", forms=("caffeine",), absent=True)
    assert check(must, Product(id="P", words={"en": words}, variants=()), "en").met is True


@pytest.mark.parametrize("message", ["which of them can I take out in the rain?", "which of these do well in the rain"])
def test_which_of_those_shown_has_a_trait_is_told_of_each(talk, meaning, message):
    shown = talk.say("backpacks").ids
    reply = talk.say(message)
    assert reply.intent == "ask_product" and reply.ids == shown and "IPX4" in reply.text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("the big one", "Ø 30 cm"),
        ("in the smaller size", "Ø 15 cm"),
        ("one large one please", "Ø 30 cm"),
        ("is it big", ""),
    ],
)
def test_an_end_of_the_sizes_is_a_size(text, size):
    sizes = ("Ø 15 cm", "Ø 22 cm", "Ø 30 cm")
    variants = tuple(Variant(id=one, options={"size": one}) for one in sizes)
    found, _ = options_in(Product(id="P", words={"en": Words(title="Pot")}, variants=variants), text)
    assert found.get("size", ("",)) == (size,)


def test_what_a_record_says_by_chance_answers_nothing(talk):
    talk.say("Tarn Trail backpack")
    assert "“cable”" in talk.say("does the cable come with it").text


def test_whether_anybody_speaks_badly_of_it_asks_what_buyers_say(talk):
    talk.say("Tarn Trail backpack")
    assert "rated" in talk.say("does anyone say its bad").text


def test_so_many_and_what_they_come_to_are_both_done(talk):
    talk.say("green tea")
    talk.say("how much is the first one")
    reply = talk.say("ok 3 of those and whats the total")
    assert reply.cart.lines[0].quantity == 3 and "$57.00" in reply.text


def test_his_size_is_no_question_of_its_size(talk):
    talk.say("rain jacket")
    talk.say("is the first one waterproof?")
    assert "(Red" in talk.say("does it come in red in his size").text


def test_how_much_it_can_hold_is_no_price(talk):
    talk.say("Tarn Trail backpack")
    assert "$" not in talk.say("how much can i get in the first one").text
