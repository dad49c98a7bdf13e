"""Conversations: their state between turns and every turn shown. Knows nothing of what a state means.

A guest's conversation is found by its session's id, which nobody can guess; from sign-in on it is the customer's, and
that session is closed to everybody else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, exists, insert, or_, select, update

from assistant.errors import NotAllowed, NotFound, Outdated
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import ConversationState, TurnRecord
from assistant.store.rows import insert_missing
from assistant.store.tables import conversations, turns


class Conversations:
    """The conversations of one shop. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self, session_id: str, principal: Principal) -> ConversationState:
        """Return what this conversation remembers, an empty state (version 0) where it is new. Nothing is written.

        Raises:
            NotAllowed: the session belongs to somebody else.
        """
        mine = select(conversations).where(conversations.c.session_id == session_id, may_use(principal))
        with reading(self._engine) as connection:
            row = connection.execute(mine).one_or_none()
            if row is None and _taken(connection, session_id):
                raise NotAllowed(principal.who, "read this conversation")
        if row is None:
            return ConversationState(session_id=session_id, customer_id=principal.customer_id)
        return ConversationState(
            session_id=row.session_id, customer_id=row.customer_id, data=row.data, version=row.version
        )

    def save(
        self, state: ConversationState, principal: Principal, *, turn: TurnRecord | None = None
    ) -> ConversationState:
        """Keep a state and the turn that led to it, both or neither; return the state with its new version.

        Raises:
            NotAllowed: the session belongs to somebody else.
            Outdated: another turn of this session was saved since the state was loaded.
        """
        with writing(self._engine) as connection:
            _hold(connection, state.session_id, principal)
            values = {"data": dict(state.data), "version": state.version + 1, "updated_at": datetime.now(UTC)}
            same = (conversations.c.session_id == state.session_id, conversations.c.version == state.version)
            if connection.execute(update(conversations).where(*same).values(**values)).rowcount == 0:
                raise Outdated("conversation", state.session_id)
            if turn is not None:
                connection.execute(insert(turns).values(**_turn_row(turn, position=state.version + 1)))
        return replace(state, version=state.version + 1)

    def turns(self, session_id: str, principal: Principal, *, limit: int | None = None) -> list[TurnRecord]:
        """Return the turns of a session, the earliest first; with `limit` the last ones only. Empty when new.

        Raises:
            NotAllowed: the session belongs to somebody else.
        """
        query = (
            select(turns)
            .join(conversations)
            .where(turns.c.session_id == session_id, may_use(principal))
            .order_by(turns.c.position.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            if not rows and not _usable(connection, session_id, principal) and _taken(connection, session_id):
                raise NotAllowed(principal.who, "read this conversation")
        return [_turn(row) for row in reversed(rows)]

    def turn(self, turn_id: str, principal: Principal) -> TurnRecord:
        """Return one turn.

        Raises:
            NotFound: it does not exist, or belongs to somebody else, which reads the same.
        """
        query = select(turns).join(conversations).where(turns.c.id == turn_id, may_use(principal))
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("turn", turn_id)
        return _turn(row)

    def bind(self, session_id: str, principal: Principal) -> None:
        """Make a session the signed-in customer's from now on; again by the same customer changes nothing.

        Raises:
            NotAllowed: nobody is signed in, or the session is already somebody else's.
        """
        if principal.role != "shopper" or not principal.customer_id:
            raise NotAllowed(principal.who, "take over a conversation")
        with writing(self._engine) as connection:
            _hold(connection, session_id, principal)

    def sessions(self, principal: Principal, *, limit: int = 20) -> list[str]:
        """Return the ids of a customer's own sessions, the latest first; none for a guest."""
        if not principal.customer_id:
            return []
        query = select(conversations.c.session_id).where(conversations.c.customer_id == principal.customer_id)
        latest = query.order_by(conversations.c.updated_at.desc(), conversations.c.session_id).limit(limit)
        with reading(self._engine) as connection:
            return list(connection.execute(latest).scalars())


def may_use(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that a conversation is open to the principal, by whose it is."""
    unowned = conversations.c.customer_id.is_(None)
    if principal.role == "shopper" and principal.customer_id:
        return or_(unowned, conversations.c.customer_id == principal.customer_id)
    if principal.role == "guest":
        return unowned
    raise NotAllowed(principal.who, "use a shopper's conversation")


def _hold(connection: Connection, session_id: str, principal: Principal) -> None:
    """Make the session the principal's where it is nobody's yet, and lock it until the transaction ends."""
    now = datetime.now(UTC)
    fresh: dict[str, Any] = {"session_id": session_id, "data": {}, "version": 0, "created_at": now, "updated_at": now}
    insert_missing(connection, conversations, fresh)
    mine = (conversations.c.session_id == session_id, may_use(principal))
    held = connection.execute(update(conversations).where(*mine).values(customer_id=principal.customer_id))
    if held.rowcount == 0:
        raise NotAllowed(principal.who, "use this conversation")


def _usable(connection: Connection, session_id: str, principal: Principal) -> bool:
    mine = select(conversations.c.session_id).where(conversations.c.session_id == session_id, may_use(principal))
    return connection.execute(mine).first() is not None


def _taken(connection: Connection, session_id: str) -> bool:
    return bool(connection.execute(select(exists().where(conversations.c.session_id == session_id))).scalar())


def _turn_row(turn: TurnRecord, *, position: int) -> dict[str, Any]:
    return {
        "id": turn.id,
        "session_id": turn.session_id,
        "position": position,
        "message": turn.message,
        "language": turn.language,
        "parts": [dict(part) for part in turn.parts],
        "trace": dict(turn.trace),
        "at": turn.at,
    }


def _turn(row: Row[Any]) -> TurnRecord:
    return TurnRecord(
        id=row.id,
        session_id=row.session_id,
        message=row.message,
        language=row.language,
        parts=tuple(row.parts),
        trace=row.trace,
        at=row.at,
    )
