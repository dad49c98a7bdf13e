"""Words a product from its facts: title, description and highlights, in both languages side by side.

Each sentence is a pair that says the same in English and Chinese, so the two texts can never disagree. Knows no prices
and no variants.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from assistant.demo.facts import Fact
from assistant.demo.vocabulary import Attribute, Choice, Kind, Pair

NUMBERED = re.compile(r"<([^/<>]*)/([^<>]*)>")
SMALL = frozenset(("a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to", "with", "per"))
UNITS = frozenset(("g", "kg", "ml", "cm", "mm", "m"))
SHAPES = ("ALF", "AFLF", "LAFF", "ALFFF", "AFFL", "ALFF", "AAFF", "AALF")
"""Orders of a description: A opens, L is a line of an axis, F words a fact. What is missing is left out."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A product while it is being worded."""

    kind: Kind
    brand: str
    series: Pair | None
    choices: tuple[Choice, ...]
    facts: Mapping[str, Fact]


def capital(text: str) -> str:
    """Write the first letter large and leave the rest ("iOS" stays as it is).

    >>> capital("machine wash at 30 °C")
    'Machine wash at 30 °C'
    """
    return text if text[:2] in ("iO", "pH") else text[:1].upper() + text[1:]


def title_case(text: str) -> str:
    """Write a title's words with capitals, but for the small ones and what has capitals already.

    >>> title_case("set of 4 wine glasses")
    'Set of 4 Wine Glasses'
    """
    return " ".join(_large(word, first=i == 0) for i, word in enumerate(text.split(" ")))


def _large(word: str, *, first: bool) -> str:
    if word in UNITS or (word in SMALL and not first) or any(letter.isupper() for letter in word):
        return word
    return "-".join(map(capital, word.split("-")))


def fill(text: Pair, draft: Draft, value: Pair | None = None) -> Pair:
    """Put the product's own words into a sentence: `{}` is `value`, `{series}` and `{material}` are looked up."""
    known = {key: fact.words for key, fact in draft.facts.items()}
    known |= {"brand": Pair(draft.brand, draft.brand), "thing": draft.kind.name, "": value or Pair("", "")}
    known |= {"series": draft.series or known["brand"]}
    numbered = text.map(lambda side: NUMBERED.sub(r"\2" if draft.kind.plural else r"\1", side))
    sides = (re.sub(r"\{(\w*)\}", lambda m, i=i: known[m[1]][i], side) for i, side in enumerate(numbered))  # type: ignore[misc]
    return Pair(*sides).map(capital)


def title(draft: Draft) -> Pair:
    """Write the title: brand, line, what its axes add, and the type's name."""
    words = [choice.words for choice in draft.choices if choice.words]
    if draft.kind.titled:
        named = fill(draft.kind.titled, draft, Pair(" ".join(w.en for w in words), "".join(w.zh for w in words)))
        return Pair(title_case(named.en), named.zh)
    before = [w.en for w in words if not w.en.startswith("+")]
    after = [w.en[1:] for w in words if w.en.startswith("+")]
    english = " ".join([*before, draft.kind.name.en, *after])
    chinese = "".join(w.zh for w in words if not w.en.startswith("+")) + draft.kind.name.zh
    chinese = " ".join([chinese, *(w.zh for w in words if w.en.startswith("+"))])
    line = (f"{draft.series.en} ", f"{draft.series.zh}系列 ") if draft.series else ("", "")
    return Pair(f"{draft.brand} {line[0]}{title_case(english)}", f"{draft.brand} {line[1]}{chinese}")


def description(draft: Draft, attributes: Mapping[str, Attribute], chance: Random) -> Pair:
    """Write three to five sentences in one of several orders, none of them twice."""
    piles = {
        "A": chance.sample(draft.kind.about, len(draft.kind.about)),
        "L": [choice.line for choice in draft.choices if choice.line],
        "F": [],
    }
    facts = [fact for fact in draft.facts.values() if _sentences(fact, attributes)]
    for fact in chance.sample(facts, len(facts)):
        piles["F"].append(fill(chance.choice(_sentences(fact, attributes)), draft, fact.words))
    chosen: list[Pair] = []
    for letter in chance.choice(SHAPES):
        pile = piles[letter]
        if letter == "L":
            chosen += [fill(line, draft) for line in pile]
            pile.clear()
        elif pile:
            chosen.append(fill(pile.pop(), draft))
    return Pair(" ".join(one.en for one in chosen), "".join(one.zh for one in chosen))


def highlights(draft: Draft, attributes: Mapping[str, Attribute], chance: Random) -> list[Pair]:
    """Choose three or four facts as short lines, in the order of the record."""
    dull = ("warranty", "origin", "care")
    kept = [key for key in draft.facts if key not in dull]
    if len(kept) < 3:
        kept = list(draft.facts)
    chosen = set(chance.sample(kept, min(len(kept), chance.choice((3, 4)))))
    lines = []
    for key in (key for key in draft.facts if key in chosen):
        label, words = attributes[key].label, draft.facts[key].words
        lines.append(Pair(f"{label.en}: {words.en}", f"{label.zh}：{words.zh}"))
    return lines


def _sentences(fact: Fact, attributes: Mapping[str, Attribute]) -> tuple[Pair, ...]:
    attribute = attributes[fact.key]
    return (attribute.value_sentences.get(fact.value, ()) if fact.value else ()) or attribute.sentences
