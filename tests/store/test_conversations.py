from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.errors import NotAllowed, NotFound, Outdated
from assistant.store.conversations import Conversations
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import ConversationState, TurnRecord

ADA, BO = Principal("shopper", "c-ada"), Principal("shopper", "c-bo")


def turn(turn_id, session_id="s"):
    return TurnRecord(
        id=turn_id,
        session_id=session_id,
        message="红色的台灯？",
        language="zh",
        parts=({"type": "sentence", "text": "有的。", "reached": ["color"]},),
        trace={"cards_ms": 12.5, "turn_id": turn_id},
        at=datetime.now(UTC),
    )


def talk(conversations, who, *turn_ids, session_id="s"):
    for turn_id in turn_ids:
        state = conversations.load(session_id, who)
        conversations.save(replace(state, data={"last": turn_id}), who, turn=turn(turn_id, session_id))


def test_a_new_session_is_empty_and_reading_writes_nothing(database):
    conversations = Conversations(database)
    assert conversations.load("s", GUEST) == ConversationState(session_id="s")
    assert conversations.load("s", BO) == ConversationState(session_id="s", customer_id="c-bo")
    assert conversations.turns("s", GUEST) == []


def test_state_and_turns_are_remembered(database):
    conversations = Conversations(database)
    talk(conversations, GUEST, "t1", "t2", "t3")
    again = Conversations(database)
    state = again.load("s", GUEST)
    assert (state.data, state.version) == ({"last": "t3"}, 3)
    kept = again.turns("s", GUEST)
    assert [one.id for one in kept] == ["t1", "t2", "t3"] and kept[0] == replace(turn("t1"), at=kept[0].at)
    assert [one.id for one in again.turns("s", GUEST, limit=2)] == ["t2", "t3"]
    assert again.turn("t2", GUEST).id == "t2"


def test_a_save_on_an_outdated_state_is_refused_with_its_turn(database):
    conversations = Conversations(database)
    first = conversations.load("s", GUEST)
    conversations.save(first, GUEST, turn=turn("t1"))
    with pytest.raises(Outdated):
        conversations.save(first, GUEST, turn=turn("t2"))
    assert [one.id for one in conversations.turns("s", GUEST)] == ["t1"]


def test_of_many_tabs_saving_at_once_exactly_one_wins_each_version(database):
    conversations = Conversations(database)
    state = conversations.load("s", GUEST)

    def save(number):
        try:
            conversations.save(state, GUEST, turn=turn(f"t{number}"))
        except Outdated:
            return 0
        return 1

    with ThreadPoolExecutor(4) as tabs:
        assert sum(tabs.map(save, range(8))) == 1
    assert len(conversations.turns("s", GUEST)) == 1


@pytest.mark.parametrize("other", [GUEST, BO])
def test_a_bound_session_is_closed_to_everybody_else(database, other):
    conversations = Conversations(database)
    talk(conversations, GUEST, "t1")
    conversations.bind("s", ADA)
    conversations.bind("s", ADA)
    assert conversations.load("s", ADA).customer_id == "c-ada"
    assert [one.id for one in conversations.turns("s", ADA)] == ["t1"]
    for forbidden in (
        lambda: conversations.load("s", other),
        lambda: conversations.turns("s", other),
        lambda: conversations.save(ConversationState(session_id="s", version=1), other),
        lambda: conversations.bind("s", other),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    with pytest.raises(NotFound):
        conversations.turn("t1", other)


def test_what_a_customer_writes_is_theirs_even_without_binding(database):
    conversations = Conversations(database)
    talk(conversations, ADA, "t1")
    with pytest.raises(NotAllowed):
        conversations.load("s", GUEST)


def test_a_customer_sees_their_own_sessions_latest_first(database):
    conversations = Conversations(database)
    for session_id, who in (("s1", ADA), ("s2", BO), ("s3", ADA), ("s4", GUEST)):
        talk(conversations, who, f"t-{session_id}", session_id=session_id)
    assert conversations.sessions(ADA) == ["s3", "s1"]
    assert conversations.sessions(GUEST) == []


def test_staff_do_not_read_along(database):
    with pytest.raises(NotAllowed):
        Conversations(database).load("s", SYSTEM)
