"""Tickets: conversations that went to a person, with all that was written in them. Knows no page and no model.

Agents see every ticket; shoppers see what was written in the tickets of their own session, notes left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, insert, select, update

from assistant.errors import NotFound
from assistant.store.access import STAFF, require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.tables import ticket_messages, tickets

Status = Literal["open", "taken", "resolved"]
Author = Literal["shopper", "assistant", "agent", "note"]


class Urgency(IntEnum):
    """How soon a person should look."""

    LOW = 0
    NORMAL = 1
    HIGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One conversation that went to a person.

    `channel` is where it came from ("chat", "api", "chatwoot"), `reason` why it went to a person ("asked", "policy" …),
    `taken_by` the agent who has it. `facts` hold the understood `wish`, the `evidence` as citations, the `sentiment`,
    `why_urgent`, `priority` where a rule of the manager's gives one, and ids of other systems under `external`.
    """

    id: str = field(default_factory=lambda: uuid4().hex[:12])
    session_id: str | None = None
    customer_id: str | None = None
    channel: str = "chat"
    language: str = "en"
    status: Status = "open"
    urgency: Urgency = Urgency.NORMAL
    reason: str = "asked"
    summary: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    taken_by: str = ""
    opened_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Something written in a ticket; its number rises with time."""

    number: int
    ticket_id: str
    author: Author
    text: str
    at: datetime


class Tickets:
    """The tickets of one shop. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, ticket: Ticket, principal: Principal, *, messages: Collection[tuple[Author, str]] = ()) -> Ticket:
        """Put a ticket into the queue with what was written so far, and return it.

        A session has one open ticket at most: where it has one, the messages go there and that one is returned.
        """
        with writing(self._engine) as connection:
            held = _open_of(connection, ticket.session_id) if ticket.session_id else None
            if held is None:
                connection.execute(insert(tickets), [_row(ticket)])
            kept = held or ticket
            for author, text in messages:
                _write(connection, kept.id, author, text)
        return kept

    def get(self, ticket_id: str, principal: Principal) -> Ticket:
        """Return one ticket.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: there is none of this id.
        """
        require(principal, STAFF, "read tickets")
        with reading(self._engine) as connection:
            row = connection.execute(select(tickets).where(tickets.c.id == ticket_id)).one_or_none()
        if row is None:
            raise NotFound("ticket", ticket_id)
        return _ticket(row)

    def queue(
        self, principal: Principal, *, status: Collection[Status] = ("open", "taken"), limit: int = 100
    ) -> list[Ticket]:
        """Return tickets in the order in which they should be looked at: the most urgent first, then the oldest.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read tickets")
        query = select(tickets).where(tickets.c.status.in_(status))
        query = query.order_by(tickets.c.urgency.desc(), tickets.c.opened_at).limit(limit)
        with reading(self._engine) as connection:
            return [_ticket(row) for row in connection.execute(query)]

    def of_session(self, session_id: str) -> Ticket | None:
        """Return the session's ticket that is not resolved; `None` where a person has nothing to do with it."""
        with reading(self._engine) as connection:
            return _open_of(connection, session_id)

    def messages(self, ticket_id: str, principal: Principal) -> list[Message]:
        """Return all that was written in a ticket, notes too, in order.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read tickets")
        query = select(ticket_messages).where(ticket_messages.c.ticket_id == ticket_id)
        with reading(self._engine) as connection:
            return [_message(row) for row in connection.execute(query.order_by(ticket_messages.c.number))]

    def for_session(self, session_id: str, *, after: int = 0) -> list[Message]:
        """Return what agents wrote to a session since the message of number `after`, notes left out.

        Whoever knows a session's id, which nobody can guess, is the one who sits in it.
        """
        mine = select(tickets.c.id).where(tickets.c.session_id == session_id)
        query = select(ticket_messages).where(
            ticket_messages.c.ticket_id.in_(mine),
            ticket_messages.c.author == "agent",
            ticket_messages.c.number > after,
        )
        with reading(self._engine) as connection:
            return [_message(row) for row in connection.execute(query.order_by(ticket_messages.c.number))]

    def say(self, ticket_id: str, text: str, principal: Principal, *, author: Author) -> Message:
        """Write something into a ticket. A resolved one is open again when the shopper writes.

        Raises:
            NotAllowed: a shopper or a guest writes as somebody else.
        """
        if author in ("agent", "note"):
            require(principal, STAFF, "write as an agent")
        with writing(self._engine) as connection:
            again = {"status": "open", "resolved_at": None} if author == "shopper" else {}
            known = update(tickets).where(tickets.c.id == ticket_id).values(updated_at=datetime.now(UTC))
            connection.execute(known)
            if again:
                resolved = (tickets.c.id == ticket_id) & (tickets.c.status == "resolved")
                connection.execute(update(tickets).where(resolved).values(**again))
            return _write(connection, ticket_id, author, text)

    def take(self, ticket_id: str, agent: str, principal: Principal) -> bool:
        """Give a ticket to an agent; `False` where somebody else has it already.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "take tickets")
        free = (tickets.c.status == "open") | (tickets.c.taken_by == agent)
        values = {"status": "taken", "taken_by": agent, "updated_at": datetime.now(UTC)}
        with writing(self._engine) as connection:
            query = update(tickets).where((tickets.c.id == ticket_id) & free).values(**values)
            return bool(connection.execute(query).rowcount)

    def resolve(self, ticket_id: str, principal: Principal) -> None:
        """Take a ticket off the queue.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "resolve tickets")
        self._close(tickets.c.id == ticket_id)

    def leave(self, session_id: str) -> None:
        """Take a session's ticket off the queue: the shopper goes on with the assistant."""
        self._close((tickets.c.session_id == session_id) & (tickets.c.status != "resolved"))

    def _close(self, which: Any) -> None:
        now = datetime.now(UTC)
        with writing(self._engine) as connection:
            connection.execute(update(tickets).where(which).values(status="resolved", resolved_at=now, updated_at=now))


def _open_of(connection: Connection, session_id: str) -> Ticket | None:
    query = select(tickets).where(tickets.c.session_id == session_id, tickets.c.status != "resolved")
    row = connection.execute(query.order_by(tickets.c.opened_at.desc()).limit(1)).one_or_none()
    return _ticket(row) if row else None


def _write(connection: Connection, ticket_id: str, author: Author, text: str) -> Message:
    at = datetime.now(UTC)
    values = {"ticket_id": ticket_id, "author": author, "text": text, "at": at}
    number = connection.execute(insert(ticket_messages).returning(ticket_messages.c.number), values).scalar_one()
    return Message(number, ticket_id, author, text, at)


def _row(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in Ticket.__slots__} | {
        "urgency": int(ticket.urgency),
        "facts": dict(ticket.facts),
    }


def _ticket(row: Row[Any]) -> Ticket:
    kept = dict(row._mapping)
    return Ticket(**kept | {"urgency": Urgency(kept["urgency"])})


def _message(row: Row[Any]) -> Message:
    return Message(row.number, row.ticket_id, row.author, row.text, row.at)
