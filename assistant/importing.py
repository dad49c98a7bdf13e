"""What a shop brings along, from files into its stores: `python -m assistant events import FILE`.

Opens the database and the catalogue alone, so that it works beside a running app. Knows no format.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from tqdm import tqdm

from assistant.behaviour.files import import_events
from assistant.behaviour.intake import Intake, Receipt
from assistant.behaviour.reading import FORMATS
from assistant.settings import Settings
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import SYSTEM
from index.catalogue import Catalogue


def add_commands(commands: ArgumentParser) -> None:
    """Add `import` and its arguments to the command `events`."""
    actions = commands.add_subparsers(dest="action", required=True)
    bring = actions.add_parser("import", help="take in a file of GA4, Segment or plain events")
    bring.add_argument("file", type=Path, help="a line each, a JSON list or one object; plain or gzip")
    bring.add_argument("--format", choices=FORMATS, default="auto", help="found out by itself unless given")
    bring.add_argument("--rejects", type=Path, help="where what is not taken is written, a JSON object a line")


def run_events(settings: Settings, given: Namespace) -> int:
    """Import a file of events; 1 where nothing of it could be taken."""
    with _database(settings) as database, tqdm(desc=given.file.name, unit=" events", file=sys.stderr, delay=1) as bar:
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


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings.database_url, settings.home)
    try:
        yield engine
    finally:
        engine.dispose()


def _moved(bar: tqdm[None], done: int) -> None:
    bar.update(done - bar.n)
