"""Vectors in Chroma, a collection per embedder and field. The one module that imports Chroma.

Knows ids and vectors; not what they were made of, nor what ranks them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.config import Settings

from index.embed import Vectors
from index.errors import IndexMismatch
from index.mirror import Mirror

CHUNK = 2000
"""Vectors of one call; Chroma refuses more than its database takes in one statement."""
MIRRORED = 50_000
"""Up to this many vectors a collection is kept in memory and searched exactly, at 1.5 kB a vector of 384."""


class VectorStore:
    """The vectors under a folder, or on a Chroma server by its URL."""

    def __init__(self, folder: Path, url: str = "") -> None:
        settings = Settings(anonymized_telemetry=False)
        if url:
            parts = urlsplit(url)
            secure = parts.scheme == "https"
            port = parts.port or (443 if secure else 8000)
            self._client: Any = chromadb.HttpClient(parts.hostname or url, port, ssl=secure, settings=settings)
        else:
            self._client = chromadb.PersistentClient(str(folder), settings)

    def collection(self, name: str, *, embedder: str, dimension: int) -> VectorCollection:
        """Return a collection by name, empty at first.

        Raises:
            IndexMismatch: it holds the vectors of another embedder.
        """
        kept = {"embedder": embedder, "dimension": dimension}
        # Measured on esci-us: .995 of the 300 exact neighbours at this search width.
        space: Any = {"hnsw": {"space": "cosine", "ef_search": 400, "ef_construction": 100, "max_neighbors": 24}}
        found = self._client.get_or_create_collection(name, configuration=space, metadata=kept, embedding_function=None)
        built = found.metadata or {}
        if built.get("embedder") != embedder or built.get("dimension") != dimension:
            raise IndexMismatch(str(built.get("embedder")), embedder)
        return VectorCollection(found)

    def drop(self) -> None:
        """Forget every collection."""
        for collection in self._client.list_collections():
            self._client.delete_collection(collection.name)

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


class VectorCollection:
    """One field's vectors by product id, each with the hash of the text it was made from."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection
        self._mirror: Mirror | None = None
        self._lock = threading.Lock()

    def count(self) -> int:
        """Return the number of vectors."""
        return int(self._collection.count())

    def hashes(self, ids: Sequence[str]) -> dict[str, str]:
        """Return id → hash of the text, for those that are there."""
        found = self._collection.get(ids=list(ids), include=["metadatas"])
        return {id_: str(meta["text"]) for id_, meta in zip(found["ids"], found["metadatas"], strict=True)}

    def put(self, ids: Sequence[str], vectors: Vectors, hashes: Mapping[str, str]) -> None:
        """Add or replace vectors."""
        for start in range(0, len(ids), CHUNK):
            chunk = list(ids[start : start + CHUNK])
            marks = [{"text": hashes[id_]} for id_ in chunk]
            self._collection.upsert(ids=chunk, embeddings=vectors[start : start + CHUNK], metadatas=marks)
        with self._lock:
            if self._mirror is not None:
                self._mirror = self._mirror.changed(ids, vectors)

    def delete(self, ids: Iterable[str]) -> None:
        """Take vectors out; ids that are not there are no error."""
        gone = list(ids)
        for start in range(0, len(gone), CHUNK):
            self._collection.delete(ids=gone[start : start + CHUNK])
        with self._lock:
            if self._mirror is not None:
                self._mirror = self._mirror.without(gone)

    def nearest(self, vector: Vectors, limit: int, *, within: Sequence[str] | None = None) -> dict[str, float]:
        """Return the cosines of the nearest products, nearest first; `within` restricts them to some ids."""
        mirror = self.mirror()
        if mirror is not None:
            return mirror.nearest(vector, limit, within=within)
        limit = min(limit, self.count() if within is None else len(within))
        if limit < 1:
            return {}
        restricted = {} if within is None else {"ids": list(within)}
        found = self._collection.query(
            query_embeddings=vector[None], n_results=limit, include=["distances"], **restricted
        )
        return {id_: 1.0 - far for id_, far in zip(found["ids"][0], found["distances"][0], strict=True)}

    def get(self, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Return the ids that are there, and their vectors (n, dimension)."""
        mirror = self.mirror()
        if mirror is not None:
            return mirror.get(ids)
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        return list(found["ids"]), np.asarray(found["embeddings"], np.float32)

    def mirror(self) -> Mirror | None:
        """Return the vectors in memory, read now if they were not; `None` where there are too many."""
        if self._mirror is not None:
            return self._mirror if len(self._mirror) <= MIRRORED else None
        count = self.count()
        if count > MIRRORED:
            return None
        with self._lock:
            if self._mirror is None:
                self._mirror = self._read(count)
        return self._mirror

    def _read(self, count: int) -> Mirror:
        ids: list[str] = []
        parts: list[Vectors] = []
        for start in range(0, count, CHUNK):
            found = self._collection.get(limit=CHUNK, offset=start, include=["embeddings"])
            ids += found["ids"]
            parts.append(np.asarray(found["embeddings"], np.float32))
        return Mirror(ids, np.concatenate(parts) if parts else np.empty((0, 0), np.float32))
