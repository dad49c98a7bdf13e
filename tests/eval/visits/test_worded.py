"""A model's words are kept only where they say what the act says."""

import asyncio

import pytest

from assistant.llm.scripted import ScriptedEngine
from eval.visits.acts import Act
from eval.visits.worded import Wording, holds

ACT = Act(kind="state", message="in navy, under $40", keep=("40", "Navy"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("could I have it in navy and for less than 40 dollars?", True),
        ("could I have it in blue and for less than 40 dollars?", False),
        ("in navy, under 50", False),
        ("in navy, under 40, two of them, 2", False),
        ("要藏青色的，40美元以内 navy", False),
        ("", False),
    ],
)
def test_words_hold_what_must_be_so(text, expected):
    assert holds(text, ACT, "en") is expected


def test_words_that_do_not_hold_leave_the_rules_own():
    wording = Wording(ScriptedEngine(["Something blue please."]), own=True, seed=1)
    assert asyncio.run(wording.of(ACT, "en", "plain")) == ACT


def test_words_that_hold_are_said():
    wording = Wording(ScriptedEngine(['"Navy it should be, 40 dollars at most."\nThanks']), own=True, seed=1)
    assert asyncio.run(wording.of(ACT, "en", "chatty")).message == "Navy it should be, 40 dollars at most."


def test_what_points_at_a_card_is_never_reworded():
    engine = ScriptedEngine(["I'll have the other one"])
    act = Act(kind="pick", message="add the first one to my cart")
    assert asyncio.run(Wording(engine, own=True, seed=1).of(act, "en", "plain")) == act
    assert not engine.asked
