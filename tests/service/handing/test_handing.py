"""Hand-offs: the queue by urgency, the manager's rule, opening hours, one ticket a session, and the way back."""

from datetime import UTC, datetime

import pytest

from assistant.errors import NotAllowed, SettingError
from assistant.service.handing.handoffs import HandOffs, Wanted
from assistant.service.handing.hours import Hours
from assistant.store.database import open_database
from assistant.store.principal import GUEST, Principal
from assistant.store.tickets import Ticket, Tickets, Urgency

AGENT = Principal("agent")
MONDAY = datetime(2026, 6, 15, 8, 30, tzinfo=UTC)


@pytest.fixture
def tickets(tmp_path):
    engine = open_database("", tmp_path)
    yield Tickets(engine)
    engine.dispose()


def wanted(session="s-1", **changes):
    plain = {"principal": GUEST, "language": "en", "reason": "asked", "summary": "Wants a person."}
    return Wanted(session_id=session, **{**plain, **changes})


def handoffs(tickets, hours="24/7", now=MONDAY, **more):
    return HandOffs(tickets, hours=Hours(hours, "Europe/Berlin"), clock=lambda: now, **more)


def test_the_most_urgent_come_first_then_those_who_wait_longest(tickets):
    way = handoffs(tickets)
    for session, urgency in (("a", Urgency.NORMAL), ("b", Urgency.LOW), ("c", Urgency.HIGH), ("d", Urgency.NORMAL)):
        way.hand_over(wanted(session, urgency=urgency))
    assert [one.session_id for one in tickets.queue(AGENT)] == ["c", "a", "d", "b"]
    assert way.held("d").ahead == 2


def test_valued_customers_come_first_where_the_manager_says_so_and_it_shows(tickets):
    way = handoffs(tickets, first=["champion"])
    plain = way.hand_over(wanted("a", segment="loyal")).ticket
    first = way.hand_over(wanted("b", segment="champion")).ticket
    assert (plain.urgency, first.urgency) == (Urgency.NORMAL, Urgency.HIGH)
    assert tickets.get(first.id, AGENT).facts["priority"] == {"rule": "segments", "segment": "champion"}
    assert "priority" not in tickets.get(plain.id, AGENT).facts


def test_asking_twice_opens_one_ticket(tickets):
    way = handoffs(tickets)
    one = way.hand_over(wanted(said=[("shopper", "hello")]))
    two = way.hand_over(wanted(said=[("shopper", "hello?")]))
    assert one.ticket.id == two.ticket.id and len(tickets.queue(AGENT)) == 1
    assert [message.text for message in tickets.messages(one.ticket.id, AGENT)] == ["hello", "hello?"]


def test_out_of_hours_it_says_when(tickets):
    way = handoffs(tickets, hours="Mo-Fr 11:00-17:00")
    handed = way.hand_over(wanted())
    assert not handed.now and handed.answered_from.isoformat() == "2026-06-15T11:00:00+02:00"
    assert handoffs(tickets, hours="Mo-Fr 10:00-17:00").held("s-1").now
    assert handoffs(tickets, hours="off").held("s-1").answered_from is None


def test_hours_that_cannot_be_read_are_refused_with_an_example():
    with pytest.raises(SettingError, match=r"SHOP_DESK_HOURS.*always.*Mo-Fr"):
        Hours("always")


def test_the_shopper_may_go_back_and_ask_again(tickets):
    way = handoffs(tickets)
    first = way.hand_over(wanted()).ticket
    way.go_back("s-1")
    assert way.held("s-1") is None and tickets.get(first.id, AGENT).status == "resolved"
    assert way.hand_over(wanted()).ticket.id != first.id


def test_only_one_agent_has_a_ticket(tickets):
    ticket = handoffs(tickets).hand_over(wanted()).ticket
    assert tickets.take(ticket.id, "Kim", AGENT) and tickets.take(ticket.id, "Kim", AGENT)
    assert not tickets.take(ticket.id, "Lee", AGENT)


def test_what_the_shopper_writes_opens_a_resolved_ticket_again(tickets):
    ticket = tickets.open(Ticket(session_id="s-1"), AGENT)
    tickets.resolve(ticket.id, AGENT)
    tickets.say(ticket.id, "one more thing", GUEST, author="shopper")
    assert tickets.get(ticket.id, AGENT).status == "open"


def test_shoppers_see_what_agents_wrote_to_them_alone_and_no_note(tickets):
    mine, other = (tickets.open(Ticket(session_id=name), AGENT) for name in ("mine", "other"))
    tickets.say(mine.id, "hello", AGENT, author="agent")
    tickets.say(mine.id, "careful with this one", AGENT, author="note")
    tickets.say(other.id, "not yours", AGENT, author="agent")
    seen = tickets.for_session("mine")
    assert [message.text for message in seen] == ["hello"]
    assert tickets.for_session("mine", after=seen[0].number) == []
    for act in (
        lambda: tickets.messages(mine.id, GUEST),
        lambda: tickets.queue(Principal("shopper", "c-1")),
        lambda: tickets.say(mine.id, "I am an agent", GUEST, author="agent"),
        lambda: tickets.resolve(mine.id, GUEST),
    ):
        with pytest.raises(NotAllowed):
            act()
