"""A folder of histories for judging recommenders: each person's last item is the test, the one before it validation.

`sequences.txt.gz` holds a person a line, `person item item …` in order; `items.jsonl.gz`, where there is one, what each
item is: `{"item": id, "attributes": […]}` or any other texts. Knows no model.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import SettingError
from assistant.recommend.contract import HeldOut
from assistant.recommend.interactions import Histories, Interactions

SEQUENCES, ITEMS = "sequences.txt.gz", "items.jsonl.gz"
IDENTIFIERS = frozenset({"item", "item_id", "id", "asin"})
"""Names of an item's fields that say which it is, not what."""


@dataclass(frozen=True, slots=True)
class Split:
    """The protocol: `train` with `validation` to choose by, `whole` (train and validation) with `test` to be judged by.

    `judged` are the people of `test`, in its order.
    """

    train: Interactions
    validation: HeldOut
    whole: Interactions
    test: HeldOut
    judged: tuple[str, ...]


def read(folder: Path | None, *, seed: int) -> Interactions:
    """Return everything in a folder. Items are numbered by chance, so that no tie is broken by the file's order.

    Raises:
        SettingError: the folder is not given, has no sequences, or a line of them is something else.
    """
    if folder is None or not (folder / SEQUENCES).is_file():
        raise SettingError("--data", str(folder) if folder else None, f"a folder with {SEQUENCES} is expected")
    people = _sequences(folder / SEQUENCES)
    items = sorted({item for _person, sequence in people for item in sequence})
    np.random.default_rng(seed).shuffle(items)
    read = Interactions.of(people, items=items)
    texts = _texts(folder / ITEMS) if (folder / ITEMS).is_file() else {}
    words = tuple(texts.get(item, "") for item in read.items) if texts else ()
    return Interactions(read.people, read.items, read.histories, words)


def split(everything: Interactions, *, limit: int | None, seed: int) -> Split:
    """Hold out the last item of everybody with two or more, then the last of the rest of those with three or more.

    `limit` judges by so many people, drawn by chance; the fits see everybody.
    """
    whole, test, who = _last_apart(everything, least=2)
    train, validation, _ = _last_apart(whole, least=2)
    if limit is not None and limit < len(who):
        rows = np.sort(np.random.default_rng(seed).choice(len(who), limit, replace=False))
        test = HeldOut(histories=test.histories.select(rows), targets=test.targets[rows])
        who = who[rows]
    judged = tuple(everything.people[row] for row in who)
    return Split(train=train, validation=validation, whole=whole, test=test, judged=judged)


def _last_apart(given: Interactions, *, least: int) -> tuple[Interactions, HeldOut, npt.NDArray[np.int64]]:
    """Return what is left, the last items of those who have at least so many, and who these are."""
    histories = given.histories
    who = np.flatnonzero(histories.lengths >= least)
    ends = histories.starts[1:][who] - 1
    kept = np.ones(len(histories.items), np.bool_)
    kept[ends] = False
    left: Histories = histories.keep(kept)
    return given.with_histories(left), HeldOut(histories=left.select(who), targets=histories.items[ends]), who


def _sequences(path: Path) -> list[tuple[str, list[str]]]:
    people = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            person, *items = line.split() or [""]
            if not items:
                raise SettingError(f"{path.name} line {number}", line.strip(), "a person and their items are expected")
            people.append((person, items))
    return people


def _texts(path: Path) -> dict[str, str]:
    """Return the text of each item: all of its fields' words but its identifiers."""
    texts = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record: Mapping[str, Any] = json.loads(line)
            key = next((str(record[name]) for name in ("item", "item_id", "id") if name in record), "")
            texts[key] = " | ".join(_words(value) for name, value in record.items() if name not in IDENTIFIERS)
    return texts


def _words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " | ".join(_words(one) for one in value)
    return "" if value is None else str(value)
