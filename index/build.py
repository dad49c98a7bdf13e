"""The index of a shop: catalogue, vectors and words under one roof, and how the two follow the first.

Knows which embedder reads which field; not how hits are ranked. One process at a time writes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from index.candidates import Space
from index.catalogue import Catalogue
from index.embed import Embedder, EmbedSettings, open_embedders
from index.embed.languages import Usual
from index.fields import FIELDS, every_title, everything, text_hash
from index.lexical import Entry, WordIndex
from index.product import Product
from index.ranking.cards import make_card
from index.ranking.rank import Ranking, chosen
from index.search import Searcher
from index.vectors import VectorCollection, VectorStore

BATCH = 512
"""Products between two commits: what is lost, and done again, when the process is killed."""
WORDS = "words-2"
"""The folder of the words; another name whenever another version of this package reads them differently."""
RANKING = "ranking.json"
"""Weights of a shop's own, under its home; without them those that ship are used."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. `embedded` counts products of which at least one text was embedded anew."""

    embedded: int
    indexed: int
    withdrawn: int
    seconds: float


class Index:
    """A shop's catalogue with everything needed to search it."""

    def __init__(
        self, catalogue: Catalogue, words: WordIndex, vectors: VectorStore, *, spaces: Sequence[Space], ranking: Ranking
    ) -> None:
        self.catalogue, self._words, self._vectors, self._spaces = catalogue, words, vectors, tuple(spaces)
        self.searcher = Searcher(catalogue, words, self._spaces, ranking)

    @classmethod
    def open(cls, home: Path, database: Engine, *, embedders: EmbedSettings, chroma_url: str = "") -> Index:
        """Open the index under `home`, or begin one.

        Raises:
            IndexMismatch: its vectors were made by another embedder.
            EmbedderUnavailable: the embedder is not to be had.
        """
        return cls.assemble(home, database, open_embedders(embedders), chroma_url=chroma_url)

    @classmethod
    def assemble(cls, home: Path, database: Engine, embedders: Sequence[Embedder], *, chroma_url: str = "") -> Index:
        """Open the index under `home` with these embedders."""
        catalogue = Catalogue(database)
        catalogue.create()
        if not (home / WORDS).exists():
            catalogue.forget_indexed()
        vectors = VectorStore(home / "vectors", chroma_url)
        spaces = _spaces(vectors, embedders)
        return cls(catalogue, WordIndex(home / WORDS), vectors, spaces=spaces, ranking=chosen(home / RANKING))

    @classmethod
    def clear(cls, home: Path, database: Engine, *, chroma_url: str = "") -> None:
        """Forget all vectors and words, so that the next sync builds them again, by another embedder if need be."""
        vectors = VectorStore(home / "vectors", chroma_url)
        vectors.drop()
        vectors.close()
        catalogue = Catalogue(database)
        catalogue.create()
        catalogue.forget_indexed()

    @property
    def multilingual(self) -> Embedder | None:
        """The embedder that reads every language, for whoever else needs vectors of what shoppers say."""
        return next((space.embedder for space in self._spaces if not space.embedder.english_only), None)

    def sync(self, progress: Callable[[str, int, int], None] | None = None) -> SyncReport:
        """Bring vectors and words up to date with the catalogue, in batches that are committed one by one.

        `progress` is told of the step, how many products are done and how many there are.
        """
        started = time.monotonic()
        pending = self.catalogue.pending()
        self._withdraw(pending.withdrawn)
        embedded = 0
        for start in range(0, len(pending.changed), BATCH):
            if progress:
                progress("indexing", start, len(pending.changed))
            ids = pending.changed[start : start + BATCH]
            embedded += self._index(list(self.catalogue.get(ids).values()))
            self.catalogue.mark_indexed(ids, hashes=pending.hashes)
        if progress and pending.changed:
            progress("indexing", len(pending.changed), len(pending.changed))
        return SyncReport(embedded, len(pending.changed), len(pending.withdrawn), time.monotonic() - started)

    def close(self) -> None:
        """Let go of the files; the database stays its owner's."""
        self._vectors.close()

    def _withdraw(self, ids: Sequence[str]) -> None:
        if ids:
            for space in self._spaces:
                for collection in space.fields.values():
                    collection.delete(ids)
            self._words.delete(ids)
            self.catalogue.mark_indexed(ids)

    def _index(self, products: Sequence[Product]) -> int:
        embedded: set[str] = set()
        for space in self._spaces:
            for field, collection in space.fields.items():
                embedded |= _embed(space.embedder, field, collection, products)
        self._words.put({p.id: Entry(every_title(p), everything(p), make_card(p)) for p in products})
        return len(embedded)


def _embed(embedder: Embedder, field: str, vectors: VectorCollection, products: Sequence[Product]) -> set[str]:
    """Embed the texts of a field that changed; return the ids of their products."""
    texts = {product.id: FIELDS[field](product) for product in products}
    hashes = {id_: text_hash(text) for id_, text in texts.items() if text}
    known = vectors.hashes(list(texts))
    changed = [id_ for id_ in hashes if known.get(id_) != hashes[id_]]
    vectors.delete([id_ for id_ in known if id_ not in hashes])
    if changed:
        vectors.put(changed, embedder.products([texts[id_] for id_ in changed]), hashes)
    return set(changed)


def _spaces(vectors: VectorStore, embedders: Sequence[Embedder]) -> list[Space]:
    """A collection for each embedder and the fields it reads."""
    spaces = []
    for number, embedder in enumerate(embedders):
        names = ("english",) if embedder.english_only else ("title", "other")
        fields = {
            name: vectors.collection(f"{number}-{name}-vectors", embedder=embedder.name, dimension=embedder.dimension)
            for name in names
        }
        spaces.append(Space(embedder, fields, Usual(embedder)))
    return spaces
