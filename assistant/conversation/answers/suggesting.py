"""What the shopper may like to ask next: only what the shop's records can answer, in the reply's language."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.answers import Asked
from assistant.conversation.reading.questions import wanted
from assistant.conversation.state import Wish
from assistant.wording.phrases import say
from index.product import Product

MOST = 3
"""Suggestions shown at once."""


def after_cards(asked: Asked, products: Sequence[Product], wish: Wish) -> tuple[str, ...]:
    """Return what can be asked of products just shown."""
    language = asked.language
    made: list[str] = []
    if len(products) >= 2:
        made.append(say("suggest_compare", language))
    prices = {price for p in products for price in (p.prices_minor() or ())}
    if len(prices) > 1:
        made.append(say("suggest_cheaper", language))
    if products and products[0].rating_count and asked.sources.catalogue.reviews(products[0].id, limit=1):
        made.append(say("suggest_reviews", language))
    if not products:
        made += [say("suggest_policy", language)]
    return tuple(made[:MOST])


def about_product(asked: Asked, product: Product) -> tuple[str, ...]:
    """Return what can be asked of one product."""
    language = asked.language
    made: list[str] = []
    names = list(product.said(language).attributes)
    asks = wanted(asked.found.unpointed, names)
    reviewed = product.rating_count and asked.sources.catalogue.reviews(product.id, limit=1)
    if reviewed and not any(one.kind == "opinion" for one in asks):
        made.append(say("suggest_reviews_it", language))
    if names := [name for name in names if name not in {one.key for one in asks}]:
        made.append(say("suggest_attribute", language, name=names[0]))
    if product.in_stock:
        made.append(say("suggest_add", language))
    return tuple(made[:MOST])
