"""Gifts and needs without a thing's name, in words that people use; what somebody only owns or corrects."""

import pytest

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
