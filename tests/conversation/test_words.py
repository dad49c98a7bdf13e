"""Everyday words for things: they lead to what the shop has, or to the word that it has none."""

import pytest

from assistant.conversation.reading.chatter import talk as mere_talk
from assistant.conversation.reading.shorthand import written_out


@pytest.mark.parametrize("message", ["买茶", "叔叔爱喝茶", "我想喝茶", "阿姨喜欢喝茶"])
def test_a_thing_of_one_character_is_known_after_what_is_done_with_it(talk, message):
    assert talk.say(message).ids[:1] == ["TEA"]


@pytest.mark.parametrize("message", ["双间包", "双间包 上班背的", "书包有没有", "想买个双肩包 红色的"])
def test_a_mistyped_or_trailing_name_is_known(talk, message):
    assert "BP3" in talk.say(message).ids


@pytest.mark.parametrize(
    "message", ["扫地机器人", "扫地机器人有吗", "robot vacuum", "do you have iphones", "iphone有没有", "手机有卖吗"]
)
def test_what_is_not_sold_is_said_to_be_so_and_nobody_is_called(talk, message):
    reply = talk.say(message)
    assert reply.intent == "find" and reply.handoff is None and not reply.ids


@pytest.mark.parametrize("message", ["do you have a phone number", "你们有客服电话吗"])
def test_who_wants_to_reach_somebody_looks_for_no_thing(talk, message):
    assert talk.say(message).intent != "find"


def test_what_a_name_means_is_written_out():
    assert written_out("小白鞋有吗") == "白色休闲鞋有吗"


def test_what_stands_before_a_closing_question_is_no_talk():
    assert mere_talk("iphone有没有", []) == []
