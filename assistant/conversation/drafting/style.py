"""What drafts learn from replies that agents approved: how they begin and end, in which tone and at which length.

Only courtesies are taken up, sentences made of nothing but words that everybody says (`courtesies.toml`): no name, no
number and no fact of one customer can come into the reply to another. Nothing is trained.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from assistant.conversation.drafting.draft import LENGTHS, TONES, Length, Tone
from assistant.store.drafts import Drafts, KeptDraft
from assistant.store.principal import Principal
from assistant.wording.sentences import split

NEAREST = 5
LIKE = 35.0
"""From this likeness on (0 to 100) a message is near enough to learn from its reply."""
LONGEST = 140
"""Characters of a courtesy at most."""
T = TypeVar("T")
_AGENT = Principal("agent")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[^\s\w]|\w+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_POINTS = re.compile(r"[\s,.!;:'’\-–—~，。！；：、～…]+")


@dataclass(frozen=True, slots=True)
class Style:
    """How the nearest approved replies are written; empty where none is near. `examples` are their drafts' ids."""

    opening: str = ""
    closing: str = ""
    tone: Tone | None = None
    length: Length | None = None
    examples: tuple[str, ...] = ()


def style_of(message: str, language: str, drafts: Drafts, *, shop: str, tone: Tone | None = None) -> Style:
    """Return what the approved replies to the messages nearest to this one have in common. Blocks.

    With a `tone` only replies in that tone are looked at.
    """
    approved = [one for one in drafts.approved(language, _AGENT) if tone in (None, one.data.get("tone"))]
    near = _nearest(message, approved)
    if not near:
        return Style()
    opening = _first(_opening(one.sent_text, language, shop) for one in near)
    closing = _first(_closing(one.sent_text, language, shop) for one in near)
    return Style(
        opening=opening,
        closing=closing,
        tone=_usual(near, "tone", TONES),
        length=_usual(near, "length", LENGTHS),
        examples=tuple(one.id for one in near),
    )


def courteous(text: str, language: str, *, shop: str = "") -> bool:
    """Return whether a sentence is nothing but courtesy.

    >>> courteous("Thank you so much for your patience!", "en"), courteous("Thank you for your patience, Ada!", "en")
    (True, False)
    >>> courteous("感谢您的耐心等待！", "zh"), courteous("明天就会送到。", "zh")
    (True, False)
    """
    plain = text.replace(shop, " ") if shop else text
    if not plain.strip() or len(text) > LONGEST or "?" in plain or "？" in plain:
        return False
    if language == "zh":
        rest = _HAN.sub("", _POINTS.sub("", plain))
        return not rest and all(_made_of(run, _chinese()) for run in _HAN.findall(plain))
    words = _WORD.findall(_POINTS.sub(" ", plain.lower().replace("’", "'").replace("'", " ")))
    return bool(words) and all(word in _english() or word in ("s", "m", "t", "re", "ll", "ve", "d") for word in words)


def _nearest(message: str, approved: Sequence[KeptDraft]) -> list[KeptDraft]:
    """Return the approved drafts to the likest messages, the likest first, the later one first among equals."""
    texts = [one.message.lower() for one in approved]
    found = process.extract(message.lower(), texts, scorer=fuzz.token_set_ratio, limit=NEAREST, score_cutoff=LIKE)
    return [approved[at] for _, _, at in found]


def _opening(text: str, language: str, shop: str) -> str:
    """Return the first sentence after the greeting where it is a courtesy."""
    blocks = [block.strip() for block in text.split("\n") if block.strip()]
    first = split(blocks[1])[:1] if len(blocks) > 1 else []
    return next((one.strip() for one in first if courteous(one, language, shop=shop)), "")


def _closing(text: str, language: str, shop: str) -> str:
    """Return the last line where it is a courtesy."""
    blocks = [block.strip() for block in text.split("\n") if block.strip()]
    return blocks[-1] if len(blocks) > 2 and courteous(blocks[-1], language, shop=shop) else ""


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _usual(near: Sequence[KeptDraft], name: str, known: tuple[T, ...]) -> T | None:
    """Return which of the known values most of these drafts have; the likest one's where there are as many."""
    counted = Counter(value for one in near for value in known if one.data.get(name) == value)
    return counted.most_common(1)[0][0] if counted else None


def _made_of(run: str, phrases: frozenset[str]) -> bool:
    """Return whether a run of characters is a row of phrases."""
    reach = {0}
    for at in range(len(run)):
        if at in reach:
            reach |= {at + size for size in range(1, 5) if run[at : at + size] in phrases}
    return len(run) in reach


@cache
def _english() -> frozenset[str]:
    return frozenset(str(_courtesies()["en"]).split())


@cache
def _chinese() -> frozenset[str]:
    return frozenset(str(one) for one in _courtesies()["zh"])


@cache
def _courtesies() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("courtesies.toml").read_text(encoding="utf-8"))
