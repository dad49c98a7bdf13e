"""Draws what is so of one product from what its type allows, and writes each value in both languages alike.

A type's file says `weight: 620-980 g`, `dimensions: 45x30x15 cm`, `laptop: [14, 15]`, `waterproof: ipx7` or a written
pair; this module turns that into "740 g" and "740 克". Knows no prices and no titles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from assistant.demo.vocabulary import Attribute, Pair, Vocabulary, VocabularyError, pair

NUMBER = r"\d+(?:\.\d+)?"
RANGE = re.compile(rf"(-?{NUMBER})(?:-({NUMBER}))? ?(%|(?<= )\S+)")
BOX = re.compile(rf"({NUMBER}(?:x{NUMBER})+) (\S+)")
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Fact:
    """One drawn value: the key of its attribute, its words, and the key of the value where it has one ("ipx7")."""

    key: str
    words: Pair
    value: str | None = None


def draw_facts(allowed: Mapping[str, Any], words: Vocabulary, chance: Random) -> dict[str, Fact]:
    """Draw one value of each attribute, in the order written; keys that are no attribute (`price`) are left out."""
    return {
        key: draw(words.attributes[key], written, words=words, chance=chance)
        for key, written in allowed.items()
        if key in words.attributes
    }


def draw(attribute: Attribute, written: Any, *, words: Vocabulary, chance: Random) -> Fact:
    """Draw one value of an attribute.

    Raises:
        VocabularyError: the text is no range, box, key of the attribute or pair.
    """
    if isinstance(written, list):
        return draw(attribute, chance.choice(written), words=words, chance=chance)
    text = str(written)
    keys = text.split()
    if keys and all(key in attribute.values for key in keys):
        key = chance.choice(keys)
        return Fact(attribute.key, attribute.values[key], key)
    if found := RANGE.fullmatch(text):
        return Fact(attribute.key, _quantity(found, words, chance))
    if found := BOX.fullmatch(text):
        return Fact(attribute.key, _box(found, words, chance))
    return Fact(attribute.key, pair(text, attribute.key))


def with_unit(number: str, unit: str, units: Mapping[str, str]) -> Pair:
    """Write a number with its unit in both languages.

    >>> with_unit("320", "g", {"g": "克"})
    Pair(en='320 g', zh='320克')
    """
    if unit not in units:
        raise VocabularyError(f"{number} {unit}", unit, "name the unit in shared.yaml")
    spaced = "" if unit == "%" else " "
    singular = unit[:-1] if number == "1" and unit.endswith("s") else unit
    return Pair(f"{number}{spaced}{singular}", f"{number}{units[unit]}")


def _quantity(found: re.Match[str], words: Vocabulary, chance: Random) -> Pair:
    low, high, unit = found.groups()
    if high is None:
        return with_unit(low, unit, words.units)
    fine = "." in low or "." in high
    least = 0.1 if fine else 1
    step = next(s for s in STEPS if s >= max(least, (float(high) - float(low)) / 8))
    value = float(low) + step * chance.randint(0, int((float(high) - float(low)) / step + 1e-9))
    return with_unit(f"{value:.1f}" if fine else f"{value:.0f}", unit, words.units)


def _box(found: re.Match[str], words: Vocabulary, chance: Random) -> Pair:
    sides, unit = found.groups()
    scale = chance.choice((0.92, 0.96, 1.0, 1.04, 1.08))
    drawn = [float(side) * scale for side in sides.split("x")]
    texts = [f"{side:.1f}".removesuffix(".0") if side < 10 else f"{side:.0f}" for side in drawn]
    return Pair(f"{' × '.join(texts)} {unit}", f"{'×'.join(texts)}{words.units[unit]}")
