"""What "a lighter one", "something quieter" asks for: things with less (or more) of it than what was shown.

Reads the numbers that records state; searches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median_high, median_low

from assistant.conversation.measures import amounts_in
from assistant.conversation.reading.amounts import UNITS
from assistant.conversation.reading.comparatives import Comparative, comparatives
from assistant.conversation.state import Measure, MustHave, Wish
from index.product import Product

SLIGHTLY = 1e-4
"""Share by which an amount must differ to be more or less."""
_UNITS = tuple(dict.fromkeys(unit for unit, _ in UNITS.values()))


def exceeding(message: str, wish: Wish, products: Sequence[Product]) -> Wish:
    """Return the wish for more (or less) than the middle of these products has; as it is where none states a number."""
    for asked in comparatives(message):
        if (must := _must(asked, message, products)) is not None:
            kept = [one for one in wish.must_haves if one.forms != must.forms]
            return replace(wish, must_haves=(*kept, must))
    return wish


def _must(asked: Comparative, message: str, products: Sequence[Product]) -> MustHave | None:
    said = asked.pattern.search(message.lower())
    for unit in _UNITS:
        found = [amount for product in products if (amount := _amount(asked, product, unit)) is not None]
        if found and said is not None:
            low = median_low(found) * (1 + SLIGHTLY) if asked.most else None
            high = None if asked.most else median_high(found) * (1 - SLIGHTLY)
            return MustHave(text=said.group(), forms=asked.names, measure=Measure(unit=unit, low=low, high=high))
    return None


def _amount(asked: Comparative, product: Product, unit: str) -> float | None:
    """Return the number that a product's record states for what is compared, in this unit."""
    for words in product.words.values():
        for name, text in words.attributes.items():
            if any(one in name.lower() for one in asked.names) and (amounts := list(amounts_in(unit, text))):
                return max(amounts)
    return None
