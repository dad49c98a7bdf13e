"""What a wish is read as where one word collides, and what goes on with it, goes back to it, or narrows it."""

import pytest

from assistant.conversation.intention.goingon import returning
from assistant.conversation.reading.chatter import talk as idle
from assistant.conversation.reading.conditions import excluded
from assistant.conversation.reading.framing import core
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.shorthand import written_out
from assistant.conversation.reading.slips import meant
from assistant.conversation.reading.wished import wish_of
from assistant.conversation.reading.wishing import asks_thing
from assistant.conversation.state import State, Wish
from index.catalogue import Vocabulary

LEXICON = Lexicon(
    Vocabulary(
        categories={"Home & Bedding": 9, "Travel mugs": 3, "Headphones": 3},
        options={"size": {"S": 3, "L": 3}, "color": {"Grey": 2, "Black": 2}},
        forms={"home": "Home & Bedding"},
        kinds={"travel mug": ("Travel mugs",), "headphones": ("Headphones",)},
        currency="USD",
    )
)
BAG, LAMP = Wish(text="bag", categories=("Bags",)), Wish(text="lamp", categories=("Lights",))


@pytest.mark.parametrize("message", ["no actually grey", "no wait, grey", "no sorry grey", "no make it grey"])
def test_a_correction_refuses_nothing(message):
    wish = wish_of(Reading(message, LEXICON))
    assert not wish.excluded and wish.options["color"] == ("Grey",)


def test_what_is_refused_outright_still_is():
    assert [one.value for one in excluded("no grey please")] == ["grey"]


@pytest.mark.parametrize("message", ["I work from home all day", "for when I get home", "we stay at home"])
def test_home_is_a_place_where_somebody_works_or_stays(message):
    assert wish_of(Reading(message, LEXICON)).categories == ()


@pytest.mark.parametrize("message", ["mugs for a small office of 8", "headphones for a large family"])
def test_a_small_office_is_no_size(message):
    assert "size" not in wish_of(Reading(message, LEXICON)).options


def test_what_is_sought_without_its_name_is_no_talk():
    text = "something to carry my laptop to work, it rains a lot here. don't want a rucksack"
    assert all(start for start, _ in idle(text, [(61, 75)]))


@pytest.mark.parametrize(
    ("message", "thing"), [("a scarf maybe", "scarf"), ("a vase or something", "vase"), ("mugs or the like", "mugs")]
)
def test_what_only_loosens_a_wish_is_no_part_of_its_name(message, thing):
    assert core(message) == thing


def test_pots_and_pans_are_cookware():
    assert written_out("need Pots and Pans") == "need saucepans and frying pans"


def test_a_contraction_is_no_slip():
    assert meant("the bottle shouldn't leak", frozenset({"bottle"})) == "the bottle shouldn't leak"


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("I want sunglasses for driving", True),
        ("looking for a drill", True),
        ("I need something for my back", False),
        ("I don't want a rucksack", False),
    ],
)
def test_a_name_that_we_do_not_know_still_asks_for_a_thing(message, asks):
    assert asks_thing(message) is asks


@pytest.mark.parametrize(
    "message", ["ok back to the bags", "let's go back to the bag", "the bag from before", "还是看双肩包", "回到双肩包"]
)
def test_who_goes_back_says_so(message):
    assert returning(message)


@pytest.mark.parametrize("message", ["will it be back in stock", "a bag with a padded back", "send it back to you"])
def test_not_every_back_goes_back(message):
    assert not returning(message)


def test_a_new_wish_keeps_what_was_looked_for_before():
    state = State().wishing(BAG, new=True).wishing(LAMP, new=True)
    assert state.left == (BAG,) and State.from_json(state.to_json()).left == (BAG,)


def test_going_back_brings_the_conditions_back(talk):
    talk.say("a red backpack under $60")
    talk.say("show me a desk lamp")
    reply = talk.say("ok back to the backpacks")
    assert set(reply.ids) == {"BP3"}


def test_going_back_brings_the_conditions_back_in_chinese(talk):
    talk.say("红色双肩包，60美元以内")
    talk.say("看看台灯")
    reply = talk.say("还是看双肩包吧")
    assert set(reply.ids) == {"BP3"}


def test_of_two_things_the_second_is_gone_on_with_by_its_name(talk):
    talk.say("a backpack and a desk lamp")
    assert set(talk.say("the backpack should be waterproof").ids) <= {"BP1", "BP4"}


def test_both_of_two_things_are_changed_at_once(talk):
    talk.say("a backpack and a desk lamp")
    assert set(talk.say("green for both").ids) == {"BP3", "BP4"}


def test_what_only_says_a_colour_shows_what_has_it(talk):
    reply = talk.say("what have you got that's green")
    assert reply.ids and "do not seem" not in reply.text


def test_nothing_is_shown_for_what_only_refuses_once_nothing_was_found(talk):
    talk.say("a quiet fan under $50")
    reply = talk.say("not a tower one")
    assert not reply.ids and reply.question
    assert "“”" not in reply.text


@pytest.mark.parametrize("message", ["something for the trail", "do you have a trail one"])
def test_the_words_of_a_kind_go_on_with_it(talk, message):
    talk.say("a backpack under $60")
    reply = talk.say(message)
    assert reply.ids[:1] == ["BP1"] and "do not seem" not in reply.text


@pytest.mark.parametrize(
    ("message", "meant_"),
    [
        ("he's two", "he's two years old"),
        ("my niece is turning six", "my niece is turning six"),
        ("she is 3, almost", "she is 3 years old, almost"),
    ],
)
def test_how_old_a_child_is_may_be_said_in_short(message, meant_):
    assert written_out(message) == meant_


@pytest.mark.parametrize("message", ["a first bike for him, our toddler", "something for him, my son is two years old"])
def test_what_is_for_a_child_is_no_mens_thing(message):
    assert all(must.text != "for him" for must in wish_of(Reading(message, LEXICON)).must_haves)


@pytest.mark.parametrize(
    "message", ["he's got headphones already", "she has loads of headphones", "he already owns good headphones"]
)
def test_what_somebody_has_already_is_barred(message):
    assert "headphones" in wish_of(Reading(message, LEXICON)).excluded


def test_what_something_is_compared_with_is_not_asked_for():
    assert not wish_of(Reading("something softer than wool", LEXICON)).must_haves


@pytest.mark.parametrize(
    "message",
    ["a laptop sleeve would be handy", "red one", "leather ones please", "same in red", "start with red ones"],
)
def test_what_only_says_how_it_should_be_goes_on(talk, message):
    talk.say("a backpack")
    reply = talk.say(message)
    assert reply.intent == "refine" and set(reply.ids) <= {"BP1", "BP2", "BP3", "BP4"}


def test_nothing_is_shown_where_no_thing_was_named_and_something_refused(talk):
    reply = talk.say("not greasy")
    assert not reply.ids and reply.question


@pytest.mark.parametrize("message", ["any colour but black", "anything but black", "any but black"])
def test_any_but_one_refuses_that_one(message):
    wish = wish_of(Reading(message, LEXICON))
    assert "black" in wish.excluded and "color" not in wish.options


@pytest.mark.parametrize(
    ("message", "meant_"),
    [
        ("a grinder not 2 loud", "a grinder not too loud"),
        ("a gift 4 my mum", "a gift for my mum"),
        ("not 2 litres", "not 2 litres"),
    ],
)
def test_figures_that_stand_for_words_are_written_out(message, meant_):
    assert written_out(message) == meant_


def test_who_a_thing_is_for_is_nobody_that_is_asked_for(talk):
    talk.say("a backpack")
    assert talk.say("for a tall person, 195cm").intent != "human"


def test_what_is_said_for_both_is_no_comparison(talk):
    talk.say("a backpack and a desk lamp")
    assert set(talk.say("green for both if possible").ids) == {"BP3", "BP4"}


@pytest.mark.parametrize(
    "message",
    [
        "my budget is 60",
        "remember my budget is $60",
        "please note that my limit is $60",
        "预算60美元",
        "记住我的预算是60美元",
        "我最多能花60美元",
    ],
)
def test_what_may_be_spent_is_kept_for_the_thing_that_is_named_next(talk, message):
    reply = talk.say(message)
    assert reply.intent == "find" and reply.question and not reply.text
    shown = talk.say("backpacks" if message.isascii() else "双肩包").cards
    assert shown and all(card.price_minor <= 6000 for card in shown)


def test_what_names_nothing_gets_no_rule(talk):
    assert talk.say("the one").intent == "ask_product"


@pytest.mark.parametrize("message", ["hiking sticks", "two trekking sticks for my mum", "有没有登山棍"])
def test_sticks_to_hike_with_are_poles(message):
    lexicon = Lexicon(Vocabulary(categories={"Poles": 3, "Hiking": 3}, kinds={"trekking poles": ("Poles",)}))
    assert wish_of(Reading(message, lexicon)).categories == ("Poles",)
