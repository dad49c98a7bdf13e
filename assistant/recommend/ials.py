"""iALS: a vector for every item and, folded in from the history alone, for every shopper. Knows item numbers.

Source: Hu, Koren and Volinsky 2008; fitted by the library `implicit`. A shopper's vector is the solution of the same
equations for their history, so that somebody new, or with one event more, needs no new fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assistant.recommend.contract import PLAIN, Arrays, Recommender, Run, Scores, Signal
from assistant.recommend.interactions import Histories, Interactions, Numbers
from assistant.recommend.standing import Standing, Vectors

Factors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class IalsSettings:
    """`confidence` of a choice over that of none. `recency`: of a history item's weight for every later one, when
    asked; the fit counts all alike.
    """

    factors: int = 128
    confidence: float = 20.0
    penalty: float = 1.0
    rounds: int = 15
    recency: float = 0.8
    longest: int = 50


class Ials(Recommender):
    """Item vectors, (items, factors), and the sum of the outer products of all people's, (factors, factors)."""

    name = "ials"
    signal = Signal.TASTE

    def __init__(self, items: Sequence[str], settings: IalsSettings, *, factors: Factors, people_gram: Factors) -> None:
        super().__init__(items, settings)
        self._factors, self._people_gram = factors, people_gram

    @classmethod
    def grid(cls) -> Sequence[IalsSettings]:
        """Return confidences and penalties that suit sparse and dense shops."""
        pairs = ((20.0, 1.0), (20.0, 10.0), (5.0, 1.0))
        return tuple(IalsSettings(confidence=confidence, penalty=penalty) for confidence, penalty in pairs)

    @classmethod
    def fit(cls, interactions: Interactions, settings: IalsSettings | None = None, run: Run = PLAIN) -> Self:
        """Alternate between people and items."""
        settings = settings or IalsSettings()
        chosen = interactions.histories.matrix(len(interactions.items)).astype(np.float32)
        chosen.data[:] = 1 + settings.confidence
        model = _library_model(settings, seed=run.seed)

        def tell(at: int, *_ignored: object) -> None:
            run.progress("fitting ials", at + 1, settings.rounds)

        with _one_blas_thread():
            model.fit(chosen, show_progress=False, callback=tell)
        people = np.asarray(model.user_factors, np.float32)
        factors = np.asarray(model.item_factors, np.float32)
        return cls(interactions.items, settings, factors=factors, people_gram=people.T @ people)

    @cached_property
    def _gram(self) -> Factors:
        return self._factors.T @ self._factors

    def people(self, histories: Histories, *, recency: float | None = None) -> Factors:
        """Return the vector of each history, (n, factors): what the fit would give it, the item vectors held fixed."""
        decay = self.settings.recency if recency is None else recency
        asked = histories.last(self.settings.longest).matrix(len(self.items), decay=decay).astype(np.float32)
        return self._solved(asked, self._factors, self._gram)

    def refreshed(self, interactions: Interactions, read: Numbers, run: Run = PLAIN) -> Self:
        """Return the model with the vectors of the items solved for anew that were chosen since, all others kept.

        What the next step of the alternation would do to these, by the people who chose them.
        """
        histories, width = interactions.histories, len(interactions.items)
        place = np.arange(len(histories.items)) - histories.starts[:-1][histories.rows]
        touched = np.unique(histories.items[place >= read[histories.rows]])
        factors = np.pad(self._factors, ((0, width - len(self.items)), (0, 0)))
        grown = type(self)(interactions.items, self.settings, factors=factors, people_gram=self._people_gram)
        choosers = np.unique(histories.rows[np.isin(histories.items, touched)])
        own = histories.select(choosers)
        asked = own.matrix(width).astype(np.float32).T.tocsr()[touched]
        asked.data[:] = 1.0
        factors[touched] = self._solved(asked, grown.people(own, recency=1.0), self._people_gram)
        return grown

    def scores(self, histories: Histories) -> Scores:
        """Return the products of the shoppers' and the items' vectors."""
        return self.people(histories) @ self._factors.T

    def standing(self, histories: Histories, items: Sequence[int]) -> Standing:
        """Return the standing by the items' mean vector and their covariance."""
        return self._vectors.standing(self.people(histories), items)

    @cached_property
    def _vectors(self) -> Vectors:
        return Vectors(self._factors)

    def arrays(self) -> Arrays:
        """Return the vectors."""
        return {"factors": self._factors, "people_gram": self._people_gram}

    @classmethod
    def restored(cls, items: Sequence[str], settings: IalsSettings, arrays: Arrays) -> Self:
        """Return the model with these vectors."""
        return cls(items, settings, factors=arrays["factors"], people_gram=arrays["people_gram"])

    def _solved(self, asked: sparse.csr_matrix, vectors: Factors, gram: Factors) -> Factors:
        """Return the solution of each row: weights (n, m) of vectors (m, factors) whose products add up to `gram`."""
        weighted = asked.copy()
        weighted.data = 1 + self.settings.confidence * weighted.data
        solver = copy(self._solver)
        solver.item_factors, solver._YtY = vectors, gram  # the library would sum the products of these vectors alone
        return np.asarray(solver.recalculate_user(np.arange(asked.shape[0]), weighted), np.float32)

    @cached_property
    def _solver(self) -> Any:
        return _library_model(self.settings, seed=0)


def _library_model(settings: IalsSettings, *, seed: int) -> Any:
    from implicit.cpu.als import AlternatingLeastSquares

    with _one_blas_thread():  # it warns where its own threads and BLAS's would compete
        return AlternatingLeastSquares(
            factors=settings.factors,
            regularization=settings.penalty,
            iterations=settings.rounds,
            random_state=seed,
        )


def _one_blas_thread() -> Any:
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, "blas")
