"""Reads and writes of the catalogue. SQL is the truth; vectors and words are brought up to date from `pending`.

Knows no feed format, no vectors and no ranking. Safe to use from several threads and processes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select

from index.catalogue.selection import asks_variants, product_ids, variant_ids
from index.catalogue.vocabulary import Prices, Vocabulary, read_prices, read_words
from index.catalogue.writing import PutReport, change_variants, chunks, put_products, records, withdraw_products
from index.product import Product, Review, Variant
from index.query import Filters
from index.record import from_record
from index.schema import carried, indexed, metadata, products, state, variants
from index.schema import reviews as reviews_table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pending:
    """What vectors and words lag behind: ids whose words changed (with the hash to mark), and ids withdrawn."""

    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    hashes: Mapping[str, str] = field(default_factory=dict)


class Catalogue:
    """The products of a shop, in a database that `engine` reaches."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._kept = _Kept()

    def create(self) -> None:
        """Create the tables that are missing."""
        with self.engine.begin() as connection:
            metadata.create_all(connection)
            if connection.execute(select(state.c.id)).first() is None:
                connection.execute(insert(state).values(id=1, revision=0, words_revision=0))

    def get(self, ids: Iterable[str]) -> dict[str, Product]:
        """Return the products of these ids, in the order asked; ids that are not sold are left out."""
        asked = list(dict.fromkeys(ids))
        found: dict[str, Product] = {}
        with self.engine.connect() as connection:
            for chunk in chunks(asked):
                for product_id, record in connection.execute(records().where(products.c.id.in_(chunk))):
                    found[product_id] = from_record(json.loads(record))
        return {product_id: found[product_id] for product_id in asked if product_id in found}

    def ids(self) -> list[str]:
        """Return the ids of all products, sorted."""
        with self.engine.connect() as connection:
            return sorted(connection.scalars(select(products.c.id)))

    def count(self) -> int:
        """Return the number of products."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(products)) or 0

    def feeds(self) -> dict[str, int]:
        """Return the feeds that carry something, with the number of products of each."""
        with self.engine.connect() as connection:
            grouped = select(carried.c.feed, func.count()).group_by(carried.c.feed).order_by(carried.c.feed)
            return dict(connection.execute(grouped).all())

    def carried_by(self, feed: str) -> dict[str, str]:
        """Return the ids that a feed carries, each with the hash of its record (`index.record.record_hash`)."""
        with self.engine.connect() as connection:
            asked = select(carried.c.product_id, carried.c.record_hash).where(carried.c.feed == feed)
            return dict(connection.execute(asked).all())

    def matching(self, filters: Filters) -> dict[str, tuple[str, ...]]:
        """Return the products that meet every condition, with the ids of the variants that do.

        Without a condition on variants all variants of a product do.
        """
        with self.engine.connect() as connection:
            if asks_variants(filters):
                rows = connection.execute(variant_ids(filters, self._prices(connection).currency))
                return _allowed(_grouped(rows), filters)
            every = self._variants(connection)
            if filters == Filters(excluded_ids=filters.excluded_ids):
                return _allowed(dict(every), filters)
            chosen = connection.scalars(product_ids(filters))
            return _allowed({id_: every[id_] for id_ in chosen if id_ in every}, filters)

    def variant(self, variant_id: str) -> tuple[Product, Variant] | None:
        """Return a variant and its product; the first by product id where two carry the same variant id."""
        owner = select(variants.c.product_id).where(variants.c.id == variant_id).order_by(variants.c.product_id)
        with self.engine.connect() as connection:
            product_id = connection.scalar(owner.limit(1))
        product = self.get([product_id]).get(product_id) if product_id is not None else None
        if product is None:
            return None
        return next(((product, variant) for variant in product.variants if variant.id == variant_id), None)

    def sold_as(self, names: Iterable[str]) -> dict[str, tuple[str, str | None]]:
        """Return the (product id, variant id) that each name stands for: a product's id, with `None`, or a variant's.

        Names that are not sold are left out; of a variant id that two products carry, the first product's counts.
        """
        asked = list(dict.fromkeys(names))
        found: dict[str, tuple[str, str | None]] = {}
        with self.engine.connect() as connection:
            for chunk in chunks(asked):
                named = select(variants.c.id, variants.c.product_id).where(variants.c.id.in_(chunk))
                for variant_id, product_id in connection.execute(named.order_by(variants.c.product_id.desc())):
                    found[variant_id] = (product_id, variant_id)
                for product_id in connection.scalars(select(products.c.id).where(products.c.id.in_(chunk))):
                    found[product_id] = (product_id, None)
        return found

    def vocabulary(self) -> Vocabulary:
        """Return the catalogue's words with their counts; quick until a write changes words."""
        with self.engine.connect() as connection:
            words = self._kept.get("words", self._revision(connection).words, lambda: read_words(connection))
            prices = self._prices(connection)
        return replace(words, currency=prices.currency, price_min_minor=prices.lowest, price_max_minor=prices.highest)

    def put(self, products: Iterable[Product], *, feed: str) -> PutReport:
        """Add or change what a feed carries, all or nothing, and say how many were added, changed and unchanged."""
        with self.engine.begin() as connection:
            return put_products(connection, {product.id: product for product in products}, feed)

    def change_variants(self, changes: Mapping[str, Callable[[Variant], Variant]]) -> set[str]:
        """Change variants by id, such as their stock or price, all or nothing; return the ids of those that are sold.

        The next import of a variant's feed says again what the feed says.
        """
        with self.engine.begin() as connection:
            return change_variants(connection, changes)

    def withdraw(self, ids: Iterable[str], *, feed: str) -> int:
        """Take products out of a feed; what no other feed carries is no longer sold. Returns how many it carried."""
        with self.engine.begin() as connection:
            return withdraw_products(connection, list(dict.fromkeys(ids)), feed)

    def add_reviews(self, written: Iterable[Review]) -> int:
        """Add reviews, or replace those with the same id. Returns how many."""
        rows = {review.id: asdict(review) for review in written}
        with self.engine.begin() as connection:
            for chunk in chunks(list(rows)):
                connection.execute(delete(reviews_table).where(reviews_table.c.id.in_(chunk)))
                connection.execute(insert(reviews_table), [rows[review_id] for review_id in chunk])
        return len(rows)

    def reviews(self, product_id: str, *, limit: int = 20) -> list[Review]:
        """Return a product's reviews, the newest first."""
        asked = select(reviews_table).where(reviews_table.c.product_id == product_id)
        with self.engine.connect() as connection:
            newest = connection.execute(
                asked.order_by(reviews_table.c.written_on.desc(), reviews_table.c.id).limit(limit)
            )
            return [Review(**row) for row in newest.mappings()]

    def rating_counts(self, product_id: str) -> dict[int, int]:
        """Return stars → number of reviews, for 5 down to 1."""
        grouped = select(reviews_table.c.rating, func.count()).where(reviews_table.c.product_id == product_id)
        with self.engine.connect() as connection:
            counts: dict[int, int] = dict(connection.execute(grouped.group_by(reviews_table.c.rating)).all())
        return {stars: counts.get(stars, 0) for stars in (5, 4, 3, 2, 1)}

    def pending(self) -> Pending:
        """Return what has to be indexed or taken out of the index."""
        lag = or_(indexed.c.words_hash.is_(None), indexed.c.words_hash != products.c.words_hash)
        changed = (
            select(products.c.id, products.c.words_hash)
            .outerjoin(indexed, indexed.c.product_id == products.c.id)
            .where(lag)
        )
        gone = (
            select(indexed.c.product_id)
            .outerjoin(products, indexed.c.product_id == products.c.id)
            .where(products.c.id.is_(None))
        )
        with self.engine.connect() as connection:
            hashes = dict(sorted(connection.execute(changed).all()))
            return Pending(tuple(hashes), tuple(sorted(connection.scalars(gone))), hashes)

    def mark_indexed(self, ids: Iterable[str], *, hashes: Mapping[str, str] | None = None) -> None:
        """Note that the index now holds the words of these products, or no longer holds them where they are withdrawn.

        `hashes`, as `pending` gave them, keep a product pending whose words changed while it was being indexed.
        """
        with self.engine.begin() as connection:
            for chunk in chunks(list(dict.fromkeys(ids))):
                connection.execute(delete(indexed).where(indexed.c.product_id.in_(chunk)))
                sold = select(products.c.id, products.c.words_hash).where(products.c.id.in_(chunk))
                rows = [
                    {"product_id": product_id, "words_hash": (hashes or {}).get(product_id, now)}
                    for product_id, now in connection.execute(sold)
                ]
                if rows:
                    connection.execute(insert(indexed), rows)

    def forget_indexed(self) -> None:
        """Note that the index holds nothing, so that everything is pending."""
        with self.engine.begin() as connection:
            connection.execute(delete(indexed))

    def _prices(self, connection: Connection) -> Prices:
        return self._kept.get("prices", self._revision(connection).any, lambda: read_prices(connection))

    def _variants(self, connection: Connection) -> dict[str, tuple[str, ...]]:
        """Every product with the ids of all its variants."""
        asked = select(variants.c.product_id, variants.c.id).order_by(variants.c.product_id, variants.c.position)
        revision = self._revision(connection).any
        return self._kept.get("variants", revision, lambda: _grouped(connection.execute(asked)))

    def _revision(self, connection: Connection) -> _Revision:
        row = connection.execute(select(state.c.revision, state.c.words_revision)).first()
        return _Revision(*row) if row else _Revision(0, 0)


@dataclass(frozen=True, slots=True)
class _Revision:
    any: int
    words: int


class _Kept:
    """What was read last, by name, with the revision it was read at."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[int, Any]] = {}
        self._lock = threading.Lock()

    def get(self, name: str, revision: int, read: Callable[[], T]) -> T:
        with self._lock:
            kept = self._values.get(name)
            if kept is None or kept[0] != revision:
                kept = self._values[name] = (revision, read())
        value: T = kept[1]
        return value


def _grouped(rows: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for product_id, variant_id in rows:
        grouped.setdefault(product_id, []).append(variant_id)
    return {product_id: tuple(variant_ids_) for product_id, variant_ids_ in grouped.items()}


def _allowed(found: dict[str, tuple[str, ...]], filters: Filters) -> dict[str, tuple[str, ...]]:
    """Leave out the ids that are excluded, or not among the only ones."""
    only, excluded = filters.only_ids, filters.excluded_ids
    if only is None and not excluded:
        return found
    return {
        product_id: variants_
        for product_id, variants_ in found.items()
        if product_id not in excluded and (only is None or product_id in only)
    }
