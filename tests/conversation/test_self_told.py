"""What shoppers say of themselves, and what only sounds like it."""

import pytest

from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.self_told import self_told
from index.catalogue.vocabulary import Vocabulary

LEXICON = Lexicon(Vocabulary(brands={"Halden": 3, "Tarn & Vale": 2}))


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("I am vegan", [("diet", "vegan", True)]),
        ("I’m a vegetarian", [("diet", "vegetarian", True)]),
        ("我吃素", [("diet", "vegetarian", True)]),
        ("我是纯素食者", [("diet", "vegan", True)]),
        ("my shoe size is 42", [("size", "42", True)]),
        ("I wear size 10.5", [("size", "10.5", True)]),
        ("I'm a size m", [("size", "M", True)]),
        ("我穿42码", [("size", "42", True)]),
        ("我的鞋码是39", [("size", "39", True)]),
        ("I like blue and green", [("color", "blue", True), ("color", "green", True)]),
        ("我喜欢蓝色", [("color", "blue", True)]),
        ("My favourite colour is navy", [("color", "navy", True)]),
        ("I love Halden", [("brand", "Halden", True)]),
        ("I prefer Tarn & Vale", [("brand", "Tarn & Vale", True)]),
        ("I only wear cotton", [("material", "cotton", True)]),
        ("I don't like leather", [("avoid", "leather", False)]),
        ("i hate wool", [("avoid", "wool", False)]),
        ("我不喜欢皮革", [("avoid", "leather", False)]),
        ("I'm allergic to nuts", [("avoid", "nuts", False)]),
        ("我对坚果过敏", [("avoid", "坚果", False)]),
        ("I'm vegan, my size is 42", [("diet", "vegan", True), ("size", "42", True)]),
    ],
)
def test_told(message, told):
    assert [(one.key, one.value, one.wanted) for one in self_told(message, LEXICON)] == told


@pytest.mark.parametrize(
    "message",
    [
        "my dad is vegan",
        "I'm not vegan",
        "我不是素食者",
        "a vegan wallet",
        "I like it",
        "I like the second one",
        "I like blue backpacks",
        "我喜欢第一个",
        "I don't know",
        "I don't need a bag",
        "I don't want to pay much",
        "I don't like that one",
        "I do not want the blue one",
        "我不要这个",
        "我不喜欢太贵的",
        "I'm on a budget",
        "I am looking for a size 42 shoe",
        "",
    ],
)
def test_not_told(message):
    assert self_told(message, LEXICON) == []


def test_what_goes_on_about_oneself_is_another_taste():
    told = self_told("I love green and my shoe size is 42", Lexicon(Vocabulary()))
    assert {(one.key, one.value) for one in told} == {("color", "green"), ("size", "42")}


@pytest.mark.parametrize(("message", "language"), [("what do you know about me?", "en"), ("你了解我什么", "zh")])
def test_what_is_known_is_told_to_who_asks(talk, message, language):
    assert "“" in talk.say(message).text and talk.say(message).intent == "known_of_me"
    talk.say("I'm vegan and my size is 42")
    known = talk.say(message).text
    assert "42" in known and ("vegan" in known or "素" in known)
