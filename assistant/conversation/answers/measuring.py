"""Which of some products has the least or the most of what a comparative asks for: "which one is lighter?".

Reads the numbers that records state, with their units. Ranks nothing that is not a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.reading.comparatives import Comparative, comparatives
from assistant.conversation.reading.words import HAN, stem
from assistant.conversation.state import Preference
from assistant.wording.evidence import Fact, Subject
from assistant.wording.phrases import say
from assistant.wording.quantities import Quantity, quantities

_NAMED = (
    (True, re.compile(r"\b(?:long|larg|bigg|high|great)(?:est|er)\s+([a-z][a-z ]+)|\b(?:most|more)\s+([a-z][a-z ]+)")),
    (
        False,
        re.compile(r"\b(?:short|small|low)(?:est|er)\s+([a-z][a-z ]+)|\b(?:least|fewest|fewer|less)\s+([a-z][a-z ]+)"),
    ),
    (
        True,
        re.compile(
            r"([\u4e00-\u9fff]{2,6}?)(?:时间|数值)?[最更](?:长|大|高|多|久|强)|最(?:长|大|高|多)的([\u4e00-\u9fff]{2,4})"
        ),
    ),
    (
        False,
        re.compile(
            r"([\u4e00-\u9fff]{2,6}?)(?:时间|数值)?[最更](?:短|小|低|少)|最(?:短|小|低|少)的([\u4e00-\u9fff]{2,4})"
        ),
    ),
)
"""An end of a scale that is named by the attribute itself: "the longest battery", 续航最长."""
_RANKS = re.compile(r"\bwhich\b|\b(?:of|among) (?:them|these|those)\b|\bthe \w+est\b|哪|最|比")

_MINUS = re.compile(r"[^\d\w]*[-−]\s*\d")

LEAST = 2
"""So many must state a number before one of them has the most of it."""


def measured(message: str, subjects: Sequence[Subject], language: str) -> list[str]:
    """Return a sentence for each comparative of a message: who has the least or the most, or that it is not stated.

    Where only some of the records state it, those are compared and the sentence says so. Products whose numbers are of
    another kind (litres beside pieces) count as not stated.
    """
    return [verdict(one, subjects, language) for one in _asked(message, subjects)]


def in_order(message: str, subjects: Sequence[Subject]) -> list[Subject]:
    """Return the subjects by what a message compares by, the one it asks for first, those that do not state it last."""
    asked = _asked(message, subjects)
    if not asked:
        return list(subjects)
    ordered = [subject for subject, _, _ in known(asked[0], subjects)]
    return ordered + [subject for subject in subjects if subject not in ordered]


def _asked(message: str, subjects: Sequence[Subject]) -> list[Comparative]:
    """Return what is compared by: the attribute of these that is named beside "longest", else what the word means."""
    labels = dict.fromkeys(f.label.lower() for subject in subjects for f in subject.facts)
    for most, pattern in _NAMED:
        for match in pattern.finditer(message.lower()):
            said = next(group for group in match.groups() if group)
            if named := [label for label in labels if _names(label, said)]:
                return [Comparative(most, tuple(named), pattern)]
    return comparatives(message)


def _names(label: str, said: str) -> bool:
    """Return whether what stands beside the end of a scale is an attribute's name, or its first word ("battery")."""
    if HAN.search(said):
        return said in label or label in said
    words = [stem(word) for word in re.findall(r"[a-z]+", label)]
    return bool(words) and words[0] == stem(said.split()[0]) and words[0] not in ("price", "rating")


def asks_measure(message: str) -> bool:
    """Return whether a message compares by a number of the records."""
    return bool(comparatives(message)) or any(pattern.search(message.lower()) for _, pattern in _NAMED)


def ranks(message: str) -> bool:
    """Return whether a message asks which of several things has the most or the least of a number."""
    return asks_measure(message) and bool(_RANKS.search(message.lower()))


def known(asked: Comparative | Preference, subjects: Sequence[Subject]) -> list[tuple[Subject, Fact, Quantity]]:
    """Return those that state it, the one asked for first; of numbers of several kinds the commonest kind alone."""
    stated = [(subject, *found) for subject in subjects if (found := _stated(asked, subject)) is not None]
    kinds = [size.kind for _, _, size in stated]
    kept = [row for row in stated if row[2].kind == max(kinds, key=kinds.count)]
    return sorted(kept, key=lambda row: row[2].size, reverse=asked.most)


def verdict(asked: Comparative | Preference, subjects: Sequence[Subject], language: str) -> str:
    """Return the sentence that says which of these has the most (or least) of what is asked, and how much."""
    stating = known(asked, subjects)
    label = stating[0][1].label.lower() if stating else asked.names[language == "zh" and len(asked.names) > 1]
    if len(stating) < LEAST:
        return say("compare_unstated", language, label=label)
    best, fact, first = stating[0]
    ahead = [subject.name for subject, _, size in stating if size.equals(first)]
    some = "_stated" if len(stating) < len(subjects) else ""
    ends = ("few", "many") if first.kind == "count" else ("least", "most")
    end = ends[asked.most]
    if len(ahead) == len(stating):
        return say(f"compare_even{some}", language, label=label, text=fact.text)
    if len(ahead) > 1:
        names = ("、" if language == "zh" else ", ").join(ahead)
        return say(f"compare_shared_{end}", language, titles=names, label=label, text=fact.text)
    return say(f"compare_{end}{some}", language, title=best.name, label=label, text=fact.text)


def _stated(asked: Comparative | Preference, subject: Subject) -> tuple[Fact, Quantity] | None:
    """Return the fact that states the attribute with a number, and its first number; `None` where none does."""
    for fact in subject.facts:
        named = f"{fact.key} {fact.label}".lower()
        if any(name in named for name in asked.names) and (found := quantities(fact.text)):
            return fact, _signed(found[0], fact.text)
    return _stated_as_size(asked, subject)


def _stated_as_size(asked: Comparative | Preference, subject: Subject) -> tuple[Fact, Quantity] | None:
    """Return the size of the variant where it is the capacity that is asked for: "500 ml"."""
    if "capacity" not in asked.names:
        return None
    sizes = ((fact, size) for fact in subject.facts if fact.key == "size" for size in quantities(fact.text)[:1])
    return next(((fact, size) for fact, size in sizes if size.kind == "volume"), None)


def _signed(found: Quantity, text: str) -> Quantity:
    """Return the first quantity of a text, below zero where a minus stands before it: "-6 °C"."""
    return replace(found, size=-found.size) if _MINUS.match(text) else found
