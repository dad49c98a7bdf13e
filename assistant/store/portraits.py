"""What shoppers said of themselves, and which lines of their portrait they hid or deleted. Observes nothing.

Reading and writing is for the person alone and the shop's own program; agents see a portrait through the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Engine, Table, delete, select, update

from assistant.store.database import reading, writing
from assistant.store.events import check_reader
from assistant.store.principal import Principal
from assistant.store.rows import put_rows
from assistant.store.tables import portrait_marks, portrait_statements

Mark = Literal["hidden", "deleted"]
LONGEST_SAID = 300
"""Characters of a message that are kept as the reason of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something a shopper said of their taste: `wanted` is false for what they avoid; `said` are their own words."""

    key: str
    value: str
    wanted: bool
    said: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A line that was hidden or deleted, and when."""

    key: str
    value: str
    mark: Mark
    at: datetime


class PortraitBook:
    """Statements and marks of one shop's shoppers. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def statements(self, whose: str, principal: Principal) -> list[Statement]:
        """Return what a person ("customer:ID" or "anonymous:ID") said, the latest first.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        said = portrait_statements
        columns = (said.c.key, said.c.value, said.c.wanted, said.c.said, said.c.at)
        query = select(*columns).where(said.c.person == whose).order_by(said.c.at.desc(), said.c.key, said.c.value)
        with reading(self._engine) as connection:
            return [Statement(**row._mapping) for row in connection.execute(query)]

    def marks(self, whose: str, principal: Principal) -> list[Marked]:
        """Return the lines that a person hid or deleted.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        kept = portrait_marks
        query = select(kept.c.key, kept.c.value, kept.c.mark, kept.c.at).where(kept.c.person == whose)
        with reading(self._engine) as connection:
            return [Marked(**row._mapping) for row in connection.execute(query)]

    def state(self, whose: str, principal: Principal, *, told: Statement) -> None:
        """Keep what was said, in place of an earlier statement about the same; a mark on it is lifted.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        row = {"person": whose, "key": told.key, "value": told.value, "wanted": told.wanted, "at": told.at}
        with writing(self._engine) as connection:
            put_rows(connection, portrait_statements, [{**row, "said": told.said[:LONGEST_SAID]}])
            connection.execute(delete(portrait_marks).where(*_line(portrait_marks, whose, told.key, told.value)))

    def mark(self, whose: str, principal: Principal, *, marked: Marked) -> None:
        """Hide or delete a line. A statement that is deleted is gone with its words.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        row = {"person": whose, "key": marked.key, "value": marked.value, "mark": marked.mark, "at": marked.at}
        with writing(self._engine) as connection:
            put_rows(connection, portrait_marks, [row])
            if marked.mark == "deleted":
                line = _line(portrait_statements, whose, marked.key, marked.value)
                connection.execute(delete(portrait_statements).where(*line))

    def unmark(self, whose: str, principal: Principal, *, key: str, value: str) -> None:
        """Show a hidden line again.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        with writing(self._engine) as connection:
            connection.execute(delete(portrait_marks).where(*_line(portrait_marks, whose, key, value)))

    def adopt(self, guest: str, customer: str, principal: Principal) -> None:
        """Give what a guest said to the customer who signs in; what the customer said before stays.

        Raises:
            NotAllowed: the customer is somebody else.
        """
        check_reader(customer, principal)
        with writing(self._engine) as connection:
            for table in (portrait_statements, portrait_marks):
                known = select(table.c.key, table.c.value).where(table.c.person == customer)
                held = {tuple(row) for row in connection.execute(known)}
                of_guest = select(table.c.key, table.c.value).where(table.c.person == guest)
                for key, value in connection.execute(of_guest).all():
                    if (key, value) not in held:
                        moved = update(table).where(*_line(table, guest, key, value)).values(person=customer)
                        connection.execute(moved)
                connection.execute(delete(table).where(table.c.person == guest))

    def forget(self, whose: str, principal: Principal) -> None:
        """Delete everything that a person said or marked.

        Raises:
            NotAllowed: it is somebody else.
        """
        check_reader(whose, principal)
        with writing(self._engine) as connection:
            for table in (portrait_statements, portrait_marks):
                connection.execute(delete(table).where(table.c.person == whose))


def _line(table: Table, whose: str, key: str, value: str) -> tuple[ColumnElement[bool], ...]:
    return (table.c.person == whose, table.c.key == key, table.c.value == value)
