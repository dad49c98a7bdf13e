"""What a thing should have much or little of, without a bound: "a light backpack", "long battery life", 容量大的.

Orders what is found and leaves nothing out. Knows the attributes that records state a number for by their names alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from assistant.conversation.reading.comparatives import spoken
from assistant.conversation.reading.sizes import of_a_place
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN, stem
from assistant.conversation.state import Preference

_MOST = (
    r"longest|longer|long|largest|larger|large|biggest|bigger|big|huge|highest|higher|high|greatest|great|good|decent|"
    r"strong|excellent|best|better|maximum|max|most|more|lots of|plenty of|a lot of|many"
)
_LEAST = (
    r"shortest|shorter|short|smallest|smaller|small|tiny|lowest|lower|low|least|fewest|fewer|less|little|minimal|"
    r"minimum"
)
_LED = r"(?:\b(?:with|that has|that have|which has|which have|having|has|have|of)\s+)?(?:\b(?:an?|the|really|very)\s+)*"
_NAMED = re.compile(
    rf"{_LED}\b(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))[\s-]+(?P<name>[a-z][a-z-]*(?: [a-z][a-z-]*){{0,2}})"
)
_NAMED_HAN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:时间|数值)?(?:要|得|比较|很|特别|够|最|更|能|越)?(?<!多)(?:(?P<most>[长大高多久强好])|"
    r"(?P<least>[短小低少]))"
    r"(?!少)"
    r"(?:一点|一些|点|些)?(?=的|[，,。！!？?\s]|$)"
    r"|(?:最)?(?:(?P<most2>[长大高多])|(?P<least2>[短小低少]))(?P<name2>[\u4e00-\u9fff]{2,4})"
)
_UTMOST = re.compile(r"\b(?:\w+est|most|best|least|maximum|max)\b|最")
_ENDS = re.compile(
    r"\s*(?:$|[.,;:!?，。！？；、]|(?:ones?|but|and|or|for|to|that|which|with|in|please|pls|thing|things|enough|you|under|"
    r"below|around|is|are|if|as|possible|i)\b)"
)
"""What may stand behind "light" where it says how a thing is, and is no part of another name ("light roast")."""
_HOW = re.compile(r"\b(?:something|anything|very|really|quite|fairly|pretty|super|that's|that is|be|as)\s+$")
"""Before a word that says how a thing is, and names none: "something light"."""
_NOT_SAID = re.compile(
    r"\b(?:not|too|so|isn't|aren't|don't|no)(?: (?:too|so|very|that|be|need|have to be|an?))*\s+$|不要?太?$"
)
"""Before a word that is denied: "not too big" asks for no big one."""
_TOILS = re.compile(
    r"\b(?:hard|difficult|struggles?|trouble|hates?|tired of|can'?t|cannot|unable)\b[^.,;!?]*\b(?:lift|lifting|"
    r"carry|carrying|"
    r"hold|holding|handle|handling|move|moving|manage|with|of)\s+(?:(?:such|these|those|my|the|any)\s+)?$"
)
"""Before what somebody toils with, and wants no more of: "finds it hard to lift heavy pans"."""
_NOT_TO_BE = re.compile(
    r"\b(?:mustn'?t|must not|shouldn'?t|should not|can'?t|cannot|couldn'?t|won'?t|nothing|don'?t want (?:it|"
    r"them|anything|something)"
    r"(?: to be)?)(?: (?:be|get|have to be|to be))?(?: (?:too|so|very|that|really|an?))*\s+$"
)
"""Before a word for what a thing must not be: the other end of the scale is wished for."""
SHARE = 0.5
"""Share of an attribute's values that are amounts where it can be ordered by."""
_AMOUNT = re.compile(
    r"(?:below|under|up to|about|approx\.?|max\.?|至多|低于|约|最长|最多)?\s*-?\d[\d.,]*\s*(?:%|[^\d\s%]\S*(?: \S+)?)?$",
    re.IGNORECASE,
)
_REST = re.compile(r", | per |，|（| \(|每")
"""What stands behind an amount: "8 hours, 32 hours with the case"."""
_LOOSE = frozenset(
    {"enough", "light", "key", "use", "safety", "carry", "compatible", "card", "country", "power", "weight", "length"}
)
"""First words of names that say nothing of the attribute when they stand alone."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A preference and where it was said."""

    preference: Preference
    start: int
    end: int


def measured_names(attributes: Mapping[str, Collection[str]], forms: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return every name of the attributes that state numbers, in lower case, with all names of the same attribute.

    `attributes` are names with their values, `forms` names in other languages with the name that they stand for.

    >>> measured_names({"Battery life": ["40 hours"], "Lock": ["TSA"]}, {"续航": "Battery life"})
    {'battery life': ('battery life', '续航'), '续航': ('battery life', '续航')}
    """
    kept = [
        name
        for name, values in attributes.items()
        if values and sum(bool(_AMOUNT.match(_REST.split(value)[0])) for value in values) >= SHARE * len(values)
    ]
    others: dict[str, list[str]] = {}
    for form, name in forms.items():
        others.setdefault(name, []).append(form)
    found: dict[str, tuple[str, ...]] = {}
    for name in kept:
        every = tuple(dict.fromkeys(one.lower() for one in (name, *others.get(name, ()))))
        found |= dict.fromkeys(every, every)
    return found


def preferences(
    text: str, names: Mapping[str, tuple[str, ...]], things: Collection[tuple[int, int]] = ()
) -> list[Stated]:
    """Return the preferences of a message in lower case; `things` are the places where kinds of thing are named.

    >>> names = {"battery life": ("battery life", "续航"), "续航": ("battery life", "续航")}
    >>> [(one.preference.text, one.preference.most) for one in preferences("headphones with long battery life", names)]
    [('long battery life', True)]
    >>> [one.preference.names[0] for one in preferences("a light backpack", {}, [(8, 16)])]
    ['weight']
    >>> preferences("a light blue backpack", {}, [(13, 21)]), preferences("light roast coffee", {}, [(12, 18)])
    ([], [])
    """
    found: dict[int, Stated] = {}
    for one in (*_by_name(text, names, things), *_by_word(text, things)):
        same = found.get(one.start)
        if same is not None and same.preference.text == one.preference.text:
            found[one.start] = replace(same, preference=_joined(same.preference, one.preference))
        elif all(one.end <= other.start or one.start >= other.end for other in found.values()):
            found[one.start] = one
    utmost = {name for one in found.values() if one.preference.utmost for name in one.preference.names}
    kept = [one for one in found.values() if one.preference.utmost or not utmost & set(one.preference.names)]
    return sorted(kept, key=lambda one: one.start)


def _joined(one: Preference, other: Preference) -> Preference:
    """Return a word's preference with all that it may mean: "shorter" is of a length or of a height."""
    return replace(one, names=(*one.names, *other.names))


def _by_name(text: str, names: Mapping[str, tuple[str, ...]], things: Collection[tuple[int, int]]) -> Iterator[Stated]:
    for match in _NAMED.finditer(text):
        said = match["name"]
        known = (name for name in names if not HAN.search(name) and not name.startswith("enough"))
        held = max(((_words(said, name), name) for name in known), default=(0, ""))
        if not held[0] or any(start <= match.start("name") < end for start, end in things):
            continue
        end = match.start("name") + len(" ".join(said.split()[: held[0]]))
        start = match.start("most") if match["most"] else match.start("least")
        preference = Preference(
            text=text[start:end],
            most=bool(match["most"]),
            names=names[held[1]],
            named=True,
            utmost=_utmost(text[start:end]),
        )
        yield Stated(preference, match.start(), end)
    for match in _NAMED_HAN.finditer(text):
        said = match["name"] or match["name2"]
        named = next((name for name in sorted(names, key=len, reverse=True) if HAN.search(name) and name in said), "")
        if named:
            most, start = bool(match["most"] or match["most2"]), match.start()
            start += match["name"].index(named) if match["name"] else 0
            text_ = text[start : match.end()]
            preference = Preference(text=text_, most=most, names=names[named], named=True, utmost=_utmost(text_))
            yield Stated(preference, start, match.end())


def _words(said: str, name: str) -> int:
    """Return how many of the words said name an attribute: all of its words, or its first ("battery"); 0 for none."""
    spoken, words = [stem(word) for word in said.split()], [stem(word) for word in name.split()]
    if spoken[: len(words)] == words:
        return len(words)
    return 1 if len(words) > 1 and spoken[0] == words[0] and words[0] not in _LOOSE else 0


@cache
def _listed() -> tuple[tuple[bool, tuple[str, ...], re.Pattern[str], re.Pattern[str]], ...]:
    made = []
    for (end,), names, *forms in rows("comparatives.tsv"):
        columns = [*forms, (), (), (), ()][:4]
        english = sorted((*columns[0], *columns[2]), key=len, reverse=True)
        chinese = sorted((*columns[1], *columns[3]), key=len, reverse=True)
        patterns = (rf"\b(?:{'|'.join(map(re.escape, english))})\b", "|".join(map(spoken, chinese)))
        made.append((end == "most", names, re.compile(patterns[0]), re.compile(patterns[1])))
    return tuple(made)


def _by_word(text: str, things: Collection[tuple[int, int]]) -> Iterator[Stated]:
    for most, names, english, chinese in _listed():
        if turned := next((one for one in english.finditer(text) if _NOT_TO_BE.search(text[: one.start()])), None):
            yield Stated(Preference(text=turned.group(), most=not most, names=names), *turned.span())
            continue
        match = next((one for one in english.finditer(text) if _says_how(text, one, things)), None)
        match = match or next((one for one in chinese.finditer(text) if one.group() and not _denied(text, one)), None)
        if match:
            said = match.group()
            yield Stated(Preference(text=said, most=most, names=names, utmost=_utmost(said)), *match.span())


def _says_how(text: str, found: re.Match[str], things: Collection[tuple[int, int]]) -> bool:
    """Return whether a word says how a thing is: right before the thing, before another such word, or at an end."""
    after = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip(" "))
    before_thing = any(start == after for start, _ in things) and not of_a_place(text[found.end() :])
    is_thing = any(start < found.end() and found.start() < end for start, end in things)
    told = not is_thing or bool(_HOW.search(text[: found.start()]))
    return not _denied(text, found) and (before_thing or (told and bool(_ENDS.match(text, found.end()))))


def _denied(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    return bool(_NOT_SAID.search(before) or _TOILS.search(before))


def _utmost(said: str) -> bool:
    return bool(_UTMOST.search(said))
