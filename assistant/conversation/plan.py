"""Decides which facts of which product a reply says. Words nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.evidence import by_key, product_subject
from assistant.conversation.reading.words import stems
from assistant.wording.evidence import Fact, Need, Point
from index.product import Product, Variant

WORDED = 2
"""Products of a reply that a sentence is written about; the others speak by their cards."""
FACTS = 3
"""Facts of one product that a reply says at most."""
_NO = re.compile(r"no\b|none\b|not\b|否|无(?!线)|不(?!锈)", re.IGNORECASE)
"""What a product lacks is no reason to show it."""
SHORT = 60
"""Characters of a fact that a small model repeats faithfully."""
_DULL = frozenset(
    {"price", "list_price", "saving", "rating", "rating_count", "stock", "brand", "category", "highlight"}
)


def recommendation(product: Product, variant: Variant, *, language: str, ask: str, needs: Sequence[Need] = ()) -> Point:
    """Return what to say of a product that is recommended: what was asked for first, then price, then rating."""
    subject = product_subject(product, variant, language)
    return Point(
        role="recommend",
        subject=subject,
        facts=chosen_facts(subject.facts, ask=ask, needs=needs),
        ask=ask,
        needs=tuple(needs),
    )


def chosen_facts(facts: Sequence[Fact], *, ask: str, needs: Sequence[Need]) -> tuple[Fact, ...]:
    """Return the facts to say: those that answer the wish, the price, and how it is rated, at most `FACTS`."""
    known: dict[str, Fact] = {}
    for fact in facts:
        known.setdefault(fact.key, fact)
    met = [need.fact for need in needs if need.met and need.fact and len(need.fact.text) <= SHORT]
    declared = {need.fact for need in needs if need.met is False}
    facts = [fact for fact in facts if fact not in declared]
    telling = _telling(facts, ask)
    wanted = [*met[:2], *([known["price"]] if "price" in known else []), *telling[:1]]
    wanted += [known[key] for key in ("rating", "material", "brand") if key in known]
    wanted += [fact for fact in facts if fact.key not in _DULL and not fact.key.endswith("_choices") and _short(fact)]
    return tuple(dict.fromkeys(wanted))[:FACTS]


def _short(fact: Fact) -> bool:
    return len(fact.text) <= SHORT


def _telling(facts: Sequence[Fact], ask: str) -> list[Fact]:
    """Return the facts whose words are those of the wish, the most alike first."""
    asked = set(stems(ask))
    scored = [
        (len(asked & set(stems(f"{fact.label} {fact.text}"))), fact)
        for fact in facts
        if fact.key not in _DULL - {"highlight"} and not fact.key.endswith("_choices") and _short(fact)
    ]
    return [fact for score, fact in sorted(scored, key=lambda pair: -pair[0]) if score]


def reason(product: Product, variant: Variant, *, language: str, needs: Sequence[Need] = ()) -> str:
    """Return a short true reason for a card: a must-have that is met, or the best that the record says."""
    met = [need.fact for need in needs if need.met and need.fact and len(need.fact.text) <= SHORT]
    if met:
        return f"{met[0].label}: {met[0].text}" if met[0].key != "highlight" else met[0].text
    facts = by_key(product_subject(product, variant, language))
    if "highlight" in facts and len(facts["highlight"].text) <= 90:
        return facts["highlight"].text
    said = next(
        (f for key, f in facts.items() if key not in _DULL and not key.endswith("_choices") and not _NO.match(f.text)),
        None,
    )
    return f"{said.label}: {said.text}" if said and _short(said) else ""
