"""A filter as SQL: which products, and which of their variants, meet every condition.

Knows the tables and `Filters`; runs nothing. Each condition holds for SQLite and PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_

from index.catalogue.folding import fold, needle
from index.query import Filters
from index.schema import options, products, terms, variants

MOST_NAMED = 900
"""More ids than this are compared in Python: databases limit the values of one statement."""


def asks_variants(filters: Filters) -> bool:
    """True when a condition is one that variants meet, not products."""
    prices = (filters.price_min_minor, filters.price_max_minor)
    return prices != (None, None) or filters.in_stock or bool(filters.options) or bool(filters.excluded)


def product_ids(filters: Filters) -> Select[str]:
    """Return the statement for the ids of products that meet the conditions on products."""
    return select(products.c.id).where(*_on_product(filters))


def variant_ids(filters: Filters, currency: str | None) -> Select[str, str]:
    """Return the statement for (product id, variant id) of variants that meet all conditions, in the feed's order.

    Prices in another currency than `currency`, the shop's, meet no condition on prices.
    """
    return (
        select(variants.c.product_id, variants.c.id)
        .join(products, products.c.id == variants.c.product_id)
        .where(*_on_product(filters), *_on_variant(filters, currency))
        .order_by(variants.c.product_id, variants.c.position)
    )


def _on_product(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = [_has_term("attribute", fold(name), values) for name, values in filters.attributes.items()]
    if filters.brands:
        conditions.append(_has_term("brand", "", filters.brands))
    if filters.categories:
        conditions.append(_has_term("category", "", filters.categories))
    if filters.rating_min is not None:
        conditions.append(products.c.rating >= filters.rating_min)
    if filters.only_ids is not None and len(filters.only_ids) <= MOST_NAMED:
        conditions.append(products.c.id.in_(sorted(filters.only_ids)))
    conditions += [~products.c.spoken.contains(word, autoescape=True) for word in _needles(filters)]
    return conditions


def _on_variant(filters: Filters, currency: str | None) -> list[ColumnElement[bool]]:
    conditions = [_has_option(name, values) for name, values in filters.options.items()]
    if filters.price_min_minor is not None:
        conditions.append(variants.c.price_minor >= filters.price_min_minor)
    if filters.price_max_minor is not None:
        conditions.append(variants.c.price_minor <= filters.price_max_minor)
    if (filters.price_min_minor, filters.price_max_minor) != (None, None) and currency is not None:
        conditions.append(or_(products.c.currency.is_(None), products.c.currency == currency))
    if filters.in_stock:
        conditions.append(variants.c.in_stock)
    conditions += [~variants.c.spoken.contains(word, autoescape=True) for word in _needles(filters)]
    return conditions


def _has_term(kind: str, name_key: str, values: Iterable[str]) -> ColumnElement[bool]:
    named = and_(terms.c.kind == kind, terms.c.name_key == name_key, terms.c.value_key.in_(_folded(values)))
    return products.c.id.in_(select(terms.c.product_id).where(named))


def _has_option(name: str, values: Iterable[str]) -> ColumnElement[bool]:
    named = and_(options.c.name == fold(name), options.c.value_key.in_(_folded(values)))
    owners = select(options.c.product_id, options.c.position).where(named)
    return tuple_(variants.c.product_id, variants.c.position).in_(owners)


def _folded(values: Iterable[str]) -> list[str]:
    return sorted({fold(value) for value in values})


def _needles(filters: Filters) -> list[str]:
    return [word for word in map(needle, sorted(filters.excluded)) if word is not None]
