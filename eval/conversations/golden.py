"""A golden conversation as it is written, and its files as they are read. Knows no shop.

- id: cheaper-duffel
  language: en
  turns:
    - say: "duffel bags for the gym"
      intent: find
      cards: {category: Duffels}
    - say: "way too expensive, anything cheaper?"
      intent: refine
      cards: {category: Duffels, cheaper: true}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

from eval.conversations.errors import BadGolden

DATA = Path(__file__).parent / "data"
UNSEEN = Path(__file__).parent / "unseen"
"""Conversations whose failures nobody reads while the assistant is mended: the figure for talk that is new to it."""
CHECKS = frozenset(
    {"asks", "cards", "cart", "cites", "compares", "done", "hands_off", "has", "has_category", "intent", "lacks"}
    | {"language", "none_of", "order", "proposes", "refuses", "ship_to", "tells", "withholds"}
)
"""What can be asked of a turn; `docs/conversations-golden.md` says what each means."""
KEYS = frozenset({"id", "language", "who", "turns"})
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a shopper says, the language that the reply must be in, and what else must hold after it."""

    say: str
    language: str
    checks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def intents(self) -> tuple[str, ...]:
        """The wishes that the message may rightly be taken for; empty where any will do."""
        return listed(self.checks.get("intent"))

    @property
    def answerable(self) -> bool:
        """True where the shop can do or tell what is asked, so that a refusal is one too many."""
        return not self.checks.get("refuses") and not self.checks.get("hands_off")

    @property
    def shows(self) -> bool:
        """True where products are to be seen, to which later turns may point by their place."""
        return self.checks.get("cards") not in (None, "none") or "has" in self.checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """A conversation. `who` says which customer talks, `None` a guest."""

    file: str
    name: str
    language: str
    turns: tuple[Turn, ...]
    who: Mapping[str, Any] | None = None

    @property
    def area(self) -> str:
        """What it is about: the name of its file."""
        return self.file.removesuffix(".yaml")

    @property
    def id(self) -> str:
        """A name that no other conversation has."""
        return f"{self.area}/{self.name}"

    def place(self, turn: int = 0) -> tuple[str, str, int]:
        """Return where a turn stands, for messages."""
        return self.file, self.name, turn


def read_goldens(folder: Path = DATA) -> tuple[Golden, ...]:
    """Return the conversations of all files of a folder, by file.

    Raises:
        BadGolden: a conversation lacks something, says something twice or asks for what nobody can check.
    """
    found = [golden for path in sorted(folder.glob("*.yaml")) for golden in _of_file(path)]
    for at, golden in enumerate(found):
        if golden.id in {other.id for other in found[:at]}:
            raise BadGolden(golden.place(), golden.name, "stands twice in this file", do="give one another id")
    return tuple(found)


def drawn(goldens: Sequence[Golden], limit: int | None, *, seed: int) -> tuple[Golden, ...]:
    """Return at most so many of the conversations, drawn from all areas, in their order."""
    if limit is None or limit >= len(goldens):
        return tuple(goldens)
    return tuple(goldens[at] for at in sorted(Random(seed).sample(range(len(goldens)), limit)))


def listed(value: Any) -> tuple[Any, ...]:
    """Return what may be written alone or as a list, as a tuple; nothing where nothing is written.

    >>> listed("a"), listed(["a", "b"]), listed(None)
    (('a',), ('a', 'b'), ())
    """
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def _of_file(path: Path) -> Iterator[Golden]:
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        place = (path.name, "", 0)
        raise BadGolden(place, str(error).splitlines()[0], "is no YAML", do="mend the file") from error
    for number, one in enumerate(written, start=1):
        yield _golden(path.name, one, number)


def _golden(file: str, written: Any, number: int) -> Golden:
    if not isinstance(written, dict) or not written.get("id") or not written.get("turns"):
        raise BadGolden((file, f"number {number}", 0), written, "has no id or no turns", do="write both")
    place = (file, str(written["id"]), 0)
    if extra := sorted(set(written) - KEYS):
        raise BadGolden(place, extra[0], "is nothing that a conversation has", do=f"use {', '.join(sorted(KEYS))}")
    language = _language(written.get("language"), place)
    turns = [_turn(one, language, (*place[:2], at)) for at, one in enumerate(written["turns"], start=1)]
    return Golden(
        file=file,
        name=place[1],
        language=language,
        turns=tuple(turns),
        who=written.get("who"),
    )


def _turn(written: Any, language: str, place: tuple[str, str, int]) -> Turn:
    said = written.get("say") if isinstance(written, dict) else None
    if not isinstance(said, str) or not said.strip():
        raise BadGolden(place, said, "is not what a shopper says", do="write say: with text in quotes")
    checks = {key: value for key, value in written.items() if key != "say"}
    if extra := sorted(set(checks) - CHECKS):
        raise BadGolden(place, extra[0], "cannot be checked", do=f"use {', '.join(sorted(CHECKS))}")
    return Turn(say=said, language=_language(checks.pop("language", language), place), checks=checks)


def _language(value: Any, place: tuple[str, str, int]) -> str:
    if value not in LANGUAGES:
        raise BadGolden(place, value, "is no language of the goldens", do=f"write {' or '.join(LANGUAGES)}")
    return str(value)
