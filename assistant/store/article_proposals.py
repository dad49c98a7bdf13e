"""Articles that resolved conversations propose, until a person approves or rejects them. Knows no wording.

No shopper can read them: an approved one is published among the shop's texts, and this is only where it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Engine, Row, insert, select, update

from assistant.errors import NotFound, RegularsError
from assistant.store.access import STAFF, require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.tables import article_proposals

ProposalStatus = Literal["proposed", "approved", "rejected"]


class AlreadySettled(RegularsError):
    """A proposal about which somebody has decided before."""

    def __init__(self, proposal_id: str, status: str) -> None:
        self.proposal_id, self.status = proposal_id, status
        super().__init__(f"the proposed article {proposal_id!r} is {status} already: nothing was changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An article that a conversation proposes. `article` is the name that it got when it was approved."""

    id: str = field(default_factory=lambda: uuid4().hex)
    ticket_id: str | None = None
    language: str
    title: str
    body: str
    status: ProposalStatus = "proposed"
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    decided_at: datetime | None = None
    decided_by: str = ""
    article: str = ""


class ArticleProposals:
    """The proposed articles of one shop, for its staff alone. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, proposal: Proposal, principal: Principal) -> bool:
        """Keep a proposal; `False` where the same conversation proposed one of this title before.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "propose articles")
        columns = article_proposals.c
        same = (columns.ticket_id == proposal.ticket_id, columns.title == proposal.title)
        with writing(self._engine) as connection:
            if connection.execute(select(columns.id).where(*same)).first() is not None:
                return False
            row = {name: getattr(proposal, name) for name in Proposal.__slots__}
            connection.execute(insert(article_proposals).values(**row))
            return True

    def open(self, principal: Principal, *, limit: int = 200) -> list[Proposal]:
        """Return what waits for a decision, the oldest first.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read proposed articles")
        query = select(article_proposals).where(article_proposals.c.status == "proposed")
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(article_proposals.c.made_at).limit(limit))
            return [_proposal(row) for row in rows]

    def settle(self, proposal_id: str, principal: Principal, *, by: str, publish: Callable[[Proposal], str]) -> None:
        """Decide about a proposal once: `publish` returns the article's name, or nothing where it is rejected.

        It is claimed first, so that of two who decide at the same time one alone publishes.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: there is none of this id.
            AlreadySettled: somebody decided before.
        """
        require(principal, STAFF, "decide about proposed articles")
        which = article_proposals.c.id == proposal_id
        with reading(self._engine) as connection:
            row = connection.execute(select(article_proposals).where(which)).one_or_none()
        if row is None:
            raise NotFound("proposed article", proposal_id)
        proposal = _proposal(row)
        self._claim(proposal, by)
        try:
            article = publish(proposal)
        except BaseException:
            self._put(proposal_id, status="proposed", decided_at=None, decided_by="")
            raise
        self._put(proposal_id, status="approved" if article else "rejected", article=article)

    def _claim(self, proposal: Proposal, by: str) -> None:
        waiting = (article_proposals.c.id == proposal.id) & (article_proposals.c.status == "proposed")
        values = {"status": "rejected", "decided_at": datetime.now(UTC), "decided_by": by}
        with writing(self._engine) as connection:
            if not connection.execute(update(article_proposals).where(waiting).values(**values)).rowcount:
                raise AlreadySettled(proposal.id, proposal.status if proposal.status != "proposed" else "decided")

    def _put(self, proposal_id: str, **values: Any) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(article_proposals).where(article_proposals.c.id == proposal_id).values(**values))


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(**row._mapping)
