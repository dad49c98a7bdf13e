"""Policies and help articles as they are kept: every version of every paragraph, one current. Knows no Markdown.

What belongs to a source (a folder that was imported, the desk) is withdrawn by that source alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, func, select, update

from assistant.errors import NotFound
from assistant.store.access import STAFF, require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import PolicyParagraph
from assistant.store.rows import put_rows
from assistant.store.tables import policies, policy_paragraphs

Edition = tuple[str, str, str]
"""Policy, language, version."""
WRITERS = frozenset({"manager", "system"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """One version of one policy or article. `number` counts versions; `source` is where it was imported from."""

    policy: str
    language: str
    version: str
    number: int
    kind: str
    title: str
    source: str
    imported_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What writing texts changed: editions that are current now and were not, that were already, and withdrawn ones."""

    written: tuple[EditionRecord, ...] = ()
    unchanged: tuple[EditionRecord, ...] = ()
    withdrawn: tuple[EditionRecord, ...] = ()


class PolicyTexts:
    """The policies and articles of one shop. Everybody may read them. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def replace_all(self, paragraphs: Iterable[PolicyParagraph], principal: Principal) -> None:
        """Make these paragraphs all that the shop says now; what was current before is kept as an old version.

        Raises:
            NotAllowed: the principal is neither a manager nor the shop's own program.
        """
        require(principal, WRITERS, "write policies")
        wanted = _by_edition(paragraphs)
        with writing(self._engine) as connection:
            connection.execute(update(policies).values(current=False))
            _write(connection, wanted, source="")

    def take_in(
        self, paragraphs: Iterable[PolicyParagraph], principal: Principal, *, source: str, keep: Collection[str] = ()
    ) -> Taken:
        """Make these paragraphs what a source says now; what it said and says no more is withdrawn, but for `keep`.

        A text that another source brought is taken over.

        Raises:
            NotAllowed: the principal is neither a manager nor the shop's own program.
        """
        require(principal, WRITERS, "write policies")
        wanted = _by_edition(paragraphs)
        with writing(self._engine) as connection:
            before = {(one.policy, one.language): one for one in _records(connection, policies.c.current.is_(True))}
            _write(connection, wanted, source=source)
            now = {(one.policy, one.language): one for one in _records(connection, policies.c.current.is_(True))}
            there = {edition[:2] for edition in wanted}
            gone = [
                one
                for key, one in before.items()
                if one.source == source and key not in there and one.policy not in keep
            ]
            for one in gone:
                _withdraw(connection, one.policy, one.language)
        same = {key for key in there if key in before and before[key].version == now[key].version}
        return Taken(
            written=tuple(now[key] for key in sorted(there - same)),
            unchanged=tuple(now[key] for key in sorted(same)),
            withdrawn=tuple(gone),
        )

    def publish(self, paragraphs: Iterable[PolicyParagraph], principal: Principal, *, source: str) -> EditionRecord:
        """Make one text current beside all others, and return its edition.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "publish articles")
        wanted = _by_edition(paragraphs)
        ((policy, language, version),) = wanted
        with writing(self._engine) as connection:
            _write(connection, wanted, source=source)
            which = and_(policies.c.policy == policy, policies.c.language == language, policies.c.version == version)
            return _records(connection, which)[0]

    def withdraw(self, policy: str, language: str, principal: Principal) -> None:
        """Let a text be current no more; its versions stay.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "withdraw articles")
        with writing(self._engine) as connection:
            _withdraw(connection, policy, language)

    def every(self) -> list[EditionRecord]:
        """Return every version of every text, by name and language, the latest first."""
        with reading(self._engine) as connection:
            return _records(connection)

    def editions(self) -> frozenset[Edition]:
        """Return which versions are current: cheap, so that a change by another process is noticed."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(*policies.primary_key).where(policies.c.current.is_(True)))
            return frozenset((row.policy, row.language, row.version) for row in rows)

    def current(self) -> list[PolicyParagraph]:
        """Return the current paragraphs, in the order of their policies."""
        query = _paragraphs().where(policies.c.current.is_(True))
        order = (policy_paragraphs.c.language, policy_paragraphs.c.policy, policy_paragraphs.c.position)
        with reading(self._engine) as connection:
            return [_paragraph(row) for row in connection.execute(query.order_by(*order))]

    def get(self, paragraph_id: str, *, language: str, version: str) -> PolicyParagraph:
        """Return a paragraph as it was in one version, current or not.

        Raises:
            NotFound: there never was such a paragraph in this version.
        """
        columns = policy_paragraphs.c
        which = (columns.id == paragraph_id, columns.language == language, columns.version == version)
        with reading(self._engine) as connection:
            row = connection.execute(_paragraphs().where(*which)).one_or_none()
        if row is None:
            raise NotFound("policy paragraph", f"{paragraph_id} ({language}, {version})")
        return _paragraph(row)

    def whole(self, policy: str, *, number: int | None = None) -> list[PolicyParagraph]:
        """Return all paragraphs of one version by its number, in every language; of the current one without a number.

        Empty where there never was such a version.
        """
        which = policies.c.current.is_(True) if number is None else policies.c.number == number
        query = _paragraphs().where(policies.c.policy == policy, which)
        order = (policies.c.language, policies.c.imported_at, policies.c.version, policy_paragraphs.c.position)
        with reading(self._engine) as connection:
            return [_paragraph(row) for row in connection.execute(query.order_by(*order))]


def _paragraphs() -> Select[Any]:
    # by the foreign key: one edition
    return select(policy_paragraphs, policies.c.title, policies.c.number, policies.c.kind).join(policies)


def _by_edition(paragraphs: Iterable[PolicyParagraph]) -> dict[Edition, list[PolicyParagraph]]:
    wanted: dict[Edition, list[PolicyParagraph]] = {}
    for paragraph in paragraphs:
        wanted.setdefault((paragraph.policy, paragraph.language, paragraph.version), []).append(paragraph)
    return wanted


def _records(connection: Connection, *which: Any) -> list[EditionRecord]:
    order = (policies.c.policy, policies.c.language, policies.c.number.desc())
    rows = connection.execute(select(policies).where(*which).order_by(*order))
    return [EditionRecord(**row._mapping) for row in rows]


def _write(connection: Connection, wanted: Mapping[Edition, list[PolicyParagraph]], *, source: str) -> None:
    """Make editions current, each in place of what its policy said before in its language."""
    kept = {tuple(row) for row in connection.execute(select(*policies.primary_key))}
    counted = select(policies.c.policy, func.max(policies.c.number)).group_by(policies.c.policy)
    highest: dict[str, int] = {row[0]: row[1] for row in connection.execute(counted)}
    for edition, texts in wanted.items():
        policy, language, version = edition
        _withdraw(connection, policy, language)
        if edition not in kept:
            _insert(connection, edition, texts, number=highest.get(policy, 0) + 1)
        which = (policies.c.policy == policy, policies.c.language == language, policies.c.version == version)
        values = {"current": True, "source": source, "kind": texts[0].kind}
        connection.execute(update(policies).where(*which).values(**values))


def _withdraw(connection: Connection, policy: str, language: str) -> None:
    which = (policies.c.policy == policy, policies.c.language == language)
    connection.execute(update(policies).where(*which).values(current=False))


def _insert(connection: Connection, edition: Edition, texts: list[PolicyParagraph], *, number: int) -> None:
    policy, language, version = edition
    key = {"policy": policy, "language": language, "version": version}
    row = {"title": texts[0].title, "imported_at": datetime.now(UTC), "current": True, "number": number}
    put_rows(connection, policies, [key | row])
    rows = [
        key | {"id": text.id, "position": position, "heading": text.heading, "text": text.text}
        for position, text in enumerate(texts)
    ]
    put_rows(connection, policy_paragraphs, rows)


def _paragraph(row: Row[Any]) -> PolicyParagraph:
    return PolicyParagraph(**{name: value for name, value in row._mapping.items() if name != "position"})
