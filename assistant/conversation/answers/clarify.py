"""Asks back when a wish is too wide, with choices that the catalogue can fulfil, and shows something meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked
from assistant.conversation.cards import card, chosen
from assistant.conversation.parts import Question
from assistant.conversation.plan import reason
from assistant.conversation.state import Shown
from assistant.wording.phrases import say
from index.product import Product
from index.query import Query

CHOICES = 5
SHOWN = 4
"""Departments offered to choose from, and products shown meanwhile."""


def clarified(asked: Asked) -> Answer:
    """Return a question for what the wish leaves open, beside well-rated products of several departments.

    Where nothing at all is wished for, nothing is shown.
    """
    wish = replace(asked.found.wish, text="", must_haves=())
    if wish.empty and not asked.found.wide and not asked.found.step:
        return Answer(
            state=asked.state, question=Question(say("ask_wide", asked.language), departments(asked, CHOICES))
        )
    hits = asked.sources.searcher.search(Query(filters=wish.filters(), limit=40, sort="rating")).hits
    products = _varied([hit.product for hit in hits])
    cards = tuple(
        card(p, chosen(p), language=asked.language, why=reason(p, chosen(p), language=asked.language)) for p in products
    )
    state = asked.state.wishing(replace(wish, sort="relevance"), new=True)
    state = state.showing(tuple(Shown(p.id, chosen(p).id) for p in products))
    text = say("ask_gift" if asked.found.wide else "ask_wide", asked.language)
    return Answer(state=replace(state, asked="wide"), cards=cards, question=Question(text, departments(asked, CHOICES)))


def _varied(products: Sequence[Product]) -> list[Product]:
    """Return at most one product of each department, in order."""
    seen: dict[str, Product] = {}
    for product in products:
        category = product.said(product.language).category
        seen.setdefault(category[0] if category else product.id, product)
    return list(seen.values())[:SHOWN]


def departments(asked: Asked, most: int) -> tuple[str, ...]:
    """Return the largest departments in the reply's language."""
    vocabulary = asked.sources.catalogue.vocabulary()
    shown = {main: form for form, main in vocabulary.forms.items()} if asked.language == "zh" else {}
    largest = list(vocabulary.categories)[:most]
    return tuple(shown.get(name, name) for name in largest)
