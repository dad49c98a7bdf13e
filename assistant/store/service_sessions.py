"""Whom a conversation is about and the one action in it that waits for a yes. Knows no rule and no wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from assistant.store.rows import insert_missing
from assistant.store.tables import service_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSession:
    """What the service remembers of a conversation.

    `way` is how the customer was identified ("signed_in", "email", "name", "order"); `attempts` counts how often
    somebody failed to say who they are. `proposal` is JSON, `None` where nothing waits.
    """

    session_id: str
    customer_id: str | None = None
    way: str | None = None
    attempts: int = 0
    proposal: Mapping[str, Any] | None = None


def session_on(connection: Connection, session_id: str) -> ServiceSession:
    """Return what is remembered of a conversation; nothing is written where it is new."""
    columns = service_sessions.c
    query = select(columns.session_id, columns.customer_id, columns.way, columns.attempts, columns.proposal)
    row = connection.execute(query.where(columns.session_id == session_id)).one_or_none()
    return ServiceSession(session_id=session_id) if row is None else ServiceSession(**row._mapping)


def held_session(connection: Connection, session_id: str) -> ServiceSession:
    """Return what is remembered, made where missing and locked until the transaction ends."""
    now = datetime.now(UTC)
    insert_missing(connection, service_sessions, {"session_id": session_id, "attempts": 0, "updated_at": now})
    mine = service_sessions.c.session_id == session_id
    connection.execute(update(service_sessions).where(mine).values(updated_at=now))  # the row's lock, in both databases
    return session_on(connection, session_id)


def keep_session(connection: Connection, session: ServiceSession) -> None:
    """Write what is remembered of a conversation that the caller holds."""
    values = {
        "customer_id": session.customer_id,
        "way": session.way,
        "attempts": session.attempts,
        "proposal": None if session.proposal is None else dict(session.proposal),
    }
    mine = service_sessions.c.session_id == session.session_id
    connection.execute(update(service_sessions).where(mine).values(**values))
