"""Where rows that cannot be used are written: a JSON Lines or tab-separated file with row, field, value and reason.

{"row": 17, "field": "price", "value": "call us", "reason": "holds no number"}
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import TracebackType
from typing import IO

from index.errors import BadFeed, BadProduct

FIRST = 20
"""Problems kept for the summary; all go to the file."""
_COLUMNS = ("row", "field", "value", "reason")


class Rejects:
    """Counts rejected rows and writes them to `path`, as a table when it ends in .tsv; keeps the first in memory."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.count = path, 0
        self.first: list[BadProduct] = []
        self._file: IO[str] | None = None

    def __enter__(self) -> Rejects:
        if self.path is not None:
            try:
                self._file = self.path.open("w", encoding="utf-8", newline="", errors="backslashreplace")
            except OSError as error:
                raise BadFeed(self.path, f"the rejects file cannot be written ({error.strerror})") from error
            if self._is_table():
                csv.writer(self._file, delimiter="\t", lineterminator="\n").writerow(_COLUMNS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, problem: BadProduct) -> None:
        """Count a row, and write it where there is a file."""
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(problem)
        if self._file is None:
            return
        told = (problem.row, problem.field, problem.value, problem.reason)
        if self._is_table():
            csv.writer(self._file, delimiter="\t", lineterminator="\n").writerow(told)
        else:
            self._file.write(json.dumps(dict(zip(_COLUMNS, told, strict=True)), ensure_ascii=False, default=str) + "\n")

    def _is_table(self) -> bool:
        return self.path is not None and self.path.suffix.lower() in (".tsv", ".txt")
