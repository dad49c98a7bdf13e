"""The goldens cover every wish in both languages, in several turns, and fit the demo store as it is made today."""

from collections import Counter
from pathlib import Path

import pytest

import assistant.conversation.reading as reading
from assistant.conversation.reading.intents import phrases
from eval.conversations.casting import spoken
from eval.conversations.golden import UNSEEN, read_goldens
from eval.conversations.stale import check

GOLDENS = read_goldens()
NEW = read_goldens(UNSEEN)


def every_intent():
    """Return the wishes of a shop's talk and of its service."""
    table = (Path(reading.__file__).parent / "intents.tsv").read_text(encoding="utf-8").splitlines()
    finer = {line.split("\t")[0]: line.split("\t")[1] for line in table if line and not line.startswith("#")}
    own = {name for language in ("en", "zh") for name, _ in phrases(language)}
    return own | set(finer) | set(finer.values())


def wished(language):
    return {
        turn.intents[0] for golden in GOLDENS if golden.language == language for turn in golden.turns if turn.intents
    }


def test_there_are_enough_in_both_languages():
    share = Counter(golden.language for golden in GOLDENS)
    assert len(GOLDENS) >= 160 and min(share.values()) >= 0.45 * len(GOLDENS)


def test_they_take_several_turns():
    assert sum(len(golden.turns) > 1 for golden in GOLDENS) >= 0.85 * len(GOLDENS)


def test_a_sixth_as_many_are_unseen_in_both_languages():
    share = Counter(golden.language for golden in NEW)
    assert len(NEW) >= 0.15 * len(GOLDENS) and min(share.values()) >= 0.45 * len(NEW)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_wish_is_there_in_each_language(language):
    assert len(every_intent()) == 50
    assert every_intent() <= wished(language) | {"ask_policy"}
    assert any("ask_policy" in turn.intents for golden in GOLDENS for turn in golden.turns)


@pytest.mark.parametrize("goldens", [GOLDENS, NEW], ids=["golden", "unseen"])
def test_no_message_is_written_twice(goldens):
    said = Counter(turn.say for golden in goldens for turn in golden.turns if len(turn.say) > 12)
    assert [message for message, times in said.items() if times > 1] == []


@pytest.mark.parametrize("golden", (*GOLDENS, *NEW), ids=lambda golden: golden.id)
def test_the_demo_store_has_what_it_asks_for(golden, shelf):
    check(golden, shelf)


def test_the_demo_store_has_somebody_for_each_part(people):
    for golden in (*GOLDENS, *NEW):
        role = people.cast(golden)
        for number, turn in enumerate(golden.turns, start=1):
            assert "{" not in spoken(turn.say, role, golden.place(number))
        if role is not None:
            assert role.customer.language == golden.language and role.order.status == golden.who["order"]
            assert role.other.customer_id != role.customer.id
