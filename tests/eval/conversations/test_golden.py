"""Golden conversations are read as they are written, and what cannot be read is named."""

import pytest

from eval.conversations.errors import BadGolden
from eval.conversations.golden import drawn, read_goldens


def test_a_conversation_is_read_with_its_turns(golden):
    found = golden(
        {"say": "a lamp", "intent": "find", "cards": {"category": "Table lamps"}}, {"say": "有黑的吗", "language": "zh"}
    )
    assert (found.id, found.language) == ("finding/lamp", "en")
    assert found.turns[0].intents == ("find",) and found.turns[0].shows and found.turns[0].answerable
    assert found.turns[1].language == "zh" and not found.turns[1].shows


@pytest.mark.parametrize("checks", [{"refuses": True}, {"refuses": "may"}, {"hands_off": True}])
def test_what_need_not_be_answered_is_no_over_refusal(golden, checks):
    assert not golden({"say": "a lamp", **checks}).turns[0].answerable


@pytest.mark.parametrize(
    ("turn", "value", "advice"),
    [
        ({"say": True}, "True", "in quotes"),
        ({"say": "  "}, "'  '", "in quotes"),
        ({"say": "hi", "cardz": "none"}, "'cardz'", "cards"),
        ({"say": "hi", "language": "fr"}, "'fr'", "en or zh"),
    ],
)
def test_a_turn_that_cannot_be_read_is_named_with_what_to_do(golden, turn, value, advice):
    with pytest.raises(BadGolden, match=r"finding\.yaml: conversation 'lamp', turn 1: ") as caught:
        golden(turn)
    assert value in str(caught.value) and advice in str(caught.value)


def test_what_a_conversation_cannot_have_is_named(golden):
    with pytest.raises(BadGolden, match=r"conversation 'lamp': 'heldout' is nothing that a conversation has"):
        golden({"say": "hi"}, heldout=True)


def test_an_id_stands_once_in_a_file(tmp_path):
    one = "- id: a\n  language: en\n  turns: [{say: hi}]\n"
    (tmp_path / "finding.yaml").write_text(one * 2, encoding="utf-8")
    with pytest.raises(BadGolden, match="'a' stands twice"):
        read_goldens(tmp_path)


def test_a_file_that_is_no_yaml_is_named(tmp_path):
    (tmp_path / "finding.yaml").write_text("- id: [", encoding="utf-8")
    with pytest.raises(BadGolden, match=r"finding.yaml: .* is no YAML"):
        read_goldens(tmp_path)


def test_a_sample_is_drawn_from_all_in_their_order():
    every = read_goldens()
    some = drawn(every, 60, seed=7)
    assert len(some) == 60 and some == drawn(every, 60, seed=7) != drawn(every, 60, seed=8)
    assert [every.index(one) for one in some] == sorted(every.index(one) for one in some)
    assert len({one.area for one in some}) > 6
    assert drawn(every, None, seed=7) == every
