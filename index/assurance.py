"""How sure the search is that the shop has what the words ask for, so that the assistant can say when it has not.

A logistic model over the best hits: how many of the wanted words they carry, and how near they are. Knows features.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from index.candidates import Candidates, Scores
from index.rank_features import NAMES

Order = npt.NDArray[np.intp]
LOOKED_AT = 5
"""Hits that are judged."""
WEIGHTS = {"full": 4.0, "title": 2.0, "meaning": 0.0, "english": 0.0}
CENTRE = -3.0
LIKELY = 0.5


def confidence(found: Candidates, features: Scores, order: Order) -> float:
    """Return the chance that the best hits are what was asked for, 0 to 1."""
    if not len(order):
        return 0.0
    signals = evidence(found, features, order)
    return 1 / (1 + math.exp(-CENTRE - sum(WEIGHTS[name] * value for name, value in signals.items())))


def evidence(found: Candidates, features: Scores, order: Order) -> dict[str, float]:
    """Return what the chance is made from; a space that cannot read the query has the mean of what others show."""
    top = order[:LOOKED_AT]
    signals = {name: float(features[top, NAMES.index(f"{name}_cover")].max()) for name in ("full", "title")}
    for name, seen in zip(("meaning", "english"), found.seen, strict=False):
        if seen is not None:
            signals[name] = float(np.sort(seen.cosines)[::-1][:3].mean())
    return signals
