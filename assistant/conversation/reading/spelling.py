"""Mends what was mistyped towards the names of a shop's things: "headfones", 充电保. Knows no product.

A word that any dictionary knows is never touched, nor one that is written as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.conversation.reading.comparatives import compared
from assistant.conversation.reading.features import features
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN, common_words, known_names, singular
from index.words.text import is_word

SHORTEST = 5
"""Letters below which a word is as likely a name; in Chinese `LEAST_HAN` characters."""
LEAST_HAN = 3
LONG = 7
"""Letters from which on two may be wrong."""
COMMON = 20_000
"""Frequent English words that may be meant as well."""
_WORD = re.compile(r"(?<![\w@.'’-])[A-Za-z]{5,}(?![\w@'’-]|\.\w)")
_LETTERS = re.compile(r"(?<!['’a-z])[a-z]{4,}(?!['’a-z])")
_RUN = re.compile(r"[\u3400-\u9fff]{3,}")
_CONTRACTED = frozenset(
    [
        "doesnt",
        "dont",
        "didnt",
        "isnt",
        "arent",
        "wasnt",
        "werent",
        "wont",
        "cant",
        "couldnt",
        "wouldnt",
        "shouldnt",
        "havent",
        "hasnt",
        "thats",
        "whats",
        "theres",
        "youre",
        "theyre",
        "weve",
        "wheres",
        "heres",
    ]
)
_SOUNDS = (("ph", "f"), ("ck", "k"), ("gh", "g"), ("ae", "e"), ("oe", "e"), ("ou", "o"), ("ie", "y"), ("qu", "kw"))


class Speller:
    """Knows how the things of one shop are spelled."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Take everything that things, and what is asked of them, are called in either language."""
        said = list(forms)
        words = {word for form in said for word in _LETTERS.findall(form.lower())}
        self._words = words | {word for english, _ in features() for form in english for word in _LETTERS.findall(form)}
        self._words |= {word for form in compared() for word in _LETTERS.findall(form)}
        self._sounds: dict[str, str] = {}
        for word in sorted(self._words, key=len, reverse=True):
            self._sounds[_sound(word)] = word
        self._han = {form for form in said if HAN.search(form) and LEAST_HAN <= len(form) <= 6}

    def mended(self, text: str) -> str:
        """Return a message with its mistyped words put right."""
        text = _WORD.sub(lambda found: self._mended(found), text)
        return _RUN.sub(lambda found: self._mended_han(found[0]), text)

    def _mended(self, found: re.Match[str]) -> str:
        written = found[0]
        word = written.lower()
        named = written != word and found.start() > 0 and not written.isupper()
        if (
            named
            or word in _CONTRACTED
            or word in common_words()
            or word in known_names()
            or word in self._words
            or singular(word) in self._words
        ):
            return written
        return self._nearest(word) or written

    def _nearest(self, word: str) -> str:
        """Return the shop's word that is meant; none where a common word is nearer ("matress" is no "matte")."""
        allowed = 2 if len(word) >= LONG else 1
        sound = _sound(word)
        near = process.extract(sound, self._sounds.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=5)
        fitting = [
            (distance, at, self._sounds[key]) for at, (key, distance, _) in enumerate(near) if key[0] == sound[0]
        ]
        if not fitting:
            return ""
        distance, _, meant = min(fitting)
        nearer = distance and process.extractOne(
            sound, _common_sounds().keys(), scorer=OSA.distance, score_cutoff=distance - 1
        )
        return "" if nearer else meant

    def _mended_han(self, run: str) -> str:
        """Return a run of Chinese in which a thing's name with one character of the same sound is that thing."""
        for size in range(min(6, len(run)), LEAST_HAN - 1, -1):
            for at in range(len(run) - size + 1):
                piece = run[at : at + size]
                if piece not in self._han and not is_word(piece) and (meant := self._homophone(piece)):
                    return run[:at] + meant + run[at + size :]
        return run

    def _homophone(self, piece: str) -> str:
        for at, character in enumerate(piece):
            for other in alike().get(character, ()):
                if (name := f"{piece[:at]}{other}{piece[at + 1 :]}") in self._han:
                    return name
        return ""


def _sound(word: str) -> str:
    """Return roughly how a word sounds.

    >>> _sound("headfones") == _sound("headphones"), _sound("shampo") == _sound("shampoo")
    (True, True)
    """
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", word)


@cache
def _common_sounds() -> Mapping[str, str]:
    ranked = common_words()
    return {_sound(word): word for word, rank in ranked.items() if rank < COMMON and len(word) >= SHORTEST - 1}


@cache
def alike() -> Mapping[str, frozenset[str]]:
    """Return each character with those that are typed for it."""
    found: dict[str, frozenset[str]] = {}
    for (group,) in rows("homophones.tsv"):
        for character in group:
            found[character] = found.get(character, frozenset()) | (frozenset(group) - {character})
    return found
