"""Which trait of a product a question asks for by its meaning, and what is then said of the product."""

import pytest

from assistant.conversation.reading import traits
from assistant.conversation.reading.sections import sections
from assistant.conversation.reading.teaching_traits import taught
from assistant.demo.products import products
from index.embed import EmbedSettings
from index.embed.default import open_multilingual

ASKED = [
    ("waterproof", "is rain a problem for it"),
    ("waterproof", "泡在水里没关系吧"),
    ("weight", "is it a heavy thing to carry around"),
    ("maximum load", "whats the heaviest dog it can carry"),
    ("maximum load", "200斤的人能用吗"),
    ("brewing", "how many minutes should it sit in the water"),
    ("brewing", "一杯放多少茶"),
    ("playing time", "are the games long"),
    ("playing time", "打一盘大概多少分钟"),
    ("players", "三个人能不能玩"),
    ("dimmable", "晚上能把灯调暗一点吗"),
    ("dimmable", "can the brightness be turned down"),
    ("noise level", "does it make a racket"),
    ("keeps hot", "is my coffee still hot in the afternoon"),
    ("keeps hot", "保温效果能到几个小时"),
    ("power", "how many watts"),
    ("dishwasher-safe", "洗碗机里能洗吗"),
    ("machine washable", "can this be machine washed"),
    ("laptop", "would my 14 inch thinkpad go in"),
    ("laptop", "14寸的本子塞得下吗"),
    ("origin", "哪个国家做的"),
    ("allergens", "my kid cant have peanuts, safe?"),
    ("compatible with", "华为手机能连吗"),
    ("cabin size", "坐飞机能随身带吗"),
    ("skin type", "敏感肌可不可以"),
    ("switches", "青轴还是红轴"),
    ("charging time", "几个小时充满"),
    ("blackout", "will it keep the morning sun out"),
    ("sow", "啥时候种合适"),
    ("warranty", "保修几年"),
]
"""Questions that were not learned."""
OTHERS = [
    "add it to my cart",
    "do you ship to france",
    "有没有便宜点的",
    "退货怎么退",
    "tell me a joke",
    "i want a red backpack",
]


@pytest.fixture(scope="module")
def chances(weights_dir):
    embedder = open_multilingual(EmbedSettings(weights=weights_dir, threads=1))
    texts = [text for _, text in ASKED] + OTHERS
    return dict(zip(texts, traits.chances(texts, embedder), strict=True))


def test_the_layer_that_ships_learned_the_phrases_as_they_are():
    told = "traits.txt changed: run python -m assistant.conversation.reading.teaching_traits WEIGHTS_FOLDER"
    assert traits.layer().taught == taught(), told
    assert set(traits.layer().intents) == {trait for trait, _ in traits.headings()}


def test_every_trait_has_phrases_in_both_languages():
    written, _ = sections(traits.PHRASES)
    assert {trait for trait, _ in traits.headings()} == {trait for trait, language in written if language == "zh"}
    assert {trait for trait, language in written if language == "en"} == {trait for trait, _ in traits.headings()}


def test_every_attribute_of_the_demo_store_states_a_trait():
    labels = {label.lower() for one in products() for words in one.words.values() for label in words.attributes}
    assert labels <= set(traits.named())


def test_nine_of_ten_questions_are_told_apart_without_their_labels(chances):
    right = [max(chances[text], key=chances[text].get) == trait for trait, text in ASKED]
    assert sum(right) / len(right) >= 0.9, [text for (_, text), good in zip(ASKED, right, strict=True) if not good]


def test_what_the_record_does_not_state_is_not_answered_with_something_else(chances):
    stated = ["material", "origin", "care", "dimensions", "sole", "season"]
    answered = [text for trait, text in ASKED if trait not in stated and traits.asked(chances[text], stated)]
    assert answered == []


def test_other_wishes_ask_for_no_trait(chances):
    known = [trait for trait, _ in traits.headings() if trait != traits.NONE]
    assert [text for text in OTHERS if traits.asked(chances[text], known, least=traits.SURE)] == []


@pytest.fixture
def meaning(monkeypatch):
    """Questions mean what is said here, to the traits whose words they hold."""
    means = {"how strong": "power", "turned down": "dimmable", "撑得住": "maximum load", "亮度": "dimmable"}

    def read(texts, _embedder):
        return [{trait: 0.9 for word, trait in means.items() if word in text} or {traits.NONE: 1.0} for text in texts]

    monkeypatch.setattr(traits, "chances", read)


def test_a_question_is_answered_by_what_it_means(talk, meaning):
    assert "8 W" in talk.say("how strong is the Halden desk lamp").text
    assert "Dimmable: Yes" in talk.say("can it be turned down").text


def test_a_question_about_the_product_in_focus_needs_no_it(talk, meaning):
    talk.say("how much is the Halden desk lamp")
    reply = talk.say("亮度能变吗")
    assert reply.intent == "ask_product" and "可调光" in reply.text


def test_two_questions_are_both_answered(talk, meaning):
    reply = talk.say("how strong is the Halden desk lamp, and can the light be turned down")
    assert "8 W" in reply.text and "Dimmable" in reply.text


def test_what_a_record_does_not_state_stays_unknown(talk, meaning):
    talk.say("how much is the Halden desk lamp")
    assert "没有" in talk.say("它撑得住我吗").text


def test_the_name_of_an_attribute_names_no_other_kind_of_thing(talk):
    talk.say("what is the Tarn City backpack made of")
    assert talk.say("and the laptop?").ids == ["BP2"]


def test_from_a_product_one_goes_on_to_others_of_its_kind(talk):
    talk.say("is the Ostrava Summit backpack in stock?")
    reply = talk.say("something similar?")
    assert reply.ids and "BP4" not in reply.ids and all(id_.startswith("BP") for id_ in reply.ids)
    assert all(card.in_stock for card in reply.cards)


def test_cheaper_after_a_product_by_name_stays_with_its_kind(talk):
    talk.say("how much is the Tarn City backpack")
    assert set(talk.say("anything cheaper?").ids) <= {"BP1", "BP3"}


def test_how_long_something_else_is_asks_for_no_size(talk, monkeypatch):
    monkeypatch.setattr(traits, "chances", lambda texts, _embedder: [{"cable length": 0.9} for _ in texts])
    talk.say("how much is the Halden desk lamp")
    assert "cord" in talk.say("how long is its cord").text


def test_to_turn_something_down_is_no_wish_for_down(talk):
    assert "“down”" not in talk.say("can i turn down the Halden desk lamp").text
