"""Which of some products has the least or the most of what a comparative asks for: "which one is lighter?".

Reads the numbers that records state, with their units. Ranks nothing that is not a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import prod

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
_OFFERED = (
    Comparative(
        True,
        ("rating",),
        re.compile(
            r"\b(?:best|highest|top|better|higher)[- ](?:rat(?:ed|ings?)|review(?:ed|s)|scored?)\b|"
            r"\b(?:which|what)(?: one| of (?:them|these))? (?:would|do|should|shall|might) (?:you|i|we) "
            r"(?:pick|choose|recommend|suggest|go for|go with|take|get|buy)\b|"
            r"哪[个款件双条台](?:更|比较|最)?好|[推选买挑]荐?哪|评分[最更]?高|评价[最更]?[高好]|口碑[最更]?好"
        ),
    ),
    Comparative(
        True,
        ("saving",),
        re.compile(
            r"\breduced (?:by )?(?:the )?most\b|\b(?:biggest|largest|best) (?:discount|saving|reduction|deal)\b|"
            r"(?:折扣|降价|优惠)(?:幅度|力度)?最[大多]"
        ),
    ),
    Comparative(
        False,
        ("price",),
        re.compile(
            r"\b(?:cheapest|cheaper|(?:lowest|lower) price|(?:least|less) expensive)\b|[最更]便宜|价格[最更]?低"
        ),
    ),
    Comparative(
        True, ("price",), re.compile(r"\b(?:dearest|priciest|(?:most|more) expensive)\b|[最更]贵|价格[最更]?高")
    ),
)
"""What is compared that is no attribute: the price, and what buyers think."""
_HOW_HAN = re.compile(
    r"(哪[一]?[个款件双条台只]?[^，。？?]{0,5}?)(?:比较|要|会)?([轻重大小长短高低厚薄亮暗贵久强暖静]|便宜)(?=[些点呢啊呀吗？?！!。]|$)"
)
"""哪个轻 compares as 哪个最轻 does."""
_LOOSE = frozenset({"level", "size", "life", "time", "type", "colour", "color"})
"""Words of an attribute's name that do not name it alone."""
_RANKS = re.compile(r"\bwhich\b|\b(?:of|among) (?:them|these|those)\b|\bthe \w+est\b|哪|最|比")

WISE = re.compile(
    r"\b(?:on|by|in terms of|regarding|as (?:for|to))\s+(?:the |their |its )?([a-z][a-z ]{2,20})|"
    r"\b(?!other|like|contrari|clock)([a-z]{3,})[- ]?wise\b|"
    r"按(?:照)?([\u4e00-\u9fff]{2,4}?)(?:来?比)|([\u4e00-\u9fff]{2,4})方面"
)
"""By what things are compared: "on weight", "noise wise"."""
_SPAN = re.compile(r"\d\D{0,12}[×x*]\s*\d")
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


def leader(message: str, subjects: Sequence[Subject]) -> Subject | None:
    """Return the one of these that has the most (or least) of what a message compares by; `None` where several do."""
    ahead = leaders(message, subjects)
    return ahead[0] if len(ahead) == 1 else None


def leaders(message: str, subjects: Sequence[Subject]) -> list[Subject]:
    """Return all of these that share the most (or least) of what a message compares by; none where few state it."""
    asked = _asked(message, subjects)
    stating = known(asked[0], subjects) if len(asked) == 1 else []
    return [subject for subject, _, size in stating if size.equals(stating[0][2])] if len(stating) >= LEAST else []


def _asked(message: str, subjects: Sequence[Subject]) -> list[Comparative]:
    """Return what is compared by: the attribute of these that is named beside "longest", else what the word means."""
    labels = dict.fromkeys(f.label.lower() for subject in subjects for f in subject.facts)
    message = _HOW_HAN.sub(r"\1最\2", message.lower())
    if offered := [one for one in _OFFERED if one.pattern.search(message)]:
        return offered
    for most, pattern in _NAMED:
        for match in pattern.finditer(message):
            said = next(group for group in match.groups() if group)
            if named := [label for label in labels if _names(label, said)]:
                return [Comparative(most, tuple(named), pattern)]
    return comparatives(message)


def _names(label: str, said: str) -> bool:
    """Return whether what stands beside the end of a scale is an attribute's name, or a word of it ("battery")."""
    if HAN.search(said):
        return said in label or label in said
    words, spoken = [stem(word) for word in re.findall(r"[a-z]+", label)], stem(said.split()[0])
    return spoken in words and (spoken == words[0] or spoken not in _LOOSE) and words[0] not in ("price", "rating")


def compared_by(message: str, labels: Sequence[str]) -> list[str]:
    """Return the attributes, among these, by which a message wants things compared.

    >>> compared_by("compare them on weight", ["Weight per pair", "Drop"]), compared_by("noise wise?", ["Noise level"])
    (['Weight per pair'], ['Noise level'])
    """
    said = [group for match in WISE.finditer(message.lower()) for group in match.groups() if group]
    return [label for label in labels if any(_names(label.lower(), one) for one in said)]


def asks_measure(message: str) -> bool:
    """Return whether a message compares by a number of the records."""
    said = _HOW_HAN.sub(r"\1最\2", message.lower())
    named = any(pattern.search(said) for _, pattern in _NAMED)
    return named or bool(comparatives(said)) or any(one.pattern.search(said) for one in _OFFERED)


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
    label = _label(stating[0][1], language) if stating else asked.names[language == "zh" and len(asked.names) > 1]
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


def _label(fact: Fact, language: str) -> str:
    """Return what is compared as a noun: an offer is "reduced by" a reduction."""
    return say("label_reduction", language) if fact.key == "saving" else fact.label.lower()


def _stated(asked: Comparative | Preference, subject: Subject) -> tuple[Fact, Quantity] | None:
    """Return the fact that states the attribute with a number, and its first number; `None` where none does."""
    for name in asked.names:
        for fact in subject.facts:
            if name in f"{fact.key} {fact.label}".lower() and (found := extent(fact.text)) is not None:
                return fact, found
    return _stated_as_size(asked, subject)


def _stated_as_size(asked: Comparative | Preference, subject: Subject) -> tuple[Fact, Quantity] | None:
    """Return the size of the variant where it is the capacity that is asked for: "500 ml", "120 × 170 cm"."""
    if "capacity" not in asked.names:
        return None
    sizes = ((fact, extent(fact.text)) for fact in subject.facts if fact.key == "size")
    return next(
        ((fact, size) for fact, size in sizes if size is not None and size.kind in ("volume", "extent", "mass")), None
    )


def extent(text: str) -> Quantity | None:
    """Return the first amount that a text states, of several lengths ("47 × 31 cm") what they span; `None` for none.

    >>> [str(extent(text).size) for text in ("8 hours, 32 hours with the case", "2 × 3 m", "-6 °C")]
    ['28800', '6000', '-6']
    """
    found = quantities(text)
    if not found:
        return None
    if _SPAN.search(text) and len(found) > 1:
        return replace(found[0], kind="extent", size=prod((one.size for one in found), start=Decimal(1)))
    return _signed(found[0], text)


def _signed(found: Quantity, text: str) -> Quantity:
    """Return the first quantity of a text, below zero where a minus stands before it: "-6 °C"."""
    return replace(found, size=-found.size) if _MINUS.match(text) else found
