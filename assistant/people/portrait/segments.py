"""RFM segments: customers in fifths by how lately, how often and for how much they bought, named as is usual.

Source: Hughes 1994 (quintile scoring); the names follow common practice in retail reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

FIFTHS = 5
_NAMES: Sequence[tuple[str, Callable[[int, int, int], bool]]] = (
    ("champion", lambda r, f, m: r >= 4 and f >= 4 and m >= 4),
    ("loyal", lambda r, f, m: r >= 3 and f >= 4),
    ("big_spender", lambda r, f, m: r >= 3 and m == 5),
    ("recent", lambda r, f, m: r >= 4 and f <= 2),
    ("at_risk", lambda r, f, m: r <= 2 and f >= 3),
    ("asleep", lambda r, f, m: r <= 2),
)
OTHER = "occasional"


@dataclass(frozen=True, slots=True)
class Bought:
    """What a customer bought in all: when last, how many orders, for how much in the shop's minor units."""

    last_at: datetime
    orders: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class Rfm:
    """Fifths from 1 to 5, 5 the best, and the segment's name."""

    recency: int
    frequency: int
    money: int
    segment: str


def segments(bought: Mapping[str, Bought]) -> dict[str, Rfm]:
    """Return the segment of each customer. Equal customers are in equal fifths; a single one is in the middle."""
    if not bought:
        return {}
    names = list(bought)
    columns = (
        [bought[name].last_at.timestamp() for name in names],
        [float(bought[name].orders) for name in names],
        [float(bought[name].total_minor) for name in names],
    )
    scored = zip(*(_fifths(values) for values in columns), strict=True)
    return {name: Rfm(r, f, m, _name(r, f, m)) for name, (r, f, m) in zip(names, scored, strict=True)}


def _fifths(values: Sequence[float]) -> list[int]:
    """Return each value's fifth by its mid-rank, so that ties share one.

    >>> _fifths([1.0, 2.0, 3.0, 4.0, 5.0]), _fifths([7.0, 7.0, 7.0])
    ([1, 2, 3, 4, 5], [3, 3, 3])
    """
    held = np.asarray(values)
    ordered = np.sort(held)
    middle = (np.searchsorted(ordered, held, "left") + np.searchsorted(ordered, held, "right")) / 2 / len(held)
    return [int(min(FIFTHS, 1 + rank * FIFTHS)) for rank in middle]


def _name(recency: int, frequency: int, money: int) -> str:
    return next((name for name, holds in _NAMES if holds(recency, frequency, money)), OTHER)
