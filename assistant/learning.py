"""Trains what suggests products, on the shop's own events: `python -m assistant learn`, by night, beside a running app.

The app takes a new version up with its next list, which waits for it to load. Opens the database and the catalogue
alone. Knows no model.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from tqdm import tqdm

from assistant.importing import opened_database
from assistant.recommend.adviser import MODELS, Adviser
from assistant.recommend.contract import Run
from assistant.recommend.versions import Versions
from assistant.settings import Settings
from assistant.store.events import Events
from assistant.store.orders import Orders
from index.catalogue import Catalogue

COMMAND = "learn"
UNFINISHED = "unfinished"
"""Where an interrupted training leaves what it can go on from."""


def add_command(kinds: Any) -> None:
    """Add the command."""
    learn = kinds.add_parser(COMMAND, help="train what suggests products on the shop's own events; takes minutes")
    learn.add_argument("--new", action="store_true", help="take up only what is new since the last training")


def run(settings: Settings, given: Namespace) -> int:
    """Train and put into use; 0 also where nothing is new.

    Raises:
        RecommendError: what happened cannot be learned from.
    """
    folder = settings.home / MODELS
    with opened_database(settings) as database, tqdm(file=sys.stderr, delay=1, unit="step") as bar:
        catalogue = Catalogue(database)
        catalogue.create()
        adviser = Adviser(
            events=Events(database), orders=Orders(database), catalogue=catalogue, versions=Versions(folder)
        )

        def told(step: str, done: int, total: int | None) -> None:
            bar.set_description(step, refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        how = Run(progress=told, folder=folder / UNFINISHED)
        made = adviser.refresh(how) if given.new else adviser.train(how)
    if made is None:
        print("nothing new to learn from: nobody chose a product since the last training")
        return 0
    print(f"version {made.number} of the model {made.kind!r} is in use")
    return 0
