"""Colours as people say them, in both languages, and which of a catalogue's colour values each of them means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN, words


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: its key, how it is said in either language, and what records also call it."""

    key: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    shades: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return how it is said."""
        return self.chinese[0] if language == "zh" else self.english[0]

    def means(self, value: str) -> bool:
        """Return whether a colour value of a record is this colour or a shade of it.

        >>> colours()["blue"].means("Navy Blue"), colours()["navy"].means("Sky Blue"), colours()["red"].means("Burgundy")
        (True, False, True)
        """
        spoken = f" {' '.join(w.text for w in words(value))} "
        for form in (*self.english, *self.chinese, *self.shades):
            if HAN.match(form) and len(form) > 1:
                if form in value:
                    return True
            elif f" {' '.join(w.text for w in words(form))} " in spoken:
                return True
        return False

    def among(self, values: Iterable[str]) -> tuple[str, ...]:
        """Return the values that are this colour."""
        return tuple(value for value in values if self.means(value))


@cache
def colours() -> dict[str, Colour]:
    """Return every colour we have a word for, by its key."""
    return {key[0]: Colour(key[0], *rest) for key, *rest in rows("colours.tsv")}


def said_as_colour(text: str, start: int, end: int) -> bool:
    """Return whether a material is said to be the colour: "steel-coloured", "in the colour walnut", "不锈钢色"."""
    before, after = text[:start].lower(), text[end:].lower()
    return bool(
        re.match(r"[\s-]*colou?r|色", after)
        or re.search(r"\bcolou?r(?:ed)?[:,]?(?: is| in)?\s+$|颜色[是为要：]*$", before)
    )
