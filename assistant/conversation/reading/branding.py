"""Whether a word of a message can be nothing but a brand, and the message without the brands that are filters anyway."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.words import common_words, words

_BY, _BRAND = re.compile(r"\b(?:by|from|brand:?)\s*$|(?:品牌|牌子)[是为：:]?\s*$"), re.compile(r"\s*(?:brand\b|牌)的?")

_BELONGS = re.compile(r"\s*(?:brand\b|牌)?(?:的(?![\u3400-\u9fff]))?")


def surely_brand(found: Found, text: str) -> bool:
    """Return whether a form can be nothing but a brand: said to be one, or with a word that no dictionary has."""
    said = _BY.search(text[: found.start].lower()) or _BRAND.match(text[found.end :].lower())
    return bool(said) or any(word.text not in common_words() for word in words(found.form))


def _around(found: Found, text: str) -> tuple[int, int]:
    """Return the place of a brand with the words that only say that it is one: "by …", "…牌的"."""
    before, after = _BY.search(text[: found.start].lower()), _BELONGS.match(text[found.end :].lower())
    return before.start() if before else found.start, found.end + (after.end() if after else 0)


def unbranded(text: str, message: str, terms: Sequence[Found]) -> str:
    """Return a text, blank where `message` is spent, without its sure brands; as it is where nothing else is left."""
    rest = text
    for one in terms:
        if one.term.kind == "brand" and surely_brand(one, message):
            start, end = _around(one, message)
            rest = rest[:start] + " " * (end - start) + rest[end:]
    return rest if naming(rest) else text
