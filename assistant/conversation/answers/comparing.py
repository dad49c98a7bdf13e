"""Compares products in a table of what their records state, and says what sets them apart.

Products that were not shown yet are found by the kind of thing that is named: "compare two espresso machines".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.likeness import unlike
from assistant.conversation.answers.measuring import asks_measure, compared_by, in_order, leader, measured, ranks
from assistant.conversation.answers.pointing import meant, named
from assistant.conversation.answers.seeking import ranked, search
from assistant.conversation.cards import card, chosen
from assistant.conversation.evidence import product_subject
from assistant.conversation.parts import Comparison, Question
from assistant.conversation.plan import recommendation
from assistant.conversation.reading.questions import wanted
from assistant.conversation.state import Shown
from assistant.wording.evidence import Subject
from assistant.wording.phrases import say
from index.product import Product, Variant

MOST = 4
"""Products side by side."""
ROWS = 14
"""Rows of a table at most."""
_BOTH = re.compile(r"\bboth\b|两[个款件者]")
_EVERY = re.compile(r"\b(?:all (?:of )?(?:them|these|those)|them all|these all)\b|几[个款件样]|全部|全都")
"""All that was shown, not two of it."""
_ANY = frozenset({"all", "best", "cheapest", "dearest", "one"})
"""What may point where it is only asked which is the best, the cheapest."""
_DIFFER = re.compile(r"\bdiffer\w*\b|\bwhat sets\b|不一样|区别|不同|差别|差在|差异")
"""Asks in what things differ."""
DIFFERENCES = 5
"""Differences that are told."""
_SAID = frozenset({"price", "list_price", "saving", "rating", "rating_count", "stock", "category", "highlight", "care"})
_BOTH_ENDS = re.compile(
    r"\bcheapest\b.*\b(?:dearest|priciest|most expensive)\b|\b(?:dearest|priciest|"
    r"most expensive)\b.*\bcheapest\b|最便宜.*最贵|最贵.*最便宜"
)
"""The cheapest of a kind beside the dearest."""
_FIRST = ("price", "list_price", "rating", "rating_count", "stock", "brand", "category")


def compare(asked: Asked) -> Answer:
    """Return a table of the products that are meant, else of the first two shown."""
    shown = list(asked.sources.catalogue.get([s.product_id for s in asked.state.shown]).values())
    products = shown if _of_all(asked, shown) else meant(asked)
    if len(products) < 2:
        products = [*products, *(p for p in shown if p not in products)][:2]
    if len(products) < 2 and (one := named(asked)) and one not in products:
        products.append(one)
    if len(products) < 2 and not (asked.found.references and asked.state.shown):
        products = _found(asked)
    if len(products) < 2:
        return Answer(state=asked.state, question=Question(say("compare_which", asked.language)))
    return compared(asked, products)


def _of_all(asked: Asked, shown: Sequence[Product]) -> bool:
    """Return whether something is asked of all that was shown: "the lightest of them", "which have a backlight"."""
    message, pointed = asked.found.message.lower(), asked.found.references
    every = all(one.which in _ANY and not one.number for one in pointed) and not _BOTH.search(message)
    if every and pointed and _EVERY.search(message):
        return True
    return every and (ranks(message) or (not pointed and asks_measure(message)) or _asks_each(message, shown))


def _found(asked: Asked) -> list[Product]:
    """Return the two best of the kind of thing that a message names; none where it names none that the shop has."""
    wish = asked.found.wish
    if wish.empty:
        return []
    if _BOTH_ENDS.search(asked.found.message.lower()):
        wish = replace(wish, sort="price_low", preferences=())
    result = search(asked, wish, wish.filters())
    products = [c.hit.product for c in ranked(result.hits, wish, asked.language)] if result.hits else []
    if _BOTH_ENDS.search(asked.found.message.lower()):
        dearest = replace(wish, sort="price_high")
        found = search(asked, dearest, dearest.filters()).hits
        products = [*products[:1], *(c.hit.product for c in ranked(found, dearest, asked.language))]
    known = bool(wish.categories or wish.brands) or result.matched
    if len(wish.brands) > 1:  # "the Nordvik and the Flexia tents": one of each
        firsts = (next((p for p in products if p.brand == brand), None) for brand in wish.brands)
        products = [one for one in firsts if one is not None]
    return products[:2] if known and not unlike(wish, products, asked.language) else []


def compared(asked: Asked, products: Sequence[Product]) -> Answer:
    """Return a table of these products, of many the first by what is asked, and what sets them apart."""
    language, message = asked.language, asked.found.message
    held = {s.product_id: s.variant_id for s in asked.state.shown}
    every = {p.id: (p, chosen(p, [held[p.id]] if p.id in held else [])) for p in products}
    all_subjects = {id_: product_subject(p, v, language) for id_, (p, v) in every.items()}
    subjects = list(all_subjects.values())
    if len(subjects) > 2:  # "the second" of two that were named stays the second
        subjects = in_order(message, subjects)[:MOST]
    pairs = [every[subject.id] for subject in subjects]
    points = tuple(recommendation(p, v, language=language, ask="", place=n) for n, (p, v) in enumerate(pairs[:2]))
    state = asked.state.showing(tuple(Shown(p.id, v.id) for p, v in pairs))
    if (first := leader(message, list(all_subjects.values()))) is not None:
        state = state.focusing(first.id)  # the one just named is what "it" means
    return Answer(
        state=state,
        cards=tuple(card(p, v, language=language) for p, v in pairs),
        comparison=table(subjects, language),
        notices=tuple(
            Notice(text)
            for text in measured(message, list(all_subjects.values()), language)
            or _of_each(message, list(all_subjects.values()), language)
            or [*_verdicts(pairs, language), *_differing(subjects, message, language)]
        ),
        points=points,
        suggestions=(say("suggest_add_place", language, place=1), say("suggest_reviews", language)),
    )


def asks_each(asked: Asked) -> bool:
    """Return whether a message asks for an attribute of each of those shown: "are they waterproof"."""
    shown = list(asked.sources.catalogue.get([s.product_id for s in asked.state.shown]).values())
    return _asks_each(asked.found.message.lower(), shown)


def _asks_each(message: str, products: Sequence[Product]) -> bool:
    """Return whether it is asked which of these has an attribute, or how they differ in it: 哪个有背光."""
    labels = {label for product in products for words in product.words.values() for label in words.attributes}
    return any(one.kind == "attribute" for one in wanted(message, labels))


def _of_each(message: str, subjects: Sequence[Subject], language: str) -> list[str]:
    """Return what the records of these state of each attribute that is named, those that state the same together."""
    labels = dict.fromkeys(fact.label for subject in subjects for fact in subject.facts if fact.key not in _FIRST)
    made = []
    asked = [one.key for one in wanted(message.lower(), labels) if one.kind == "attribute"]
    for label in list(dict.fromkeys(asked or compared_by(message, list(labels))))[:2]:
        stated: dict[str, list[str]] = {}
        for subject in subjects:
            fact = next((fact for fact in subject.facts if fact.label == label), None)
            text = fact.text if fact else say("cell_not_stated", language)
            stated.setdefault(text, []).append(subject.name)
        comma, stop = ("、", "；") if language == "zh" else (", ", "; ")
        each = stop.join(say("compare_stated", language, text=t, titles=comma.join(n)) for t, n in stated.items())
        even = len(stated) == 1 and say("compare_even", language, label=label.lower(), text=next(iter(stated)))
        made.append(even or say("compare_each", language, label=label, each=each))
    return made


def _differing(subjects: Sequence[Subject], message: str, language: str) -> list[str]:
    """Return in what the records of two differ, where that is asked for."""
    if len(subjects) != len("AB") or not _DIFFER.search(message.lower()):
        return []
    stated = [{f.label: f.text for f in subject.facts if f.key not in _SAID} for subject in subjects]
    labels = [label for label in stated[0] if label in stated[1] and stated[0][label] != stated[1][label]]
    each = [f"{label}{': ' if language == 'en' else '：'}{stated[0][label]} / {stated[1][label]}" for label in labels]
    stop, comma = ("; ", ", ") if language == "en" else ("；", "、")
    names = comma.join(subject.name for subject in subjects)
    return [say("compare_differ", language, what=stop.join(each[:DIFFERENCES]), titles=names)] if each else []


def table(subjects: Sequence[Subject], language: str) -> Comparison:
    """Return the facts of products side by side: first what is offered, then attributes, the shared ones first."""
    rows: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for place, subject in enumerate(subjects):
        for fact in subject.facts:
            if fact.key == "highlight":
                continue
            key = fact.key.removesuffix("_choices")
            cells = rows.setdefault(key, [""] * len(subjects))
            labels.setdefault(key, fact.label)
            cells[place] = fact.text
    order = sorted(rows, key=lambda key: (_FIRST.index(key) if key in _FIRST else len(_FIRST), rows[key].count("")))
    missing = say("cell_not_stated", language)
    kept = [(labels[key], tuple(cell or missing for cell in rows[key])) for key in order[:ROWS]]
    return Comparison(tuple(subject.name for subject in subjects), tuple(kept))


def _verdicts(pairs: Sequence[tuple[Product, Variant]], language: str) -> list[str]:
    """Return what the numbers decide: which is cheaper, which is rated higher; nothing where they are equal."""
    made = []
    priced = [(v.price_minor, p) for p, v in pairs if v.price_minor is not None]
    same_money = len({p.currency for p, _ in pairs}) == 1
    if len(priced) == len(pairs) and same_money and len({price for price, _ in priced}) == len(priced):
        cheapest = min(priced, key=lambda pair: pair[0])[1]
        made.append(say("compare_cheapest", language, title=cheapest.said(language).title))
    rated = [(p.rating, p) for p, _ in pairs if p.rating is not None]
    if len(rated) == len(pairs) and len({f"{rating:.1f}" for rating, _ in rated}) == len(rated):
        best = max(rated, key=lambda pair: pair[0])[1]
        made.append(say("compare_rated", language, title=best.said(language).title))
    return made
