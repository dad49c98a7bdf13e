"""What was asked of one product is asked of another, numbers are taken back, and allergens are told from the record."""

import shutil
from dataclasses import replace

import pytest

from assistant.conversation.reading.asked_again import asked_again
from assistant.conversation.reading.letting_go import standing


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        ("is the first one waterproof?", "and the second?"),
        ("is the first one waterproof?", "what about the second one"),
        ("is the first one waterproof?", "same for number two"),
        ("第一款防水吗", "第二款呢"),
        ("第一款防水吗", "第二款也一样吗"),
    ],
)
def test_the_question_before_is_asked_of_another(talk, asked, again):
    second = talk.say("backpacks" if asked.isascii() else "双肩包").ids[1]
    talk.say(asked)
    reply = talk.say(again)
    assert reply.intent == "ask_product" and reply.ids == [second] and not reply.cart
    assert "waterproof" in reply.text.lower() or "防水" in reply.text


@pytest.mark.parametrize(
    ("before", "message"),
    [
        ("show me backpacks", "and the second?"),
        ("is it waterproof?", "the second"),
        ("which is lighter, the first or the second?", "and the third?"),
        ("is it waterproof?", "add the second one"),
        ("is it waterproof?", "第二款呢"),
    ],
)
def test_what_asks_nothing_anew_stays(before, message):
    assert asked_again(message, before) == message


@pytest.mark.parametrize(
    ("message", "counted"),
    [
        ("add three of the first, no wait, just two", "add two of the first"),
        ("put 3 in my basket. sorry, i mean 1", "put 1 in my basket"),
        ("给我来三个第二款，不对，两个就够了", "给我来两个第二款"),
        ("add two of the first and one of the second", "add two of the first and one of the second"),
        ("add the second, no wait, the first", "add the second, no wait, the first"),
    ],
)
def test_a_number_that_is_taken_back_does_not_count(message, counted):
    assert standing(message) == counted


@pytest.fixture
def tea(untouched, hall, engine, tmp_path):
    """A talk in a shop whose tea has gluten and is vegan."""
    folder = tmp_path / "own"
    shutil.copytree(untouched, folder)
    conversation, index, database = hall.opened(folder, engine)
    product = hall.products["TEA"]
    stated = {
        "en": {"Allergens": "Contains gluten", "Dietary": "Vegan"},
        "zh": {"过敏原": "含麸质", "饮食说明": "纯素"},
    }
    words = {name: replace(one, attributes=stated[name]) for name, one in product.words.items()}
    index.catalogue.put([replace(product, words=words)], feed="test")
    index.sync()
    yield hall.Talk(conversation, "tea")
    index.close()
    database.dispose()


@pytest.mark.parametrize(
    ("first", "message", "said"),
    [
        ("green tea", "does it have gluten?", "Contains gluten"),
        ("green tea", "is the first one gluten free?", "Contains gluten"),
        ("绿茶", "第一款含麸质吗", "含麸质"),
    ],
)
def test_what_somebody_may_be_allergic_to_is_told_from_the_allergens(tea, first, message, said):
    assert tea.say(first).ids == ["TEA"]
    reply = tea.say(message)
    assert reply.intent == "ask_product" and said in reply.text
    assert "Vegan" not in reply.text and "纯素" not in reply.text
