"""What the shop expects: of each customer, each category, each learned segment, and how well it knows.

A customer's row is theirs to see; the others are the staff's. Each training replaces all rows of a kind at once. Knows
no model: what a row says is `assistant.behaviour`'s affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, delete, insert, select

from assistant.store.access import STAFF, require
from assistant.store.database import reading, writing
from assistant.store.events import check_reader
from assistant.store.principal import Principal
from assistant.store.tables import forecasts

Kind = Literal["customer", "category", "segment", "shop"]
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """One row: whom or what it is about, what is expected, and when that was worked out."""

    subject: str
    data: Mapping[str, Any]
    made_at: datetime


class ForecastBook:
    """The forecasts of one shop. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def replace(self, kind: Kind, rows: Mapping[str, Mapping[str, Any]], principal: Principal) -> None:
        """Put these rows, by subject, in the place of all of their kind.

        Raises:
            NotAllowed: the principal is not the shop's own program.
        """
        require(principal, frozenset({"system"}), "write forecasts")
        now = datetime.now(UTC)
        made = [{"kind": kind, "subject": name, "data": dict(data), "made_at": now} for name, data in rows.items()]
        with writing(self._engine) as connection:
            connection.execute(delete(forecasts).where(forecasts.c.kind == kind))
            for start in range(0, len(made), _CHUNK):
                connection.execute(insert(forecasts), made[start : start + _CHUNK])

    def of(self, whose: str, principal: Principal) -> Kept | None:
        """Return what is expected of a person ("customer:ID"); `None` where nothing is.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        return self._one("customer", whose)

    def about(self, kind: Kind, principal: Principal) -> list[Kept]:
        """Return every row of a kind, by subject.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        require(principal, STAFF, "read the shop's forecasts")
        query = select(forecasts).where(forecasts.c.kind == kind).order_by(forecasts.c.subject)
        with reading(self._engine) as connection:
            return [Kept(row.subject, row.data, row.made_at) for row in connection.execute(query)]

    def forget(self, whose: str, principal: Principal) -> None:
        """Delete what is expected of a person.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        with writing(self._engine) as connection:
            mine = (forecasts.c.kind == "customer") & (forecasts.c.subject == whose)
            connection.execute(delete(forecasts).where(mine))

    def segment(self, name: str) -> Kept | None:
        """Return one learned segment, which tells of nobody in particular."""
        return self._one("segment", name)

    def _one(self, kind: Kind, subject: str) -> Kept | None:
        query = select(forecasts).where(forecasts.c.kind == kind, forecasts.c.subject == subject)
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return Kept(row.subject, row.data, row.made_at) if row else None
