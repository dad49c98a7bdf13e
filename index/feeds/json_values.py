"""The values of a JSON feed, one by one in bounded memory: an array, a list under a key, nested records, or lines.

Numbers with decimals come as `Decimal`, as prices are no floats. Knows no product.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import ijson

from index.errors import BadFeed, BadProduct
from index.feeds.opening import lines, open_text, open_utf8

_EXCERPT = 80
EVERY = "*"
"""In a path to records: whatever key or item stands there."""


def read_lines(path: Path, encoding: str | None = None) -> Iterator[tuple[int, Any] | BadProduct]:
    """Yield (line number, value) of each line; a line that is no JSON is complained of."""
    with open_text(path, encoding) as file:
        for number, text in enumerate(lines(file, path), start=1):
            stripped = text.strip().lstrip("\ufeff")
            if stripped:
                yield _value(number, stripped)


def read_array(path: Path, under: str | None = None, encoding: str | None = None) -> Iterator[tuple[int, Any]]:
    """Yield (number, value) of the items of the outermost array, or of the array under a key of the outermost object.

    Raises:
        BadFeed: the file is no JSON, or breaks off.
    """
    prefix = "item" if under is None else f"{under}.item"
    with open_utf8(path, encoding) as file:
        yield from _counted(path, ijson.items(file, prefix))


def read_nested(path: Path, records: Sequence[str], encoding: str | None = None) -> Iterator[tuple[int, Any]]:
    """Yield (number, value) of each value at a path of keys; `*` stands for any key, or for the items of an array.

    Raises:
        BadFeed: the file is no JSON, or breaks off.
    """
    with open_utf8(path, encoding) as file:
        yield from _counted(path, _at(ijson.basic_parse(file), records))


def outline(path: Path, encoding: str | None = None) -> tuple[str | None, Any]:
    """Return the key under which a JSON document holds its first array of objects, and the first of these.

    The key is `None` where the document is an array itself; the object is `None` where there is no such array.
    """
    with open_utf8(path, encoding) as file:
        try:
            for prefix, event, _ in ijson.parse(file):
                if event == "start_map" and (prefix == "item" or prefix.endswith(".item")):
                    under = prefix.rpartition("item")[0].rstrip(".") or None
                    return under, next(value for _, value in read_array(path, under, encoding))
        except (ijson.JSONError, EOFError, OSError, zlib.error):
            return None, None
    return None, None


def _counted(path: Path, values: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    count = 0
    try:
        for value in values:
            count += 1
            yield count, value
    except (ijson.JSONError, EOFError, OSError, zlib.error) as error:
        raise BadFeed(path, f"it is no JSON after record {count} ({str(error).splitlines()[0].strip()})") from error


def _at(events: Iterator[tuple[str, Any]], records: Sequence[str]) -> Iterator[Any]:
    """Follow the path while reading; only the values at its end are built."""
    path: list[str] = []
    for event, value in events:
        if event == "map_key":
            path[-1] = value
        elif event in ("end_map", "end_array"):
            path.pop()
        elif len(path) == len(records) and all(asked in (EVERY, key) for asked, key in zip(records, path, strict=True)):
            yield _built(event, value, events)
        elif event in ("start_map", "start_array"):
            path.append(EVERY)


def _built(event: str, value: Any, events: Iterator[tuple[str, Any]]) -> Any:
    builder = ijson.ObjectBuilder()
    depth = 0
    while True:
        builder.event(event, value)
        depth += event.startswith("start_") - event.startswith("end_")
        if depth == 0:
            return builder.value
        event, value = next(events)


def _value(number: int, text: str) -> tuple[int, Any] | BadProduct:
    try:
        return number, json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return BadProduct(number, "line", text[:_EXCERPT], f"is no JSON ({error})")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
