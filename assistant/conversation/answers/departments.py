"""What departments of the shop the things that a message names stand in, in words: "coffee" is of "Food & Tea".

Rules speak of departments where shoppers speak of things. Knows no rule.
"""

from __future__ import annotations

import re
from collections import Counter

from assistant.conversation.answers import Asked
from index.query import Query

POINTS = re.compile(r"\b(?:it|this|that|these|those|them|they)\b|[这那](?:个|款|件|些|双|种)|它", re.IGNORECASE)
"""What points at what was shown, several things together too."""
RETURNED = frozenset({"how long you have to return an item", "what cannot be returned"})
"""Matters of which the rules say another thing of some goods: what was shown is meant, where nothing else is named."""
MOST = 2
"""Things named in one message whose departments are looked up."""
LOOKED_AT = 6
LEAST = 2
"""Products among those found by a thing's name that have to stand in a department."""


def departments_named(asked: Asked) -> tuple[str, ...]:
    """Return the names above each kind of thing that a message names, in the reply's language; seldom any."""
    named = [one.form for one in asked.found.named if one.term.kind == "category"][:MOST]
    if not named:
        return _of_pointed(asked)
    return tuple(dict.fromkeys(level for form in named for level in _levels(form, asked)))


def _of_pointed(asked: Asked) -> tuple[str, ...]:
    """Return the levels above what "it" or "those" points at, the thing in question or the first that was shown."""
    state = asked.state
    returned = asked.found.matter in RETURNED
    if not (asked.found.references or returned or POINTS.search(asked.found.message)):
        return ()
    held = state.focus or next((one.product_id for one in state.shown), "")
    product = asked.sources.catalogue.get([held]).get(held) if held else None
    return tuple(product.said(asked.language).category) if product else ()


def _levels(form: str, asked: Asked) -> list[str]:
    """Return the levels of the categories of the products that bear a name."""
    hits = asked.sources.searcher.search(Query(text=form, limit=LOOKED_AT)).hits
    counted = Counter(level for hit in hits for level in hit.product.said(asked.language).category)
    return [level for level, count in counted.items() if count >= LEAST]
