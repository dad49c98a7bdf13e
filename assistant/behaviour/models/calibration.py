"""Calibration: from a learner's score to a probability that comes true as often as it says.

Four ways, and the choice among them by cross-validation on scores that the learner gave to rows it had not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.behaviour.models.table import Floats

EDGE = 1e-4
"""No probability is nearer to 0 or 1: a few thousand rows cannot tell."""
FOLDS = 5


class Calibration(Protocol):
    """A rising curve from scores to probabilities."""

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score (n,)."""


class Platt:
    """A logistic curve over the score. Source: Platt 1999."""

    def __init__(self, scores: Floats, hits: NDArray[np.int_]) -> None:
        self._curve = _logistic(self._bent(scores), hits)

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score (n,)."""
        return _clipped(self._curve.predict_proba(self._bent(scores))[:, 1])

    def _bent(self, scores: Floats) -> Floats:
        return scores[:, None]


class Beta(Platt):
    """A logistic curve over the logarithms of a probability and of its rest. Source: Kull et al. 2017, equation 3."""

    def _bent(self, scores: Floats) -> Floats:
        sure = _clipped(scores)
        return np.stack([np.log(sure), -np.log1p(-sure)], axis=1)


class Isotonic:
    """The rising steps that fit best. Source: Zadrozny and Elkan 2002. Wants about a thousand rows."""

    def __init__(self, scores: Floats, hits: NDArray[np.int_]) -> None:
        from sklearn.isotonic import IsotonicRegression

        self._steps = IsotonicRegression(out_of_bounds="clip").fit(scores, hits)

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score (n,)."""
        return _clipped(self._steps.predict(scores))


class Eased:
    """Halfway between the steps and the beta curve, so that rows that a step ties stay apart."""

    def __init__(self, scores: Floats, hits: NDArray[np.int_]) -> None:
        self._steps, self._curve = Isotonic(scores, hits), Beta(scores, hits)

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score (n,)."""
        return (self._steps(scores) + self._curve(scores)) / 2


WAYS: Mapping[str, Callable[[Floats, NDArray[np.int_]], Calibration]] = {
    "platt": Platt,
    "beta": Beta,
    "eased": Eased,
    "isotonic": Isotonic,
}
"""By name, the simplest first."""
PROBABLE = frozenset({"beta", "eased"})
"""Those that want probabilities: distances from a margin are none, and want the others."""
ANY = frozenset({"isotonic"})
"""Those that take either."""


def calibrate(scores: Floats, hits: NDArray[np.int_], *, seed: int) -> tuple[str, Calibration]:
    """Return the name and the curve, fitted to all rows, of the simplest way that is hardly worse than the best.

    Hardly worse is a cross-validated log loss that exceeds the least by no more than the standard error of the
    difference: steps that follow the luck of these rows come true less often on others. Source: Breiman et al. 1984.
    """
    losses = {name: _held_out_losses(way, scores, hits, seed=seed) for name, way in _fitting(scores).items()}
    best = losses[min(losses, key=lambda one: float(losses[one].mean()))]
    name = next(name for name, own in losses.items() if _hardly_worse(own - best))
    return name, WAYS[name](scores, hits)


def _hardly_worse(more: Floats) -> bool:
    """Return whether losses (n,) above another's are within one standard error of none."""
    return bool(float(more.mean()) <= float(more.std(ddof=1)) / np.sqrt(len(more)))


def log_loss(chances: Floats, hits: NDArray[np.int_]) -> float:
    """Return the mean logarithmic loss of probabilities (n,) of what happened (n,)."""
    return float(_losses(chances, hits).mean())


def _losses(chances: Floats, hits: NDArray[np.int_]) -> Floats:
    sure = _clipped(chances)
    return -np.where(hits == 1, np.log(sure), np.log1p(-sure))


def _fitting(scores: Floats) -> Mapping[str, Callable[[Floats, NDArray[np.int_]], Calibration]]:
    """Return the ways that fit the scores: a probability is bent at both ends, where a distance is not."""
    bounded = bool(scores.min() >= 0 and scores.max() <= 1)
    return {name: way for name, way in WAYS.items() if (name in PROBABLE) == bounded or name in ANY}


def _held_out_losses(
    way: Callable[[Floats, NDArray[np.int_]], Calibration], scores: Floats, hits: NDArray[np.int_], *, seed: int
) -> Floats:
    from sklearn.model_selection import StratifiedKFold

    chances = np.empty(len(scores))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(scores, hits):
        chances[unseen] = way(scores[seen], hits[seen])(scores[unseen])
    return _losses(chances, hits)


def _logistic(features: Floats, hits: NDArray[np.int_]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1e4, max_iter=1000).fit(features, hits)


def _clipped(chances: Floats) -> Floats:
    return np.clip(chances, EDGE, 1 - EDGE)
