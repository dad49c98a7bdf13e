"""What people say of replies: JSON lines in `SHOP_HOME/eval/labels/LABELLER.jsonl`, a line a label.

    {"run": "20261124T101500-3f2a", "row": "gift-03", "turn": 0, "labeller": "mei", "criterion": "helpful",
     "label": "yes", "at": "2026-11-24T12:00:00+00:00"}

`turn` counts from 0 within the row's turns. Who changes their mind adds a line: the last one counts. Knows no judge.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from eval.judging.criteria import CRITERIA

Place = tuple[str, str, int]
"""Which turn: run, row, turn."""
ByPlace = Mapping[Place, Mapping[str, Mapping[str, float]]]
"""Labels as numbers by place, criterion and labeller."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one person said of one turn by one criterion; `number` as in `criteria`."""

    place: Place
    labeller: str
    criterion: str
    number: float


def read_labels(folder: Path) -> tuple[list[Label], list[str]]:
    """Return the labels of everybody, and a sentence for each line that is none."""
    kept: dict[tuple[Place, str, str], Label] = {}
    rejected: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                label = _label(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                rejected.append(f"line {at} of {path.name} is no label and is left out: {error}")
                continue
            kept[label.place, label.labeller, label.criterion] = label
    return list(kept.values()), rejected


def by_place(labels: Iterable[Label]) -> ByPlace:
    """Return the labels by what they are of."""
    found: dict[Place, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for label in labels:
        found[label.place][label.criterion][label.labeller] = label.number
    return found


def pairs_of(said: Mapping[str, float]) -> Iterator[tuple[float, float]]:
    """Yield what each two people said of the same turn, in the order of their names."""
    yield from combinations((said[name] for name in sorted(said)), 2)


def _label(line: Mapping[str, Any]) -> Label:
    criterion = CRITERIA.get(line["criterion"])
    if criterion is None:
        raise ValueError(f"criterion {line['criterion']!r} is none of {', '.join(CRITERIA)}")
    number = criterion.number_of(line["label"])
    if number is None:
        raise ValueError(f"label {line['label']!r} is none of {', '.join(criterion.words['en'])}")
    place = (str(line["run"]), str(line["row"]), int(line["turn"]))
    return Label(place, str(line["labeller"]), criterion.name, number)
