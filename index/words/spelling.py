"""Typos: a word that neither the catalogue nor English knows becomes the nearest one that the catalogue has.

Knows words and how often they occur; no product.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.words.text import is_chinese, words

SHORTEST = 4
"""Words below this length are as likely a brand or a size as a typo."""
LONG = 8
"""From this length on two letters may be wrong."""


def mend(text: str, spelled: Mapping[str, int], known: Callable[[str], bool]) -> str | None:
    """Return the text with its typos mended, `None` where there is none.

    Args:
        text: the query.
        spelled: the catalogue's words with their number of products.
        known: whether a word, however inflected, occurs in the catalogue.
    """
    plain = words(text)
    mended = [_mended(word, spelled, known) for word in plain]
    return " ".join(mended) if mended != plain else None


def _mended(word: str, spelled: Mapping[str, int], known: Callable[[str], bool]) -> str:
    if len(word) < SHORTEST or not word.isalpha() or is_chinese(word) or known(word) or word in english():
        return word
    return _halves(word, spelled) or _nearest(word, spelled) or word


def _nearest(word: str, spelled: Mapping[str, int]) -> str | None:
    allowed = 2 if len(word) >= LONG else 1
    near = process.extract(word, spelled.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=20)
    # People rarely mistype the first letter.
    fitting = [(distance, -spelled[found], found) for found, distance, _ in near if found[0] == word[0]]
    fitting = [choice for choice in fitting if choice[2].isalpha()]
    return min(fitting)[2] if fitting else None


def _halves(word: str, spelled: Mapping[str, int]) -> str | None:
    """Return a word that lost its space, such as "yogamat", as two."""
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    whole = [(spelled[left] * spelled[right], left, right) for left, right in cuts if {left, right} <= spelled.keys()]
    return " ".join(max(whole)[1:]) if whole else None


@cache
def english() -> frozenset[str]:
    """Return eighty thousand English words: one of them is no typo, only something that the shop does not have."""
    lines = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return frozenset(line.split()[0] for line in lines.splitlines() if line)
