"""Which of some products has the least or the most of what a comparative asks for: "which one is lighter?".

Reads the numbers that records state, with their units. Ranks nothing that is not a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.reading.comparatives import Comparative, comparatives
from assistant.wording.evidence import Fact, Subject
from assistant.wording.phrases import say
from assistant.wording.quantities import Quantity, quantities

_RANKS = re.compile(r"\bwhich\b|\b(?:of|among) (?:them|these|those)\b|\bthe \w+est\b|哪|最|比")


def measured(message: str, subjects: Sequence[Subject], language: str) -> list[str]:
    """Return a sentence for each comparative of a message: who has the least or the most, or that it is not stated.

    Products whose numbers are of another kind (litres beside pieces) count as not stated.
    """
    return [_verdict(one, subjects, language) for one in comparatives(message)]


def asks_measure(message: str) -> bool:
    """Return whether a message compares by a number of the records."""
    return bool(comparatives(message))


def ranks(message: str) -> bool:
    """Return whether a message asks which of several things has the most or the least of a number."""
    return asks_measure(message) and bool(_RANKS.search(message.lower()))


def _verdict(asked: Comparative, subjects: Sequence[Subject], language: str) -> str:
    stated = [(subject, _stated(asked, subject)) for subject in subjects]
    known = [(subject, *found) for subject, found in stated if found is not None]
    label = known[0][1].label.lower() if known else asked.names[language == "zh"]
    if len(known) < len(subjects) or len({size.kind for _, _, size in known}) > 1:
        return say("compare_unstated", language, label=label)
    ordered = sorted(known, key=lambda row: row[2].size, reverse=asked.most)
    (best, fact, first), (_, _, second) = ordered[0], ordered[1]
    if first.equals(second):
        return say("compare_even", language, label=label, text=fact.text)
    return say(
        "compare_most" if asked.most else "compare_least", language, title=best.name, label=label, text=fact.text
    )


def _stated(asked: Comparative, subject: Subject) -> tuple[Fact, Quantity] | None:
    """Return the fact that states the attribute with one number, and that number; `None` where none does."""
    for fact in subject.facts:
        named = f"{fact.key} {fact.label}".lower()
        if any(name in named for name in asked.names) and len(found := quantities(fact.text)) == 1:
            return fact, found[0]
    return None
