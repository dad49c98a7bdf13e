"""What becomes of worn messages in figures."""

import pytest

from eval.harness.task import Example
from eval.robustness.scoring import answered_in_kind, survived, time_taken, understood

TURN = {
    "sentences": [{"text": "The Nordvik clock costs $40."}],
    "cards": [],
    "question": None,
    "cart": None,
    "trace": {"finished": True},
    "reply_ms": 30.0,
}


def example(**given):
    return Example(id="1", given={"kind": "typos", "language": "en", **given})


def scored(scorer, output, **given):
    return {score.name: score.value for score in scorer(example(**given), output)}


def test_a_turn_that_broke_did_not_survive():
    assert scored(survived, {"turns": [], "error": "ValueError: x", "clean": None}) == {"survived": 0.0}


@pytest.mark.parametrize(
    ("change", "expected"), [({}, 1.0), ({"sentences": []}, 0.0), ({"trace": {"finished": False}}, 0.0)]
)
def test_an_empty_or_unfinished_turn_did_not_survive(change, expected):
    assert scored(survived, {"turns": [TURN | change]}) == {"survived": expected}


def test_what_was_kept_is_a_share():
    output = {"turns": [TURN], "kept": {"budget:4000": True, "thing": False}, "first": ["A", "B"], "shared": ["A"]}
    assert scored(understood, output) == {"kept_constraints": 0.5, "overlap@5": 0.5}


def test_a_reply_in_another_language_is_found():
    assert scored(answered_in_kind, {"turns": [TURN]}) == {"right_language": 1.0}
    assert scored(answered_in_kind, {"turns": [TURN]}, language="zh") == {"right_language": 0.0}
    assert scored(answered_in_kind, {"turns": [TURN]}, kind="mixed", language="zh") == {}


def test_time_is_told_beside_the_clean_one():
    clean = TURN | {"reply_ms": 15.0}
    assert scored(time_taken, {"turns": [TURN], "clean": clean}) == {"reply_ms": 30.0, "slower": 2.0}
