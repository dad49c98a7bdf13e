"""What sets a learned segment apart, in the page's words. Knows no page."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.words import say, words

Trait = tuple[str, str]
"""A kind ("category", "daypart", "rhythm" …) and its value."""


def segment_text(traits: Sequence[Trait], language: str) -> str:
    """Return the traits in words; a value that the page has no word for stays as it is.

    >>> segment_text([("price", "low"), ("category", "Toys")], "en")
    'cheaper things; Toys'
    """
    return ("；" if language == "zh" else "; ").join(_trait(kind, value, language) for kind, value in traits)


def _trait(kind: str, value: str, language: str) -> str:
    if kind in ("category", "brand"):
        return say(f"desk_trait_{kind}", language, value=value)
    return words(language).get(f"desk_trait_{kind}_{value}", value)
