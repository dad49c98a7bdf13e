"""How shoppers feel and how much they press, in phrases written apart from the lists and the evaluation's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.reading.sentiment import sentiment
from assistant.conversation.reading.urgency import urgency
from assistant.conversation.state import State


@pytest.mark.parametrize(
    ("message", "feeling"),
    [
        ("the coat is amazing, thank you", "positive"),
        ("not happy with the delivery", "negative"),
        ("never had a problem with you, great shop", "positive"),
        ("the bag is nice but the strap is broken and i am really disappointed", "negative"),
        ("do you have it in blue", "neutral"),
        ("WHAT A TERRIBLE SERVICE!!!", "negative"),
        ("这次购物体验太糟糕了，很失望", "negative"),
        ("没有失望，特别满意", "positive"),
        ("麻烦问一下多少钱", "neutral"),
        ("我后天出差", "neutral"),
    ],
)
def test_a_feeling_is_read(message, feeling):
    assert sentiment(message).feeling == feeling


@pytest.mark.parametrize(
    ("message", "level", "reason"),
    [
        ("it must be here before friday", "high", "deadline"),
        ("do it right now", "high", "haste"),
        ("you billed me twice", "high", "money"),
        ("the heater caught fire", "high", "safety"),
        ("i have already emailed you and nobody replied", "high", "repeated"),
        ("my lawyer will hear of this", "high", "anger"),
        ("no hurry at all, what are your shipping costs", "low", "no_hurry"),
        ("后天就要用了", "high", "deadline"),
        ("钱被重复扣款", "high", "money"),
        ("插座漏电", "high", "safety"),
        ("催了好几次都没人理", "high", "repeated"),
        ("不着急", "low", "no_hurry"),
    ],
)
def test_what_presses_is_read_with_its_reason(message, level, reason):
    found = urgency(message)
    assert found.level == level and reason in found.reasons


@pytest.mark.parametrize("message", ["where is my order", "怎么退货", "a fire truck for my son", "a red lamp"])
def test_an_ordinary_message_does_not_press(message):
    assert urgency(message).level == "normal"


@given(st.text(max_size=200))
def test_any_text_has_a_feeling_within_bounds(message):
    found = sentiment(message)
    assert -1 <= found.score <= 1
    assert (found.feeling == "positive") == (found.score >= 0.35)


def test_an_understanding_carries_both(shop):
    found = shop._understander.understand("This is the third time I ask, I am furious!", State())
    assert found.sentiment.feeling == "negative" and found.urgency.level == "high"
    assert {"repeated", "anger"} <= set(found.urgency.reasons)
