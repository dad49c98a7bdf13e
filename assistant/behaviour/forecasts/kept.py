"""The fitted models of one training in one file, put in place of the last at once.

The file is a pickle of this shop's own making, beside its database: whoever can write there owns the shop anyway. Its
digest is checked before it is opened, and a file of other library versions is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from assistant.behaviour.models.buying import Buying
from assistant.behaviour.models.returning import Returning
from assistant.behaviour.models.table import Table
from assistant.behaviour.models.value import Worth
from assistant.errors import BadRecord

FILE, ABOUT = "models.pickle", "models.json"
AGAIN = "run `python -m assistant forecast`"
LIBRARIES = ("numpy", "scikit-learn", "lightgbm")


@dataclass(frozen=True, slots=True)
class Models:
    """What one training fitted; `None` where there was too little to learn from.

    `usual` are rows of customers that one of them is compared with.
    """

    buying: Buying | None = None
    returning: Returning | None = None
    worth: Worth | None = None
    usual: Table | None = None


def keep(folder: Path, models: Models, *, read: int) -> None:
    """Write the models in place of those that are there; `read` is the number of the last event that they know."""
    folder.mkdir(parents=True, exist_ok=True)
    data = pickle.dumps(models)
    about = {"sha256": hashlib.sha256(data).hexdigest(), "libraries": _libraries(), "read": read}
    # The digest goes with the file: both lie in one folder of their own, which is swapped by its name.
    fresh = Path(tempfile.mkdtemp(dir=folder, prefix="made-"))
    for name, content in ((FILE, data), (ABOUT, json.dumps(about).encode())):
        with (fresh / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    pointer = folder / ".current"
    pointer.write_text(fresh.name, encoding="utf-8")
    pointer.replace(folder / "current")
    for old in folder.glob("made-*"):
        if old != fresh:
            for file_of in old.iterdir():
                file_of.unlink()
            old.rmdir()


def current(folder: Path) -> str:
    """Return the name of the training in use; empty before the first."""
    try:
        return (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def last_read(folder: Path) -> int:
    """Return the number of the last event that the training in use knows; 0 before the first."""
    name = current(folder)
    return int(json.loads((folder / name / ABOUT).read_text(encoding="utf-8"))["read"]) if name else 0


def load(folder: Path, name: str) -> Models:
    """Return the models of a training.

    Raises:
        BadRecord: the file was changed, or was made with other versions of the libraries.
    """
    place = folder / name
    try:
        about = json.loads((place / ABOUT).read_text(encoding="utf-8"))
        data = (place / FILE).read_bytes()
    except (OSError, ValueError) as error:
        raise BadRecord(f"the models in {place} cannot be read: {AGAIN}") from error
    if hashlib.sha256(data).hexdigest() != about["sha256"]:
        raise BadRecord(f"{place / FILE} was changed since it was written: {AGAIN}")
    if about["libraries"] != _libraries():
        raise BadRecord(f"{place / FILE} was made with other libraries: {AGAIN}")
    models: Models = pickle.loads(data)
    return models


def _libraries() -> dict[str, str]:
    return {name: version(name) for name in LIBRARIES}
