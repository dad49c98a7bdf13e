"""Takes in a file of events: a line each, one JSON list, or one object; plain or gzip, however long.

Batches are kept one after the other, so that an interrupted import goes on when it is run again: what is there already
counts as duplicates. Where an event has no time, the day on which the file was written tells it from others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO

import ijson

from assistant.behaviour.intake import Intake, Receipt, reject_json
from assistant.behaviour.raw import RawEvent, Reject
from assistant.behaviour.reading import broken, read_line, read_text, read_value
from assistant.store.principal import Principal
from index.errors import BadFeed
from index.feeds.opening import lines, open_text, open_utf8

BATCH = 1_000
Progress = Callable[[int], None]
"""Told how many events have been read."""


def import_events(
    path: Path,
    intake: Intake,
    principal: Principal,
    *,
    form: str = "auto",
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Take in all events of a file; what is not taken is written to `rejects`, a JSON object a line.

    Raises:
        BadFeed: the file cannot be opened, its compression is damaged, or `rejects` cannot be written.
        StoreUnavailable: the database cannot be written; what was read before stays.
    """
    told = read_events(path, form=form)
    total = Receipt()
    done = 0
    with _rejects(rejects) as file:
        while batch := list(islice(told, BATCH)):
            receipt = intake.take(batch, principal)
            total.add(receipt)
            for one in receipt.rejects:
                file.write(json.dumps(reject_json(one), ensure_ascii=False) + "\n")
            done += len(batch)
            if progress:
                progress(done)
    return total


def _rejects(path: Path | None) -> IO[str]:
    try:
        return (path or Path(os.devnull)).open("w", encoding="utf-8")
    except OSError as error:
        raise BadFeed(str(path), f"the rejects file cannot be written ({error.strerror})") from error


def read_events(path: Path, *, form: str = "auto") -> Iterator[RawEvent | Reject]:
    """Yield the events of a file. A file says nothing of when it was sent, so that no clock is put right by it."""
    written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.is_file() else datetime.now(UTC)
    for one in _read(path, written_at, form):
        yield replace(one, sent_at=None) if isinstance(one, RawEvent) and one.sent_at is not None else one


def _read(path: Path, written_at: datetime, form: str) -> Iterator[RawEvent | Reject]:
    layout = _layout(path)
    if layout == "array":
        yield from _array(path, written_at, form)
    elif layout == "lines":
        with open_text(path) as file:
            for number, text in enumerate(lines(file, path), 1):
                if stripped := text.strip().lstrip("\ufeff"):
                    yield from read_line(stripped, number, written_at, form=form)
    else:
        with open_text(path) as file:
            yield from read_text(file.read().lstrip("\ufeff"), written_at, form=form)


def _array(path: Path, written_at: datetime, form: str) -> Iterator[RawEvent | Reject]:
    number = 0
    with open_utf8(path) as file:
        try:
            for number, value in enumerate(ijson.items(file, "item", use_float=True), 1):
                yield from read_value(value, f"record {number} ", written_at, form=form)
        except ijson.JSONError as error:
            yield broken(f"after record {number}", "", ValueError(str(error).splitlines()[0]))


def _layout(path: Path) -> str:
    """Return whether a file holds "lines", an "array", or "one" value over several lines."""
    with open_text(path) as file:
        first, second = ([*islice((line.strip() for line in lines(file, path) if line.strip()), 2), "", ""])[:2]
    if _is_json(first.lstrip("\ufeff")) or (second.startswith("{") and first.startswith("{")):
        return "lines"
    return "array" if first.lstrip("\ufeff").startswith("[") else "one"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
