"""Drafts of replies with what agents did with them, and replies kept for use again. Knows no wording and no model.

A draft is kept as JSON that belongs to whoever wrote it; what agents decided, and how far they changed the text, is
counted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.errors import NotFound, RegularsError
from assistant.store.access import STAFF, require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.tables import canned_replies, drafts

DraftStatus = Literal["waiting", "open", "accepted", "edited", "rejected"]
Decision = Literal["accepted", "edited", "rejected"]
APPROVED: tuple[DraftStatus, ...] = ("accepted", "edited")


class AlreadyDecided(RegularsError):
    """A draft about which an agent has decided something else before."""

    def __init__(self, draft_id: str, status: str) -> None:
        self.draft_id, self.status = draft_id, status
        super().__init__(f"the draft {draft_id!r} is {status} already: ask for a new draft instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """A draft as it is kept.

    `data` holds its `text`, and what else its writer needs to read it again. `status` is "waiting" until it is written,
    then "open" until an agent decides. `sent_text` is what the agent sent, `edit_distance` how many characters of it
    were put in, taken out or replaced (Levenshtein).
    """

    id: str = field(default_factory=lambda: uuid4().hex)
    ticket_id: str | None = None
    customer_id: str | None = None
    message: str
    language: str
    data: Mapping[str, Any] = field(default_factory=dict)
    status: DraftStatus = "open"
    sent_text: str = ""
    edit_distance: int | None = None
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    decided_at: datetime | None = None

    @property
    def text(self) -> str:
        """The draft as it was written."""
        return str(self.data.get("text", ""))


class Drafts:
    """The drafts of one shop. Agents see all, shoppers none. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, draft: KeptDraft, principal: Principal) -> None:
        """Keep a draft; one of the same id that nobody has decided about is replaced.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            AlreadyDecided: an agent has decided about the one of the same id.
        """
        require(principal, STAFF, "keep drafts")
        with writing(self._engine) as connection:
            held = _held(connection, draft.id)
            if held is not None and held.decided_at is not None:
                raise AlreadyDecided(held.id, held.status)
            if held is not None:
                connection.execute(delete(drafts).where(drafts.c.id == draft.id))
            connection.execute(insert(drafts), [_row(draft)])

    def begin(self, draft: KeptDraft, principal: Principal) -> bool:
        """Keep a draft that is still to be written; `False` where one of this id is there already.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "keep drafts")
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(drafts), [_row(draft)])
        except IntegrityError:
            with reading(self._engine) as connection:
                if _held(connection, draft.id) is not None:
                    return False
            raise
        return True

    def get(self, draft_id: str, principal: Principal) -> KeptDraft:
        """Return one draft.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: there is none of this id.
        """
        require(principal, STAFF, "read drafts")
        with reading(self._engine) as connection:
            held = _held(connection, draft_id)
        if held is None:
            raise NotFound("draft", draft_id)
        return held

    def decide(self, draft_id: str, decision: Decision, principal: Principal, *, sent_text: str = "") -> KeptDraft:
        """Record what an agent did with a draft, and return it so.

        Accepting without a text sends the draft as it is; a text that differs makes it "edited", whatever was said.
        The same decision twice changes nothing.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: there is no draft of this id that is written.
            AlreadyDecided: something else was decided about it.
        """
        require(principal, STAFF, "decide about drafts")
        with writing(self._engine) as connection:
            held = _held(connection, draft_id)
            if held is None or held.status == "waiting":
                raise NotFound("draft", draft_id)
            values = _decided(held, decision, sent_text)
            if held.decided_at is not None:
                if (held.status, held.sent_text) != (values["status"], values["sent_text"]):
                    raise AlreadyDecided(held.id, held.status)
                return held
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(**values))
            decided = _held(connection, draft_id)
        if decided is None:
            raise NotFound("draft", draft_id)
        return decided

    def note(self, draft_id: str, principal: Principal, **more: Any) -> None:
        """Add to the data of a draft, such as where it was posted.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: there is none of this id.
        """
        require(principal, STAFF, "keep drafts")
        with writing(self._engine) as connection:
            held = _held(connection, draft_id)
            if held is None:
                raise NotFound("draft", draft_id)
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(data={**held.data, **more}))

    def of_ticket(self, ticket_id: str, principal: Principal) -> list[KeptDraft]:
        """Return a ticket's drafts, the latest first.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read drafts")
        query = select(drafts).where(drafts.c.ticket_id == ticket_id).order_by(drafts.c.created_at.desc())
        with reading(self._engine) as connection:
            return [_draft(row) for row in connection.execute(query)]

    def approved(self, language: str, principal: Principal, *, limit: int = 300) -> list[KeptDraft]:
        """Return the latest drafts of a language that agents sent, as they were or edited.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read drafts")
        mine = drafts.c.status.in_(APPROVED) & (drafts.c.language == language)
        query = select(drafts).where(mine).order_by(drafts.c.decided_at.desc(), drafts.c.id).limit(limit)
        with reading(self._engine) as connection:
            return [_draft(row) for row in connection.execute(query)]

    def waiting(self, principal: Principal) -> list[KeptDraft]:
        """Return the drafts that are still to be written, the oldest first.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read drafts")
        query = select(drafts).where(drafts.c.status == "waiting").order_by(drafts.c.created_at, drafts.c.id)
        with reading(self._engine) as connection:
            return [_draft(row) for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply that the shop keeps for use again, in one language."""

    id: str
    language: str
    title: str
    text: str


class CannedReplies:
    """The replies that one shop keeps for use again. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, principal: Principal) -> list[CannedReply]:
        """Return every reply, by id and language.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read kept replies")
        order = (canned_replies.c.id, canned_replies.c.language)
        with reading(self._engine) as connection:
            rows = connection.execute(select(canned_replies).order_by(*order))
            return [CannedReply(row.id, row.language, row.title, row.text) for row in rows]

    def get(self, reply_id: str, language: str, principal: Principal) -> CannedReply:
        """Return a reply in a language.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
            NotFound: the shop has no such reply in this language.
        """
        for one in self.all(principal):
            if (one.id, one.language) == (reply_id, language):
                return one
        raise NotFound(f"kept reply in {language!r}", reply_id)

    def put(self, reply: CannedReply, principal: Principal) -> None:
        """Keep a reply; one of the same id and language is replaced.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "keep replies")
        values = {"id": reply.id, "language": reply.language, "title": reply.title, "text": reply.text}
        with writing(self._engine) as connection:
            connection.execute(delete(canned_replies).where(_same(reply.id, reply.language)))
            connection.execute(insert(canned_replies), [values])

    def remove(self, reply_id: str, language: str, principal: Principal) -> None:
        """Take a reply away; nothing happens where there is none.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "keep replies")
        with writing(self._engine) as connection:
            connection.execute(delete(canned_replies).where(_same(reply_id, language)))


def distance(text: str, sent: str) -> int:
    """Return how many characters were put in, taken out or replaced.

    >>> distance("Dear Ada,", "Hi Ada,")
    4
    """
    return int(Levenshtein.distance(text, sent))


def _same(reply_id: str, language: str) -> Any:
    return (canned_replies.c.id == reply_id) & (canned_replies.c.language == language)


def _decided(held: KeptDraft, decision: Decision, sent_text: str) -> dict[str, Any]:
    if decision == "rejected":
        return {"status": "rejected", "sent_text": "", "edit_distance": None, "decided_at": datetime.now(UTC)}
    sent = sent_text.strip() or held.text
    status = "accepted" if sent == held.text else "edited"
    far = distance(held.text, sent)
    return {"status": status, "sent_text": sent, "edit_distance": far, "decided_at": datetime.now(UTC)}


def _held(connection: Connection, draft_id: str) -> KeptDraft | None:
    row = connection.execute(select(drafts).where(drafts.c.id == draft_id).with_for_update()).one_or_none()
    return _draft(row) if row else None


def _row(draft: KeptDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in KeptDraft.__slots__} | {"data": dict(draft.data)}


def _draft(row: Row[Any]) -> KeptDraft:
    return KeptDraft(**dict(row._mapping))
