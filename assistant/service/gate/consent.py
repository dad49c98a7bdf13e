"""Whether a shopper's words are an explicit yes to exactly one question, a no, or neither.

Strict on purpose: whatever says more than yes ("yes, but …", "yes, and also …", "if …", a question) is neither, and the
shop asks again, which costs a sentence; a yes that was none costs an order. Knows no database.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Answer = Literal["yes", "no", "unclear"]

_WORD = re.compile(r"#?[a-z0-9][a-z0-9_'#-]*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SPACES = re.compile(r"[\s,.!;:，。！；：、~～“”\"()（）\[\]…👍🙏😊-]+")
_LONGEST = 4


_ASIDE = re.compile(r"(?:对了|行了|好了)")
"""Begins something else, or says that it is enough: no yes, though it is made of one."""


def answer(words: str, kind: str, *, names: frozenset[str] = frozenset()) -> Answer:
    """Return what a message answers to a question about an action of this kind.

    `names` are the numbers and ids that the question itself named, in lower case: a yes may repeat them, and no others.

    >>> answer("Yes, please.", "cancel"), answer("yes but keep the lamp", "cancel"), answer("不用了", "cancel")
    ('yes', 'unclear', 'no')
    """
    text = unicodedata.normalize("NFKC", words).lower().replace("’", "'").strip()
    if not text or "?" in text or _ASIDE.match(text):
        return "unclear"
    if _SPACES.sub(" ", text).strip() in _alone():
        return "yes"
    pieces = _pieces(text, kind, names)
    if pieces is None:
        return "no" if _opens_with_no(text) else "unclear"
    begins = next((one for one in pieces if one not in ("name", "before")), "")
    agrees = begins == "assent" or (begins == "weak" and not {"assent", "act"}.isdisjoint(pieces))
    if "deny" in pieces:
        return "unclear" if "assent" in pieces else "no"
    return "yes" if agrees else "unclear"


def _pieces(text: str, kind: str, names: frozenset[str]) -> list[str] | None:
    """Return what each piece of a text is, or `None` where one is not known."""
    found: list[str] = []
    for run in _SPACES.sub(" ", text).split():
        if run in names or run.lstrip("#") in names:
            found.append("name")
        elif _HAN.fullmatch(run):
            parts = _chinese(run, kind)
            if parts is None:
                return None
            found += parts
        elif _WORD.fullmatch(run):
            found.append(f"word:{run}")
        else:
            return None
    return _english(found, kind)


def _english(found: list[str], kind: str) -> list[str] | None:
    """Replace the words of a list by what they are, the longest phrases first."""
    told: list[str] = []
    at = 0
    while at < len(found):
        if not found[at].startswith("word:"):
            told.append(found[at])
            at += 1
            continue
        for length in range(min(_LONGEST, len(found) - at), 0, -1):
            role = _roles("en", kind).get(" ".join(one.removeprefix("word:") for one in found[at : at + length]))
            if role:
                told.append(role)
                at += length
                break
        else:
            return None
    return told


def _chinese(run: str, kind: str) -> list[str] | None:
    """Return what the phrases of a run are, the longest first, or `None` where a part of it is no known phrase."""
    roles, told, at = _roles("zh", kind), [], 0
    while at < len(run):
        length = next((size for size in range(min(6, len(run) - at), 0, -1) if run[at : at + size] in roles), 0)
        if not length:
            return None
        told.append(roles[run[at : at + length]])
        at += length
    return told


@cache
def _alone() -> frozenset[str]:
    """Return what is a yes where nothing else is said."""
    return frozenset(phrase for language in ("en", "zh") for phrase in _table()[language]["alone"])


def _opens_with_no(text: str) -> bool:
    first = _SPACES.sub(" ", text).strip().split(" ")[0]
    return first in ("no", "nope", "nah", "don't", "stop", "wait") or text[0] in "不别否停" or text.startswith("算了")


@cache
def _roles(language: str, kind: str) -> Mapping[str, str]:
    """Return phrase → what it is, for answers to one kind of action. What an action is called beats a denial."""
    table = _table()
    roles = {
        phrase: role for role in ("before", "filler", "weak", "assent", "deny") for phrase in table[language][role]
    }
    return {**roles, **dict.fromkeys(table["acts"][kind], "act")}


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("consent.toml").read_text(encoding="utf-8"))
