"""What is said of items as hashed features: the search's tokens and pairs of neighbours. Knows texts, no model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from index.words.text import tokens


def features(text: str) -> list[str]:
    """Return a text's tokens and the pairs of them that stand side by side, within each of its `|` parts.

    >>> features("red tea | pot")
    ['red', 'tea', 'red tea', 'pot']
    """
    found: list[str] = []
    for part in text.split("|"):
        own = tokens(part)
        found += [*own, *(f"{one} {other}" for one, other in pairwise(own))]
    return found


def hashed(words: Sequence[str], width: int) -> sparse.csr_matrix:
    """Return which of `width` features each text has, (texts, width), 1 or 0."""
    from sklearn.feature_extraction.text import HashingVectorizer

    shape = {"n_features": width, "alternate_sign": False, "norm": None, "binary": True}
    return sparse.csr_matrix(HashingVectorizer(analyzer=features, **shape).transform(words))


def rarest(words: Sequence[str], *, width: int, most: int) -> npt.NDArray[np.int64]:
    """Return the `most` rarest features of each text that another text shares, (texts, most), plus one; 0 fills up."""
    found = hashed(words, width)
    used = np.bincount(found.indices, minlength=width)
    table = np.zeros((len(words), most), np.int64)
    for row in range(len(words)):
        own = found.indices[found.indptr[row] : found.indptr[row + 1]]
        own = own[used[own] > 1]
        own = own[np.argsort(used[own], kind="stable")][:most]
        table[row, : len(own)] = own + 1
    return table
