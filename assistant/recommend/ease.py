"""EASE: one linear model from every item to every other, solved in closed form. Knows item numbers.

Source: Steck 2019, "Embarrassingly shallow autoencoders for sparse data", equation 8. Needs 4 bytes times items squared
twice while fitting, hence a cap on the items. A history asks with its latest items counting most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from assistant.recommend.contract import PLAIN, Arrays, Recommender, Run, Scores, Signal
from assistant.recommend.errors import TooManyItems
from assistant.recommend.interactions import Histories, Interactions


@dataclass(frozen=True, slots=True)
class EaseSettings:
    """`penalty` of squared weights. `recency`: of a history item's weight for every later one, when asked."""

    penalty: float = 60.0
    recency: float = 0.7
    max_items: int = 20_000
    longest: int = 50


class Ease(Recommender):
    """The weights from each item (row) to each other (column), (items, items), 0 on the diagonal."""

    name = "ease"
    signal = Signal.CHOSEN_TOGETHER

    def __init__(self, items: Sequence[str], settings: EaseSettings, weights: npt.NDArray[np.float32]) -> None:
        super().__init__(items, settings)
        self._weights = weights

    @classmethod
    def grid(cls) -> Sequence[EaseSettings]:
        """Return the default and a stronger penalty: each takes a whole solution."""
        return (EaseSettings(), EaseSettings(penalty=250.0))

    @classmethod
    def fit(cls, interactions: Interactions, settings: EaseSettings | None = None, run: Run = PLAIN) -> Self:
        """Solve. 12,000 items take half a minute on two cores.

        Raises:
            TooManyItems: the catalogue is beyond `max_items`.
        """
        settings = settings or EaseSettings()
        width = len(interactions.items)
        if width > settings.max_items:
            raise TooManyItems(cls.name, width, settings.max_items)
        chosen = interactions.histories.matrix(width)
        chosen.data[:] = 1.0
        gram = (chosen.T @ chosen).astype(np.float32).toarray()
        return cls(interactions.items, settings, _solved(gram, settings.penalty))

    def scores(self, histories: Histories) -> Scores:
        """Return the sums of the weights of what each history holds, weighted by recency."""
        asked = histories.last(self.settings.longest).matrix(len(self.items), decay=self.settings.recency)
        return np.asarray(asked.astype(np.float32) @ self._weights, np.float32)

    def arrays(self) -> Arrays:
        """Return the weights."""
        return {"weights": self._weights}

    @classmethod
    def restored(cls, items: Sequence[str], settings: EaseSettings, arrays: Arrays) -> Self:
        """Return the model with these weights."""
        return cls(items, settings, arrays["weights"])


def _solved(gram: npt.NDArray[np.float32], penalty: float) -> npt.NDArray[np.float32]:
    """Return the weights for a matrix of common counts (items, items), which is overwritten."""
    from scipy.linalg import lapack

    gram[np.diag_indices_from(gram)] += penalty
    factor, failed = lapack.spotrf(gram, lower=True, overwrite_a=True, clean=True)
    inverse, failed_too = lapack.spotri(factor, lower=True, overwrite_c=True)
    if failed or failed_too:
        raise np.linalg.LinAlgError(f"the matrix with the penalty {penalty!r} is not positive definite: raise it")
    inverse += np.tril(inverse, -1).T
    weights: npt.NDArray[Any] = -inverse / np.diag(inverse)[None, :]
    np.fill_diagonal(weights, 0.0)
    return weights
