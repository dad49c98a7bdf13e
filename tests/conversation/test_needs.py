"""What somebody must not have: an allergy leads to nothing that holds what it comes from, whoever has it."""

import pytest

from assistant.conversation.fitting import check
from assistant.conversation.reading.conditions import Span
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.needs import unbearable, without
from assistant.conversation.reading.self_told import self_told
from assistant.conversation.state import State, Wish
from index.catalogue import Vocabulary
from index.product import Product, Words


@pytest.mark.parametrize(
    ("message", "causes"),
    [
        ("我家狗对鸡肉过敏", ["鸡肉"]),
        ("我家狗鸡肉过敏，推荐狗粮", ["鸡肉"]),
        ("鸡肉过敏", ["鸡肉"]),
        ("毛衣 我老婆对羊毛严重过敏", ["羊毛"]),
        ("妈妈对乳胶和羽毛都过敏", ["乳胶", "羽毛"]),
        ("面霜，皮肤容易过敏", []),
        ("不含过敏原的零食", []),
        ("我闺女鸡蛋过敏", ["鸡蛋"]),
        ("我姐对香精过敏", ["香精"]),
        ("适合羊毛过敏的人穿的毛衣", ["羊毛"]),
        ("my dog is allergic to chicken and beef", ["chicken", "beef"]),
        ("allergic to wool, show me sweaters", ["wool"]),
        ("he has a chicken allergy", ["chicken"]),
        ("anything for allergies", []),
    ],
)
def test_what_an_allergy_comes_from_is_read_whoever_has_it(message, causes):
    assert [span.value for span in unbearable(message)] == causes


@pytest.mark.parametrize(
    ("attribute", "message", "met"),
    [
        (("Allergens", "Free of the 14 major allergens"), "i'm allergic to nuts", True),
        (("Allergens", "Contains nuts"), "i'm allergic to nuts", False),
        (("Allergens", "Contains soy"), "i'm allergic to nuts", None),
        (("Key ingredient", "60% chicken"), "my dog is allergic to chicken", False),
        (("Key ingredient", "50% lamb"), "my dog is allergic to chicken", None),
        (("Material", "80% lambswool, 20% nylon"), "she is allergic to wool", False),
        (("Material", "100% cotton"), "she is allergic to wool", True),
    ],
)
def test_a_record_tells_whether_what_harms_is_in_it(attribute, message, met):
    words = Words(title="Snack", category=("Nuts & fruit",), attributes=dict([attribute]))
    [(must, _)] = without(unbearable(message))
    assert must.harmful and check(must, Product(id="P", words={"en": words}, variants=()), "en").met is met


def test_a_mere_refusal_harms_nobody():
    [(must, _)] = without([Span("nuts", 0, 4)])
    assert must.absent and not must.harmful


@pytest.mark.parametrize(
    "message", ["我老婆对尼龙过敏", "my wife is allergic to nylon", "尼龙过敏", "家里老人对尼龙过敏"]
)
def test_an_allergy_told_afterwards_narrows_what_is_looked_for(talk, message):
    assert {"BP1", "BP4"} & set(talk.say("backpacks").ids)
    reply = talk.say(message)
    assert reply.ids and not {"BP1", "BP4"} & set(reply.ids)


@pytest.mark.parametrize("message", ["wallet, my husband is allergic to leather", "钱包 我老公对皮革过敏"])
def test_nothing_is_shown_where_all_there_is_would_harm(talk, message):
    reply = talk.say(message)
    assert reply.ids == [] and ("no leather" in reply.text or "不含皮革" in reply.text)


def test_what_others_are_allergic_to_is_not_noted_of_the_shopper():
    lexicon = Lexicon(Vocabulary())
    assert self_told("我家狗对鸡肉过敏", lexicon) == [] and self_told("我老婆对羊毛过敏", lexicon) == []
    assert [told.value for told in self_told("我对坚果过敏", lexicon)] == ["坚果"]


def test_what_harms_is_kept_between_turns():
    [(must, _)] = without(unbearable("i'm allergic to nuts"))
    state = State(wish=Wish(text="snacks", must_haves=(must,)))
    assert State.from_json(state.to_json()).wish.must_haves == (must,)
