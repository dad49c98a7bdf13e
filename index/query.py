"""What is asked of the catalogue and what comes back: filters, hits, and which condition emptied an empty result.

Values only; `search` does the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.product import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions that every hit fulfils. Conditions on price, options and stock are met by one variant together.

    Prices are in minor units of the shop's currency, both bounds included; a product without a price meets none.
    `brands`, `categories` and the values of `options` are any-of, compared without case and width; a category matches
    any level of a product's path. Categories, options and attributes match in any language of the product; a colour or
    material also by one part of a value with slashes ("Black/Silver"). A price in another currency than the shop's (the
    one that most products name) meets no bound. `excluded` holds brands, colours or words that a hit must not carry, as
    whole words (Chinese anywhere): in title, brand or attributes they rule out the product, in options the variant.
    `attributes` are name → any-of values.
    """

    price_min_minor: int | None = None
    price_max_minor: int | None = None
    brands: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    options: Mapping[str, frozenset[str]] = field(default_factory=dict)
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rating_min: float | None = None
    in_stock: bool = False
    excluded: frozenset[str] = frozenset()
    excluded_ids: frozenset[str] = frozenset()
    only_ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One search: the shopper's words (may be empty: filters alone then select, best rated first) and conditions."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    sort: str = "relevance"
    """`relevance`, `price_low`, `price_high` or `rating`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that meets the filters, the variants of it that do, and its score (higher is better)."""

    product: Product
    variant_ids: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Emptied:
    """Why nothing was found: the condition, its value, and the nearest filters that would find `count` products."""

    condition: str
    value: str
    nearest: Filters | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Hits in order.

    `total` counts all that meet the filters; `corrected` is the text searched when a typo was mended.
    """

    hits: tuple[Hit, ...]
    total: int
    emptied: Emptied | None = None
    corrected: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    confidence: float = 1.0
    matched: bool = True
