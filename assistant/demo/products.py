"""Grows the products of the demo shop from its written vocabulary: the same seed gives the same shop.

Each type has a source of chance of its own, so that a new type leaves the others as they were. Ratings are those of
the generated reviews.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from assistant.demo.facts import draw_facts
from assistant.demo.sentences import Draft, capital, description, highlights, title
from assistant.demo.variants import grow_variants, option_values, slug
from assistant.demo.vocabulary import LANGUAGES, Choice, Department, Kind, Pair, Vocabulary, vocabulary
from index.product import Product, Words

CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Grown:
    """A product with what it was grown from, which its reviews need; it has no rating yet."""

    product: Product
    draft: Draft


def products(seed: int = 7) -> list[Product]:
    """Return all products with the ratings of their reviews; a few seconds, remembered by seed."""
    from assistant.demo.reviews import ratings  # reviews are written about the products that are grown here

    found = ratings(seed)
    return [
        replace(one.product, rating=mean, rating_count=count)
        for one in grown(seed)
        for mean, count in [found.get(one.product.id, (None, 0))]
    ]


@lru_cache(maxsize=2)
def grown(seed: int = 7) -> tuple[Grown, ...]:
    """Grow every product of every type, without ratings."""
    words = vocabulary()
    return tuple(
        one
        for department, kind in words.kinds()
        for one in _grow_kind(department, kind, words=words, chance=Random(f"{seed}:{kind.key}"))
    )


def _grow_kind(department: Department, kind: Kind, *, words: Vocabulary, chance: Random) -> Iterator[Grown]:
    for i, (choices, series) in enumerate(_combinations(kind, words, chance)):
        brands = kind.brands or tuple(department.brands)
        brand = brands[(i + len(kind.key)) % len(brands)]
        # What tells this product apart leads its record; what an axis says beats what the type says.
        allowed = {key: value for choice in choices for key, value in choice.facts.items()}
        allowed |= {key: value for key, value in kind.facts.items() if key not in allowed}
        draft = Draft(kind, brand, series, choices, draw_facts(allowed, words, chance))
        level = department.brands[brand] * math.prod(float(choice.facts.get("price", 1)) for choice in choices)
        identity = f"{department.code}-{slug(kind.key)}-{i + 1:02}"
        yield Grown(_product(identity, draft, level, words=words, chance=chance), draft)


def _combinations(kind: Kind, words: Vocabulary, chance: Random) -> list[tuple[tuple[Choice, ...], Pair | None]]:
    """Return what tells the products of a type apart: their choices, and the name of a line where the type has them."""
    found = list(itertools.product(*kind.axes))
    chance.shuffle(found)
    if not kind.serial:
        return [(choices, None) for choices in found[: kind.count]]
    series = chance.sample(words.series, kind.count)
    return [(found[i % len(found)], series[i]) for i in range(kind.count)]


def _product(identity: str, draft: Draft, level: float, *, words: Vocabulary, chance: Random) -> Product:
    variants = grow_variants(identity, draft, level, words=words, chance=chance)
    titles, texts = title(draft), description(draft, words.attributes, chance)
    lines = highlights(draft, words.attributes, chance)
    options = option_values(variants, draft, words)
    said = {
        language: Words(
            title=titles[side],
            description=texts[side],
            highlights=tuple(capital(line[side]) for line in lines),
            category=tuple(level[side] for level in draft.kind.category),
            attributes={
                words.attributes[key].label[side]: capital(fact.words[side]) for key, fact in draft.facts.items()
            },
            option_values=options if language == "zh" else {},
        )
        for side, language in enumerate(LANGUAGES)
    }
    images = tuple(dict.fromkeys(variant.image for variant in variants if variant.image))
    return Product(
        id=identity, words=said, brand=draft.brand, currency=CURRENCY, variants=tuple(variants), images=images
    )
