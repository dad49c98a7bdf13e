"""How a few items stand among all of them: their scores, and the mean and deviation of all scores.

That is all a reason needs, and by the structure of most models it can be had without scoring every item for every
history that lacks something. Knows arrays, no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Standing:
    """Of n histories and m items `scores` (n, m); of each history's scores of all items `mean` and `deviation` (n,)."""

    scores: Values
    mean: Values
    deviation: Values

    @classmethod
    def of_all(cls, scores: npt.NDArray[Any], items: Sequence[int]) -> Standing:
        """Return the standing where all scores are there, (n, items)."""
        mean = scores.mean(axis=1, dtype=np.float64)
        centred = scores - mean.astype(scores.dtype)[:, None]
        variance = np.array([row @ row for row in centred], np.float64) / scores.shape[1]
        return cls(scores[:, list(items)].astype(np.float64), mean, np.sqrt(variance))

    @classmethod
    def of_sparse(cls, scores: sparse.csr_matrix, items: Sequence[int]) -> Standing:
        """Return the standing where most scores are 0.

        >>> Standing.of_sparse(sparse.csr_matrix([[0, 3.0, 0]]), [1]).mean
        array([1.])
        """
        width = scores.shape[1]
        mean = np.asarray(scores.sum(axis=1), np.float64).ravel() / width
        squares = np.asarray(scores.multiply(scores).sum(axis=1), np.float64).ravel() / width
        deviation = np.sqrt(np.maximum(squares - mean**2, 0.0))
        return cls(scores[:, list(items)].toarray().astype(np.float64), mean, deviation)

    def standard(self) -> Values:
        """Return the scores in deviations from the mean, (n, m); 0 where all scores are equal."""
        centred: Values = self.scores - self.mean[:, None]
        scale = self.deviation[:, None]
        return np.divide(centred, scale, out=np.zeros_like(centred), where=scale > 0)


class Vectors:
    """The items' vectors, (items, width), of a model whose score is the product of two vectors.

    Mean and deviation of the scores follow from the vectors' own mean and covariance, which are worked out once.
    """

    def __init__(self, vectors: npt.NDArray[Any]) -> None:
        self._vectors = vectors
        self._mean: Values = vectors.mean(axis=0, dtype=np.float64)
        centred = vectors - self._mean.astype(vectors.dtype)
        self._covariance: Values = (centred.T @ centred).astype(np.float64) / len(vectors)

    def standing(self, asked: npt.NDArray[Any], items: Sequence[int]) -> Standing:
        """Return the standing of items for what is asked, (n, width)."""
        asked = asked.astype(np.float64)
        spread = np.einsum("nw,wv,nv->n", asked, self._covariance, asked, optimize=True)
        scores = asked @ self._vectors[list(items)].astype(np.float64).T
        return Standing(scores, asked @ self._mean, np.sqrt(np.maximum(spread, 0.0)))
