"""Words that compare by a number of the records: "lighter", "quieter", 更轻. Knows no product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.conversation.reading.table import rows

_AS_AS = re.compile(r"\bas ([a-z]{3,10}) (?:(?:an?|the) )?((?:[a-z]+ ){0,2})as possible\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparative:
    """What a word of comparison asks for: an attribute by its possible names, and which end of it."""

    most: bool
    names: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _listed() -> tuple[Comparative, ...]:
    made = []
    for (end,), names, english, chinese, *_ in rows("comparatives.tsv"):
        forms = [rf"\b{re.escape(word)}\b" for word in english] + [spoken(word) for word in chinese]
        made.append(Comparative(end == "most", names, re.compile("|".join(forms))))
    return tuple(made)


@cache
def compared() -> tuple[str, ...]:
    """Return every English word that compares, or says how much of something there should be."""
    listed = (columns[2:3] + columns[4:5] for columns in rows("comparatives.tsv"))
    return tuple(form for columns in listed for column in columns for form in column)


@cache
def weighed() -> frozenset[str]:
    """Return the words that say how much of something there should be: they order what is found."""
    listed = (columns[4] for columns in rows("comparatives.tsv") if len(columns) > 4)
    return frozenset(word.rpartition(" be ")[2] for words in listed for word in words)


def spoken(word: str) -> str:
    """Return how a Chinese word of comparison is looked for: 最重 is no part of 最重要, 大一点 says nothing of a sound."""
    return rf"(?<!声音)(?<!音量){re.escape(word)}(?![要视])" if word[-1] in "重点些" else re.escape(word)


def comparatives(message: str) -> list[Comparative]:
    """Return what a message compares by.

    >>> [one.names[0] for one in comparatives("which one is lighter?")]
    ['weight']
    """
    found = [(one, match) for one in _listed() if (match := one.pattern.search(message.lower()))]
    return [one for one, match in found if not any(_within(match, other) for _, other in found)]


_TOO_HAN = re.compile(
    r"(?:不要|不能|不可以|不用|不想要?|最好别|别)太(?P<how>[长短大小重沉轻厚薄高矮宽窄吵])(?!红|概|阳|空)了?"
)
_LESS = {"长": "短", "短": "长", "大": "小", "小": "大", "重": "轻", "沉": "轻", "轻": "重", "厚": "薄", "薄": "厚", "高": "矮", "矮": "高",
         "宽": "窄", "窄": "宽", "吵": "安静"}  # fmt: skip


def without_too(text: str) -> str:
    """Return a text in which what must not be too much of something is to be less of it.

    >>> without_too("不要太长，到膝盖就行"), without_too("音箱，别太大")
    ('短一点，到膝盖就行', '音箱，小一点')
    >>> without_too("hmm they're a bit too heavy. under 300g please"), without_too("太重了，换一个")
    ('lighter. under 300g please', '轻一点，换一个')
    """
    text = _TOO_HAN.sub(lambda found: f"{_LESS[found['how']]}一点", text)
    text = _FAULT_HAN.sub(lambda found: f"{found['lead']}{_LESS[found['how']]}一点", text)
    return _FAULT.sub(lambda found: f"{found['lead']}{_OPPOSITES[found['how'].lower()]}", text)


_OPPOSITES = {
    "heavy": "lighter", "loud": "quieter", "noisy": "quieter", "thin": "thicker", "thick": "thinner", "long": "shorter",
    "short": "longer", "wide": "narrower", "narrow": "wider", "tall": "shorter", "slow": "faster", "weak": "stronger",
    "bulky": "more compact", "stiff": "softer",
}  # fmt: skip
_FAULT = re.compile(
    r"(?P<lead>^|[.,;!?]\s*)(?:(?:hm+|um+|no|nah|nope|oh|well|ok|okay|sorry|but|meh|ugh|actually|and|still)\W+)*"
    r"(?:(?:they|these|those|it|that|this|all of (?:them|these|those))(?:'s|'re| is| are| all| both| looks?| seems?| sounds?)* )?"
    r"(?:a (?:bit|little|tad) |way |far |much |just |still |rather |probably )*\btoo (?P<how>"
    + "|".join(_OPPOSITES)
    + r")(?: for (?:me|us|him|her|that|this|it))?(?: to (?:carry|lift|hold|pack))?(?=\s*(?:$|[.,;!]))",
    re.IGNORECASE,
)
"""Finds fault with all that is shown: the like of it is wanted, but less so."""
_FAULT_HAN = re.compile(
    r"(?P<lead>^|[，,。；;！!]\s*)(?:(?:嗯|唉|哎|但|可是?|都|这[个些款]?|那[个些款]?|它们?|感觉|看着|好像|还是)[，,]?)*"
    r"(?:太|有点|有些|偏|过于)(?P<how>[长短重轻厚薄高矮宽窄吵])(?:了|啦)?(?:点|些)?(?=\s*(?:$|[，,。；;！!]))"
)


def _within(match: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether words are only a part of longer ones: the "smallest" of "packs smallest"."""
    return other.start() <= match.start() and match.end() <= other.end() and match.group() != other.group()


def as_superlative(text: str) -> str:
    """Return a text in which "as … as possible" is said by a superlative.

    >>> as_superlative("as big a screen as possible"), as_superlative("as light as possible")
    ('the biggest screen', 'the lightest')
    """
    return _AS_AS.sub(lambda found: f"the {_superlative(found[1].lower())} {found[2]}".rstrip(), text)


def _superlative(word: str) -> str:
    if word.endswith("y"):
        return f"{word[:-1]}iest"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnpt]", word)
    return f"{word}{word[-1] if doubled else ''}{'st' if word.endswith('e') else 'est'}"
