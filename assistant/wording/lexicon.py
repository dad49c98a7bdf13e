"""The word lists that a sentence is held against, read from `lexicon.en.toml` and `lexicon.zh.toml`.

Data only; what the lists mean is decided in `verify`. English words are compared by their stem, Chinese ones as they
are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """Return what the forms of an English word share; a Chinese word is returned as it is.

    >>> stem("weighs"), stem("dimmable"), stem("防水")
    ('weigh', 'dimmabl', '防水')
    """
    return str(_STEMMER.stemWord(word)) if word.isascii() else word


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of one language, English words stemmed. See the comments in the data files."""

    language: str
    free: frozenset[str]
    facts_only: frozenset[str]
    negation: tuple[str, ...]
    not_negation: tuple[str, ...]
    negative_values: frozenset[str]
    positive_values: frozenset[str]
    label_words: frozenset[str]
    """Free words that nevertheless name an attribute ("weight")."""
    wish_openers: tuple[str, ...]
    wish_inside: tuple[str, ...]
    wish_claims: frozenset[str]
    parts: frozenset[str]
    looks: frozenset[str]
    """Colours and materials."""
    colours: frozenset[str]
    roles: Mapping[str, tuple[int, frozenset[str]]]
    """Word → the number of the role it names, and the kinds of quantity that can have it."""
    droppable: tuple[str, ...]
    attribution: frozenset[str]
    rating_count: frozenset[str]
    price_before: tuple[str, ...]
    price_under: tuple[str, ...]
    price_from: tuple[str, ...]
    instructions: tuple[str, ...]
    courtesy: frozenset[str]
    """Words of small talk, free where the shop itself is spoken of."""
    conditions: tuple[str, ...]
    superlative_exceptions: frozenset[str]
    stock: Mapping[str, tuple[str, ...]]
    verbs: Mapping[str, frozenset[str]]
    synonyms: Mapping[str, frozenset[str]]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lists of a language; a language without a file reads as English."""
    known = language if language in ("en", "zh") else "en"
    path = Path(__file__).with_name(f"lexicon.{known}.toml")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Lexicon(
        language=known,
        free=_stems(data["free"].split() + data["praise"].split()),
        facts_only=_stems(data["facts_only"].split()),
        negation=tuple(data["negation"]),
        not_negation=tuple(data["not_negation"]),
        negative_values=frozenset(data["negative_values"]),
        positive_values=frozenset(data["positive_values"]),
        label_words=_stems(data["label_words"]),
        wish_openers=tuple(sorted(data["wish_openers"], key=len, reverse=True)),
        wish_inside=tuple(sorted(data["wish_inside"], key=len, reverse=True)),
        wish_claims=_stems(data["wish_claims"]),
        parts=_stems(data["parts"]),
        looks=_stems([*data["colours"], *data["materials"]]),
        colours=_stems(data["colours"]),
        roles={
            stem(word): (number, frozenset(kinds.split()))
            for number, (kinds, *words) in enumerate(data["roles"])
            for word in words
        },
        droppable=tuple(sorted(data["droppable"], key=len, reverse=True)),
        attribution=_stems(data["attribution"]),
        rating_count=_stems(data["rating_count"]),
        price_before=tuple(data["price_before"]),
        price_under=tuple(data["price_under"]),
        price_from=tuple(data["price_from"]),
        courtesy=_stems(data["courtesy"].split()),
        conditions=tuple(data["conditions"]),
        instructions=tuple(data["instructions"]),
        superlative_exceptions=frozenset(data["superlative_exceptions"]),
        stock={name: tuple(words) for name, words in data["stock"].items()},
        verbs={stem(word): frozenset(kinds) for word, kinds in data["verbs"].items()},
        synonyms={key: _stems(words) for key, words in data["synonyms"].items()},
    )


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)
