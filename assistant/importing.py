"""What a shop brings along, from files into its stores: `python -m assistant events import FILE`, and so on.

Opens the database and the catalogue alone, so that it works beside a running app. Knows no format.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from tqdm import tqdm

from assistant.behaviour.files import import_events
from assistant.behaviour.intake import Intake, Receipt
from assistant.behaviour.reading import FORMATS
from assistant.service.exports.customers import import_customers
from assistant.service.exports.orders import Books, import_orders
from assistant.service.exports.stock import import_stock
from assistant.service.knowledge.book import Brought, bring
from assistant.service.knowledge.files import LANGUAGES
from assistant.service.retail_world import RULES, read_world, take_in
from assistant.settings import Settings
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from index.catalogue import Catalogue
from index.feeds.rejects import FIRST, Rejects

KINDS = {
    "events": "what people did, from GA4, Segment or plain lines",
    "customers": "accounts, from Shopify's export or any table",
    "orders": "what was bought, from Shopify's export or any table",
    "stock": "changes of stock and prices, from a table",
    "knowledge": "help articles or policies, from Markdown and HTML: a file or a folder",
    "world": "a retail world that service benchmarks play in: products, customers and orders, from its db.json.gz",
}


def add_commands(kinds: Any) -> None:
    """Add a command for each kind of thing, each with its `import`."""
    for kind, promise in KINDS.items():
        actions = kinds.add_parser(kind, help=promise).add_subparsers(dest="action", required=True)
        bring = actions.add_parser("import", help=promise)
        if kind == "knowledge":
            _add_knowledge(bring)
            continue
        bring.add_argument("file", type=Path, help="the file to take in; plain or gzip")
        if kind == "world":
            bring.add_argument("--policy", type=Path, help="its policy.md, which replaces the shop's policies")
            continue
        bring.add_argument("--rejects", type=Path, help="where what is not taken is written, a JSON object a line")
        if kind == "events":
            bring.add_argument("--format", choices=FORMATS, default="auto", help="found out by itself unless given")
        else:
            bring.add_argument("--mapping", type=Path, help="a TOML file that says which column is which")
        if kind == "orders":
            bring.add_argument("--no-events", action="store_true", help="where the same purchases come as events")


def _add_knowledge(bring: Any) -> None:
    bring.add_argument("path", type=Path, help="a .md or .html file, or a folder of them")
    bring.add_argument("--kind", choices=("policy", "article"), default="article", help="what they are")
    bring.add_argument("--language", choices=LANGUAGES, default="", help="of all of them; told from each otherwise")


def run(settings: Settings, given: Namespace) -> int:
    """Import a file; 1 where nothing of it could be taken."""
    if given.command == "world":
        return _world(settings, given)
    if given.command == "knowledge":
        return _knowledge(settings, given)
    return _events(settings, given) if given.command == "events" else _records(settings, given)


def _world(settings: Settings, given: Namespace) -> int:
    world = read_world(given.file, datetime.now(UTC))
    with opened_database(settings) as database:
        take_in(database, world, policy=given.policy)
    counts = f"{len(world.products):,} products, {len(world.customers):,} customers, {len(world.orders):,} orders"
    print(f"{counts} written; its rules are used with SHOP_RULES={RULES}")
    return 0


def _knowledge(settings: Settings, given: Namespace) -> int:
    with opened_database(settings) as database:
        brought = bring(database, given.path, kind=given.kind, language=given.language)
    for rejected in brought.rejected:
        print(f"rejected: {rejected.file}: {rejected.reason}", file=sys.stderr)
    print(told(brought))
    return 0 if brought.taken.written or brought.taken.unchanged or not brought.rejected else 1


def told(brought: Brought) -> str:
    """Return what became of texts: a line for each that changed, and the counts.

    >>> print(told(Brought()))
    0 taken, 0 unchanged, 0 withdrawn, 0 rejected
    """
    taken = brought.taken
    lines = [f"taken: {one.policy} ({one.language}), version {one.number}: {one.title}" for one in taken.written]
    lines += [f"withdrawn: {one.policy} ({one.language})" for one in taken.withdrawn]
    counts = f"{len(taken.written):,} taken, {len(taken.unchanged):,} unchanged, {len(taken.withdrawn):,} withdrawn"
    return "\n".join([*lines, f"{counts}, {len(brought.rejected):,} rejected"])


def _events(settings: Settings, given: Namespace) -> int:
    with (
        opened_database(settings) as database,
        tqdm(desc=given.file.name, unit=" events", file=sys.stderr, delay=1) as bar,
    ):
        catalogue = Catalogue(database)
        catalogue.create()
        receipt = import_events(
            given.file,
            Intake(Events(database), catalogue),
            SYSTEM,
            form=given.format,
            rejects=given.rejects,
            progress=lambda done: _moved(bar, done),
        )
    print(summary(receipt))
    return 0 if receipt.accepted or receipt.duplicates or not receipt.rejected else 1


def summary(receipt: Receipt) -> str:
    """Return what became of a file in a few lines.

    >>> print(summary(Receipt(accepted=5, duplicates=1)))
    5 accepted, 1 duplicates, 0 withheld, 0 rejected
    """
    counts = f"{receipt.accepted:,} accepted, {receipt.duplicates:,} duplicates, {receipt.withheld:,} withheld"
    lines = [f"{counts}, {receipt.rejected:,} rejected"]
    lines += [f"  rejected for {reason}: {count:,}" for reason, count in receipt.reasons.most_common()]
    lines += [f"  put right, {reason}: {count:,}" for reason, count in receipt.repaired.most_common()]
    return "\n".join(lines)


def _records(settings: Settings, given: Namespace) -> int:
    with opened_database(settings) as database, Rejects(given.rejects) as rejects:
        catalogue, customers = Catalogue(database), Customers(database)
        catalogue.create()
        if given.command == "customers":
            brought = import_customers(given.file, customers, SYSTEM, mapping=given.mapping)
        elif given.command == "orders":
            learned = None if given.no_events else Events(database)
            books = Books(customers, Orders(database), catalogue, learned)
            brought = import_orders(given.file, books, SYSTEM, mapping=given.mapping)
        else:
            currency = settings.currency or catalogue.vocabulary().currency
            brought = import_stock(given.file, catalogue, mapping=given.mapping, currency=currency)
        for one in brought.rejects:
            rejects.add(one)
            if rejects.count <= FIRST:
                print(f"rejected: {one}", file=sys.stderr)
    print(f"{brought.written:,} {given.command} written, {rejects.count:,} rejected")
    return 0 if brought.written or not rejects.count else 1


@contextmanager
def opened_database(settings: Settings) -> Iterator[Engine]:
    """Open the shop's database alone, and let go of it afterwards."""
    engine = open_database(settings.database_url, settings.home)
    try:
        yield engine
    finally:
        engine.dispose()


def _moved(bar: tqdm[None], done: int) -> None:
    bar.update(done - bar.n)
