"""Model files by version: written whole or not at all, each with how it came about.

    folder/current          the number of the version in use
    folder/0007/manifest.json, items.json, arrays.npz

Knows the contract and no model but by its name.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from assistant.recommend.contract import Recommender
from assistant.recommend.errors import BadModel
from assistant.recommend.models import KINDS

CURRENT, MANIFEST, ITEMS, ARRAYS = "current", "manifest.json", "items.json", "arrays.npz"
KEPT = 5
"""So many of the latest versions stay, to go back to; older ones are deleted."""


class How(StrEnum):
    """How a version came about: in seconds from few models, chosen and fitted anew, or from the one before it."""

    QUICK = "quick"
    FULL = "full"
    REFRESHED = "refreshed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How a version came about, what data it read, and when everything was last chosen and fitted anew.

    `fitted_to` is the fingerprint of its data, `read_until` the time of the latest interaction in it, in seconds since
    1970 UTC; 0 where the data had no times. `trained_at` (UTC, ISO) is empty where nothing was ever fitted in full;
    `trained_items` are the first items of the model, those which that training knew. No person's id is kept.
    """

    how: How = How.QUICK
    fitted_to: str = ""
    read_until: float = 0.0
    trained_at: str = ""
    trained_items: int = 0


PLAIN = Origin()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version: its number, its kind of model, when it was made (UTC, ISO) and how."""

    number: int
    kind: str
    made_at: str
    origin: Origin


class Versions:
    """The versions in one folder. Several processes may read; one at a time writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, model: Recommender, origin: Origin = PLAIN) -> Version:
        """Write a model as the next version, put it into use and delete what is older than the latest `KEPT`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        number = max(self._numbers(), default=0) + 1
        fresh = Path(tempfile.mkdtemp(dir=self._folder, prefix=".new-"))
        try:
            _write(model, fresh, origin)
            fresh.rename(self._place(number))
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self.use(number)
        for old in self._numbers()[:-KEPT]:
            shutil.rmtree(self._place(old), ignore_errors=True)
        return self._version(number)

    def all(self) -> tuple[Version, ...]:
        """Return every version, the oldest first."""
        return tuple(self._version(number) for number in self._numbers() if (self._place(number) / MANIFEST).is_file())

    def current(self) -> Version | None:
        """Return the version in use, `None` before the first."""
        number = self.in_use()
        return None if number is None else self._version(number)

    def in_use(self) -> int | None:
        """Return the number of the version in use, `None` before the first. Costs a look at a file.

        Raises:
            BadModel: the file names no version.
        """
        try:
            return int((self._folder / CURRENT).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise BadModel(self._folder / CURRENT, "it names no version") from error

    def use(self, number: int) -> None:
        """Put a version into use, an earlier one too.

        Raises:
            BadModel: there is no such version.
        """
        self._version(number)
        fresh = self._folder / f".{CURRENT}"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(f"{number}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._folder / CURRENT)

    def load(self, number: int) -> Recommender:
        """Return the model of a version.

        Raises:
            BadModel: a file is missing, was changed, or is of a kind that this release does not have.
        """
        place = self._place(number)
        record = _manifest(place)
        if record["kind"] not in KINDS:
            raise BadModel(place, f"it is of the kind {record['kind']!r}")
        for name, digest in record["sha256"].items():
            if not (place / name).is_file() or _digest(place / name) != digest:
                raise BadModel(place / name, "it is missing or was changed")
        kind = KINDS[record["kind"]]
        items = json.loads((place / ITEMS).read_text(encoding="utf-8"))
        try:
            with np.load(place / ARRAYS, allow_pickle=False) as arrays:
                return kind.restored(items, kind.settings_of(record["settings"]), dict(arrays))
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise BadModel(place, f"it is of another release ({error})") from error

    def items(self, number: int) -> tuple[str, ...]:
        """Return the items that a version knows, by number, without loading its model.

        Raises:
            BadModel: the file is missing or cannot be read.
        """
        try:
            return tuple(json.loads((self._place(number) / ITEMS).read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise BadModel(self._place(number) / ITEMS, str(error)) from error

    def _place(self, number: int) -> Path:
        return self._folder / f"{number:04d}"

    def _numbers(self) -> list[int]:
        return sorted(int(path.name) for path in self._folder.glob("[0-9]*") if path.name.isdecimal())

    def _version(self, number: int) -> Version:
        record = _manifest(self._place(number))
        own = {field.name: record[field.name] for field in fields(Origin) if field.name in record}
        try:
            origin = Origin(**own | {"how": How(own.get("how", How.QUICK))})
            return Version(number=number, kind=record["kind"], made_at=record["made_at"], origin=origin)
        except (KeyError, ValueError) as error:
            raise BadModel(self._place(number), f"its manifest is of another release ({error})") from error


def _write(model: Recommender, place: Path, origin: Origin) -> None:
    (place / ITEMS).write_text(json.dumps(model.items, ensure_ascii=False), encoding="utf-8")
    with (place / ARRAYS).open("wb") as file:
        np.savez(file, allow_pickle=False, **dict(model.arrays()))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if origin.how is How.FULL:
        origin = replace(origin, trained_at=now, trained_items=len(model.items))
    record = {
        "kind": model.name,
        "made_at": now,
        **asdict(origin),
        "settings": asdict(model.settings),
        "sha256": {name: _digest(place / name) for name in (ITEMS, ARRAYS)},
    }
    (place / MANIFEST).write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for name in (ITEMS, ARRAYS, MANIFEST):
        with (place / name).open("rb") as file:
            os.fsync(file.fileno())


def _manifest(place: Path) -> Mapping[str, Any]:
    try:
        record: Mapping[str, Any] = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadModel(place, str(error)) from error
    return record


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
