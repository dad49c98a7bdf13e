"""What a message asks of a product that was shown: its price, its stock, an attribute by name, what buyers say.

Reads words alone; the names of a product's attributes are given. Finds no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN, stems, words

Kind = Literal["offer", "weak", "attribute", "aspect", "opinion", "summary", "details"]
_YES_NO = re.compile(
    r"^\W*(?:(?:and|so|but|ok|please|hi|hello)\W+)*(?:is|are|does|do|did|can|could|will|would|has|have|was)\b|[吗么嘛不没][？?]?\s*$|"
    r"(.)[不没]\1",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that is asked for: `key` is a fact's key, an aspect or an attribute's name; `form` is how it was said."""

    kind: Kind
    key: str
    form: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """A side of a thing that people ask about and review, and the attributes that state it."""

    key: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    names: tuple[str, ...]


@cache
def aspects() -> tuple[Aspect, ...]:
    """Return the aspects that we have words for."""
    return tuple(Aspect(row[0][0], row[1], row[2], row[3] if len(row) > 3 else ()) for row in rows("aspects.tsv"))


def wanted(text: str, labels: Iterable[str] = ()) -> list[Wanted]:
    """Return what a message in lower case asks for, its attributes by name first; a form inside a longer one is none.

    >>> [(w.kind, w.key) for w in wanted("what about the warranty of", ["Warranty", "Weight"])][:1]
    [('attribute', 'Warranty')]
    >>> [(w.kind, w.key) for w in wanted("买过 的人怎么说")], wanted("a red backpack")
    ([('opinion', 'opinion'), ('opinion', 'opinion')], [])
    """
    said = tuple(stems(text))
    found = [Wanted("attribute", label, label) for label in labels if _names(text, said, label)]
    found += [one for one in _worded() if _stands(text, one.form)]
    found.sort(key=lambda one: -len(one.form))
    kept: list[Wanted] = []
    for one in found:
        if not any(_inside(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: _RANK.index(one.kind))


_RANK: Sequence[Kind] = ("attribute", "offer", "aspect", "opinion", "weak", "summary", "details")


@cache
def _worded() -> tuple[Wanted, ...]:
    asked = [
        Wanted(cast("Kind", kind[0]), key[0], form)
        for key, kind, *forms in rows("questions.tsv")
        for column in forms
        for form in column
    ]
    return (*asked, *(Wanted("aspect", a.key, form) for a in aspects() for form in (*a.english, *a.chinese)))


def _inside(one: Wanted, other: Wanted) -> bool:
    """Return whether a form is only a part of another ("battery" in "battery life")."""
    if one.form == other.form:
        return one.kind == other.kind and one.key == other.key
    if HAN.search(one.form):
        return one.form in other.form
    return f" {one.form.lower()} " in f" {other.form.lower()} "


def _names(text: str, said: Sequence[str], label: str) -> bool:
    """Return whether a message names an attribute in full."""
    if HAN.search(label):
        return label.lower() in text
    wanted_stems = stems(label)
    size = len(wanted_stems)
    return size > 0 and any(tuple(said[at : at + size]) == wanted_stems for at in range(len(said) - size + 1))


def _stands(text: str, form: str) -> bool:
    if HAN.search(form):
        return form in text
    return f" {form} " in f" {' '.join(w.text for w in words(text))} "


def yes_or_no(text: str) -> bool:
    """Return whether a message asks whether something is so, rather than what or how.

    >>> yes_or_no("is the first one waterproof?"), yes_or_no("第一个防水怎么样"), yes_or_no("它防不防水")
    (True, False, True)
    """
    return bool(_YES_NO.search(text))
