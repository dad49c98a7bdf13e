"""Any sentence-transformers model, by a hub's name or a folder. Knows no default and no store.

Imports PyTorch, and only when such a model is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from index.embed import Vectors
from index.errors import EmbedderUnavailable


class SentenceEmbedder:
    """A sentence-transformers model, with the prompts that it names for queries and documents."""

    def __init__(self, model: str, *, threads: int = 0) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        if threads:
            torch.set_num_threads(threads)
        try:
            self._model: Any = SentenceTransformer(model)
        except (OSError, ValueError) as error:
            raise EmbedderUnavailable(model, str(error).splitlines()[0]) from error
        self._name = model

    @property
    def name(self) -> str:
        """What is kept with a collection."""
        return self._name

    @property
    def dimension(self) -> int:
        """How long a vector is."""
        return int(self._model.get_embedding_dimension())

    @property
    def english_only(self) -> bool:
        """False: nothing is known of the model's languages."""
        return False

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what shoppers ask."""
        return self._vectors(self._model.encode_query, texts)

    def products(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what is said of products."""
        return self._vectors(self._model.encode_document, texts)

    def _vectors(self, encode: Any, texts: Sequence[str]) -> Vectors:
        found = encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(found, np.float32).reshape(len(texts), self.dimension)
