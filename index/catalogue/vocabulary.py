"""The catalogue's own words: which brands, categories, options and attributes there are, and how many carry each.

What a shopper writes is understood against it. Read with a few grouped queries, and kept by the catalogue until a
write changes words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, func, select, union

from index.catalogue.folding import fold
from index.catalogue.kinds import kinds
from index.catalogue.writing import records
from index.record import from_record
from index.schema import options, products, terms, variants

Counts = dict[str, int]
TITLES_READ = 20_000
"""Products whose titles tell what kinds of thing are called: enough to know them, seconds to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Values in the language of their feed, each with the number of products that carry it, most carried first.

    `categories` counts every level of a path. `options` and `attributes` are name → value → count. `forms` maps every
    other-language form of a category, an option's value, an attribute's name or value to the form in its feed's own
    language. Prices are in minor units of `currency`, the one that most products name (`None` where none is named).
    """

    brands: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    currency: str | None = None


def read_words(connection: Connection) -> Vocabulary:
    """Return the vocabulary without its currency and prices. Takes about a second for a hundred thousand products."""
    return Vocabulary(
        brands=_terms(connection, "brand").get("", {}),
        categories=_terms(connection, "category").get("", {}),
        options=_options(connection),
        attributes=_terms(connection, "attribute"),
        forms=_forms(connection),
        kinds=_kinds(connection),
    )


@dataclass(frozen=True, slots=True)
class Prices:
    """The shop's currency, and the lowest and highest price in it."""

    currency: str | None
    lowest: int | None
    highest: int | None


def read_prices(connection: Connection) -> Prices:
    """Return the currency that most products name and the range of prices in it, unnamed currencies among it."""
    currency = _main_currency(connection)
    asked = select(func.min(variants.c.price_minor), func.max(variants.c.price_minor))
    if currency is not None:
        asked = asked.join(products, products.c.id == variants.c.product_id).where(
            func.coalesce(products.c.currency, currency) == currency
        )
    lowest, highest = connection.execute(asked).one()
    return Prices(currency, lowest, highest)


def _main_currency(connection: Connection) -> str | None:
    """The first by name among equals."""
    named = (
        select(products.c.currency)
        .where(products.c.currency.is_not(None))
        .group_by(products.c.currency)
        .order_by(func.count().desc(), products.c.currency)
    )
    return connection.execute(named.limit(1)).scalar()


def _terms(connection: Connection, kind: str) -> dict[str, Counts]:
    c = terms.c
    grouped = (
        select(c.name, c.value, func.count())
        .where(c.kind == kind, c.is_main, c.value_key != "")
        .group_by(c.name, c.value)
    )
    return _by_name((name, value, count) for name, value, count in connection.execute(grouped))


def _options(connection: Connection) -> dict[str, Counts]:
    c = options.c
    grouped = (
        select(c.name, c.value, func.count(c.product_id.distinct()))
        .where(c.is_main, c.value_key != "")
        .group_by(c.name, c.value)
    )
    return _by_name((name, value, count) for name, value, count in connection.execute(grouped))


def _by_name(spelled: Iterable[tuple[str, str, int]]) -> dict[str, Counts]:
    """Join spellings that fold to one, under the most frequent of them.

    >>> _by_name([("Fit", "slim", 1), ("fit", "Slim", 2), ("fit", "wide", 9)])
    {'fit': {'wide': 9, 'Slim': 3}}
    """
    shown_names: dict[str, str] = {}
    shown: dict[tuple[str, str], str] = {}
    total: dict[tuple[str, str], int] = {}
    for name, value, count in sorted(spelled, key=lambda row: (-row[2], row[0], row[1])):
        key = (fold(name), fold(value))
        shown_names.setdefault(key[0], name)
        shown.setdefault(key, value)
        total[key] = total.get(key, 0) + count
    counts: dict[str, Counts] = {}
    for key in sorted(total, key=lambda key: (-total[key], key)):
        counts.setdefault(shown_names[key[0]], {})[shown[key]] = total[key]
    return counts


def _forms(connection: Connection) -> dict[str, str]:
    """Return other-language form → main form; what is a main form itself is no other form of anything."""
    pairs = union(
        select(options.c.value, options.c.main_value).where(~options.c.is_main),
        select(terms.c.value, terms.c.main_value).where(~terms.c.is_main),
        select(terms.c.name, terms.c.main_name).where(and_(~terms.c.is_main, terms.c.name != "")),
    )
    return {form: main for form, main in sorted(map(tuple, connection.execute(pairs))) if form != main}


def _kinds(connection: Connection) -> dict[str, tuple[str, ...]]:
    rows = connection.execute(records().order_by(products.c.id).limit(TITLES_READ))
    return kinds(from_record(json.loads(record)) for _, record in rows)
