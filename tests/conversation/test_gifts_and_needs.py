"""Gifts and needs without a thing's name, in words that people use; what somebody only owns or corrects."""

import pytest

from assistant.conversation.parts import Sentence
from assistant.conversation.reading.complaining import complains_of_thing
from assistant.conversation.reading.letting_go import standing
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.occasions import occasion
from assistant.conversation.reading.preferences import preferences
from assistant.conversation.reading.shorthand import written_out


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("my niece is turning 2 next week and i have no idea what to get her", "jigsaw puzzle"),
        ("my mother in law is impossible to buy for", "hand cream"),
        ("i want to spoil my wife a bit", "crossbody bag"),
        ("what can i bring to a dinner party", "tea"),
        ("a thank you present for my son's teacher", "chocolate"),
        ("stocking fillers for teenagers", "earbuds"),
        ("secret santa for someone i barely know", "chocolate"),
        ("what to get a boy who loves animals", "teddy bear"),
        ("what would you get for a woman who has everything", "scented candle"),
    ],
)
def test_a_gift_is_read_in_everyday_words(message, first):
    assert occasion(message).fitting[0] == first


@pytest.mark.parametrize(
    "message", ["i have no idea when it comes", "my order for my son's party is late", "a lamp for my desk"]
)
def test_what_gives_nothing_is_no_gift(message):
    assert occasion(message) is None


@pytest.mark.parametrize("message", ["my niece is turning 2", "a gift for my grandson going on six", "my son, aged 7"])
def test_how_old_a_child_gets_is_a_must_have(message):
    assert [must.measure.unit for must, _, _ in must_haves(message) if must.measure] == ["year"]


@pytest.mark.parametrize(
    "message",
    ["a coat for a man with a big garden", "sunscreen for my kids with a pool", "a rug for a family with dogs"],
)
def test_what_somebody_has_is_no_feature_of_the_thing(message):
    assert must_haves(message) == []


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("something i can set the temperature on", "set the temperature"),
        ("a watch that counts runs without taking my phone", "without taking my phone"),
        ("granola with no added sugar", "no added sugar"),
        ("an umbrella that pops open by itself", "pops open by itself"),
        ("能调温度的水壶", "能调温"),
    ],
)
def test_what_a_thing_must_do_is_read_in_everyday_words(message, text):
    assert text in [must.text for must, _, _ in must_haves(message)]


def test_what_is_to_be_big_is_wished_for_once():
    assert must_haves("it has to be big") == []
    assert preferences("it has to be big", {})


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("he needs a cap... no, sorry, I mean a decent brolly", "a decent brolly"),
        ("Hi there. A hat, oh no wait, make it a scarf", "Hi there. a scarf"),
        ("no, I mean a scarf", "no, I mean a scarf"),
    ],
)
def test_what_is_corrected_at_once_is_left_out(message, meant):
    assert standing(message) == meant


def test_shades_and_fits_are_written_out():
    assert written_out("a greyish rug.") == "a grey rug."
    assert written_out("slimmer fit") == "slim fit"


def test_who_asks_for_a_new_one_complains_of_none():
    assert complains_of_thing("do you do cashmere jumpers? mine shrank") == ""
    assert complains_of_thing("my jumper shrank after one wash") == "warranty"


def test_a_light_colour_means_every_light_one(talk):
    wish = talk.say("a backpack in a dark colour").understood.constraints
    assert set(wish["options"]["color"]) == {"Black", "Navy"}


def test_a_season_takes_the_place_of_the_one_before():
    from assistant.conversation.answers.refining import _must_haves
    from assistant.conversation.state import MustHave, Wish

    held = (MustHave(text="summer", forms=("summer",), names=("Season",)),)
    now = Wish(must_haves=(MustHave(text="winter", forms=("winter",), names=("Season",)),))
    assert [must.text for must in _must_haves(held, now, either=False)] == ["winter"]
    assert [must.text for must in _must_haves(held, now, either=True)] == ["summer / winter"]


@pytest.mark.parametrize("message", ["it mustn't be heavy", "nothing heavy please", "it can't be too heavy"])
def test_what_a_thing_must_not_be_asks_for_the_other_end(message):
    (one,) = (stated.preference for stated in preferences(message, {}))
    assert one.names[0] == "weight"
    assert not one.most


def test_a_list_names_what_the_shop_has_not(talk):
    reply = talk.say("i need a lamp, a toaster and a backpack")
    assert any("toaster" in part.text for part in reply.of(Sentence))
    assert {"LMP", "BP1"} <= set(reply.ids)
    assert not any(
        "toaster" in part.text for part in talk.say("a lamp, a friend told me you have nice ones").of(Sentence)
    )


def test_presents_for_kids_are_no_department(talk):
    wish = talk.say("presents for 2 kids, one of them is 8 years old, 25 each max").understood.constraints
    assert wish["price_max_minor"] == 2500


def test_a_shelf_of_leather_goods_makes_nothing_of_leather():
    from assistant.conversation.fitting import check
    from assistant.conversation.reading.features import MADE_OF
    from assistant.conversation.state import MustHave
    from index.product import Product, Variant, Words

    words = Words(title="Cork Wallet", category=("Small leather goods",), attributes={"Material": "Cork"})
    wallet = Product(id="W", words={"en": words}, brand="B", currency="USD", variants=(Variant(id="W-1"),))
    assert check(MustHave(text="leather", forms=("leather",), names=MADE_OF), wallet, "en").met is False


def test_a_superlative_that_no_record_states_is_told_so(talk):
    talk.say("backpacks")
    reply = talk.say("the softest one")
    assert any("softest" in part.text and "do not state" in part.text for part in reply.of(Sentence))


def test_nothing_that_is_refused_is_shown_while_it_is_asked_what_is_wanted(talk):
    for message in ("something for a trip", "not Tarn", "cheaper"):
        assert "Tarn" not in [card.brand for card in talk.say(message).cards]
