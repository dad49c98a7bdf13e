"""Brings the catalogue to what a feed says: adds, changes and withdraws, and has only new words embedded.

A feed is read once; what differs from the catalogue waits in a temporary file until it is clear that the feed may be
imported as a whole, and is then written in committed batches. Every step can be repeated: a run after `kill -9` leaves
the store as one undisturbed run would. Knows no feed format and no vectors.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Protocol

from index.catalogue import Catalogue
from index.catalogue.folding import fold
from index.errors import BadProduct, TooManyWithdrawn
from index.feeds import read_feed
from index.feeds.rejects import Rejects
from index.product import Product
from index.record import from_record, record_hash, to_record

BATCH = 500
"""Products of one transaction."""
MOST_WITHDRAWN = 0.2
"""The share of its products that a feed may withdraw unasked: a cut-off file must not empty a shop."""

Progress = Callable[[str, int, int | None], None]
"""Told of (step, done, total): `total` is `None` while it is not known."""


class Synced(Protocol):
    """What `sync` says it did."""

    @property
    def embedded(self) -> int:
        """Products whose words were embedded."""


class Importable(Protocol):
    """What an import needs of an index."""

    @property
    def catalogue(self) -> Catalogue:
        """The SQL truth."""

    def sync(self, progress: Callable[[str, int, int], None] | None = None) -> Synced:
        """Bring vectors and words up to date with the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. `read` counts products and rejected rows; `problems` holds the first of these."""

    feed: str
    read: int
    added: int
    changed: int
    unchanged: int
    withdrawn: int
    rejected: int
    embedded: int
    seconds: float
    problems: tuple[BadProduct, ...] = ()


def import_feed(
    index: Importable,
    path: Path,
    *,
    format: str = "auto",
    mapping: Path | None = None,
    currency: str | None = None,
    feed: str | None = None,
    rejects: Path | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a file; the feed is named by the file unless a name is given.

    Raises:
        BadFeed: the file cannot be read at all.
        TooManyWithdrawn: it would withdraw more than a fifth of what the feed carried, and `force` is not given.
    """
    rows = read_feed(path, format=format, mapping=mapping, currency=currency)
    name = feed or feed_name(path)
    return import_products(index, rows, feed=name, rejects=rejects, force=force, progress=progress)


def feed_name(path: Path) -> str:
    """Return the name of a file's feed: its folder's name and its own, so that two shops' products.json stay apart.

    >>> feed_name(Path("/feeds/acme/products.tsv.gz"))
    'acme/products.tsv'
    """
    whole = path.resolve()
    return f"{whole.parent.name}/{whole.name.removesuffix('.gz')}".lstrip("/")


def import_products(
    index: Importable,
    rows: Iterable[Product | BadProduct],
    *,
    feed: str,
    rejects: Path | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Make `rows` what the feed carries, and bring the index up to date.

    Nothing is changed where the feed is refused or cannot be read to its end.

    Raises:
        TooManyWithdrawn: it would withdraw more than a fifth of what the feed carried, and `force` is not given.
    """
    started = time.monotonic()
    told = progress or (lambda step, done, total: None)
    with tempfile.TemporaryFile("w+", encoding="ascii") as waiting, Rejects(rejects) as refused:
        reading = _Reading(index.catalogue.carried_by(feed), waiting, refused)
        for count, row in enumerate(rows, start=1):
            reading.take(row)
            if count % BATCH == 0:
                told("reading", count, None)
        told("reading", reading.read, reading.read)
        gone = reading.vanished()
        if not force and len(gone) > MOST_WITHDRAWN * len(reading.before):
            raise TooManyWithdrawn(feed, len(gone), len(reading.before))
        added, changed = _write(index.catalogue, reading, feed=feed, told=told)
        withdrawn = index.catalogue.withdraw(gone, feed=feed) if gone else 0
    embedded = index.sync(told).embedded
    return ImportReport(
        feed=feed,
        read=reading.read,
        added=added,
        changed=changed,
        unchanged=reading.unchanged,
        withdrawn=withdrawn,
        rejected=refused.count,
        embedded=embedded,
        seconds=time.monotonic() - started,
        problems=tuple(refused.first),
    )


class _Reading:
    """Takes rows one by one: refuses what cannot be sold, counts what is unchanged, lets the rest wait in a file."""

    def __init__(self, before: dict[str, str], waiting: IO[str], rejects: Rejects) -> None:
        self.before, self.waiting, self.rejects = before, waiting, rejects
        self.read = self.unchanged = self.differing = 0
        self._seen: set[str] = set()
        self._variants: set[str] = set()

    def take(self, row: Product | BadProduct) -> None:
        self.read += 1
        problem = row if isinstance(row, BadProduct) else self._problem(row)
        if problem is not None:
            self.rejects.add(problem)
        elif isinstance(row, Product):
            self._keep(row)

    def vanished(self) -> list[str]:
        return sorted(self.before.keys() - self._seen)

    def waited(self) -> Iterator[Product]:
        self.waiting.seek(0)
        return (from_record(json.loads(line)) for line in self.waiting)

    def _problem(self, product: Product) -> BadProduct | None:
        fault = _fault(product)
        if fault is None and product.id in self._seen:
            fault = ("id", product.id, "is carried by an earlier row of this feed too")
        twice = next((v.id for v in product.variants if v.id in self._variants), None)
        if fault is None and twice is not None:
            fault = ("variants", twice, "is the id of a variant of an earlier product of this feed too")
        return BadProduct(self.read, *fault) if fault else None

    def _keep(self, product: Product) -> None:
        self._seen.add(product.id)
        self._variants.update(variant.id for variant in product.variants)
        record = to_record(product)
        if self.before.get(product.id) == record_hash(record):
            self.unchanged += 1
            return
        self.differing += 1
        self.waiting.write(json.dumps(record) + "\n")


def _write(catalogue: Catalogue, reading: _Reading, *, feed: str, told: Progress) -> tuple[int, int]:
    added = changed = 0
    waited = reading.waited()
    while batch := list(islice(waited, BATCH)):
        report = catalogue.put(batch, feed=feed)
        added, changed = added + report.added, changed + report.changed
        told("writing", added + changed, reading.differing)
    return added, changed


def _fault(product: Product) -> tuple[str, object, str] | None:
    """Return field, value and reason of what keeps a product from being sold."""
    if not fold(product.id):
        return "id", product.id, "is empty"
    if product.language not in product.words:
        return "language", product.language, "has no words in this product"
    if not product.title.strip():
        return "title", product.title, "is empty"
    if not product.variants:
        return "variants", (), "is empty: at least one is needed"
    ids = [variant.id for variant in product.variants]
    if len(set(ids)) < len(ids) or not all(map(fold, ids)):
        return "variants", ids, "needs an id of its own for each variant"
    if any(price is not None and price < 0 for v in product.variants for price in (v.price_minor, v.list_price_minor)):
        return "price", product.prices_minor(), "is negative"
    if product.rating is not None and not 0 <= product.rating <= 5:
        return "rating", product.rating, "is not between 0 and 5"
    return None
