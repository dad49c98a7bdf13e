"""A new thing for one that has served its time, how much goes into one, light, places that are no thing."""

import pytest

from assistant.conversation.intention.goingon import describes
from assistant.conversation.reading.comparatives import without_too
from assistant.conversation.reading.extents import extents
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.wishing import replaces_old


@pytest.mark.parametrize("message", ["双肩包旧了，想换一个", "背包太小装不下书，想换个大的"])
def test_a_thing_that_has_served_its_time_is_looked_for_anew(talk, message):
    reply = talk.say(message)
    assert reply.intent == "find" and set(reply.ids) <= {"BP1", "BP2", "BP3", "BP4"}


@pytest.mark.parametrize("message", ["收到的背包坏了，想换一个", "鞋小了，想换一双", "这件想换个颜色", "我要换货"])
def test_what_was_bought_is_exchanged(message):
    assert not replaces_old(message)


@pytest.mark.parametrize("message", ["它能装多少书", "第一个能装多少东西", "how much does it hold"])
def test_how_much_goes_into_it_is_asked_of_what_was_shown(talk, message):
    talk.say("backpacks" if message.isascii() else "双肩包")
    assert talk.say(message).intent == "ask_product"


def test_how_much_goes_into_it_is_its_capacity():
    assert extents("能装多少水")[0] == extents("how much does it hold")[0] == "capacity"


@pytest.mark.parametrize(
    ("message", "form"),
    [
        ("不用插线的键盘", "wireless"),
        ("光照不太够的地方种的", "half shade"),
        ("喝了也不失眠的茶", "decaf"),
        ("seeds for a shady corner", "半阴"),
    ],
)
def test_what_a_thing_must_be_is_read_as_people_say_it(message, form):
    assert form in {form for must, _, _ in must_haves(message) for form in must.forms}


@pytest.mark.parametrize("message", ["扫地机器人能过去的", "女生能背的", "能放的"])
def test_what_anything_can_do_is_no_feature(message):
    assert not [must for must, _, _ in must_haves(message) if len(must.forms) == 1]


@pytest.mark.parametrize("message", ["有扣子那种吗", "带拉链那种"])
def test_such_with_something_only_describes(message):
    assert describes(message)


def test_what_is_not_to_be_too_heavy_is_to_be_lighter():
    assert without_too("不要太沉，要带去健身房") == "轻一点，要带去健身房"
