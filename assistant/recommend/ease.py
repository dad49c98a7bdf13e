"""EASE: one linear model from every item to every other, solved in closed form. Knows item numbers and their order.

Source: Steck 2019, "Embarrassingly shallow autoencoders for sparse data", for `ordered=0`; the share `ordered` of the
squares instead asks what came before (fading with distance) for what comes after, as Choi and others 2021,
"Session-aware linear item-item models", do. Both have one solution with a diagonal of zeros:

    P = (gram + penalty I)^-1,   B = P C - P diag(P C / P),   gram = X'X and C = X'Y of past X and future Y

Needs 4 bytes times items squared three times over while fitting (1.2 GB for 10,000), hence a cap on the items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assistant.recommend.contract import PLAIN, Arrays, Recommender, Run, Scores, Signal
from assistant.recommend.errors import TooManyItems
from assistant.recommend.interactions import Histories, Interactions

Square = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EaseSettings:
    """`penalty` of squared weights. `ordered`: the share of the order of things, 0 for EASE as published. `fading`: of
    an item's weight in the past or the future for every step. `recency`: the same of a history that asks.
    """

    penalty: float = 100.0
    ordered: float = 0.8
    fading: float = 0.6
    recency: float = 0.6
    max_items: int = 20_000
    longest: int = 50


class Ease(Recommender):
    """The weights from each item (row) to each other (column), (items, items), 0 on the diagonal."""

    name = "ease"
    signal = Signal.CHOSEN_TOGETHER

    def __init__(self, items: Sequence[str], settings: EaseSettings, weights: Square) -> None:
        super().__init__(items, settings)
        self._weights = weights

    @classmethod
    def grid(cls) -> Sequence[EaseSettings]:
        """Return two penalties, and EASE as published: each takes a whole solution."""
        published = EaseSettings(penalty=100.0, ordered=0.0, recency=0.7)
        return (EaseSettings(), EaseSettings(penalty=300.0), published)

    @classmethod
    def fit(cls, interactions: Interactions, settings: EaseSettings | None = None, run: Run = PLAIN) -> Self:
        """Solve. 12,000 items take about a minute on one core.

        Raises:
            TooManyItems: the catalogue is beyond `max_items`.
        """
        settings = settings or EaseSettings()
        width = len(interactions.items)
        if width > settings.max_items:
            raise TooManyItems(cls.name, width, settings.max_items)
        run.progress("solving ease", 0, 3)
        gram, cross = _moments(interactions.histories.last(settings.longest), settings, width)
        run.progress("solving ease", 1, 3)
        inverse = _inverse(gram, settings.penalty)
        run.progress("solving ease", 2, 3)
        weights = _solution(inverse, cross)
        run.progress("solving ease", 3, 3)
        return cls(interactions.items, settings, weights)

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


def _moments(histories: Histories, settings: EaseSettings, width: int) -> tuple[Square, sparse.csr_matrix]:
    """Return gram and cross of the two parts, each by its share."""
    whole = histories.matrix(width)
    whole.sum_duplicates()
    whole.data[:] = 1.0
    alike = (1 - settings.ordered) * (whole.T @ whole)
    past = _reach(histories, settings.fading, width=width, ahead=False)
    future = _reach(histories, settings.fading, width=width, ahead=True)
    gram = (alike + settings.ordered * (past.T @ past)).astype(np.float32)
    cross = (alike + settings.ordered * (past.T @ future)).astype(np.float32)
    return gram.toarray(order="C"), sparse.csr_matrix(cross)


def _reach(histories: Histories, fading: float, *, width: int, ahead: bool) -> sparse.csr_matrix:
    """Return what lies at and before each place that has a next one, or after it, fading: (total, width)."""
    place = np.arange(len(histories.items)) - histories.starts[:-1][histories.rows]
    parts: list[tuple[npt.NDArray[Any], ...]] = []
    for step in range(int(histories.lengths.max(initial=0))):
        at = np.flatnonzero(histories.age > step) if ahead else np.flatnonzero((histories.age > 0) & (place >= step))
        found = histories.items[at + step + 1] if ahead else histories.items[at - step]
        parts.append((np.full(len(at), fading**step), at, found))
    values, rows, columns = (np.concatenate([np.empty(0), *part]) for part in zip(*parts, strict=True))
    return sparse.csr_matrix((values, (rows.astype(np.int64), columns.astype(np.int64))), (len(place), width))


def _inverse(gram: Square, penalty: float) -> Square:
    """Return the inverse of a symmetric matrix with the penalty on its diagonal, in the same memory."""
    from scipy.linalg import lapack

    gram[np.diag_indices_from(gram)] += penalty
    factor, failed = lapack.spotrf(gram.T, lower=True, overwrite_a=True, clean=True)  # LAPACK wants columns first
    inverse, failed_too = lapack.spotri(factor, lower=True, overwrite_c=True)
    if failed or failed_too:
        raise np.linalg.LinAlgError(f"the matrix with the penalty {penalty!r} is not positive definite: raise it")
    inverse += np.tril(inverse, -1).T
    whole: Square = inverse.T
    return whole


def _solution(inverse: Square, cross: sparse.csr_matrix) -> Square:
    """Return the weights; overwrites the inverse."""
    product: Square = np.asarray(cross.T.tocsr() @ inverse).T
    shift: npt.NDArray[Any] = np.diag(product) / np.diag(inverse)
    inverse *= shift
    product -= inverse
    np.fill_diagonal(product, 0.0)
    return np.ascontiguousarray(product)
