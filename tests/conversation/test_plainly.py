"""What a message is for where its words say so outright: something gone wrong, anger, thanks, how a thing is done."""

import shutil

import pytest

from assistant.conversation.reading.complaining import complains_of_thing, is_angry
from assistant.conversation.state import State


@pytest.fixture
def understood(shop):
    return lambda message: shop._understander.understand(message, State())


@pytest.mark.parametrize(
    ("message", "matter"),
    [
        ("the zip on my backpack broke after 8 months", "warranty"),
        ("my lamp flickers since May and no longer works, I bought it from you", "warranty"),
        ("the headphones I ordered have no sound on one side already", "warranty"),
        ("my mug arrived cracked", "damaged_item"),
        ("双肩包用了两个月拉链就坏了", "warranty"),
        ("鞋子穿两天就开胶了", "warranty"),
        ("收到的杯子裂了，怎么办", "damaged_item"),
    ],
)
def test_what_went_wrong_with_a_thing_of_ones_own_is_a_matter_of_service(message, matter):
    assert complains_of_thing(message) == matter


@pytest.mark.parametrize(
    "message",
    [
        "a backpack that never leaks",
        "my old backpack broke, show me new ones",
        "mine broke, I want to buy a lamp",
        "is the zip covered?",
        "a torn look denim jacket",
        "我的包坏了，想买个新的",
        "不漏水的杯子",
        "有没有不掉色的毛巾",
    ],
)
def test_a_wish_is_no_complaint(message):
    assert complains_of_thing(message) == ""


def test_it_is_answered_by_service_and_no_search(talk):
    for message in (
        "the strap of my backpack gave way after a month",
        "the zip on my backpack went after 8 months",
        "双肩包用了两个月拉链就坏了",
    ):
        reply = talk.say(message)
        assert not reply.ids and reply.intent in ("warranty", "damaged_item")


@pytest.mark.parametrize(
    "message",
    [
        "three weeks and nobody answers, do something!",
        "I wrote to you twice and heard nothing back",
        "this shop is a joke",
        "太垃圾了你们家东西",
        "没人理我",
    ],
)
def test_anger_is_heard(message, understood):
    assert is_angry(message) and understood(message).intent in ("complaint", "human")


@pytest.mark.parametrize("message", ["a rubbish bin", "垃圾桶", "nobody in my family likes green"])
def test_what_only_sounds_angry_is_not(message):
    assert not is_angry(message)


@pytest.mark.parametrize(
    "message", ["thanks for your help", "thank you so much for explaining", "谢谢你的帮助", "ok great, thanks a lot"]
)
def test_thanks_are_thanks(message, understood):
    assert understood(message).intent == "thanks"


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("how do I kill weeds in my garden?", "no advice"),
        ("how do I get wine out of a carpet?", "no advice"),
        ("怎么除掉花园里的杂草", "没有可靠的建议"),
    ],
)
def test_no_advice_is_given_and_none_refused_as_harm(talk, message, says):
    reply = talk.say(message)
    assert says in reply.text and reply.intent == "out_of_scope" and not reply.ids


@pytest.mark.parametrize("message", ["how do i sign in?", "where can I log in", "怎么登录"])
def test_how_one_signs_in_is_said(talk, message):
    assert talk.say(message).intent == "sign_in"


@pytest.mark.parametrize("message", ["something fruity", "the fruity one"])
def test_a_word_of_the_dictionary_is_no_slip_of_another(message, understood):
    assert understood(message).intent != "damaged_item"


def test_who_asks_how_to_reach_people_is_told_the_way_there_is(hall, untouched, engine, tmp_path):
    folder = shutil.copytree(untouched, tmp_path / "shop")
    conversation, index, database = hall.opened(folder, engine, hours="24/7")
    reply = hall.Talk(conversation, "reach").say("how do I contact you?")
    index.close()
    database.dispose()
    assert "no phone number" in reply.text and reply.handoff is not None


@pytest.mark.parametrize(
    "message",
    ["what can you even do for me", "what are you able to do?", "ok and what else can you do for me", "你能帮我做什么"],
)
def test_who_asks_what_the_assistant_does_is_told(understood, message):
    assert understood(message).intent == "help"


@pytest.mark.parametrize(
    "message",
    ["my kid used my card and bought stuff, what now", "somebody has been using my account", "我的卡被盗刷了怎么办"],
)
def test_who_tells_of_a_misused_card_gets_a_person(understood, message):
    assert understood(message).intent == "complaint"


@pytest.mark.parametrize(
    "message", ["bought a toaster in spring and its packed up", "my lamp conked out after a month, ordered it here"]
)
def test_what_gave_up_is_a_matter_of_the_warranty(message):
    assert complains_of_thing(message) == "warranty"


@pytest.mark.parametrize("message", ["a bag for a two day trip", "a backpack for the next day's hike"])
def test_a_day_on_the_way_is_no_delivery(understood, message):
    assert understood(message).intent == "find"


@pytest.mark.parametrize(
    "message", ["how much would it be with express?", "what is it including next-day delivery", "走加急要多少钱"]
)
def test_what_it_comes_to_when_sent_faster_is_asked_of_delivery(message, understood):
    assert understood(message).intent == "delivery_options"
