"""Plain sentences made from the record, for where a model's sentence failed or no model runs. Asks no model.

A sentence made here holds facts as they stand, so it is true without being checked. What a seller or a buyer wrote is
given as a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.wording.evidence import Fact, Subject
from assistant.wording.support import FREE_TEXT_KEYS, REVIEW_KEYS

_WHOLE_KEYS = frozenset({"paragraph", "answer", "status_text", "notice", "review_count", "review_summary"})
_SEPARATORS = re.compile(r"\s+[-–—|/•:]+\s+|[,，;；|(（\[【]|\s[-–—]|:\s|：")
_TRAILING = re.compile(r"(?:\s+(?:for|with|and|&|in|of|by|the|a|an|to|w/))+$", re.IGNORECASE)
_ENGLISH = {
    "price": "costs {text}",
    "list_price": "cost {text} before",
    "rating": "is rated {text}",
    "rating_count": "has {text} ratings",
    "brand": "is by {text}",
    "color": "comes in {text}",
    "weight": "weighs {text}",
}
_CHINESE = {
    "price": "售价 {text}",
    "list_price": "原价 {text}",
    "rating": "评分 {text}",
    "rating_count": "有 {text} 条评价",
}


def short_name(subject: Subject, *, words: int = 8) -> str:
    """Return the name as one would say it: the part of a long title before its first separator.

    >>> lamp = Subject("1", "product", "Halden Clip Lamp - Dimmable, USB, 3 Colors (Black)", ())
    >>> short_name(lamp)
    'Halden Clip Lamp'
    """
    name = " ".join(subject.name.split())
    separator = next((m for m in _SEPARATORS.finditer(name) if _says_enough(name[: m.start()])), None)
    first = name[: separator.start()] if separator else name
    first = " ".join(re.sub(r"[|•–—]", " ", first).split())
    if " " not in first:
        return first[:24]
    return _TRAILING.sub("", " ".join(first.split()[:words])).rstrip(" &-–,")


def _says_enough(start: str) -> bool:
    return len(start.split()) > 1 or (not start.isascii() and len(start) >= 4)


def sentences(subject: Subject, facts: Sequence[Fact], language: str) -> list[tuple[str, tuple[Fact, ...]]]:
    """Return plain sentences that hold every fact, each with the facts it holds."""
    made: list[tuple[str, tuple[Fact, ...]]] = []
    listed = [fact for fact in facts if fact.key not in _WHOLE_KEYS | FREE_TEXT_KEYS | REVIEW_KEYS]
    if listed:
        say = _chinese if language == "zh" else _english
        made.append((say(subject, listed), tuple(listed)))
    made += [(_whole(fact, language), (fact,)) for fact in facts if fact not in listed]
    return made


def _whole(fact: Fact, language: str) -> str:
    text = fact.text.strip()
    if fact.key in _WHOLE_KEYS:
        return text if text[-1:] in '.!?。！？…”"' else text + ("。" if language == "zh" else ".")
    quoted = text.strip('“”"').rstrip(".。 ")
    if fact.key in REVIEW_KEYS:
        return f"有买家写道：“{quoted}”。" if language == "zh" else f"One buyer wrote: “{quoted}”."
    return f"商品说明写道：“{quoted}”。" if language == "zh" else f"Its description says: “{quoted}”."


def _english(subject: Subject, facts: Sequence[Fact]) -> str:
    said = [_ENGLISH[f.key].format(text=f.text) for f in facts if f.key in _ENGLISH]
    plain = [f"{f.label}: {f.text}" for f in facts if f.key not in _ENGLISH]
    name = short_name(subject)
    if not said:
        return f"{name} – {'; '.join(plain)}."
    verbs = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"{name} {'; '.join([verbs, *plain])}."


def _chinese(subject: Subject, facts: Sequence[Fact]) -> str:
    said = [_CHINESE.get(f.key, "{label}：{text}").format(label=f.label, text=f.text) for f in facts]
    return f"{short_name(subject)}，{'，'.join(said)}。"
