"""A sparse matrix as plain arrays and back, for model files. Knows no model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse


def parted(name: str, matrix: sparse.csr_matrix) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays that make up a matrix, each named after it."""
    return {
        f"{name}.data": matrix.data,
        f"{name}.indices": matrix.indices,
        f"{name}.indptr": matrix.indptr,
        f"{name}.shape": np.array(matrix.shape),
    }


def joined(name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> sparse.csr_matrix:
    """Return the matrix that `parted` took apart.

    >>> joined("m", parted("m", sparse.csr_matrix([[0, 2]]))).toarray()
    array([[0, 2]])
    """
    parts = tuple(arrays[f"{name}.{part}"] for part in ("data", "indices", "indptr"))
    return sparse.csr_matrix(parts, tuple(int(side) for side in arrays[f"{name}.shape"]))
