"""Rows of a separated table, one by one: quoting that is broken costs the rows it is in, not the rest of the file.

Knows no product. A physical line is taken as it is where it can be; a quoted field may go on over several lines.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import BadFeed, BadProduct
from index.feeds.opening import lines, open_text

LONGEST_RECORD = 500
"""Lines that one quoted field may span; beyond, its quote is taken to be a slip."""
_DELIMITERS = "\t,;|"
_EXCERPT = 80

csv.field_size_limit(64 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by header; `number` is its line in the file."""

    number: int
    cells: tuple[tuple[str, str], ...]


def delimiter_of(header: str) -> str | None:
    """Return what parts the names of a header line, `None` where nothing does.

    >>> delimiter_of("id;title;price")
    ';'
    """
    best = max(_DELIMITERS, key=header.count)
    return best if best in header else None


def read_table(
    path: Path, encoding: str | None = None, delimiter: str | None = None
) -> Iterator[TableRow | BadProduct]:
    """Yield the rows of a table whose first line holds the names of its columns.

    Raises:
        BadFeed: there is no such line, or the file breaks off.
    """
    with open_text(path, encoding) as file:
        physical = _Physical(path, lines(file, path))
        first = physical.take()
        while first is not None and not first.strip():
            first = physical.take()
        found = delimiter or (delimiter_of(first) if first else None)
        if first is None or found is None:
            raise BadFeed(path, "its first line names no columns: a header such as id,title,price is expected")
        header = [name.strip().lstrip("\ufeff") for name in next(csv.reader([first], delimiter=found))]
        yield from _Rows(header, found, physical)


class _Physical:
    """The file's lines, with some put back."""

    def __init__(self, path: Path, source: Iterator[str]) -> None:
        self.path, self.number = path, 0
        self._source, self._back = source, deque[str]()

    def take(self) -> str | None:
        line = self._back.popleft() if self._back else next(self._source, None)
        self.number += line is not None
        return line

    def put_back(self, taken: list[str]) -> None:
        self._back.extendleft(reversed(taken))
        self.number -= len(taken)


class _Rows:
    """Turns physical lines into rows of as many cells as the header has names."""

    def __init__(self, header: list[str], delimiter: str, physical: _Physical) -> None:
        self._header, self._delimiter, self._physical = header, delimiter, physical

    def __iter__(self) -> Iterator[TableRow | BadProduct]:
        while (line := self._physical.take()) is not None:
            if line.strip():
                yield self._row(line)

    def _row(self, line: str) -> TableRow | BadProduct:
        number = self._physical.number
        cells = self._cells(line)
        if cells is None:
            return BadProduct(number, "row", line.strip()[:_EXCERPT], "opens a quote that is not closed")
        while len(cells) > len(self._header) and not cells[-1].strip():
            cells.pop()
        if len(cells) > len(self._header):
            reason = f"has {len(cells)} cells where the header has {len(self._header)}"
            return BadProduct(number, "row", line.strip()[:_EXCERPT], reason)
        broken = next((cell for cell in cells if not _is_sound(cell)), None)
        if broken is not None:
            value = broken.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            return BadProduct(number, "row", value[:_EXCERPT], "holds bytes of another encoding than the file")
        return TableRow(number, tuple(zip(self._header, cells, strict=False)))

    def _cells(self, line: str) -> list[str] | None:
        """A line alone, else with the lines that its quoted field spans, else with its quotes as plain characters."""
        cells, unfinished = self._parsed(line)
        if cells is None and unfinished:
            cells = self._spanning(line)
        if cells is not None:
            return cells
        literal = line.rstrip("\r\n").split(self._delimiter)
        lenient = literal if unfinished else next(csv.reader([line], delimiter=self._delimiter))
        return next((found for found in (literal, lenient) if len(found) == len(self._header)), None)

    def _spanning(self, line: str) -> list[str] | None:
        taken: list[str] = []
        joined = [line]
        quotes = line.count('"')
        while len(taken) < LONGEST_RECORD and (following := self._physical.take()) is not None:
            taken.append(following)
            joined.append(following)
            quotes += following.count('"')
            if following.count('"') and quotes % 2 == 0:
                cells, unfinished = self._parsed("".join(joined))
                if cells is not None and len(cells) <= len(self._header):
                    return cells
                if not unfinished:
                    break
        self._physical.put_back(taken)
        return None

    def _parsed(self, text: str) -> tuple[list[str] | None, bool]:
        """Return the cells of a record, or none and whether it merely goes on."""
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return None, "unexpected end" in str(error)
        return (rows[0], False) if len(rows) == 1 else (None, False)


def _is_sound(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
