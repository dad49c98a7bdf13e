"""Policies as they are kept: every version of every paragraph, one of them current. Knows no Markdown and no search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, select, tuple_, update

from assistant.errors import NotFound
from assistant.store.access import require
from assistant.store.database import reading, writing
from assistant.store.principal import Principal
from assistant.store.records import PolicyParagraph
from assistant.store.rows import put_rows
from assistant.store.tables import policies, policy_paragraphs

Edition = tuple[str, str, str]
"""Policy, language, version."""


class PolicyTexts:
    """The policies of one shop. Everybody may read them. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def replace_all(self, paragraphs: Iterable[PolicyParagraph], principal: Principal) -> None:
        """Make these paragraphs the shop's policies now; what was current before is kept as an old version.

        Raises:
            NotAllowed: the principal is neither a manager nor the shop's own program.
        """
        require(principal, frozenset({"manager", "system"}), "write policies")
        wanted: dict[Edition, list[PolicyParagraph]] = {}
        for paragraph in paragraphs:
            wanted.setdefault((paragraph.policy, paragraph.language, paragraph.version), []).append(paragraph)
        with writing(self._engine) as connection:
            kept = {tuple(row) for row in connection.execute(select(*policies.primary_key))}
            connection.execute(update(policies).values(current=False))
            for edition, texts in wanted.items():
                if edition not in kept:
                    _insert(connection, edition, texts)
            if wanted:
                current = tuple_(*policies.primary_key).in_(list(wanted))
                connection.execute(update(policies).where(current).values(current=True))

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


def _paragraphs() -> Select[Any]:
    return select(policy_paragraphs, policies.c.title).join(policies)  # by the foreign key: one edition


def _insert(connection: Connection, edition: Edition, texts: list[PolicyParagraph]) -> None:
    policy, language, version = edition
    key = {"policy": policy, "language": language, "version": version}
    now = datetime.now(UTC)
    put_rows(connection, policies, [key | {"title": texts[0].title, "imported_at": now, "current": True}])
    rows = [
        key | {"id": text.id, "position": position, "heading": text.heading, "text": text.text}
        for position, text in enumerate(texts)
    ]
    put_rows(connection, policy_paragraphs, rows)


def _paragraph(row: Row[Any]) -> PolicyParagraph:
    return PolicyParagraph(**{name: value for name, value in row._mapping.items() if name != "position"})
