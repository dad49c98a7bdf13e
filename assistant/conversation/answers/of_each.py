"""What is asked of a list that was shown, of none of it alone: 能机洗吗, "do they have pockets?".

Each product answers for itself; those whose records state the same stand together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.apart import in_own_words, questions_apart
from assistant.conversation.answers.facts_asked import facts_asked
from assistant.conversation.answers.in_options import with_own
from assistant.conversation.answers.option_choices import size_for
from assistant.conversation.answers.pointing import meant
from assistant.conversation.cards import card, chosen
from assistant.conversation.evidence import by_key, product_subject
from assistant.conversation.fitting import check
from assistant.conversation.reading.questions import Wanted, wanted, yes_or_no
from assistant.wording.evidence import Fact, Subject
from assistant.wording.phrases import say
from index.money import price_text
from index.product import Product, Variant

_TOGETHER = re.compile(r"\b(?:together|altogether|in total)\b|一起|加起来|加一起|总共|一共|合计")
_OFFERED = frozenset({"price", "list_price", "saving", "stock"})
"""What differs by variant, which the cards tell."""


@dataclass(frozen=True, slots=True)
class _One:
    """A product of the list, as a variant of it was shown."""

    product: Product
    variant: Variant
    subject: Subject


def of_each(asked: Asked, among: Sequence[Product] = ()) -> Answer | None:
    """Return what the records of those shown (or of those `among` them) state; `None` where none states any of it."""
    held = {one.product_id: one.variant_id for one in asked.state.shown}
    few = meant(asked) if any(one.which == "first_n" for one in asked.found.references) else []
    held = {one.id: held[one.id] for one in among or few if one.id in held} or held
    products = asked.sources.catalogue.get(list(held)).values()
    listed = [_One(p, v, product_subject(p, v, asked.language)) for p in products for v in [chosen(p, [held[p.id]])]]
    choices = any(one.key.endswith("_choices") for one in wanted(asked.found.unpointed))
    if len(listed) < 2 or (asked.found.wish.options and not choices):
        return None
    if size_for(listed[0].product, asked.found.message):
        return None  # "what size for a chest of 80 cm" is answered by the size
    told = [_told(asked, listed, at) for at in range(max(1, len(questions_apart(asked, listed[0].product))))]
    if not any(told):
        return None
    silent = [_silent(asked, listed[0].product, at) for at, text in enumerate(told) if not text]
    silent += _together(asked, listed)
    cards = tuple(card(one.product, one.variant, language=asked.language) for one in listed)
    return Answer(
        state=asked.state, cards=cards, notices=tuple(Notice(text) for text in (*filter(None, told), *silent))
    )


def _together(asked: Asked, listed: Sequence[_One]) -> list[str]:
    """Return what those shown cost together, where that is asked for."""
    prices = [one.variant.price_minor for one in listed if one.variant.price_minor is not None]
    if not _TOGETHER.search(asked.found.message.lower()) or len(prices) < len(listed):
        return []
    price = price_text(sum(prices), listed[0].product.currency, asked.language)
    return [say("price_together", asked.language, price=price)]


def _told(asked: Asked, listed: Sequence[_One], at: int) -> str:
    """Return what each states of one question of the message, in a sentence; empty where none states it."""
    found = [_fact(asked, one, at) for one in listed]
    label = next((fact.label for fact in found if fact is not None), "")
    if not label:
        return ""
    stated: dict[str, list[str]] = {}
    for one, fact in zip(listed, found, strict=True):
        text = fact.text if fact is not None else say("cell_not_stated", asked.language)
        stated.setdefault(text, []).append(one.subject.name)
    if len(stated) == 1:
        return say("compare_even", asked.language, label=label.lower(), text=next(iter(stated)))
    comma, stop = ("、", "；") if asked.language == "zh" else (", ", "; ")
    each = (say("compare_stated", asked.language, text=t, titles=comma.join(n)) for t, n in stated.items())
    return say("compare_each", asked.language, label=label, each=stop.join(each))


def _silent(asked: Asked, product: Product, at: int) -> str:
    """Return that none of the list states what one question of the message asks."""
    return say("list_silent", asked.language, what=in_own_words(questions_apart(asked, product)[at]))


def _fact(asked: Asked, one: _One, at: int) -> Fact | None:
    """Return the fact of a product that answers one question of the message; `None` where its record states none."""
    apart = questions_apart(asked, one.product)
    question = apart[at] if apart else with_own(asked, one.product)
    text = question.found.unpointed
    asks = wanted(text, [label for words in one.product.words.values() for label in words.attributes])
    if any(ask.key == "price" for ask in asks) and asked.found.references:
        return by_key(one.subject).get("price")
    if choices := next((ask.key for ask in asks if ask.key in ("color_choices", "size_choices")), ""):
        known = by_key(one.subject)
        return known.get(choices) or known.get(choices.removesuffix("_choices"))
    if _of_offer(asks):
        return None
    for must in question.found.wish.must_haves if yes_or_no(text) or not asks else ():
        if (fact := check(must, one.product, asked.language).fact) is not None:
            return fact
    if any(ask.kind == "opinion" for ask in asks):
        return by_key(one.subject).get("rating")
    facts, *_ = facts_asked(question, one.product, one.subject, asks)
    return facts[0] if facts else None


def _of_offer(asks: Sequence[Wanted]) -> bool:
    return any(one.kind == "offer" and one.key in _OFFERED for one in asks)
