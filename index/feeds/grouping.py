"""Rows of one product brought together, wherever they stand in the feed, in bounded memory.

Rows wait as JSON in SQLite's own temporary database, which moves to disk as it grows. Knows no format.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

_IN_ORDER = """
SELECT waiting.name, waiting.row, waiting.kept
FROM (SELECT name, MIN(row) AS first FROM waiting GROUP BY name) AS named JOIN waiting USING (name)
ORDER BY named.first, waiting.row
"""


class Groups:
    """JSON values by the name of their group; groups come back in the order of their first row. Use with `closing`."""

    def __init__(self) -> None:
        self._waiting = sqlite3.connect("", isolation_level=None)
        self._waiting.execute("PRAGMA journal_mode = OFF")
        self._waiting.execute("CREATE TABLE waiting (name TEXT, row INTEGER, kept TEXT)")
        self._waiting.execute("BEGIN")

    def add(self, name: str, row: int, kept: Any) -> None:
        """Keep what a row says."""
        self._waiting.execute("INSERT INTO waiting VALUES (?, ?, ?)", (name, row, json.dumps(kept)))

    def __iter__(self) -> Iterator[tuple[str, list[tuple[int, Any]]]]:
        self._waiting.execute("CREATE INDEX waiting_name ON waiting (name, row)")
        with closing(self._waiting.execute(_IN_ORDER)) as rows:
            for name, group in groupby(rows, key=lambda found: str(found[0])):
                yield name, [(row, json.loads(kept)) for _, row, kept in group]

    def close(self) -> None:
        """Forget everything."""
        self._waiting.close()
