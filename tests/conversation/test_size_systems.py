"""A size of a system that records do not use is not passed over in silence."""

import pytest

from assistant.conversation.parts import Sentence
from assistant.conversation.reading.size_systems import other_system


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("trainers in a uk 8", "UK 8"),
        ("ladies shoes size 6 uk", "UK 6"),
        ("boots us 8.5", "US 8.5"),
        ("a dress, british size 12", "UK 12"),
        ("英码8的运动鞋", "英码8"),
    ],
)
def test_a_size_of_another_system_is_read(message, named):
    assert other_system(message).value == named


@pytest.mark.parametrize(
    "message", ["trainers in 42", "can you tell us 3 things", "show us 2 of those", "a 12 inch pan"]
)
def test_what_names_no_system_is_none(message):
    assert other_system(message) is None


@pytest.mark.parametrize(("message", "own"), [("a rain jacket in UK 12", "M – L"), ("英码12的夹克", "M – L")])
def test_the_reply_says_so(talk, message, own):
    reply = talk.say(message)
    assert reply.ids == ["JKT"]
    assert any(own in part.text for part in reply.of(Sentence))
