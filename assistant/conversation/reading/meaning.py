"""Intents by meaning: a linear layer over the vectors of a multilingual embedder, shipped as a small file.

`teaching.py` makes the file. Used only with the embedder it was made for; knows no catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).with_name("meaning.npz")
SCALE = 5.0
"""Vectors of this embedder lie close together: without their mean and made longer they separate."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A trained layer: `coefficients` (intents, dimension) over vectors less `mean`, for one embedder.

    `taught` is a hash of the phrases that it learned.
    """

    embedder: str
    intents: tuple[str, ...]
    mean: npt.NDArray[np.float32]
    coefficients: npt.NDArray[np.float32]
    intercepts: npt.NDArray[np.float32]
    taught: str = ""

    def chances(self, vector: npt.NDArray[np.float32]) -> dict[str, float]:
        """Return the chance of each intent."""
        scores = (vector - self.mean) * SCALE @ self.coefficients.T + self.intercepts
        weights = np.exp(scores - scores.max())
        return dict(zip(self.intents, (weights / weights.sum()).tolist(), strict=True))


@cache
def layer() -> Layer:
    """Return the layer that ships."""
    return read(FILE)


def read(file: Path) -> Layer:
    """Return the layer in a file."""
    with np.load(file) as kept:
        return Layer(
            str(kept["embedder"]),
            tuple(kept["intents"].tolist()),
            kept["mean"].astype(np.float32),
            kept["coefficients"].astype(np.float32),
            kept["intercepts"].astype(np.float32),
            str(kept["taught"]),
        )
