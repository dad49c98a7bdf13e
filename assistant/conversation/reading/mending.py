"""Mends typos towards the words in which people ask for service: "cancle my ordr" is read as "cancel my order".

Only English words that no dictionary knows are touched. Knows no catalogue: what a shop sells is looked for elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.conversation.reading.grammar import drawn
from assistant.conversation.reading.words import common_words

_WORD = re.compile(r"[a-z]{4,}")
COMMON = 20_000
"""Words of the dictionary that count as meant; the rarer ones are more often a slip of a common word."""
SHORT = 5
"""Letters up to which one slip is forgiven; longer words that no dictionary knows may have two."""
TIMES = 3
"""Drawn phrases in which a word must occur to be mended to."""


def mended(text: str) -> str:
    """Return a text in lower case with its typos mended.

    >>> mended("i want to cancle my ordr")
    'i want to cancel my order'
    >>> mended("something fruity")
    'something fruity'
    """
    return _WORD.sub(lambda found: _meant(found[0]), text)


@lru_cache(maxsize=20_000)
def _meant(word: str) -> str:
    known = phrase_words()
    if word in known or common_words().get(word, COMMON) < COMMON:
        return word
    slips = 1 if len(word) <= SHORT or word in common_words() else 2
    found = process.extractOne(word, known, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
    return str(found[0]) if found else word


@cache
def phrase_words() -> dict[str, str]:
    """Return the words of our phrases, the most frequent first, so that of two as near the likelier is taken."""
    said = Counter(word for _, phrase in drawn("en") for word in _WORD.findall(phrase))
    return {word: word for word, times in said.most_common() if times >= TIMES}
