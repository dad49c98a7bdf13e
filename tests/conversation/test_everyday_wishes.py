"""Needs told in everyday words, things said the other way round, and several likings of whom a gift is for."""

from decimal import Decimal

import pytest

from assistant.conversation.intention.goingon import returning
from assistant.conversation.reading.framing import likes_of_somebody
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.occasions import gives, liked, occasion
from assistant.conversation.reading.preferences import preferences
from assistant.conversation.reading.prices import price_wish
from assistant.conversation.reading.references import references
from assistant.conversation.reading.shorthand import written_out
from assistant.conversation.reading.turning import turned
from index.catalogue import Vocabulary

LEXICON = Lexicon(Vocabulary(categories={"Hiking boots": 3, "Dog beds": 3, "Boots": 9}))


@pytest.mark.parametrize(
    ("message", "called"),
    [
        ("boots for hiking in 42", "hiking boots in 42"),
        ("beds for my dog", "dog beds"),
        ("boots for work", "boots for work"),
    ],
)
def test_a_thing_is_called_by_its_name(message, called):
    assert turned(message, LEXICON) == called


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("a coat that will keep me dry", "keep me dry"),
        ("curtains so baby sleeps in the daytime", "sleeps in the daytime"),
        ("headphones with mic", "mic"),
        ("a cream that doesn't smell", "doesn't smell"),
        ("warm white lights", "warm white"),
    ],
)
def test_what_a_thing_must_do_is_read(message, text):
    assert text in [must.text for must, _, _ in must_haves(message)]


def test_what_somebody_has_trouble_with_is_no_feature():
    assert must_haves("he has trouble with his hands") == []
    assert preferences("he finds it hard to lift heavy pans", {}, [(34, 38)]) == []


def test_the_end_of_a_scale_goes_before_the_same_scale():
    wanted = [one.preference.text for one in preferences("something heavy, the lightest", {})]
    assert wanted == ["lightest"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("headphones w mic", "headphones with mic"),
        ("a 30 w charger", "a 30 w charger"),
        ("blue-ish plates", "blue plates"),
        ("a dress, no sleeves", "a dress, sleeveless"),
        ("pack of at least 4", "at least 4 pieces"),
    ],
)
def test_what_is_written_in_short_is_written_out(written, meant):
    assert written_out(written) == meant


def test_two_bare_numbers_are_a_price_but_no_sizes():
    told = price_wish("something special, 50-80")
    assert (told.low, told.high) == (Decimal(50), Decimal(80))
    assert price_wish("boots, size 40-42") is None
    assert price_wish("a rug, 50-80 cm") is None


def test_each_liking_of_a_gift_is_read():
    message = "a gift for my boss, he's a coffee nerd and travels a lot"
    assert {"coffee beans", "suitcase"} <= {kind for one in liked(message) for kind in one.fitting}
    assert liked("he's a coffee nerd and travels a lot") == []
    assert gives("my boss is leaving and we collected 100 dollars")


def test_the_first_months_point_at_no_first_one():
    assert references("something to wear for the first months") == []


def test_one_comes_back_to_a_thing_again():
    assert returning("ok what about the laptop bags again")
    assert not returning("what about delivery again")


@pytest.mark.parametrize("message", ["what about leather", "ok how about in leather"])
def test_what_about_a_material_narrows_what_was_shown(talk, message):
    talk.say("backpacks")
    reply = talk.say(message)
    assert reply.intent == "refine"
    assert reply.ids == ["BP2"]


def test_the_like_of_it_for_less_is_looked_for(talk):
    talk.say("backpacks")
    reply = talk.say("hm the second, is there something like it but cheaper")
    assert reply.intent == "refine"


@pytest.mark.parametrize("message", ["turn my notes into a powerpoint", "make my text into a poem"])
def test_what_is_made_into_something_is_liked_by_nobody(message):
    assert not likes_of_somebody(message)
    assert likes_of_somebody("my boss is into cycling")


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("something to store leftovers", "food containers"),
        ("something to walk the dog with", "dog harness"),
    ],
)
def test_a_need_of_the_house_is_read(message, kind):
    assert occasion(message).fitting == (kind,)


def test_who_leaves_no_time_is_given_nothing():
    assert not gives("my boss is leaving me no time")


def test_what_is_refused_beside_an_unknown_word_goes_on(talk):
    talk.say("backpacks")
    assert talk.say("plain, not black").intent == "refine"


def test_one_comes_back_to_what_is_still_looked_for(talk):
    talk.say("a red backpack")
    talk.say("what is the first one made of")
    reply = talk.say("back to the backpacks please")
    assert reply.intent == "refine"
    assert reply.understood.constraints["options"]["color"] == ["Red"]


def test_merino_is_one_wool_among_others():
    (must,) = (one for one, _, _ in must_haves("a merino sweater"))
    assert "wool" not in must.forms
