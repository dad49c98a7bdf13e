"""Hands conversations to people: opens a ticket with all that an agent needs, by urgency, and says who waits.

A session that was handed over stays so until an agent resolves it or the shopper goes back to the assistant; until then
what the shopper writes goes to the ticket, so that nobody is asked the same thing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from assistant.service.handing.hours import Hours
from assistant.store.principal import SYSTEM, Principal
from assistant.store.tickets import Author, Status, Ticket, Tickets, Urgency

SEGMENTS_FIRST = "segments"
"""The kind of rule by which the manager puts valued customers first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A conversation that is to go to a person.

    `said` is what was written so far, by whom, the earliest first. `facts` hold the understood wish, the evidence and
    the sentiment. `segment` is the customer's, empty for who never bought.
    """

    session_id: str
    principal: Principal
    language: str
    reason: str
    summary: str
    urgency: Urgency = Urgency.NORMAL
    facts: Mapping[str, Any] = field(default_factory=dict)
    said: Sequence[tuple[Author, str]] = ()
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A ticket in the queue; `answered_from` is when people answer next, `None` where nobody ever does.

    `now` says that somebody is there at this moment, `ahead` how many tickets come before it.
    """

    ticket: Ticket
    now: bool
    answered_from: datetime | None
    ahead: int


class HandOffs:
    """The way from the assistant to a person and back. Thread-safe.

    Args:
        tickets: the queue.
        hours: when people answer.
        first: RFM segments whose customers come before others: the manager's rule, shown on the ticket.
        clock: tells the time.
    """

    def __init__(
        self,
        tickets: Tickets,
        *,
        hours: Hours,
        first: Collection[str] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._tickets, self._hours, self._first, self._clock = tickets, hours, frozenset(first), clock

    def hand_over(self, wanted: Wanted) -> Handed:
        """Put a conversation into the queue. One that is there already stays where it is."""
        facts = dict(wanted.facts)
        urgency = wanted.urgency
        if wanted.segment in self._first and urgency < Urgency.HIGH:
            urgency = Urgency(urgency + 1)
            facts["priority"] = {"rule": SEGMENTS_FIRST, "segment": wanted.segment}
        ticket = Ticket(
            session_id=wanted.session_id,
            customer_id=wanted.principal.customer_id,
            language=wanted.language,
            urgency=urgency,
            reason=wanted.reason,
            summary=wanted.summary,
            facts=facts,
        )
        return self._handed(self._tickets.open(ticket, wanted.principal, messages=tuple(wanted.said)))

    def answers(self) -> bool:
        """Return whether somebody answers at all, now or later."""
        return self._hours.next_opening(self._clock()) is not None

    def held(self, session_id: str) -> Handed | None:
        """Return the session's ticket that a person has or will have; `None` where the assistant answers."""
        ticket = self._tickets.of_session(session_id)
        return self._handed(ticket) if ticket else None

    def pass_on(self, handed: Handed, text: str, principal: Principal) -> None:
        """Write what the shopper says into the ticket."""
        self._tickets.say(handed.ticket.id, text, principal, author="shopper")

    def go_back(self, session_id: str) -> None:
        """Let the assistant answer again: the shopper wishes so."""
        self._tickets.leave(session_id)

    def _handed(self, ticket: Ticket) -> Handed:
        now = self._clock()
        waiting: tuple[Status, ...] = ("open",)
        queue = [one.id for one in self._tickets.queue(SYSTEM, status=waiting, limit=1_000)]
        ahead = queue.index(ticket.id) if ticket.id in queue else 0
        return Handed(ticket, self._hours.open_at(now), self._hours.next_opening(now), ahead)
