"""Changes messages as people do who type badly or put it otherwise, without changing what they want.

Five kinds, each from its seed alone: `typos` (neighbouring keys, lost letters, two letters in the wrong order),
`chatter` (courtesies and small talk around), `synonyms` (from `sets/synonyms.tsv`), `shape` (letter case and
punctuation), and `all` of them at once. Written apart from what the assistant learns from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

SETS = Path(__file__).with_name("sets")
TYPOS_PER_LETTERS = 18
"""A typo for so many letters, at least one."""
SWAPPED = 0.7
"""The share of words with synonyms that are put otherwise."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BEFORE = (
    "Good morning!", "Hello, how are you today?", "Hiya,", "Sorry, one thing:", "Dear sir or madam,",
    "I hope this finds you well.", "Maybe you can sort this out for me:", "So, my husband and I were just talking.",
    "I've been shopping with you for ages.", "Right, here goes.", "Hey folks,", "It's me again.",
    "Would you be so kind?", "I'm new to all of this, so bear with me.", "Long day...", "Guys,",
)  # fmt: skip
_AFTER = (
    "Thank you ever so much!", "Cheers, Sam", "Kind regards, Olivia", "thx", "Any help is welcome.", "Have a nice day!",
    "I'd appreciate it.", "Looking forward to hearing from you.", "plz", "Hope that makes sense.", "You're a star.",
    "Sent from my phone", "Bye for now.", "That would be lovely.", "ty!!", "Sorry for the bother.",
)  # fmt: skip


def typos(text: str, chance: random.Random) -> str:
    """Return a text with slips in words of four letters or more, at most one a word."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    many = min(len(long), max(1, len(text) // TYPOS_PER_LETTERS))
    for at in chance.sample(long, many):
        words[at] = _slip(words[at], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    kind = chance.choice(("near", "lost", "turned"))
    if kind == "lost":
        return word[:at] + word[at + 1 :]
    if kind == "turned":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + _near(word[at], chance) + word[at + 1 :]


def _near(letter: str, chance: random.Random) -> str:
    """Return a letter whose key lies beside, above or below."""
    for row, keys in enumerate(_ROWS):
        if (column := keys.find(letter.lower())) >= 0:
            around = [
                _ROWS[r][c]
                for r in (row - 1, row, row + 1)
                for c in (column - 1, column, column + 1)
                if 0 <= r < len(_ROWS) and 0 <= c < len(_ROWS[r]) and (r, c) != (row, column)
            ]
            return chance.choice(around)
    return letter


def chatter(text: str, chance: random.Random) -> str:
    """Return a text with something said before, after, or both."""
    where = chance.choice(("before", "after", "both"))
    before = f"{chance.choice(_BEFORE)} " if where != "after" else ""
    return before + text + (f" {chance.choice(_AFTER)}" if where != "before" else "")


def synonyms(text: str, chance: random.Random) -> str:
    """Return a text with most words of service put otherwise.

    >>> synonyms("my parcel", random.Random(1))
    'my package'
    """

    def other(found: re.Match[str]) -> str:
        known = _synonyms().get(found[0].lower())
        return chance.choice(known) if known and chance.random() < SWAPPED else found[0]

    return re.sub(r"[A-Za-z-]+", other, text)


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    lines = (SETS / "synonyms.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: tuple(others.split(", ")) for word, others in pairs}


def shape(text: str, chance: random.Random) -> str:
    """Return a text in other letter case, without its punctuation."""
    cased = chance.choice((str.lower, str.upper, str.title, str.swapcase))(text)
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s{}#@]", "", cased)).strip()


def everything(text: str, chance: random.Random) -> str:
    """Return a text with synonyms, typos, other shape and chatter around."""
    return chatter(shape(typos(synonyms(text, chance), chance), chance), chance)


KINDS: Mapping[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "chatter": chatter,
    "synonyms": synonyms,
    "shape": shape,
    "all": everything,
}
