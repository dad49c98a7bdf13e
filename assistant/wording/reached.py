"""Tells which facts a sentence holds, so that what the plan wanted and the model left out can be said after it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.wording.evidence import Fact
from assistant.wording.lexicon import lexicon
from assistant.wording.quantities import Quantity, quantities
from assistant.wording.sentences import split
from assistant.wording.support import FREE_TEXT_KEYS
from assistant.wording.words import fold, negated, tokens

_LONG = FREE_TEXT_KEYS | {"paragraph", "review_quote", "answer"}


def reached(facts: Sequence[Fact], text: str, language: str) -> tuple[Fact, ...]:
    """Return the facts that a sentence holds.

    >>> price = Fact("price", "Price", "$24.50", "p#price")
    >>> [f.key for f in reached([price], "It costs $24.50.", "en")]
    ['price']
    """
    return tuple(fact for fact in facts if _holds(fact, text, language))


def _holds(fact: Fact, text: str, language: str) -> bool:
    if not any(c.isdigit() for c in fact.text) and len(fact.text) > 3 and fold(fact.text).strip(" .。") in fold(text):
        return True
    if fact.key in _LONG:
        return any(_share(piece, text, language) >= 0.5 for piece in split(fact.text))
    numbers = quantities(fact.text)[:1] if fact.key == "rating" else quantities(fact.text)
    spoken = quantities(text)
    if not all(any(_same(number, other) for other in spoken) for number in numbers):
        return False
    if numbers and fact.key != "stock":
        return (
            len(numbers) > 1
            or _share(fact.text, text, language) >= 0.34
            or fact.key in ("price", "rating", "rating_count")
        )
    if fold(fact.text).strip(" .") in lexicon(language).positive_values:
        return _share(fact.label, text, language) > 0.5
    if fold(fact.text).strip(" .") in lexicon(language).negative_values:
        return negated(text, language) and _share(fact.label, text, language) > 0.5
    return _share(fact.text, text, language) >= 0.6


def _same(one: Quantity, other: Quantity) -> bool:
    return one.equals(other) or (one.size == other.size and "count" in (one.kind, other.kind))


def _share(wanted: str, text: str, language: str) -> float:
    """Return the share of the wanted words that the text holds; 1.0 where there are none to want."""
    free, folded = lexicon(language).free, fold(text)
    measured = [(q.start, q.end) for q in quantities(wanted)]
    words = {
        t.stem
        for t in tokens(wanted)
        if t.is_word
        and not any(a <= t.start < b for a, b in measured)
        and (t.stem not in free or len(tokens(wanted)) <= 3)
    }
    if not words:
        return 1.0
    spoken = {t.stem for t in tokens(text)}
    return sum(word in spoken or (not word.isascii() and word in folded) for word in words) / len(words)
