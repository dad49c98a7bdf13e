"""The shop's own words that are refused: "but not Pip & Plum", "anything but navy", 黑色和棕色都不要, 他已经有帐篷了.

`conditions` reads refusals of ordinary words; names with spaces and signs are found by the catalogue alone. What is
joined to something refused is refused too. Knows no products.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.reading.conditions import Span
from assistant.conversation.reading.features import materials
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.sizes import PLAIN
from assistant.conversation.reading.words import HAN

_REFUSES = re.compile(
    r"(?:\b(?:not|no|nothing|none|neither|isn'?t|aren'?t|without|except(?: for)?|excluding|other than|instead of|rather than|"
    r"(?:anything|everything|any(?: \w+)?) but|avoids?|hates?|dislikes?|can'?t stand|not a fan of|"
    r"(?:don'?t|do not|does not|doesn'?t) (?:want|like|need|show me|give me))\b"
    r"(?:\s+(?:any(?:thing)?|an?|the|from|by|in|with|made of|of|to be|too|one|ones))*\s*"
    r"|(?:不要|(?<!是)不是|别是|不能是|别要|别给我推?|别再?推荐?|不用推荐?|不想要|不(?:喜欢|爱)[吃喝穿用]?|不买|不考虑|不需要|除了|除去|除开|排除|不含|讨厌)"
    r"(?:看|买|给我|这个|了|任何)?\s*)$"
)
_HAS = re.compile(
    r"(?:\b(?:i|we|he|she|they|my \w+)\s+)?\b(?:already|'ve) (?:has|have|had|owns?|got|bought)\s+(?:(?:plenty|lots|loads|tons|a lot|enough|many|an?|the|her|his|some|of|good|nice|great|decent|lovely|new)\s+)*$"
    r"|(?:\b(?:i|we|he|she|they|my \w+)\s+)?\b(?:has|have|got) (?:plenty of|enough|lots of|loads of|tons of|so many|too many|more than enough|already got|already)\s+(?:an?\s+)?$"
    r"|[我他她]?(?:家里?)?(?:已经|早就|家里)(?:都|就)?(?:有|买)(?:了|过)?(?:很多|好多|不少|好几|一)?[个顶只双把件条]?$"
)
"""What somebody has already is not looked for again."""
_REFUSED = re.compile(
    r"的?(?:[都就也全]|统统|通通)*(?:不要|不想要|不用|不考虑|不喜欢|不需要|不行|不看|免了|除外|别推荐?|别要)"
    r"|的?就?算了"
)
_LET_GO = re.compile(r"的?(?:[都就也])(?:不要|不用|不需要|不看|免了|算了|别推)|的?别再?推")
"""What is said behind a kind of thing that is left out; 帐篷不要了 may be said of the cart."""
_GOT = re.compile(r"\b(?:got|has|have|had|owns?)\s+(?:(?:an?|the|his|her|their|some|one)\s+)*$")
_ALREADY = re.compile(r"\s+already\b")
"""What is said around what somebody has already: "he's got a tent already"."""
_OF_PARTS = re.compile(
    r"\s+(?:pieces|parts|bits|buttons|print|text|letters|keys|handles?|pockets?|wheels?|holes?|beads?|stones?)\b"
)
"""Parts of a thing: who wants no small ones refuses no small thing."""
_OR = re.compile(r",?\s*\b(?:or|nor)\b", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,，]\s*")
_JOINT = re.compile(r"的|的?\s*(?:和|与|跟|及|以及|或者?|还有|、|/|,?\s*\b(?:or|nor|and)\b(?:\s+(?:in|the|any))*)\s*")


@dataclass(frozen=True, slots=True)
class _Named:
    """A word of the shop's, and what it names: a colour, a brand, "category", a material."""

    form: str
    start: int
    end: int
    kind: str


def barred(text: str, lexicon: Lexicon) -> list[Span]:
    """Return the words of the shop that a message refuses, each with its place from the word of refusal on."""
    said = text.lower()
    named = _named(said, lexicon)
    starts: dict[int, int] = {}
    for place, one in enumerate(named):
        refusal = _refusal(said[: one.start], one)
        if refusal is not None:
            starts[place] = refusal.start()
        elif place - 1 in starts and (_joined(said, named[place - 1], one) or _listed(said, named[place - 1 :])):
            starts[place] = named[place - 1].end
    ends, closed = {place: one.end for place, one in enumerate(named)}, set[int]()
    for place in reversed(range(len(named))):
        one = named[place]
        has = _GOT.search(said[: one.start]) if _ALREADY.match(said[one.end :]) else None
        if has is not None:
            starts.setdefault(place, has.start())
        after = (_LET_GO if one.kind == "category" else _REFUSED).match(said[one.end :])
        if after is not None:
            starts.setdefault(place, one.start)
            ends[place] = one.end + after.end()
            closed.add(place)
        elif place + 1 in closed and _joined(said, one, named[place + 1]):
            closed.add(place)
            starts.setdefault(place, one.start)
            ends[place] = named[place + 1].start
    return [Span(named[place].form, starts[place], ends[place]) for place in sorted(starts)]


def _refusal(before: str, one: _Named) -> re.Match[str] | None:
    """Return the refusal right before a word; `conditions` reads it before what is no word of the catalogue."""
    if one.kind == "material":
        return None
    if one.kind != "category":
        return _REFUSES.search(before)
    plain = _REFUSES.search(before) if HAN.search(one.form) and len(one.form) > 1 else None
    return plain or _HAS.search(before)


def _joined(said: str, one: _Named, other: _Named) -> bool:
    """Return whether two words are said of together; in English what is of one kind, or joined by "or"."""
    between = said[one.end : other.start]
    if other.kind == "category" and between == "的":
        return False  # 不含坚果的零食 refuses no snacks
    alike = bool(HAN.search(one.form)) or one.kind == other.kind or _OR.match(between)
    return bool(alike) and _JOINT.fullmatch(between) is not None


def _listed(said: str, named: Sequence[_Named]) -> bool:
    """Return whether the second of these stands in a list that "or" or "and" ends: "not red, blue or green"."""
    for before, one, after in zip(named, named[1:], named[2:], strict=False):
        if one.kind != before.kind or not _COMMA.fullmatch(said[before.end : one.start]):
            return False
        if _joined(said, one, after):
            return True
    return False


def _named(said: str, lexicon: Lexicon) -> Sequence[_Named]:
    """Return the words of the catalogue in a message, and the materials that it names, in their order."""
    kinds = ("brand", "option", "attribute", "category")
    found = [
        _Named(one.form.lower(), one.start, one.end, one.term.name or one.term.kind)
        for one in lexicon.find(said)
        if one.term.kind in kinds and not (one.form.lower() in PLAIN and _OF_PARTS.match(said, one.end))
    ]
    for form in (form for _, chinese in materials() for form in chinese):
        at = said.find(form)
        if at >= 0 and all(at + len(form) <= one.start or at >= one.end for one in found):
            found.append(_Named(form, at, at + len(form), "material"))
    return sorted(found, key=lambda one: one.start)
