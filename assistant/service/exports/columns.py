"""Which column of a table is which of our fields: Shopify's names and plain ones are known, others are mapped.

    currency = "EUR"

    [fields]
    number = "Bestellnummer"
    placed_at = "Datum"

A column is found whatever its case, spaces and underscores. Knows no record.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.behaviour.moments import read_time
from index.errors import BadMapping, BadProduct
from index.feeds.tables import TableRow, read_table

_ZONE = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
Names = Mapping[str, Sequence[str]]
"""Our field → the columns that it is taken from, the first with a value counts."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one kind of table, and the currency of amounts that name none."""

    names: Names
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row by our own fields; what is empty is left out. `number` is its line in the file."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a field, empty where it is not there. A leading apostrophe, which spreadsheets add, is dropped."""
        return self.cells.get(name, "").removeprefix("'").strip()


@dataclass(frozen=True, slots=True)
class Brought:
    """How many records were written or changed, and what was refused."""

    written: int
    rejects: tuple[BadProduct, ...] = ()


def columns(names: Names, mapping: Path | None) -> Columns:
    """Return the known columns, those of a mapping file in front.

    Raises:
        BadMapping: the file cannot be read, or names a field that does not exist (with the nearest that does).
    """
    if mapping is None:
        return Columns(names)
    given = _parsed(mapping)
    chosen = given.get("fields", {})
    for name in chosen:
        if name not in names:
            near = difflib.get_close_matches(str(name), list(names), n=1)
            hint = f", did you mean {near[0]}?" if near else f"; there are {', '.join(names)}"
            raise BadMapping(mapping, f"there is no field {name!r}{hint}")
    own = {name: [column] if isinstance(column, str) else list(column) for name, column in chosen.items()}
    return Columns({name: [*own.get(name, ()), *known] for name, known in names.items()}, given.get("currency"))


def read_rows(path: Path, known: Columns) -> Iterator[Row | BadProduct]:
    """Yield the rows of a table by our fields.

    Raises:
        BadFeed: the file cannot be opened or has no header.
    """
    for row in read_table(path):
        if isinstance(row, TableRow):
            cells = {_folded(name): value for name, value in row.cells if value.strip()}
            yield Row(row.number, dict(_found(cells, known.names)))
        else:
            yield row


def read_date(text: str) -> datetime:
    """Return the moment that an export wrote; without a zone it is UTC.

    >>> read_date("2025-03-01 10:22:31 +0100").isoformat(), read_date("2025-03-01").isoformat()
    ('2025-03-01T09:22:31+00:00', '2025-03-01T00:00:00+00:00')

    Raises:
        ValueError: it is no date that can be read in one way only.
    """
    try:
        return read_time(_ZONE.sub(r"\1", text.strip().removesuffix("UTC").strip()))
    except ValueError as error:
        raise ValueError("is no date such as 2025-03-01 10:22:31 +0100") from error


def _found(cells: Mapping[str, str], names: Names) -> Iterator[tuple[str, str]]:
    for name, known in names.items():
        value = next((cells[_folded(column)] for column in known if _folded(column) in cells), None)
        if value is not None:
            yield name, value


def _folded(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name).lower()


def _parsed(path: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(path, str(error).replace("\n", " ")) from error
    if not isinstance(given.get("fields", {}), dict):
        raise BadMapping(path, f"fields is {given['fields']!r}: a table of names is expected")
    return given
