"""Words of a message with their places: Latin words and numbers one by one, Chinese as runs. Knows no catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import snowballstemmer

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+(?:['’][a-z]+)?|[\u3040-\u30ff\u3400-\u9fff]+")
HAN = re.compile(r"[\u3400-\u9fff]")


class Word(NamedTuple):
    """A word of a message in lower case and its place."""

    text: str
    start: int
    end: int

    @property
    def han(self) -> bool:
        """True for a run of Chinese characters."""
        return bool(HAN.match(self.text))


def words(text: str) -> list[Word]:
    """Return the words of a text in lower case.

    >>> [w.text for w in words("2 Men's red 500ml 水壶!")]
    ['2', "men's", 'red', '500', 'ml', '水壶']
    """
    return [Word(m.group().lower().replace("’", "'"), *m.span()) for m in _TOKEN.finditer(text)]


_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the form in which singular and plural are one.

    >>> stem("shoes") == stem("shoe"), stem("scarves") == stem("scarf"), stem("水壶")
    (True, True, '水壶')
    """
    if HAN.match(word):
        return word
    return str(_stemmer.stemWord(singular(word)))


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """Return a word without its plural, so that "beds" is "bed" and "bedding" is not.

    >>> [singular(w) for w in ("shoes", "watches", "batteries", "dress", "knives", "mugs", "canvas", "jeans")]
    ['shoe', 'watch', 'battery', 'dress', 'knife', 'mug', 'canvas', 'jean']
    """
    word = word.removesuffix("'s")
    if HAN.match(word) or len(word) < 4 or word.endswith(("ss", "us", "is", "canvas")):
        return word
    for plural, ending in (("ies", "y"), ("ives", "ife"), ("shes", "sh"), ("ches", "ch"), ("sses", "ss"), ("xes", "x"),
                           ("elves", "elf"), ("oaves", "oaf"), ("arves", "arf"), ("s", "")):  # fmt: skip
        if word.endswith(plural):
            return word.removesuffix(plural) + ending
    return word


def singulars(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, each without its plural."""
    return tuple(singular(word.text) for word in words(text))


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in order."""
    return tuple(stem(word.text) for word in words(text))


@cache
def known_names() -> frozenset[str]:
    """Return names that are no mistyped words, in lower case (`names.txt`)."""
    lines = resources.files(__package__).joinpath("names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@cache
def common_words() -> Mapping[str, int]:
    """Return English words by their rank, the most frequent first (the list that symspellpy ships)."""
    path = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return {line.split(" ")[0]: rank for rank, line in enumerate(lines) if line}
