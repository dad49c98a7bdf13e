"""What of the shopper's words a model is told: their wish without what the evidence does not bear out.

A small model turns "a waterproof jacket" into "is waterproof". What the thing is not known to be is left out of the
wish that it sees; unmet must-haves are declared by fixed sentences instead.
"""

from __future__ import annotations

import re

from assistant.wording.amounts import age_fits
from assistant.wording.evidence import Subject
from assistant.wording.quantities import quantities
from assistant.wording.support import Support, support_of
from assistant.wording.words import Token, fold, tokens

_DANGLING = re.compile(
    r"(?:[\s,，、:;]|\b(?:a|an|the|in|on|with|for|and|or|under|below|over|about|around|than|of|to|at|that|is|size)\b|以内|以下|左右|不到|的|，)+$"
)
_NEGATOR_ENDS = frozenset({",", "for", "in", "with", "and", "to", ";", "."})


def spoken_wish(ask: str, subject: Subject, language: str) -> str:
    """Return the part of a wish that may be restated of this thing; empty where nothing of it may.

    >>> spoken_wish("a waterproof lamp for reading under $9", Subject("1", "product", "Lamp", ()), "en")
    'a lamp for reading'
    """
    support, folded = support_of(subject, language), fold(ask)
    dropped = _amounts(ask, folded, support) + _denied(ask, language, support)
    found = tokens(ask)
    dropped += [(t.start, t.end) for t in found if t.is_word and _is_unborne(t, support)]
    kept = "".join(" " if any(a <= i < b for a, b in dropped) else c for i, c in enumerate(folded))
    kept = _DANGLING.sub("", " ".join(kept.split())).strip(" ,，、-;:")
    kept = re.sub(r"\s*([，、,])\s*(?=[，、,]|$)", "", kept)
    kept = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", kept)
    words = [t for t in tokens(kept) if t.is_word and t.stem not in support.lists.free]
    return _to_shopper(kept) if words else ""


def _to_shopper(wish: str) -> str:
    wish = re.sub(
        r"\b(?:i'm|i am|i need|i want|i would like|i'd like|i'm looking for|show me|do you have|please|looking for)\b",
        "",
        wish,
    )
    return " ".join(re.sub(r"\bmy\b", "your", wish).replace("我的", "您的").replace("我", "您").strip(" ,?.!").split())


def _amounts(ask: str, folded: str, support: Support) -> list[tuple[int, int]]:
    spans = []
    held = [q for unit in support.units if unit.kind in ("fact", "name") for q in unit.quantities]
    for amount in quantities(ask):
        known = any(amount.equals(other) for other in held) and not amount.kind.startswith("money")
        if known or age_fits(amount, support):
            continue
        start, end = amount.start, amount.end
        cue = re.search(
            r"(?:under|below|less than|up to|within|over|above|around|about|for|at most|max|between|from)\s*$",
            folded[:start],
        )
        after = re.match(r"\s*(?:以内|以下|之内|左右|以上|不到|or less|max|budget)", folded[end:])
        spans.append((cue.start() if cue else start, end + (after.end() if after else 0)))
    return spans


def _denied(ask: str, language: str, support: Support) -> list[tuple[int, int]]:
    found, spans = tokens(ask), []
    for at, token in enumerate(found):
        if token.text not in support.lists.negation and not (
            language == "zh" and token.text in ("不要", "不想", "不用")
        ):
            continue
        end = next((t.start for t in found[at + 1 :] if t.text in _NEGATOR_ENDS), len(fold(ask)))
        spans.append((token.start, end))
    return spans


def _is_unborne(token: Token, support: Support) -> bool:
    lists = support.lists
    claims = lists.facts_only | lists.wish_claims | lists.looks
    claiming = token.stem in claims or (
        not token.stem.isascii() and any(len(c) > 1 and c in token.stem for c in lists.wish_claims)
    )
    if not claiming:
        return False
    only = token.stem in lists.facts_only
    holding = support.holding(token.stem, facts_only=only)
    if token.stem in lists.looks:
        holding = [u for u in holding if u.kind in ("fact", "name") and u.whole]
    return not any(False in unit.polarity(token.stem) for unit in holding)
