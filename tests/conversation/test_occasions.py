"""What may fit where no thing is named: for a need, for what somebody likes, for whom a gift is."""

import pytest

from assistant.conversation.reading.occasions import occasion
from assistant.conversation.reading.table import rows


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("i have dry hands", "hand cream"),
        ("something against chapped hands", "hand cream"),
        ("手总是干裂", "hand cream"),
        ("my feet are always cold", "slippers"),
        ("冬天脚很冰", "slippers"),
        ("i can't sleep because of the street light", "blackout curtains"),
        ("早上太阳太亮睡不好", "blackout curtains"),
        ("最近失眠", "pillow"),
        ("i need to charge my phone on the go", "power bank"),
        ("我老婆特别爱做饭 送什么", "frying pan"),
        ("a present for my uncle, he loves hiking", "headlamp"),
        ("something for a friend who travels a lot", "suitcase"),
        ("第一次去男朋友家见家长，带点啥好", "tea"),
        ("妈妈五十岁生日送什么好呢", "hand cream"),
        ("what could i get my dad for christmas", "wallet"),
        ("i need a gift", "scented candle"),
        ("出门手机老没电", "power bank"),
        ("送人", "scented candle"),
    ],
)
def test_what_may_fit_is_known_from_what_is_told(message, first):
    found = occasion(message)
    assert found is not None and found.fitting[0] == first


@pytest.mark.parametrize(
    "message",
    [
        "a birthday cake for my mom",
        "can i buy a gift card",
        "my mom ordered it",
        "我妈妈的订单到哪了",
        "洗手液",
        "do you deliver to my friend",
        "送货要多久",
        "a desk lamp",
    ],
)
def test_what_names_a_thing_or_asks_for_service_is_no_occasion(message):
    assert occasion(message) is None


def test_every_row_says_when_and_what_may_fit():
    for when, english, chinese, fitting in rows("occasions.tsv"):
        assert when[0] in ("need", "like", "for") and english and chinese and fitting


@pytest.mark.parametrize("message", ["gift for my dad under $40", "爸爸生日送什么好 40以内"])
def test_a_gift_is_chosen_of_what_may_fit_within_the_budget(talk, message):
    reply = talk.say(message)
    assert set(reply.ids) == {"WAL", "TEA"} and reply.question


@pytest.mark.parametrize("message", ["gift for my dad under $20", "送爸爸的礼物 20以内"])
def test_a_budget_bars_what_is_dearer(talk, message):
    assert talk.say(message).ids == ["TEA"]


def test_a_named_thing_is_no_occasion_for_others(talk):
    assert talk.say("a wallet for my mom's birthday").ids == ["WAL"]


def test_a_gift_is_refined(talk):
    talk.say("gift for my dad")
    assert talk.say("under $20").ids == ["TEA"]
