"""What somebody dislikes, cannot do or cannot bear is refused, though no "no" stands before it."""

import pytest

from assistant.conversation.reading.denying import denied
from assistant.conversation.reading.lexicon import Lexicon
from index.catalogue import Vocabulary

LEXICON = Lexicon(
    Vocabulary(
        categories={"Shoes": 3, "Bags": 9},
        options={"color": {"Coral": 3, "Black": 3}},
        attributes={"Closure": ["Laces", "Zip"]},
    )
)


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("shoes for my mum, she doesn't like leather", ["leather"]),
        ("shoes for my mum who can't bend down to tie laces", ["laces"]),
        ("she isn't keen on zips", ["zips"]),
        ("it can't be canvas", ["canvas"]),
        ("cashmere makes me itch", ["cashmere"]),
        ("he struggles with laces or zips", ["laces", "zips"]),
        ("i'm fed up with coral", ["coral"]),
        ("leather isn't for me", ["leather"]),
    ],
)
def test_what_somebody_dislikes_is_refused(message, refused):
    assert [span.value for span in denied(message, LEXICON)] == refused


@pytest.mark.parametrize(
    "message",
    ["i don't mind leather", "not only leather", "leather would be nice", "it doesn't have to be black", "black shoes"],
)
def test_what_is_not_denied_stays(message):
    assert denied(message, LEXICON) == []


@pytest.mark.parametrize(
    "message", ["a backpack for my mum, she doesn't like leather", "a backpack, leather is not my thing"]
)
def test_what_is_disliked_is_not_shown(talk, message):
    shown = talk.say(message).ids
    assert "BP1" in shown
    assert "BP2" not in shown
