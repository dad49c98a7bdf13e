"""Reads the tab-separated word lists that lie beside this module. Knows none of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def rows(name: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the rows of a list as columns of comma-separated words; lines that begin with # are for people."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(tuple(w.strip() for w in column.split(",") if w.strip()) for column in line.split("\t"))
