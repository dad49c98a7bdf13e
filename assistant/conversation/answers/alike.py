"""Goes on from the product in question where no wish is in force: "anything cheaper?", "something similar in stock"."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.state import State, Wish
from index.product import Product


def from_product(asked: Asked) -> Asked:
    """Return the message with a wish for things of the product's kind in force, where it has nothing else to go on.

    Who asks for the like of something that is sold out has no use for what is sold out, too.
    """
    product = _in_question(asked)
    if product is None or not _beside(asked.state, product):
        return asked
    kind = product.words[product.language].category[-1]
    wish = Wish(
        text=product.said(asked.language).category[-1].lower(), categories=(kind,), in_stock=not product.in_stock
    )
    state = asked.state.wishing(wish, new=True)
    return replace(asked, state=replace(state, seen=(product.id,), focus=product.id))


def _in_question(asked: Asked) -> Product | None:
    state = asked.state
    wanted = state.focus or (state.shown[0].product_id if state.shown else "")
    product = next(iter(asked.sources.catalogue.get([wanted]).values()), None) if wanted else None
    return product if product is not None and product.words[product.language].category else None


def _beside(state: State, product: Product) -> bool:
    """Return whether the wish in force is not for the product: there is none, or it is for things of another kind."""
    if state.wish.empty:
        return True
    kinds = {level for words in product.words.values() for level in words.category}
    return bool(state.wish.categories) and not kinds & set(state.wish.categories)
