"""Decides which facts of which product a reply says. Words nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from assistant.conversation.evidence import by_key, product_subject
from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.features import materials
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.words import HAN, stem, stems
from assistant.wording.evidence import Fact, Need, Point, Subject
from index.product import Product, Variant

WORDED = 2
"""Products of a reply that a sentence is written about; the others speak by their cards."""
FACTS = 2
"""Facts of one product that a reply says: a reason and the price. Two must-haves that are met are both said."""
_NO = re.compile(r"no\b|none\b|not\b|否|无(?!线)|不(?!锈)", re.IGNORECASE)
"""What a product lacks is no reason to show it."""
_SEEN = frozenset({"color", "size"})
"""What the card shows anyway."""
SHORT = 60
"""Characters of a fact that a small model repeats faithfully."""
_DULL = frozenset(
    {"price", "list_price", "saving", "rating", "rating_count", "stock", "brand", "category", "highlight"}
)


def recommendation(
    product: Product,
    variant: Variant,
    *,
    language: str,
    ask: str,
    needs: Sequence[Need] = (),
    place: int = 0,
    first: Sequence[Fact] = (),
) -> Point:
    """Return what to say of a product that is recommended: a reason and the price. `first` decided its place.

    Every second one begins with its price, so that the sentences of a reply do not all run alike.
    """
    subject = product_subject(product, variant, language)
    facts = chosen_facts(subject, ask=ask, needs=needs, first=first)
    if place % 2:
        facts = tuple(sorted(facts, key=lambda fact: fact.key != "price"))
    said = ask if says_more(ask, subject) and not _unstated(ask, subject) else ""
    return Point(role="recommend", subject=subject, facts=facts, ask=said, needs=tuple(needs))


def says_more(ask: str, subject: Subject) -> bool:
    """Return whether a wish names more than the thing itself: "for rainy walks", beyond what the name says already."""
    kinds = [fact.text for fact in subject.facts if fact.key == "category"]
    named = " ".join((subject.name, *kinds)).lower()
    there = set(stems(named))
    return any(word not in named if HAN.search(word) else stem(word) not in there for word in content(ask))


def _unstated(ask: str, subject: Subject) -> bool:
    """Return whether a wish names a colour or a material that the record does not state of the product.

    "For leather slippers, the Cozy Slipper …" would say of a felt slipper that it is leather. The word before one
    belongs to it: "expresso leather" is stated where both words are.
    """
    stated = " ".join((subject.name, subject.record, *(fact.text for fact in subject.facts))).lower()
    there = set(stems(stated))
    for forms in _traits():
        asked = [form for form in forms if _holds(form, ask.lower(), set(stems(ask)))]
        if asked and not any(_holds(form, stated, there) for form in forms):
            return True
        if any(before not in there for form in asked for before in _before(form, ask)):
            return True
    return False


def _before(form: str, ask: str) -> list[str]:
    """Return the stem of the word that stands before a colour or a material in a wish; none where nothing does."""
    said, last = [stem(word) for word in content(ask) if not HAN.search(word)], stems(form)[:1]
    return [one for one, after in pairwise(said) if last and after == last[0]]


@cache
def _traits() -> tuple[tuple[str, ...], ...]:
    """Return the words for each colour and material, in both languages."""
    named = [(*one.english, *one.chinese, *one.shades) for one in colours().values()]
    return (*named, *((*english, *chinese) for english, chinese in materials()))


def _holds(form: str, text: str, words: set[str]) -> bool:
    return form in text if HAN.search(form) else set(stems(form)) <= words


def chosen_facts(subject: Subject, *, ask: str, needs: Sequence[Need], first: Sequence[Fact] = ()) -> tuple[Fact, ...]:
    """Return the facts to say: what answers the wish, or else what it is made of or is, then the price.

    The card shows price and rating, so a rating is a reason only where the record has no other. A brand that the name
    begins with is not said again.
    """
    facts: Sequence[Fact] = [f for f in subject.facts if f.key != "brand" or f.text not in subject.name]
    known: dict[str, Fact] = {}
    for fact in facts:
        known.setdefault(fact.key, fact)
    met = [need.fact for need in needs if need.met and need.fact and len(need.fact.text) <= SHORT]
    met = list(dict.fromkeys((*first, *met)))[:2]
    declared = {need.fact for need in needs if need.met is False}
    facts = [fact for fact in facts if fact not in declared]
    reasons = [*met, *_telling(facts, ask)[:1], *([known["material"]] if "material" in known else [])]
    reasons += sorted((fact for fact in facts if _describes(fact)), key=lambda fact: fact.key in _SEEN)
    reasons += [known[key] for key in ("rating", "brand") if key in known]
    said = [fact for fact in dict.fromkeys(reasons) if fact.key != "price"]
    price = [known["price"]] if "price" in known else []
    return (*said[: max(len(met), FACTS - len(price))], *price)


def _describes(fact: Fact) -> bool:
    """Return whether a fact says what a thing is, in few words."""
    return fact.key not in _DULL and not fact.key.endswith("_choices") and _short(fact) and not _NO.match(fact.text)


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


def reason(
    product: Product, variant: Variant, *, language: str, needs: Sequence[Need] = (), first: Sequence[Fact] = ()
) -> str:
    """Return a short true reason for a card: what decided its place, a must-have that is met, or else the best said."""
    met = [need.fact for need in needs if need.met and need.fact and len(need.fact.text) <= SHORT]
    if told := list(first)[:2] or met[:1]:
        comma = "；" if language == "zh" else "; "
        return comma.join(_labelled(one, language) if one.key != "highlight" else one.text for one in told)
    facts = by_key(product_subject(product, variant, language))
    if "highlight" in facts and len(facts["highlight"].text) <= 90:
        return facts["highlight"].text
    said = next(
        (f for key, f in facts.items() if key not in _DULL and not key.endswith("_choices") and not _NO.match(f.text)),
        None,
    )
    return _labelled(said, language) if said and _short(said) else ""


def _labelled(fact: Fact, language: str) -> str:
    return f"{fact.label}{'：' if language == 'zh' else ': '}{fact.text}"
