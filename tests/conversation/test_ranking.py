"""The end of a scale over what is looked for, and which of those shown most people choose."""

from dataclasses import replace

import pytest

from assistant.conversation.intention.ranking import POPULAR_KIND, asks_most_chosen, asks_utmost
from assistant.conversation.parts import CartShown
from assistant.conversation.reading.spelling import Speller
from assistant.conversation.state import Preference, Shown, State, Wish
from assistant.conversation.understanding import Understanding

LOOKING = State(wish=Wish(text="tents", categories=("Tents",)), shown=(Shown("A", "A-1"), Shown("B", "B-1")))


def said(message, *utmost):
    wanted = tuple(Preference(text=text, most=True, names=("capacity",), utmost=True) for text in utmost)
    return Understanding(message=message, language="en", intent="", wish=Wish(preferences=wanted))


@pytest.mark.parametrize(
    ("message", "utmost"),
    [("what's the roomiest", "roomiest"), ("and the lightest?", "lightest"), ("which boils fastest?", "boils fastest")],
)
def test_the_end_of_a_scale_is_asked_of_what_is_looked_for(message, utmost):
    assert asks_utmost(said(message, utmost), LOOKING)
    assert not asks_utmost(said(message, utmost), State())


@pytest.mark.parametrize("message", ["is the roomiest machine washable", "add the roomiest to my cart"])
def test_what_asks_or_takes_more_is_no_such_question(message):
    assert not asks_utmost(said(message, "roomiest"), LOOKING)


@pytest.mark.parametrize(
    "message",
    [
        "which is most popular?",
        "which one sells best?",
        "which of them do people like best",
        "哪个最受欢迎",
        "哪款买的人最多",
    ],
)
def test_most_chosen_of_those_shown(message):
    assert asks_most_chosen(said(message), LOOKING)
    assert not asks_most_chosen(said(message), replace(LOOKING, shown=()))


@pytest.mark.parametrize(
    "message", ["your best sellers please", "which is most popular overall", "全店最受欢迎的是哪个"]
)
def test_most_chosen_of_the_whole_shop_is_another_question(message):
    assert not asks_most_chosen(said(message), LOOKING)


def test_a_kind_that_most_people_choose_is_named():
    assert POPULAR_KIND.search("most popular toasters")
    assert not POPULAR_KIND.search("what's popular right now")


def test_a_word_that_compares_is_not_mistyped():
    assert Speller(["roast"]).mended("the roomiest one") == "the roomiest one"


def test_the_best_rated_one_is_shown_and_not_taken(talk):
    talk.say("backpacks")
    reply = talk.say("the best reviewed one please")
    assert not reply.of(CartShown)
    assert reply.ids[0] == "BP4"


def test_popular_things_that_the_shop_has_not_are_not_replaced_by_others(talk):
    assert not talk.say("most popular toasters").cards
