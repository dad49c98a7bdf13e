"""Invents people's names from several cultures. Knows no customers and no orders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from assistant.demo.vocabulary import read


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as written by themselves, the same in Latin letters, and the language they write in."""

    full: str
    latin: str
    language: str
    given: str


@lru_cache(maxsize=1)
def people() -> dict[str, Any]:
    """Return the written lists of names, places and tastes."""
    found: dict[str, Any] = read("people")
    return found


def name(chance: Random, language: str | None = None) -> Name:
    """Invent a name, of somebody who writes in `language` where one is given."""
    cultures = [one for one in people()["cultures"].values() if language in (None, one["language"])]
    culture = chance.choices(cultures, [one["share"] for one in cultures])[0]
    given, family = culture["given"].split(), culture["family"].split()
    i, j = chance.randrange(len(given)), chance.randrange(len(family))
    if "latin" in culture:
        latin = f"{culture['latin'].split()[i]} {culture['latin_family'].split()[j]}"
        return Name(family[j] + given[i], latin, culture["language"], given[i])
    return Name(f"{given[i]} {family[j]}", f"{given[i]} {family[j]}", culture["language"], given[i])


def author(language: str, chance: Random) -> str:
    """Return how a reviewer signs: `Emma H.` or `王**`."""
    one = name(chance, language)
    return f"{one.full[0]}**" if language == "zh" else f"{one.given} {one.latin.split()[-1][0]}."
