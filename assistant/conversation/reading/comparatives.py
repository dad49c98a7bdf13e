"""Words that compare by a number of the records: "lighter", "quieter", 更轻. Knows no product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.conversation.reading.table import rows


@dataclass(frozen=True, slots=True)
class Comparative:
    """What a word of comparison asks for: an attribute by its possible names, and which end of it."""

    most: bool
    names: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _listed() -> tuple[Comparative, ...]:
    made = []
    for (end,), names, english, chinese, *_ in rows("comparatives.tsv"):
        forms = [rf"\b{re.escape(word)}\b" for word in english] + [re.escape(word) for word in chinese]
        made.append(Comparative(end == "most", names, re.compile("|".join(forms))))
    return tuple(made)


def comparatives(message: str) -> list[Comparative]:
    """Return what a message compares by.

    >>> [one.names[0] for one in comparatives("which one is lighter?")]
    ['weight']
    """
    found = [(one, match) for one in _listed() if (match := one.pattern.search(message.lower()))]
    return [one for one, match in found if not any(_within(match, other) for _, other in found)]


def _within(match: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether words are only a part of longer ones: the "smallest" of "packs smallest"."""
    return other.start() <= match.start() and match.end() <= other.end() and match.group() != other.group()
