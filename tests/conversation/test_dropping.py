"""Conditions in force that a message takes back, replaces or widens."""

import pytest

from assistant.conversation.reading.dropping import dropped
from assistant.conversation.state import MustHave, Preference, Wish

QUIET = MustHave(text="quiet", forms=("quiet", "silent", "静音"))
SLIM = MustHave(text="slim", forms=("slim", "Slim"), names=("Fit",))
HELD = Wish(
    text="quiet black mouse",
    price_max_minor=5000,
    brands=("Tarn",),
    categories=("Mice",),
    options={"color": ("Black",)},
    labels={"option:color": "black", "excluded": "leather"},
    rating_min=4.0,
    excluded=("leather", "Leather"),
    must_haves=(QUIET,),
    preferences=(Preference(text="light", most=False, names=("weight",)),),
)


def left(message, wish=HELD):
    found = dropped(message, wish)
    return found.wish if found else None


@pytest.mark.parametrize(
    "message",
    [
        "drop the quiet",
        "forget about it being quiet",
        "it doesn't have to be quiet",
        "needn't be silent after all",
        "quiet is not that important",
        "actually quiet isn't so important",
        "I don't really care about silent",
        "no need for quiet",
        "不用静音了",
        "静音无所谓",
    ],
)
def test_a_must_have_is_taken_back(message):
    wish = left(message)
    assert (wish.must_haves, wish.text) == ((), "black mouse")


@pytest.mark.parametrize(
    ("message", "field", "value"),
    [
        ("remove the price limit", "price_max_minor", None),
        ("forget the budget", "price_max_minor", None),
        ("预算无所谓", "price_max_minor", None),
        ("never mind the black", "options", {}),
        ("the colour does not matter", "options", {}),
        ("any make, ignore the brand", "brands", ()),
        ("skip the rating", "rating_min", None),
        ("leather is fine after all", "excluded", ()),
        ("it doesn't need to be light", "preferences", ()),
    ],
)
def test_any_condition_is_taken_back(message, field, value):
    assert getattr(left(message), field) == value


@pytest.mark.parametrize(
    "message",
    [
        "drop the red",
        "remove the first one",
        "forget it",
        "cancel the order",
        "black is a fine colour",
        "a red one please",
    ],
)
def test_what_is_not_in_force_is_not_dropped(message):
    assert left(message) is None


def test_the_rest_of_the_message_is_kept():
    found = dropped("forget quiet, show me red ones", HELD)
    assert (found.wish.must_haves, found.rest) == ((), "show me red ones")


def test_what_need_not_be_is_no_condition_of_a_new_wish():
    assert dropped("a mouse, it doesn't have to be wireless", Wish()).rest == "a mouse,"


def test_what_would_do_as_well_takes_back_its_opposite():
    wireless = Wish(text="wireless mouse", must_haves=(MustHave(text="wireless", forms=("wireless", "无线")),))
    assert left("wired would also work", wireless).must_haves == ()


@pytest.mark.parametrize("message", ["make it straight instead", "straight rather than slim"])
def test_another_look_takes_the_place_of_the_one_before(message):
    wish = left(message, Wish(text="slim jeans", must_haves=(SLIM,)))
    assert (wish.must_haves, wish.text) == ((), "jeans")


def test_the_wish_goes_on_without_it(talk):
    talk.say("a waterproof backpack under $60")
    reply = talk.say("forget waterproof and the price limit")
    assert reply.intent == "refine" and {"BP1", "BP2", "BP3"} <= set(reply.ids)


def test_another_colour_will_do_as_well(talk):
    talk.say("a green backpack")
    assert set(talk.say("navy is fine too").ids) == {"BP1", "BP3", "BP4"}
