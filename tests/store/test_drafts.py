"""Drafts are kept, decided about once, and only what agents sent is learned from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import NotAllowed, NotFound
from assistant.store.drafts import AlreadyDecided, CannedReplies, CannedReply, Drafts, KeptDraft, distance
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.tickets import Ticket, Tickets

AGENT = Principal("agent")
SHOPPER = Principal("shopper", "c-ada")


def draft(**given):
    given = {"message": "Where is it?", "language": "en", "data": {"text": "It left today."}} | given
    return KeptDraft(**given)


@pytest.fixture
def drafts(database):
    return Drafts(database)


def test_a_draft_comes_back_as_it_was_kept(drafts):
    kept = draft(customer_id="c-ada")
    drafts.keep(kept, AGENT)
    assert drafts.get(kept.id, AGENT) == kept


def test_a_draft_belongs_to_its_ticket_the_latest_first(drafts, database):
    ticket = Tickets(database).open(Ticket(), SYSTEM)
    first, second = draft(ticket_id=ticket.id), draft(ticket_id=ticket.id)
    drafts.keep(first, AGENT)
    drafts.keep(second, AGENT)
    assert [one.id for one in drafts.of_ticket(ticket.id, AGENT)] == [second.id, first.id]


@pytest.mark.parametrize("who", [GUEST, SHOPPER])
def test_nobody_but_staff_sees_drafts(drafts, who):
    kept = draft()
    drafts.keep(kept, SYSTEM)
    for ask in (
        lambda: drafts.get(kept.id, who),
        lambda: drafts.keep(draft(), who),
        lambda: drafts.decide(kept.id, "accepted", who),
        lambda: drafts.approved("en", who),
        lambda: drafts.waiting(who),
        lambda: drafts.of_ticket("t", who),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_a_draft_that_is_not_there_says_so(drafts):
    with pytest.raises(NotFound, match="there is no draft 'none'"):
        drafts.get("none", AGENT)


def test_accepting_sends_the_draft_as_it_is(drafts):
    kept = draft()
    drafts.keep(kept, AGENT)
    done = drafts.decide(kept.id, "accepted", AGENT)
    assert (done.status, done.sent_text, done.edit_distance) == ("accepted", "It left today.", 0)
    assert done.decided_at is not None


def test_what_differs_is_edited_whatever_is_said_of_it(drafts):
    kept = draft()
    drafts.keep(kept, AGENT)
    done = drafts.decide(kept.id, "accepted", AGENT, sent_text="It left today!")
    assert (done.status, done.edit_distance) == ("edited", 1)


def test_a_rejected_draft_was_not_sent(drafts):
    kept = draft()
    drafts.keep(kept, AGENT)
    done = drafts.decide(kept.id, "rejected", AGENT, sent_text="something else")
    assert (done.status, done.sent_text, done.edit_distance) == ("rejected", "", None)


def test_the_same_decision_twice_changes_nothing_and_another_is_refused(drafts):
    kept = draft()
    drafts.keep(kept, AGENT)
    once = drafts.decide(kept.id, "accepted", AGENT)
    assert drafts.decide(kept.id, "accepted", AGENT) == once
    with pytest.raises(AlreadyDecided, match="is accepted already"):
        drafts.decide(kept.id, "rejected", AGENT)
    with pytest.raises(AlreadyDecided):
        drafts.keep(draft(id=kept.id), AGENT)


def test_only_what_agents_sent_is_learned_from_and_in_its_language(drafts):
    for status in ("accepted", "rejected", "open"):
        kept = draft()
        drafts.keep(kept, AGENT)
        if status != "open":
            drafts.decide(kept.id, status, AGENT)
    chinese = draft(language="zh")
    drafts.keep(chinese, AGENT)
    drafts.decide(chinese.id, "accepted", AGENT)
    assert [one.status for one in drafts.approved("en", AGENT)] == ["accepted"]
    assert [one.id for one in drafts.approved("zh", AGENT)] == [chinese.id]


def test_a_draft_that_waits_is_taken_once_and_found_again(drafts):
    waits = draft(status="waiting", data={"from": "elsewhere"})
    assert drafts.begin(waits, SYSTEM)
    assert not drafts.begin(waits, SYSTEM)
    assert [one.id for one in drafts.waiting(SYSTEM)] == [waits.id]
    with pytest.raises(NotFound):
        drafts.decide(waits.id, "accepted", AGENT)
    drafts.keep(draft(id=waits.id), SYSTEM)
    assert drafts.waiting(SYSTEM) == []


def test_kept_replies_are_replaced_and_removed_by_language(database):
    replies = CannedReplies(database)
    replies.put(CannedReply("late", "en", "Late", "We ask the carrier."), AGENT)
    replies.put(CannedReply("late", "zh", "延误", "我们会询问承运商。"), AGENT)
    replies.put(CannedReply("late", "en", "Late", "We asked the carrier."), AGENT)
    assert replies.get("late", "en", AGENT).text == "We asked the carrier."
    replies.remove("late", "en", AGENT)
    assert [one.language for one in replies.all(AGENT)] == ["zh"]
    with pytest.raises(NotFound):
        replies.get("late", "en", AGENT)
    with pytest.raises(NotAllowed):
        replies.all(GUEST)


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_edit_distance_is_a_distance(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))
