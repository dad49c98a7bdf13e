"""What holds on where another thing takes the place of the one before, and how one goes back."""

import pytest


@pytest.mark.parametrize("message", ["actually make that a lamp", "same in lamps please", "a lamp instead", "换成灯具"])
def test_what_was_wished_of_one_thing_holds_for_the_other(talk, message):
    talk.say("a red backpack under $80" if message.isascii() else "80美元以下的红色双肩包")
    wish = talk.say(message).understood.constraints
    assert wish["categories"] == ["Lamps"]
    assert wish["price_max_minor"] == 8000
    assert wish["options"]["color"] == ["Red"]


def test_what_the_other_thing_does_not_come_in_is_left(talk):
    talk.say("a red waterproof backpack")
    wish = talk.say("actually make that a lamp").understood.constraints
    assert not wish.get("must_haves")


def test_another_thing_that_is_only_asked_for_too_takes_nothing_over(talk):
    talk.say("a red backpack under $80")
    wish = talk.say("do you have lamps").understood.constraints
    assert wish.get("price_max_minor") is None


def test_one_goes_back_to_what_a_refinement_left(talk):
    talk.say("a red backpack")
    talk.say("and what about lamps, same colour")
    reply = talk.say("back to the backpacks please")
    assert reply.understood.constraints["categories"] == ["Backpacks"]
