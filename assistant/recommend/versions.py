"""Model files by version: written whole or not at all, and swapped while lists are being made.

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
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from assistant.recommend.contract import Recommender
from assistant.recommend.errors import BadModel
from assistant.recommend.models import KINDS

CURRENT, MANIFEST, ITEMS, ARRAYS = "current", "manifest.json", "items.json", "arrays.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version: its number, its kind of model and when it was made (UTC, ISO).

    `fitted_to` is the fingerprint of its data, `read_until` the time of the latest interaction in it, in seconds since
    1970 UTC; 0 where the data had no times. No person's id is kept.
    """

    number: int
    kind: str
    made_at: str
    fitted_to: str
    read_until: float


class Versions:
    """The versions in one folder. Several processes may read; one at a time writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, model: Recommender, *, fitted_to: str = "", read_until: float = 0.0) -> Version:
        """Write a model as the next version and put it into use."""
        self._folder.mkdir(parents=True, exist_ok=True)
        number = max((version.number for version in self.all()), default=0) + 1
        fresh = Path(tempfile.mkdtemp(dir=self._folder, prefix=".new-"))
        try:
            _write(model, fresh, {"fitted_to": fitted_to, "read_until": read_until})
            fresh.rename(self._place(number))
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self.use(number)
        return self._version(number)

    def all(self) -> tuple[Version, ...]:
        """Return every version, the oldest first."""
        names = sorted(path.name for path in self._folder.glob("[0-9]*") if (path / MANIFEST).is_file())
        return tuple(self._version(int(name)) for name in names)

    def current(self) -> Version | None:
        """Return the version in use, `None` before the first."""
        try:
            return self._version(int((self._folder / CURRENT).read_text(encoding="utf-8")))
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

    def _place(self, number: int) -> Path:
        return self._folder / f"{number:04d}"

    def _version(self, number: int) -> Version:
        record = _manifest(self._place(number))
        return Version(number=number, **{name: record[name] for name in ("kind", "made_at", "fitted_to", "read_until")})


class Live:
    """The model in use. A list that is being made keeps the model that it began with; the next one has the new."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._held: tuple[int, Recommender] | None = None

    def model(self) -> Recommender | None:
        """Return the model in use, `None` before the first is trained. Costs a file's look; loads where it changed."""
        current = self._versions.current()
        if current is None:
            return None
        held = self._held
        if held is None or held[0] != current.number:
            held = current.number, self._versions.load(current.number)
            self._held = held
        return held[1]


def _write(model: Recommender, place: Path, data: Mapping[str, Any]) -> None:
    (place / ITEMS).write_text(json.dumps(model.items, ensure_ascii=False), encoding="utf-8")
    with (place / ARRAYS).open("wb") as file:
        np.savez(file, allow_pickle=False, **dict(model.arrays()))
    record = {
        "kind": model.name,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **data,
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
