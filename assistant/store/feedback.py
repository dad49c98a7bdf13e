"""What shoppers thought of single turns: a thumb, a reason, a few words. A change of mind replaces the first."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from assistant.errors import NotFound
from assistant.store.access import require
from assistant.store.conversations import may_use
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import Feedback
from assistant.store.rows import put_rows
from assistant.store.tables import conversations, feedback, turns

_PLACE = feedback.join(turns, feedback.c.turn_id == turns.c.id).join(conversations)


class FeedbackBook:
    """The feedback of one shop. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def give(self, opinion: Feedback, principal: Principal) -> None:
        """Keep an opinion of a turn, in place of an earlier one.

        Raises:
            NotFound: the turn does not exist, or was not shown to this principal in this session.
        """
        shown = select(turns.c.id).join(conversations)
        mine = (turns.c.id == opinion.turn_id, turns.c.session_id == opinion.session_id, may_use(principal))
        row = {
            "turn_id": opinion.turn_id,
            "thumb": opinion.thumb,
            "reason": opinion.reason,
            "text": opinion.text,
            "at": opinion.at,
        }
        with writing(self._engine) as connection:
            if connection.execute(shown.where(*mine)).first() is None:
                raise NotFound("turn", opinion.turn_id)
            put_rows(connection, feedback, [row])

    def of(self, session_id: str, principal: Principal) -> list[Feedback]:
        """Return the opinions given in one session, in the order of their turns; empty for somebody else's session."""
        mine = (turns.c.session_id == session_id, may_use(principal))
        query = select(feedback, turns.c.session_id).select_from(_PLACE).where(*mine).order_by(turns.c.position)
        with reading(self._engine) as connection:
            return [Feedback(**row._mapping) for row in connection.execute(query)]

    def counts(self, principal: Principal) -> dict[tuple[str, str], int]:
        """Return how often each thumb was given for each reason, without saying by whom.

        Raises:
            NotAllowed: the principal is no manager.
        """
        require(principal, frozenset({"manager", "system"}), "read the shop's feedback")
        query = select(feedback.c.thumb, feedback.c.reason, func.count()).group_by(feedback.c.thumb, feedback.c.reason)
        with reading(self._engine) as connection:
            return {(thumb, reason): number for thumb, reason, number in connection.execute(query)}
