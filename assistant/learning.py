"""Trains what suggests products, on the shop's own events: `python -m assistant learn`, by night, beside a running app.

In full where it is time for that, else only what is new. The app loads a new version behind its shoppers' backs. Opens
the database and the catalogue alone. Knows no model.
"""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from tqdm import tqdm

from assistant.errors import RegularsError
from assistant.importing import opened_database
from assistant.recommend.adviser import MODELS, Adviser, Trained
from assistant.recommend.contract import Run
from assistant.recommend.versions import Versions
from assistant.settings import Settings
from assistant.store.events import Events
from assistant.store.orders import Orders
from index.catalogue import Catalogue

COMMAND = "learn"
UNFINISHED = "unfinished"
"""Where an interrupted training leaves what it can go on from."""


class TrainingUnderWay(RegularsError):
    """Two trainings of one shop at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"another training of the models at {str(folder)!r} is under way: wait for it, or end it")


def add_command(kinds: Any) -> None:
    """Add the command."""
    learn = kinds.add_parser(COMMAND, help="train what suggests products on the shop's own events, as it is time for")
    which = learn.add_mutually_exclusive_group()
    which.add_argument("--new", action="store_true", help="take up only what is new since the last training")
    which.add_argument("--full", action="store_true", help="choose and fit everything anew; takes minutes")


def run(settings: Settings, given: Namespace) -> int:
    """Train and put into use; 0 also where nothing is new.

    Raises:
        RecommendError: what happened cannot be learned from.
        TrainingUnderWay: somebody else is at it.
    """
    folder = settings.home / MODELS
    with _alone(folder), opened_database(settings) as database, _bar() as bar:
        catalogue = Catalogue(database)
        catalogue.create()
        adviser = Adviser(
            events=Events(database), orders=Orders(database), catalogue=catalogue, versions=Versions(folder)
        )

        def told(step: str, done: int, total: int | None) -> None:
            bar.set_description(step, refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        trained = _trained(adviser, given, Run(progress=told, folder=folder / UNFINISHED))
        shutil.rmtree(folder / UNFINISHED, ignore_errors=True)
    print(said(trained))
    return 0


def said(trained: Trained) -> str:
    """Return in one line what became of a training.

    >>> said(Trained(version=None, full_because=""))
    'nothing new to learn from: nobody chose a product since the last training'
    """
    made, why = trained.version, trained.full_because
    if made is None:
        return "nothing new to learn from: nobody chose a product since the last training"
    how = f"trained in full, since {why}" if why else "taken up what is new since the version before"
    return f"{how}: version {made.number} of the model {made.kind!r} is in use"


def _trained(adviser: Adviser, given: Namespace, how: Run) -> Trained:
    if given.full:
        return Trained(version=adviser.train(how), full_because="it was asked for")
    if given.new:
        return Trained(version=adviser.refresh(how), full_because="")
    return adviser.learn(how)


def _bar() -> tqdm[None]:
    return tqdm(file=sys.stderr, delay=1, unit="step", disable=None)  # none where nobody looks on


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "training.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise TrainingUnderWay(folder) from error
    try:
        yield
    finally:
        lock.release()
