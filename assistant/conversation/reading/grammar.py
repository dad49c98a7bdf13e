"""Draws phrases from the grammars `service.en.txt` and `service.zh.txt`, which say how people ask for a shop's service.

A line stands for many phrases: `(a|b|)` is one of its alternatives, `~name` one of a named list, in any depth. Slots
such as `{number}` stay as they are. Knows no model and no catalogue.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

MOST = {"en": 170, "zh": 110}
"""Phrases drawn of an intent; more changed nothing on held-out phrases."""
WIDE = {"out_of_scope": 3, "find": 2}
"""So many times more of what a shop may sell, and of everything else in the world."""
TRIES = 6
"""How often a line is drawn before it counts as exhausted."""
_LIST = re.compile(r"~(\w+) = (.+)")
_NAME = re.compile(r"~([a-z]+)")
_CHOICE = re.compile(r"\(([^()]*)\)")


class Grammar(NamedTuple):
    """The lines of each intent and the named lists of alternatives."""

    lines: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, str]


@cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language."""
    text = Path(__file__).with_name(f"service.{language}.txt").read_text(encoding="utf-8")
    lines: dict[str, list[str]] = {}
    lists: dict[str, str] = {}
    intent = ""
    for line in text.splitlines():
        if line.startswith("["):
            intent = line.strip("[]")
        elif found := _LIST.fullmatch(line):
            lists[found[1]] = found[2]
        elif line.strip() and not line.startswith("#"):
            lines.setdefault(intent, []).append(line)
    return Grammar({name: tuple(said) for name, said in lines.items()}, lists)


def expanded(line: str, lists: Mapping[str, str], chance: random.Random) -> str:
    """Return one phrase that a line stands for.

    >>> expanded("(the|the) ~thing", {"thing": "cup|cup"}, random.Random(1))
    'the cup'
    """
    while found := _NAME.search(line):
        line = line[: found.start()] + chance.choice(lists[found[1]].split("|")).strip() + line[found.end() :]
    while found := _CHOICE.search(line):
        line = line[: found.start()] + chance.choice(found[1].split("|")) + line[found.end() :]
    return re.sub(r"\s+", " ", line).strip(" ，")


def drawn(language: str, *, seed: int = 11) -> Iterator[tuple[str, str]]:
    """Yield (intent, phrase), each phrase once: every line in turn, until an intent has enough or no more are new."""
    known = grammar(language)
    for intent, lines in known.lines.items():
        chance = random.Random(f"{seed} {intent}")
        most = MOST[language] * WIDE.get(intent, 1)
        found: dict[str, None] = {}
        for _ in range(max(1, most // len(lines)) * TRIES):
            for line in lines:
                if len(found) < most and (phrase := expanded(line, known.lists, chance)):
                    found.setdefault(phrase)
        yield from ((intent, phrase) for phrase in found)
