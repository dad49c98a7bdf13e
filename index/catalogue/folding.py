"""How words are compared in filters: folded to keys, and spoken as tokens for words a hit must not carry.

Knows no product and no table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_IS_CJK = re.compile(rf"[{_CJK}]")
_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# Between two fields, so that no phrase spans them; no token contains it.
_BREAK = " | "

PARTED = frozenset({"color", "material"})
"""Options whose value may name several parts by a slash ("Black/Silver"): each part counts as a value, too."""


def fold(text: str) -> str:
    """Return the form in which two values are equal: without case, width, control characters and surplus space.

    >>> fold("  Navy　BLUE ")
    'navy blue'
    """
    return " ".join(_UNSTORABLE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


def parts(name: str, value: str) -> tuple[str, ...]:
    """Return the values that an option's value stands for: itself and, for colours and materials, its parts.

    >>> parts("color", "Black/Silver"), parts("size", "10/12")
    (('Black/Silver', 'Black', 'Silver'), ('10/12',))
    """
    if name not in PARTED or "/" not in value:
        return (value,)
    return (value, *(part.strip() for part in value.split("/") if part.strip()))


def spoken(texts: Iterable[str]) -> str:
    """Return texts as tokens with a space on both sides of each, Chinese and Latin script apart.

    >>> spoken(["Red T-Shirt", "美的Midea冰箱"])
    ' red t shirt | 美的 midea 冰箱 '
    """
    return " " + _BREAK.join(filter(None, (" ".join(_TOKEN.findall(fold(text))) for text in texts))) + " "


def needle(word: str) -> str | None:
    """Return what `spoken` contains when it carries a word: whole words, but Chinese anywhere; `None` for no word.

    >>> needle("Red"), needle("红色"), needle("--")
    (' red ', '红色', None)
    """
    tokens = " ".join(_TOKEN.findall(fold(word)))
    if not tokens:
        return None
    before = "" if _IS_CJK.match(tokens[0]) else " "
    after = "" if _IS_CJK.match(tokens[-1]) else " "
    return f"{before}{tokens}{after}"
