"""What a query asks for: words that are wanted, each with its synonyms, and words that are not.

Knows no product. English and Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from index.words.text import is_chinese, is_measure, stem, tokens, words

SYNONYM_WEIGHT = 0.5
FREE = "free"
"""Denies the word before it: "sugar free"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the word index and the ranking read it.

    `searched` are the tokens with weights for BM25. `wanted` has an entry for each word that a hit should carry: the
    tokens that serve, with how well they do. `pairs` are wanted words that stand beside each other.
    """

    text: str
    searched: Mapping[str, float]
    wanted: tuple[Mapping[str, float], ...]
    unwanted: frozenset[str]
    pairs: tuple[tuple[str, str], ...]

    @property
    def chinese(self) -> bool:
        """True when Chinese is in the query."""
        return is_chinese(self.text)


def ask(text: str) -> Asked:
    """Return what a query asks for.

    >>> asked = ask("dinnerware sets without mugs")
    >>> [list(word) for word in asked.wanted], sorted(asked.unwanted), asked.pairs
    ([['dinnerwar'], ['set']], ['mug'], (('dinnerwar', 'set'),))
    """
    wanted, unwanted = split(words(text))
    found = tokens(text)
    searched = dict.fromkeys(found, 1.0)
    serving: list[Mapping[str, float]] = []
    for word in wanted:
        others = {other: SYNONYM_WEIGHT for other in synonyms().get(stem(word), ()) if other not in searched}
        searched |= others
        serving.append({stem(word): 1.0} | others)
    serving += [{token: 1.0} for token in found if is_measure(token)]
    stems = [stem(word) for word in wanted]
    return Asked(
        text=text,
        searched=searched,
        wanted=tuple(serving),
        unwanted=frozenset(map(stem, unwanted)),
        pairs=tuple(pairwise(stems)),
    )


def split(plain: list[str]) -> tuple[list[str], list[str]]:
    """Return the words that are wanted and those that are denied; a query of denied words alone wants them.

    >>> split(["paper", "bags", "without", "handles"]), split(["sugar", "free", "tea"])
    ((['paper', 'bags'], ['handles']), (['tea'], ['sugar']))
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    denied = False
    for word in plain:
        if word in denials():
            denied = True
        elif word == FREE and wanted and not denied:
            unwanted.append(wanted.pop())
        elif word not in stop_words():
            (unwanted if denied else wanted).append(word)
    return (wanted, unwanted) if wanted else (unwanted, [])


@cache
def stop_words() -> frozenset[str]:
    """Return the words that ask for nothing, from `stop_words.txt`."""
    return frozenset(_lines("stop_words.txt"))


@cache
def denials() -> frozenset[str]:
    """Return the words after which something is not wanted, from `denials.txt`."""
    return frozenset(_lines("denials.txt"))


def _lines(name: str) -> list[str]:
    lines = files("index.words").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return stem → stems that mean the same, from `synonyms.txt`."""
    table: dict[str, tuple[str, ...]] = {}
    for line in _lines("synonyms.txt"):
        group = [stem(word) for word in line.split()]
        for word in group:
            table[word] = (*table.get(word, ()), *(other for other in group if other != word))
    return table
