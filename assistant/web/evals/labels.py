"""Labels that people give to replies: which reply is shown next, and JSON lines of what was said of it.

    {"run": "20261124T101500-3f2a", "row": "gift-03", "turn": 0, "labeller": "mei", "criterion": "helpful",
     "label": "yes", "at": "2026-11-24T12:00:00+00:00"}

A file a labeller, to which lines are only ever added. Everybody is shown the replies of a run in the same order, which
chance has made, so that two people who stop early have labelled the same ones. Knows no judge and no page.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.errors import RegularsError
from assistant.web.evals.kept import KeptRun, Row

CRITERIA: Mapping[str, tuple[str, ...]] = {
    "helpful": ("yes", "no"),
    "clear": ("yes", "no"),
    "overall": ("1", "2", "3", "4", "5"),
}
"""What is asked of a reply, with the labels that can be given."""
Place = tuple[str, str, int]
"""Which reply: run, row, turn."""


class BadLabel(RegularsError):
    """A label that is none of those that can be given."""

    def __init__(self, criterion: str, label: str) -> None:
        self.criterion, self.label = criterion, label
        super().__init__(f"{criterion!r} cannot be {label!r}: choose one of {', '.join(CRITERIA.get(criterion, ()))}")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to be judged: the turns up to it, the last of which it is."""

    place: Place
    turns: Sequence[Mapping[str, Any]]


class Labels:
    """The labels under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, Lock()

    def given(self, labeller: str) -> set[Place]:
        """Return what somebody has labelled."""
        lines = self._text(labeller).splitlines(keepends=True)
        whole = [json.loads(line) for line in lines if line.endswith("\n")]
        return {(one["run"], one["row"], one["turn"]) for one in whole}

    def give(self, labeller: str, place: Place, said: Mapping[str, str]) -> None:
        """Keep what somebody says of a reply, all of it or nothing.

        Raises:
            BadLabel: something is not among the labels, or not said at all.
        """
        for criterion, choices in CRITERIA.items():
            if said.get(criterion) not in choices:
                raise BadLabel(criterion, said.get(criterion, ""))
        run, row, turn = place
        same = {"run": run, "row": row, "turn": turn, "labeller": labeller}
        at = datetime.now(UTC).isoformat(timespec="seconds")
        lines = [same | {"criterion": criterion, "label": said[criterion], "at": at} for criterion in CRITERIA]
        added = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock:
            path, whole = self._path(labeller), self._text(labeller)
            draft = path.with_suffix(".part")
            # A line that a crash cut short is left out, so that what is added does not grow onto it.
            draft.write_text(whole[: whole.rfind("\n") + 1] + added, encoding="utf-8")
            draft.replace(path)

    def _text(self, labeller: str) -> str:
        path = self._path(labeller)
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def _path(self, labeller: str) -> Path:
        """Return somebody's file: their name as far as a file's name allows, told apart by a hash."""
        plain = re.sub(r"[^\w-]+", "-", labeller).strip("-")[:40]
        exact = plain == labeller
        return self._folder / (f"{plain}.jsonl" if exact else f"{plain}-{_hash(labeller)[:8]}.jsonl")


def replies(run: KeptRun, rows: Sequence[Row]) -> list[Reply]:
    """Return the replies of a run's conversations, first trials only, in the order in which people judge them."""
    found = [
        Reply((run.id, row["id"], at), turns[: at + 1])
        for row, turns in _conversations(rows)
        for at in _answered(turns)
    ]
    return sorted(found, key=lambda one: _hash(json.dumps(one.place)))


def _conversations(rows: Sequence[Row]) -> Iterator[tuple[Row, Sequence[Mapping[str, Any]]]]:
    for row in rows:
        turns = row["output"].get("turns")
        if row["trial"] == 0 and isinstance(turns, list):
            yield row, turns


def _answered(turns: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the places of the turns in which something was said."""
    parts = ("sentences", "question", "cards", "proposed", "handoff", "cart")
    return [at for at, turn in enumerate(turns) if any(turn.get(part) for part in parts)]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
