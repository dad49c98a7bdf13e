"""How a product is written: its record for the feed that carries it, and the rows that filters ask.

Every write begins by raising the catalogue's revision: that takes the one write lock, in SQLite and PostgreSQL alike,
and tells every process that what it keeps in memory is old. Works inside the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from index.catalogue.rows import option_rows, product_row, term_rows, variant_rows
from index.product import Product, Variant
from index.record import from_record, record_hash, to_record, words_hash
from index.schema import carried, options, products, state, terms, variants

CHUNK = 500
"""Rows of one statement."""


@dataclass(frozen=True, slots=True)
class PutReport:
    """What a feed's products were to the catalogue."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Carried:
    """A product as a feed carries it."""

    product: Product
    record: str
    record_hash: str
    words_hash: str


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield values in pieces that one statement can name."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def records() -> Select[str, str]:
    """Return the statement for (product id, record as JSON) of the feeds whose record counts."""
    counts = and_(carried.c.feed == products.c.feed, carried.c.product_id == products.c.id)
    return select(products.c.id, carried.c.record).join(carried, counts)


def put_products(connection: Connection, given: Mapping[str, Product], feed: str) -> PutReport:
    """Add and change what differs from what the feed carried."""
    _raise_revision(connection)
    added = changed = 0
    for ids in chunks(list(given)):
        before = _hashes(connection, ids, feed)
        differing = [c for c in (_as_carried(given[id_]) for id_ in ids) if before.get(c.product.id) != c.record_hash]
        if not differing:
            continue
        fresh = sum(c.product.id not in before for c in differing)
        added, changed = added + fresh, changed + len(differing) - fresh
        _carry(connection, differing, feed)
        _spread(connection, differing, feed)
    return PutReport(added, changed, len(given) - added - changed)


def change_variants(connection: Connection, changes: Mapping[str, Callable[[Variant], Variant]]) -> set[str]:
    """Change variants by id in the record that counts; return the ids of those that are sold.

    The next import of their feed says again what the feed says.
    """
    _raise_revision(connection)
    found: set[str] = set()
    for ids in chunks(list(changes)):
        owners = select(variants.c.product_id).where(variants.c.id.in_(ids))
        rows = connection.execute(
            select(products.c.feed, carried.c.record)
            .join(carried, and_(carried.c.feed == products.c.feed, carried.c.product_id == products.c.id))
            .where(products.c.id.in_(owners))
        ).all()
        for feed, record in rows:
            product = from_record(json.loads(record))
            found |= {one.id for one in product.variants if one.id in changes}
            changed = tuple(changes[one.id](one) if one.id in changes else one for one in product.variants)
            put_products(connection, {product.id: replace(product, variants=changed)}, feed)
    return found


def withdraw_products(connection: Connection, ids: Sequence[str], feed: str) -> int:
    """Take products out of a feed. Where another feed carries one too, its record counts from now on."""
    _raise_revision(connection)
    before = 0
    for chunk in chunks(ids):
        before += len(_hashes(connection, chunk, feed))
        connection.execute(delete(carried).where(carried.c.feed == feed, carried.c.product_id.in_(chunk)))
        lost = list(connection.scalars(select(products.c.id).where(products.c.feed == feed, products.c.id.in_(chunk))))
        _fall_back(connection, lost)
    return before


def _fall_back(connection: Connection, ids: Sequence[str]) -> None:
    """Let the first other feed by name take over products whose feed dropped them; forget those that none carries."""
    others = (
        select(carried.c.product_id, func.min(carried.c.feed))
        .where(carried.c.product_id.in_(ids))
        .group_by(carried.c.product_id)
    )
    taken = dict(connection.execute(others).all())
    gone = [product_id for product_id in ids if product_id not in taken]
    if gone:
        _raise_words_revision(connection)
        _clear(connection, gone)
    for product_id, feed in taken.items():
        kept = select(carried.c.record).where(carried.c.product_id == product_id, carried.c.feed == feed)
        product = from_record(json.loads(connection.execute(kept).scalar_one()))
        _spread(connection, [_as_carried(product)], feed)


def _as_carried(product: Product) -> _Carried:
    record = to_record(product)
    return _Carried(product, json.dumps(record), record_hash(record), words_hash(record))


def _hashes(connection: Connection, ids: Sequence[str], feed: str) -> dict[str, str]:
    asked = select(carried.c.product_id, carried.c.record_hash)
    rows = connection.execute(asked.where(carried.c.feed == feed, carried.c.product_id.in_(ids)))
    return dict(rows.all())


def _carry(connection: Connection, given: Sequence[_Carried], feed: str) -> None:
    ids = [c.product.id for c in given]
    connection.execute(delete(carried).where(carried.c.feed == feed, carried.c.product_id.in_(ids)))
    rows = [{"feed": feed, "product_id": c.product.id, "record": c.record, "record_hash": c.record_hash} for c in given]
    _insert(connection, carried, rows)


def _spread(connection: Connection, given: Sequence[_Carried], feed: str) -> None:
    """Write the rows that filters ask; raise the revision of words where one changed."""
    ids = [c.product.id for c in given]
    asked = select(products.c.id, products.c.words_hash).where(products.c.id.in_(ids))
    before = dict(connection.execute(asked).all())
    if any(before.get(c.product.id) != c.words_hash for c in given):
        _raise_words_revision(connection)
    _clear(connection, ids)
    told = [{**product_row(c.product), "feed": feed, "words_hash": c.words_hash} for c in given]
    _insert(connection, products, told)
    _insert(connection, variants, [row for c in given for row in variant_rows(c.product)])
    _insert(connection, options, [row for c in given for row in option_rows(c.product)])
    _insert(connection, terms, [row for c in given for row in term_rows(c.product)])


def _clear(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(products).where(products.c.id.in_(ids)))
    for table in (variants, options, terms):
        connection.execute(delete(table).where(table.c.product_id.in_(ids)))


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _raise_revision(connection: Connection) -> None:
    connection.execute(update(state).values(revision=state.c.revision + 1))


def _raise_words_revision(connection: Connection) -> None:
    connection.execute(update(state).values(words_revision=state.c.words_revision + 1))
