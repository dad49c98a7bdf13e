"""The things that can be bought of one product: a variant for each colour and size, with its own price and stock.

Knows nothing of descriptions.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from random import Random

from assistant.demo.sentences import Draft
from assistant.demo.vocabulary import Pair, Vocabulary
from index.product import Availability, Variant

ENDINGS = (0, 50, 90, 95, 99)
SOLD_OUT, REDUCED = 0.10, 0.18
"""Share of variants that are sold out, and of products that are reduced."""


def slug(text: str) -> str:
    """Write a text as part of an id.

    >>> slug("Single, 140 × 200 cm")
    'SINGLE-140-200-CM'
    """
    return re.sub(r"[^A-Z0-9]+", "-", text.upper()).strip("-")


def colors(draft: Draft, chance: Random) -> list[str]:
    """Choose the colours of one product: two to four of its type's, or one where the type comes as it is."""
    offered = draft.kind.colors
    return chance.sample(offered, min(len(offered), chance.choice((2, 3, 3, 4)))) if offered else []


def picture_path(kind: str, color: str) -> str:
    """Return the path under which the shop serves a drawn picture."""
    return f"/pictures/{kind}/{color}.svg"


def tint(draft: Draft, chance: Random) -> str:
    """Return the colour of the picture of a product that has no colours to choose from."""
    named = [str(choice.facts["tint"]) for choice in draft.choices if "tint" in choice.facts]
    return named[-1] if named else chance.choice(draft.kind.tints)


def grow_variants(identity: str, draft: Draft, level: float, *, words: Vocabulary, chance: Random) -> list[Variant]:
    """Return every combination of colour and size, in the order of the type; at least one is in stock.

    `level` multiplies the price of the type: the brand's level and what the axes add.
    """
    chosen = colors(draft, chance)
    plain = tint(draft, chance) if not chosen else ""
    base = _base_price(draft, level, chance)
    reduction = chance.choice((0.7, 0.75, 0.8, 0.85, 0.9)) if chance.random() < REDUCED else None
    ending = chance.choice(ENDINGS)
    found = []
    for color, size in itertools.product(chosen or [plain], draft.kind.sizes or ((None, 1.0),)):
        options = _options(color if chosen else None, size[0], words)
        full = _rounded(base * size[1], ending)
        now = _rounded(full * reduction, ending) if reduction and chance.random() < 0.7 else full
        stock = 0 if chance.random() < SOLD_OUT else chance.choice((2, 3, 4, 6, 8, 11, 15, 20, 28, 40, 64))
        found.append(
            Variant(
                id="-".join([identity, *(slug(value) for value in options.values())]),
                options=options,
                price_minor=now,
                list_price_minor=full if now < full else None,
                stock=stock,
                availability=Availability.IN_STOCK if stock else Availability.OUT_OF_STOCK,
                sku="-".join([identity, *(slug(value) for value in options.values())]),
                image=picture_path(draft.kind.key, color),
            )
        )
    return found


def option_values(variants: Sequence[Variant], draft: Draft, words: Vocabulary) -> Mapping[str, str]:
    """Return the Chinese words of all option values that differ from the English ones."""
    known = [words.colors[color][0] for color in draft.kind.colors] + [size for size, _ in draft.kind.sizes]
    used = {value for variant in variants for value in variant.options.values()}
    return {said.en: said.zh for said in known if said.en in used and said.en != said.zh}


def _options(color: str | None, size: Pair | None, words: Vocabulary) -> dict[str, str]:
    options = {"color": words.colors[color][0].en} if color else {}
    return options | ({"size": size.en} if size else {})


def _base_price(draft: Draft, level: float, chance: Random) -> float:
    """Draw from the type's range, weighted by the level, and never outside it."""
    low, high = draft.kind.price_minor
    middle = math.sqrt(low * high) * level * math.exp(chance.gauss(0, 0.16))
    return min(max(middle, low), high)


def _rounded(minor: float, ending: int) -> int:
    """Round to a shop's kind of price: whole units and the brand's ending.

    >>> _rounded(4312.4, 95)
    4295
    """
    units = max(1, round((minor - ending) / 100))
    return units * 100 + ending
