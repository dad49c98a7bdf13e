"""Lists that are more than the highest scores: items unlike each other, and a few places for what is hardly known.

Knows scores and likenesses, no model.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.floating[Any]]


def diversified(scores: Row, alike: Row, *, k: int, diversity: float) -> list[int]:
    """Return `k` places of `scores` (m,), each the best of the rest after what it shares with those before it.

    `alike` (m, m) is from 0 to 1. `diversity` 0 is the order of the scores, 1 looks at nothing but likeness. Scores are
    scaled to 0 to 1 first.

    Source: Carbonell and Goldstein 1998, maximal marginal relevance.

    >>> diversified(np.array([3.0, 2.9, 1.0]), np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1.0]]), k=2, diversity=0.6)
    [0, 2]
    """
    span = float(np.ptp(scores)) or 1.0
    relevance = (scores - scores.min()) / span
    nearest = np.zeros(len(scores))
    left = np.ones(len(scores), np.bool_)
    picked: list[int] = []
    for _ in range(min(k, len(scores))):
        value = np.where(left, (1 - diversity) * relevance - diversity * nearest, -np.inf)
        at = int(value.argmax())
        picked.append(at)
        left[at] = False
        nearest = np.maximum(nearest, alike[at])
    return picked


def explored(order: list[int], *, k: int, exploration: float, chance: np.random.Generator) -> list[int]:
    """Return the first `k` of an order, each place given with probability `exploration` to one of those after them.

    >>> explored([4, 2, 7, 1], k=2, exploration=0.0, chance=np.random.default_rng(0))
    [4, 2]
    """
    first, rest = list(order[:k]), list(order[k:])
    for place in range(len(first)):
        if rest and chance.random() < exploration:
            first[place] = rest.pop(int(chance.integers(len(rest))))
    return first
