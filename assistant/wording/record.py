"""Plain sentences made from the record, for where a model's sentence failed or no model runs. Asks no model.

A sentence made here holds facts as they stand, so it is true without being checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.wording.evidence import Fact, Subject

SAID_AS_IS = frozenset({"paragraph", "review_quote", "answer", "status_text", "notice"})
_SEPARATORS = re.compile(r"\s+[-–—|/•:]+\s+|[,，;；|(（\[【]|\s[-–—]|:\s|：")


def short_name(subject: Subject, *, words: int = 8) -> str:
    """Return the name as one would say it: the part of a long title before its first separator.

    >>> lamp = Subject("1", "product", "Halden Clip Lamp - Dimmable, USB, 3 Colors (Black)", ())
    >>> short_name(lamp)
    'Halden Clip Lamp'
    """
    name = " ".join(subject.name.split())
    pieces = [piece.strip() for piece in _SEPARATORS.split(name) if piece.strip()]
    if not pieces:
        return name
    first = (
        pieces[0] if len(pieces[0].split()) > 1 or len(pieces) == 1 or not pieces[0].isascii() else " ".join(pieces[:2])
    )
    kept = first if first in name else pieces[0]
    return " ".join(kept.split()[:words]).rstrip(" &-–")


def sentences(subject: Subject, facts: Sequence[Fact], language: str) -> list[tuple[str, tuple[Fact, ...]]]:
    """Return plain sentences that hold every fact, each with the facts it holds."""
    made: list[tuple[str, tuple[Fact, ...]]] = []
    whole = [fact for fact in facts if fact.key in SAID_AS_IS]
    listed = [fact for fact in facts if fact.key not in SAID_AS_IS]
    made += [(_as_sentence(fact.text, language), (fact,)) for fact in whole]
    if listed:
        say = _chinese if language == "zh" else _english
        made.insert(0, (say(subject, listed), tuple(listed)))
    return made


def _as_sentence(text: str, language: str) -> str:
    ended = text.rstrip()[-1:] in '.!?。！？…”"'
    return text.rstrip() + ("" if ended else "。" if language == "zh" else ".")


def _english(subject: Subject, facts: Sequence[Fact]) -> str:
    said = [_ENGLISH.get(fact.key, "{label}: {text}").format(label=fact.label, text=fact.text) for fact in facts]
    return f"{short_name(subject)}: {'; '.join(said)}."


def _chinese(subject: Subject, facts: Sequence[Fact]) -> str:
    said = [_CHINESE.get(fact.key, "{label}：{text}").format(label=fact.label, text=fact.text) for fact in facts]
    return f"{short_name(subject)}：{'，'.join(said)}。"


_ENGLISH = {"price": "it costs {text}", "rating": "it is rated {text}"}
_CHINESE = {"price": "价格 {text}", "rating": "评分 {text}"}
