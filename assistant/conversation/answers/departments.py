"""What departments of the shop the things that a message names stand in, in words: "coffee" is of "Food & Tea".

Rules speak of departments where shoppers speak of things. Knows no rule.
"""

from __future__ import annotations

from collections import Counter

from assistant.conversation.answers import Asked
from index.query import Query

MOST = 2
"""Things named in one message whose departments are looked up."""
LOOKED_AT = 6
LEAST = 2
"""Products among those found by a thing's name that have to stand in a department."""


def departments_named(asked: Asked) -> tuple[str, ...]:
    """Return the names above each kind of thing that a message names, in the reply's language; seldom any."""
    named = [one.form for one in asked.found.named if one.term.kind == "category"][:MOST]
    return tuple(dict.fromkeys(level for form in named for level in _levels(form, asked)))


def _levels(form: str, asked: Asked) -> list[str]:
    """Return the levels of the categories of the products that bear a name."""
    hits = asked.sources.searcher.search(Query(text=form, limit=LOOKED_AT)).hits
    counted = Counter(level for hit in hits for level in hit.product.said(asked.language).category)
    return [level for level, count in counted.items() if count >= LEAST]
