"""Questions that nothing the shop knows answered, with how often they came. Knows nobody who asked.

Whoever notes a question takes out of it what tells of a person; what counts as the same question is decided there, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Engine, Row, insert, select, update

from assistant.errors import NotFound
from assistant.store.access import STAFF, require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.tables import knowledge_gaps

GapKind = Literal["policy", "product", "not_found", "out_of_scope"]
GapStatus = Literal["open", "dismissed", "answered"]
COMPARED = 2_000
"""Questions of one language, the latest asked, among which the same one is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A question that nothing answered. `kind` says what was missing, `article` names the one that answers it since."""

    number: int
    question: str
    language: str
    kind: GapKind
    count: int
    first_at: datetime
    last_at: datetime
    status: GapStatus
    article: str


Same = Callable[[Sequence[Gap]], Gap | None]
"""Which of these gaps is the same question, if any."""


class KnowledgeGaps:
    """The unanswered questions of one shop: anybody's turn adds to them, the staff alone reads. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, question: str, *, language: str, kind: GapKind, at: datetime, same: Same) -> None:
        """Count a question: as one more of the gap that `same` finds among the latest, else as a new one."""
        latest = select(knowledge_gaps).where(knowledge_gaps.c.language == language)
        latest = latest.order_by(knowledge_gaps.c.last_at.desc()).limit(COMPARED)
        with writing(self._engine) as connection:
            known = same([_gap(row) for row in connection.execute(latest)])
            if known is not None:
                which = update(knowledge_gaps).where(knowledge_gaps.c.number == known.number)
                connection.execute(which.values(count=knowledge_gaps.c.count + 1, last_at=at))
                return
            values = {"question": question, "language": language, "kind": kind, "count": 1, "first_at": at}
            values |= {"last_at": at, "status": "open", "article": ""}
            connection.execute(insert(knowledge_gaps).values(**values))

    def open(self, principal: Principal, *, limit: int = 200) -> list[Gap]:
        """Return what is still unanswered, the most asked first.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read unanswered questions")
        query = select(knowledge_gaps).where(knowledge_gaps.c.status == "open")
        order = (knowledge_gaps.c.count.desc(), knowledge_gaps.c.last_at.desc(), knowledge_gaps.c.number)
        with reading(self._engine) as connection:
            return [_gap(row) for row in connection.execute(query.order_by(*order).limit(limit))]

    def get(self, number: int, principal: Principal) -> Gap:
        """Return one gap.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: there is none of this number.
        """
        require(principal, STAFF, "read unanswered questions")
        with reading(self._engine) as connection:
            row = connection.execute(select(knowledge_gaps).where(knowledge_gaps.c.number == number)).one_or_none()
        if row is None:
            raise NotFound("unanswered question", str(number))
        return _gap(row)

    def settle(self, number: int, status: GapStatus, principal: Principal, *, article: str = "") -> None:
        """Take a question off the list: dismissed, or answered by an article from now on.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "settle unanswered questions")
        with writing(self._engine) as connection:
            which = update(knowledge_gaps).where(knowledge_gaps.c.number == number)
            connection.execute(which.values(status=status, article=article))


def _gap(row: Row[Any]) -> Gap:
    return Gap(**row._mapping)
