from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.errors import NotAllowed, NotFound
from assistant.store.conversations import Conversations
from assistant.store.feedback import FeedbackBook
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import Feedback, TurnRecord

ADA = Principal("shopper", "c-ada")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
UP = Feedback(turn_id="t1", session_id="s", thumb="up", at=NOW)


@pytest.fixture
def book(database):
    conversations = Conversations(database)
    shown = TurnRecord(id="t1", session_id="s", message="hi", language="en", parts=(), at=NOW)
    conversations.save(conversations.load("s", GUEST), GUEST, turn=shown)
    return FeedbackBook(database)


def test_an_opinion_is_kept(book):
    book.give(UP, GUEST)
    assert book.of("s", GUEST) == [UP]


def test_a_change_of_mind_replaces(book):
    down = replace(UP, thumb="down", reason="wrong", text="太贵了")
    book.give(UP, GUEST)
    book.give(down, GUEST)
    assert book.of("s", GUEST) == [down]
    assert book.counts(SYSTEM) == {("down", "wrong"): 1}


def test_an_opinion_of_a_turn_never_shown_is_refused(book):
    for wrong in (replace(UP, turn_id="t9"), replace(UP, session_id="other")):
        with pytest.raises(NotFound):
            book.give(wrong, GUEST)


def test_nobody_elses_turn_can_be_judged_or_read(book, database):
    book.give(UP, GUEST)
    Conversations(database).bind("s", ADA)
    with pytest.raises(NotFound):
        book.give(replace(UP, thumb="down"), GUEST)
    assert book.of("s", GUEST) == [] and book.of("s", ADA) == [UP]


def test_counts_are_for_the_manager(book):
    with pytest.raises(NotAllowed):
        book.counts(ADA)
