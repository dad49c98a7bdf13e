"""Which language a sentence is in, by the share of Chinese characters among its letters. Knows no shop."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]+")
_ASIDE = re.compile(r"[“\"「][^”\"」]*[”\"」]|\S+@\S+|https?://\S+|[A-Z]-?\d[\w-]*|\b[A-Z]{2,}\b")
"""Quotations, addresses, numbers of orders and abbreviations are in whatever language they are in."""
LEAST = 3
"""Words and characters from which on a language can be told."""
CHINESE, ENGLISH = 0.6, 0.1
"""The least share of Chinese in Chinese, and the most in English."""


def in_language(text: str, language: str, *, names: Iterable[str] = ()) -> bool:
    """Return whether a sentence is in a language; names of products and brands do not count.

    >>> in_language("It holds 0.9 litres of water.", "en"), in_language("容量为 0.9 升。", "en")
    (True, False)
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    text = _ASIDE.sub(" ", text)
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    if chinese + latin < LEAST:
        return True
    share = chinese / (chinese + latin)
    return share >= CHINESE if language == "zh" else share <= ENGLISH
