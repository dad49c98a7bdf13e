"""What each part of a blend counts: a softmax over each person's candidates, fitted to what they chose next.

A convex problem in as many numbers as there are parts. Knows scores, not models.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.recommend.contract import HeldOut, Run, Scores
from assistant.recommend.interactions import Histories
from assistant.recommend.tune import unseen

CANDIDATES = 50
"""Each part brings so many of its best for each person."""
PENALTY = 1e-3
"""Of squared weights."""
LEAST = 1e-3
BATCH = 500

PartScores = Callable[[str, Histories], Scores]


@dataclass(frozen=True, slots=True)
class Candidates:
    """`features` (rows, parts) of the candidates of many people, end to end: each person's begin at `starts`.

    `right` is the row of what each chose.
    """

    features: npt.NDArray[np.float32]
    starts: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]


def learned(scores: PartScores, held_out: HeldOut, names: Sequence[str], run: Run) -> dict[str, float]:
    """Return the weight of each part, none below `LEAST`: what speaks for an item never counts against it.

    So a guest, of whom only what many choose says anything, is shown that.
    """
    from scipy.optimize import minimize

    given = _candidates(scores, held_out, names, run)
    found = minimize(
        _loss, np.zeros(len(names)), args=(given,), jac=True, method="L-BFGS-B", bounds=[(LEAST, None)] * len(names)
    )
    return {name: float(weight) for name, weight in zip(names, found.x, strict=True)}


def _loss(weights: npt.NDArray[np.float64], given: Candidates) -> tuple[float, npt.NDArray[np.float64]]:
    """Return the mean cross-entropy of the choices with the penalty, and its gradient."""
    values = given.features @ weights
    sizes = np.diff(np.r_[given.starts, len(values)])
    values -= np.repeat(np.maximum.reduceat(values, given.starts), sizes)
    shares = np.exp(values)
    totals = np.add.reduceat(shares, given.starts)
    shares /= np.repeat(totals, sizes)
    loss = float((np.log(totals) - values[given.right]).mean())
    expected = (given.features * shares[:, None]).sum(axis=0) / len(given.starts)
    gradient = expected - given.features[given.right].mean(axis=0)
    return loss + PENALTY * float(weights @ weights), gradient + 2 * PENALTY * weights


def _candidates(scores: PartScores, held_out: HeldOut, names: Sequence[str], run: Run) -> Candidates:
    """Gather everybody whose choice is among the candidates of at least one part."""
    features: list[npt.NDArray[np.float32]] = []
    right: list[int] = []
    total = len(held_out.targets)
    for start in range(0, total, BATCH):
        run.progress("learning the blend", start, total)
        histories = held_out.histories.batch(start, min(start + BATCH, total))
        parts = np.stack([unseen(scores(name, histories), histories) for name in names])
        for row, target in enumerate(held_out.targets[start : start + BATCH]):
            found = _union(parts[:, row])
            if target in found:
                features.append(parts[:, row, found].T)
                right.append(int(np.flatnonzero(found == target)[0]))
    run.progress("learning the blend", total, total)
    starts = np.concatenate([[0], np.cumsum([len(own) for own in features])]).astype(np.int64)[:-1]
    stacked = np.concatenate([np.empty((0, len(names)), np.float32), *features])
    return Candidates(stacked, starts, starts + np.asarray(right, np.int64))


def _union(parts: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return the items that are among the best of any part, (parts, items) in."""
    count = min(CANDIDATES, parts.shape[1])
    found: npt.NDArray[np.int64] = np.unique(np.argpartition(-parts, count - 1, axis=1)[:, :count])
    seen = ~np.isfinite(parts[0, found])
    return np.delete(found, seen)
