"""What children's things of a kind are kept under another shelf: "waterproof jackets for kids" are kids' raincoats."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.answers.seeking import search
from assistant.conversation.fitting import check
from assistant.conversation.state import MustHave, Wish
from index.product import Product
from index.query import Filters

GROWN = 14
"""Years from which on somebody wears what grown-ups wear."""
_KIDS = re.compile(r"\b(?:kids?|child(?:ren)?|toddlers?|bab(?:y|ies))\b|儿童|童装|宝宝|婴", re.IGNORECASE)
_BODY = re.compile(r"\d?X*[SML]\b|EU ?\d|\d{2}$|W\d", re.IGNORECASE)
"""How a size is written of what is worn: "XL", "EU42", "38"."""
_LIKE = {"Coats": "raincoat", "Outerwear": "raincoat", "Parkas": "raincoat", "外套": "雨衣"}
"""What children wear in place of a grown-up's thing."""


def for_children(asked: Asked, wish: Wish) -> Wish:
    """Return the wish for what children have in place of a kind that is only made for grown-ups."""
    if not wish.categories or not any(_young(must) for must in wish.must_haves):
        return wish
    catalogue = asked.sources.catalogue
    kind = catalogue.get(list(catalogue.matching(Filters(categories=frozenset(wish.categories))))).values()
    if any(_of_kids(product) for product in kind) or not any(_worn(product) for product in kind):
        return wish
    other = next((_LIKE[one] for one in wish.categories if one in _LIKE), "")
    anew = replace(wish, categories=(), text=" ".join(filter(None, (other, wish.text))))
    hits = search(asked, anew, anew.filters()).hits
    fits = [
        hit.product
        for hit in hits
        if _of_kids(hit.product)
        and all(check(must, hit.product, asked.language).met is not False for must in wish.must_haves)
    ]
    if not fits:
        return wish
    shelf = fits[0].words[fits[0].language].category[-1]
    labels = {key: label for key, label in wish.labels.items() if not key.startswith("category:")}
    return replace(wish, categories=(shelf,), labels=labels)


def _young(must: MustHave) -> bool:
    aged = must.measure is not None and must.measure.unit == "year" and (must.measure.high or 0.0) < GROWN
    return aged or "for kids" in must.forms


def _worn(product: Product) -> bool:
    """Return whether a thing comes in sizes of somebody's body, not in those of a bottle."""
    return any(_BODY.match(size) for size in product.options("size"))


def _of_kids(product: Product) -> bool:
    words = product.words[product.language]
    return bool(_KIDS.search(" ".join((words.title, *words.category))))
