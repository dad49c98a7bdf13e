"""What is true of the things a reply speaks of, read from the records by the evaluation itself.

Shares nothing with the turn's own verification, on purpose: two readings of one record find each other's mistakes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from index.product import Product, Review

_STRAIGHT = {ord(curly): straight for curly, straight in zip("“”„「」‘’–—", '"""""\'\'--', strict=True)}
NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that may be said of one thing: its text in every language, and the figures that have a meaning of their own.

    `prices` and `list_prices` are in major units. `text` is folded (see `fold`). `stock` is "in", "out", "some" (the
    variants differ) or `None` where there is no such thing as stock.
    """

    names: tuple[str, ...] = ()
    brand: str | None = None
    text: str = ""
    prices: frozenset[Decimal] = frozenset()
    list_prices: frozenset[Decimal] = frozenset()
    rating: Decimal | None = None
    means: frozenset[Decimal] = frozenset()
    counts: frozenset[int] = frozenset()
    stock: str | None = None
    left: frozenset[int] = frozenset()
    quotes: str = ""
    superlatives: frozenset[str] = frozenset()
    numbers: frozenset[Decimal] = field(default_factory=frozenset)


def fold(text: str) -> str:
    """Return text as it is compared: NFKC, lower case, straight quotes, one spelling, single spaces.

    >>> fold("Ｂig  “Blue”")
    'big "blue"'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = plain.translate(_STRAIGHT)
    for american, british in (("aluminum", "aluminium"), ("gray", "grey"), ("color", "colour")):
        plain = plain.replace(american, british)
    return re.sub(r"\s+", " ", plain).strip()


def numbers(text: str) -> frozenset[Decimal]:
    """Return every number written in digits.

    >>> sorted(numbers("1,299 or 4.50 and 12oz"))
    [Decimal('4.5'), Decimal('12'), Decimal('1299')]
    """
    return frozenset(Decimal(found.replace(",", "")).normalize() for found in NUMBER.findall(fold(text)))


def of_product(product: Product, reviews: Sequence[Review] = ()) -> Truth:
    """Return what is true of a product, its reviews kept apart as what may be quoted."""
    exponent = 0 if product.currency in ("JPY", "KRW") else 2
    text = fold(" . ".join(_product_lines(product)))
    sold = [variant.in_stock for variant in product.variants]
    return Truth(
        names=tuple(fold(words.title) for words in product.words.values()),
        brand=fold(product.brand) if product.brand else None,
        text=text,
        prices=_major((v.price_minor for v in product.variants), exponent),
        list_prices=_major((v.list_price_minor for v in product.variants), exponent),
        rating=Decimal(str(round(product.rating, 1))).normalize() if product.rating is not None else None,
        counts=frozenset({product.rating_count or 0, len(reviews)}),
        stock="in" if all(sold) else "some" if any(sold) else "out",
        left=frozenset(v.stock for v in product.variants if v.stock is not None),
        quotes=fold(" . ".join(f"{r.title} . {r.body}" for r in reviews)),
        numbers=numbers(text),
    )


def of_text(name: str, text: str) -> Truth:
    """Return what is true of a paragraph: its own words and numbers and nothing else."""
    plain = fold(text)
    found = numbers(text)
    return Truth(names=(fold(name),), text=plain, prices=found, numbers=found, quotes=plain)


def together(truths: Iterable[Truth]) -> Truth:
    """Return what may be said of several things in one sentence: the union, without a rating or stock of its own."""
    parts = list(truths)
    things = [part for part in parts if part.names or part.text]
    if len(things) == 1:
        prices = frozenset().union(*(part.prices for part in parts))
        return replace(things[0], prices=prices)
    stocks = {part.stock for part in things}
    return Truth(
        names=tuple(name for part in parts for name in part.names),
        text=" . ".join(part.text for part in parts),
        prices=frozenset().union(*(part.prices for part in parts)),
        list_prices=frozenset().union(*(part.list_prices for part in parts)),
        counts=frozenset().union(*(part.counts for part in parts)),
        stock=stocks.pop() if len(stocks) == 1 else "some",
        left=frozenset().union(*(part.left for part in parts)),
        quotes=" . ".join(part.quotes for part in parts),
        superlatives=frozenset().union(*(part.superlatives for part in parts)),
        numbers=frozenset().union(*(part.numbers for part in parts)),
    )


def _product_lines(product: Product) -> Iterable[str]:
    if product.brand:
        yield product.brand
    for words in product.words.values():
        yield from (words.title, words.description, *words.highlights, *words.category)
        yield from (f"{name}: {value}" for name, value in words.attributes.items())
        yield from words.option_values.values()
    for variant in product.variants:
        yield from (f"{name}: {value}" for name, value in variant.options.items())
    yield from (f"{name}: {value}" for name, value in product.extra.items())


def _major(amounts: Iterable[int | None], exponent: int) -> frozenset[Decimal]:
    return frozenset((Decimal(amount) / 10**exponent).normalize() for amount in amounts if amount is not None)
