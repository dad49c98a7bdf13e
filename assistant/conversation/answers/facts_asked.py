"""Which facts of a product's record a question asks for: by their names, else by what it means. Words nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.conversation.answers import Asked
from assistant.conversation.evidence import by_key
from assistant.conversation.reading import traits
from assistant.conversation.reading.extents import extents
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.needs import names_allergen
from assistant.conversation.reading.questions import Wanted
from assistant.conversation.reading.words import HAN, stems
from assistant.wording.evidence import Fact, Subject
from index.product import Product

FACTS = 3
"""Facts of one answer at most."""
_JOINTS = re.compile(r"[,，;；。！!?？、]|\b(?:and|also|plus)\b")
"""Where a message goes on to ask something else: "what is it made of and how heavy"."""
_HAS = re.compile(
    r"\b(?:does|do|has|have) (?:it|they|this|that|this one|that one)(?: (?:have|come with|got))?\b|"
    r"有没有|带不带|[有带].{1,8}吗"
)
IN_PASSING = {"maximum load": ("weight", "重量")}
"""What a question for a trait names and does not ask for: "how much weight can it take"."""
_HEAVY = re.compile(r"\b(?:heavy|heavier|light|lighter)\b|[重轻沉]")
"""Asks what a thing weighs, whoever lifts it."""
_CAN = re.compile(r"\bhow much (?:can|could)\b(?! i (?:save|get it for))")
_PRICED = re.compile(
    r"\bhow much(?:'s| (?:is|are|was|were|does|do|for|would|will))\b(?!.*\b(?:hold|carry|take|fit|weigh)\b)|多少钱"
)


class Stated(NamedTuple):
    """The facts that a question asks for, and the trait that it surely means, missing where the record is silent."""

    facts: tuple[Fact, ...]
    missing: bool = False
    surely: str = ""


def facts_asked(asked: Asked, product: Product, subject: Subject, asks: Sequence[Wanted]) -> Stated:
    """Return the facts asked for by their names, the price for a bare "how much", or what the question means."""
    named = _named(subject, asks, product)
    if not named and only_how_much(asked.found.unpointed, asks) and not _of_something(asked):
        return Stated(tuple(fact for key, fact in by_key(subject).items() if key == "price"))
    if not named and (by_extent := _of_extent(asked.found.unpointed, subject)):
        return Stated(by_extent)
    plain = not named and all(one.kind not in ("opinion", "summary", "details") for one in asks)
    # "Does it have a heart rate sensor" asks for that alone, not for whatever is near to it.
    loose = plain and not _HAS.search(asked.found.message.lower())
    meant = _meant(asked, product, subject, least=traits.LEAST if loose else traits.SURE)
    passing = () if _HEAVY.search(asked.found.unpointed) else IN_PASSING.get(meant.surely, ())
    named = tuple(fact for fact in named if fact.label.lower() not in passing)
    return Stated(tuple(dict.fromkeys((*named, *meant.facts)))[:FACTS], meant.missing, meant.surely)


def _of_something(asked: Asked) -> bool:
    """Return whether "how much" asks for another thing than the price: "how much can I get in it"."""
    if _CAN.search(asked.found.message.lower()):
        return True
    return asked.found.trait_sure >= traits.SURE and not _PRICED.search(asked.found.message.lower())


def _of_extent(text: str, subject: Subject) -> tuple[Fact, ...]:
    """Return the fact that says how long, heavy or strong it is, for a question that asks only that: 多长, 几瓦."""
    for name in extents(text):
        if found := [fact for fact in subject.facts if name in (fact.key, fact.label.lower())]:
            return tuple(found[:1])
    return ()


def only_how_much(text: str, asks: Sequence[Wanted]) -> bool:
    """Return whether a question says "how much" and nothing of what."""
    return any(one.kind == "weak" for one in asks) and not content(without(text, asks))


def without(text: str, asks: Sequence[Wanted]) -> str:
    """Return the question without the words that only ask."""
    for one in asks:
        if one.kind in ("summary", "details", "weak"):
            text = text.replace(one.form, " ")
    return text


def _named(subject: Subject, asks: Sequence[Wanted], product: Product) -> tuple[Fact, ...]:
    """Return the facts that the question names: attributes by their labels in any language, then those of the offer."""
    known = by_key(subject)
    keys = _keys(product)
    found = [known.get(keys.get(one.key, "")) for one in asks if one.kind == "attribute"]
    found += [known.get(one.key) or known.get(one.key.removesuffix("_choices")) for one in asks if one.kind == "offer"]
    return tuple(dict.fromkeys(fact for fact in found if fact is not None))[:FACTS]


def _keys(product: Product) -> dict[str, str]:
    """Return the key of the fact that states an attribute, by the attribute's name in every language that aligns."""
    main = tuple(product.words[product.language].attributes)
    return {
        label: (main[at] if len(words.attributes) == len(main) else label).lower()
        for words in product.words.values()
        for at, label in enumerate(words.attributes)
    }


def _meant(asked: Asked, product: Product, subject: Subject, *, least: float) -> Stated:
    """Return the facts that a message asks for: what the whole of it likely does, then what its parts surely do."""
    stated = _stated(subject)
    whole = _question(asked, product)
    if "allergens" in stated and names_allergen(whole):
        return Stated((stated["allergens"],), surely="allergens")  # whoever cannot have it is told of no diet
    parts = [part for part in _JOINTS.split(whole) if content(part)]
    texts = [whole, *(parts if len(parts) > 1 else [])]
    found = traits.chances(texts, asked.sources.embedder)
    wanted = [traits.asked(one, stated, least=traits.SURE if at else least) for at, one in enumerate(found)]
    # In the order of the parts, where they ask for more than the whole was taken for.
    ordered = [*wanted[1:], *wanted[:1]] if wanted[0] in wanted[1:] else wanted
    surely = traits.asked(found[0], found[0], least=traits.SURE)
    if surely in IN_PASSING and surely not in stated and "weight" in stated and _HEAVY.search(whole):
        surely, ordered = "weight", ["weight"]  # "too heavy for me to lift" asks what it weighs
    facts = tuple(stated[trait] for trait in dict.fromkeys(filter(None, ordered)))
    return Stated(facts, surely not in ("", traits.NONE, *stated), surely)


def _stated(subject: Subject) -> dict[str, Fact]:
    """Return the fact that states each trait, by the attribute's name in the record or as it is shown."""
    known = traits.named()
    named = ((known.get(fact.key) or known.get(fact.label.lower()), fact) for fact in subject.facts)
    found: dict[str, Fact] = {}
    for trait, fact in named:
        if trait:
            found.setdefault(trait, fact)
    return found


def _question(asked: Asked, product: Product) -> str:
    """Return the message with "it" for what points at the product, or without its name."""
    found = asked.found
    if product.brand and product.brand in found.wish.brands:
        return found.unpointed
    text, it = found.message.lower(), "它" if asked.language == "zh" else "it"
    for one in sorted(found.references, key=lambda one: -one.start):
        text = f"{text[: one.start]}{it}{text[one.end :]}"
    return text


def alike(wanted_words: str, stated: str) -> int:
    """Return how many words, or pairs of Chinese characters, a question shares with what is stated."""
    pairs = {w[at : at + 2] or w for w in wanted_words.split() if HAN.search(w) for at in range(max(1, len(w) - 1))}
    return len(set(stems(wanted_words)) & set(stems(stated))) + sum(pair in stated for pair in pairs)
