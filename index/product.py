"""What a product is: a thing with words in one or more languages and at least one variant that can be bought.

Knows no file format, no database and no search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Availability(StrEnum):
    """Whether a variant can be ordered now, in Google Merchant's words."""

    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PREORDER = "preorder"
    BACKORDER = "backorder"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said of a product in one language.

    `attributes` maps a name as shown ("Material", "材质") to a value as shown. `option_values` maps a value of a
    variant's options, as the main language writes it, to this language ("Red" → "红色"); empty where they are the same.
    """

    title: str
    description: str = ""
    highlights: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    option_values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One thing that can be put in a cart.

    `options` is keyed by lower-case English names (`color`, `size`, `material`, …). `price_minor` is in the currency's
    minor units, what is asked now; `None` is an unknown price. `list_price_minor` is the price before a reduction.
    `stock` counts units, `None` where the feed does not count.
    """

    id: str
    options: Mapping[str, str] = field(default_factory=dict)
    price_minor: int | None = None
    list_price_minor: int | None = None
    stock: int | None = None
    availability: Availability = Availability.UNKNOWN
    sku: str | None = None
    barcode: str | None = None
    image: str | None = None

    @property
    def in_stock(self) -> bool:
        """True when it is known that it can be sent now."""
        return self.availability is Availability.IN_STOCK and self.stock != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product with its words by language and its variants, in the feed's order.

    `language` is the key of `words` that the feed was written in. `currency` is an ISO 4217 code, `None` where the feed
    names none. `rating` is a mean of 1 to 5 stars over `rating_count` ratings.
    """

    id: str
    words: Mapping[str, Words]
    language: str = "en"
    brand: str | None = None
    currency: str | None = None
    variants: tuple[Variant, ...]
    images: tuple[str, ...] = ()
    url: str | None = None
    rating: float | None = None
    rating_count: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: str) -> Words:
        """Return the words in `language`, or in the feed's own where there are none."""
        return self.words.get(language) or self.words[self.language]

    @property
    def title(self) -> str:
        """The title in the feed's own language."""
        return self.words[self.language].title

    @property
    def in_stock(self) -> bool:
        """True when at least one variant can be sent now."""
        return any(variant.in_stock for variant in self.variants)

    def prices_minor(self) -> tuple[int, int] | None:
        """Return the lowest and the highest known price of the variants, `None` where none is known."""
        known = [variant.price_minor for variant in self.variants if variant.price_minor is not None]
        return (min(known), max(known)) if known else None

    def options(self, name: str) -> tuple[str, ...]:
        """Return the distinct values of one option in the feed's order.

        >>> p = Product(id="1", words={"en": Words(title="T")}, variants=(Variant(id="a", options={"color": "Red"}),))
        >>> p.options("color")
        ('Red',)
        """
        return tuple(dict.fromkeys(v.options[name] for v in self.variants if name in v.options))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What one buyer wrote of one product. `written_on` is an ISO date."""

    id: str
    product_id: str
    rating: int
    title: str
    body: str
    author: str
    language: str
    written_on: str
    verified: bool = False
