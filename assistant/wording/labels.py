"""Checks that what a sentence names goes with what it says of it: a sole may not get the weight of the shoe.

Every word of "its sole is 860 g" may be in the evidence; the sentence is wrong all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.wording.quantities import Quantity, quantities
from assistant.wording.said import Said
from assistant.wording.support import PRICE_KEYS, STOCK_KEYS, Support, Unit
from assistant.wording.words import Token, fold, tokens

_SEGMENT = re.compile(r"[,;.!?](?!\d)|(?<![a-z])(?:and|but|while|that|which|whose)(?![a-z])|而且|并且")
_FREE_KEYS = PRICE_KEYS | STOCK_KEYS | {"list_price", "rating", "rating_count", "category", "paragraph", "status"}


def wrong_labels(said: Said, support: Support) -> Iterator[str]:
    """Yield each attribute that a sentence names together with what is not its value."""
    if support.trusted:
        return
    for start, end in _segments(said.folded):
        inside = [t for i, t in enumerate(said.tokens) if start <= t.start < end and i not in said.named | said.wished]
        for unit in support.units:
            if unit.kind != "fact" or unit.key in _FREE_KEYS:
                continue
            if _names(unit, inside, said.folded[start:end], support) and not _fits(
                unit, inside, said, (start, end), support
            ):
                yield unit.label


def _segments(folded: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in _SEGMENT.finditer(folded)), len(folded)]
    return [(a, b) for a, b in pairwise(cuts) if folded[a:b].strip()]


def _names(unit: Unit, inside: list[Token], segment: str, support: Support) -> bool:
    wanted = _label_words(unit, support)
    if not wanted:
        return False
    stems = {t.stem for t in inside}
    return all(w in stems or (not w.isascii() and len(w) > 1 and w in segment) for w in wanted)


def _label_words(unit: Unit, support: Support) -> set[str]:
    lists = support.lists
    return {
        t.stem for t in tokens(unit.label) if t.is_word and (t.stem not in lists.free or t.stem in lists.label_words)
    }


def _fits(unit: Unit, inside: list[Token], said: Said, span: tuple[int, int], support: Support) -> bool:
    """Say whether the value stands there too, or nothing else does, or the record says it so."""
    start, end = span
    label, free = _label_words(unit, support), support.lists.free
    value = {s for s in unit.stems if s not in free | label} or set(unit.stems)
    stems = {t.stem for t in inside}
    segment = said.folded[start:end]
    spoken = [q for q in quantities(said.text) if start <= q.start < end]
    if set(unit.stems) & (support.lists.positive_values | support.lists.negative_values) and not spoken:
        return True
    if any(q.equals(held) for q in spoken for held in unit.quantities):
        return True
    if not unit.quantities and (value & stems or any(v in segment for v in value if not v.isascii() and len(v) > 1)):
        return True
    others = {t.stem for t in inside if t.is_word and t.stem not in free | label | support.lists.facts_only}
    if not others and not spoken:
        return True
    records = [u for u in support.units if u.kind in ("record", "name") or (u is not unit and u.kind == "fact")]
    return any(_told_together(u, label, others, spoken) for u in records)


def _told_together(unit: Unit, label: set[str], others: set[str], spoken: Sequence[Quantity]) -> bool:
    if not any(unit.holds(word) for word in label):
        return False
    if spoken and not any(q.equals(held) for q in quantities(unit.text) for held in spoken):
        return False
    return all(unit.holds(word) or (not word.isascii() and word in fold(unit.text)) for word in others)
