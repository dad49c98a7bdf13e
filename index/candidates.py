"""The candidates of a query: what each list finds, with every list's view of every candidate.

Lists are BM25 over titles, BM25 over everything, and a list for each embedder. Knows the stores; does not rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.embed import Embedder, Vectors
from index.embed.languages import Usual
from index.lexical import WordReader
from index.ranking.cards import Card
from index.vectors import VectorCollection
from index.words.asking import Asked

DEPTH = 300
"""Candidates that are ranked. On esci-us .96 of what is exact is among the first 300, .91 among the first 100."""
RRF = 60
"""Source: Cormack, Clarke and Büttcher 2009."""
MANY = 5_000
"""Up to this many allowed products a list is asked for these alone; beyond, it is read deep and sifted."""

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Space:
    """What one embedder reads: the collection of its main field and, where there is one, that of a second field."""

    embedder: Embedder
    fields: Mapping[str, VectorCollection]
    usual: Usual

    @property
    def main(self) -> VectorCollection:
        """The collection of the field that products are compared by."""
        return next(iter(self.fields.values()))

    def nearest(self, vector: Vectors, limit: int, within: Sequence[str] | None) -> dict[str, float]:
        """Return the cosine of the nearest products in whichever field is nearer, nearest first."""
        found: dict[str, float] = {}
        for collection in self.fields.values():
            for id_, cosine in collection.nearest(vector, limit, within=within).items():
                found[id_] = max(cosine, found.get(id_, -1.0))
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


@dataclass(frozen=True, slots=True)
class Seen:
    """How one embedder sees the candidates: cosines (n,) to the query, `best` those of its own list, vectors (n, d)."""

    embedder: str
    cosines: Scores
    best: Scores
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of a query, by reciprocal ranks fused, and how each list scores them; 0 is not found.

    `seen` has an entry for each embedder, `None` for one that cannot read the query. `frequency` is the number of
    products that carry a token, of `total`; `best` is the highest BM25 score of a list. `lists` are what each list
    found by itself, best first. `foreign` tells that the catalogue has no word of the query, nor its script.
    """

    ids: tuple[str, ...]
    cards: tuple[Card, ...]
    fused: Scores
    words: Mapping[str, Scores]
    best: Mapping[str, float]
    seen: tuple[Seen | None, ...]
    frequency: Mapping[str, int]
    total: int
    lists: tuple[tuple[str, ...], ...]
    foreign: bool


def gather(asked: Asked, words: WordReader, spaces: Sequence[Space], allowed: Mapping[str, object]) -> Candidates:
    """Return the candidates among the allowed products."""
    few = list(allowed) if len(allowed) <= min(MANY, words.count // 2) else None
    sift = len(allowed) < words.count
    depth = DEPTH if few is not None or not sift else 4 * DEPTH
    found = {field: words.best(field, asked.searched, 3 * depth, within=few) for field in ("title", "full")}
    foreign = not found["full"] and asked.chinese is not words.chinese
    vectors = [_vector(space, asked, foreign=foreign) for space in spaces]
    near = [space.nearest(v, depth, few) if v is not None else {} for space, v in zip(spaces, vectors, strict=True)]
    lists = [{id_: score for id_, score in one.items() if id_ in allowed} for one in (*found.values(), *near)]
    fused = fuse([list(one) for one in lists if one])
    cards = words.cards(sorted(fused, key=lambda id_: (-fused[id_], id_))[:DEPTH])
    ids = tuple(cards)
    tokens = {token for word in asked.wanted for token in word}
    return Candidates(
        ids=ids,
        cards=tuple(cards.values()),
        fused=np.array([fused[id_] for id_ in ids]),
        words={field: np.array([one.get(id_, 0.0) for id_ in ids]) for field, one in zip(found, lists, strict=False)},
        best={field: max(one.values(), default=0.0) for field, one in zip(found, lists, strict=False)},
        seen=tuple(
            None if v is None else _seen(space, v, ids, one)
            for space, v, one in zip(spaces, vectors, lists[len(found) :], strict=True)
        ),
        frequency={token: words.frequency("full", token) for token in tokens},
        total=words.count,
        lists=tuple(map(tuple, lists)),
        foreign=foreign,
    )


def fuse(lists: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return the fused score of each id, at most 1: first in every list.

    >>> fuse([["a", "b"], ["a"]])["a"]
    1.0
    """
    fused: dict[str, float] = {}
    for one in lists:
        for rank, id_ in enumerate(one):
            fused[id_] = fused.get(id_, 0.0) + RRF / (RRF + rank) / len(lists)
    return fused


def _vector(space: Space, asked: Asked, *, foreign: bool) -> Vectors | None:
    """The query's vector, `None` where the embedder cannot read it; `foreign` to all that the catalogue says."""
    if space.embedder.english_only and asked.chinese:
        return None
    text = asked.text.encode("utf-8", "ignore").decode("utf-8")  # tokenizers refuse half surrogates
    vector: Vectors = space.embedder.queries([text])[0]
    return space.usual.without_language(vector, chinese=asked.chinese) if foreign else vector


def _seen(space: Space, vector: Vectors, ids: Sequence[str], near: Mapping[str, float]) -> Seen:
    there, vectors = space.main.get(ids)
    rows = {id_: row for row, id_ in enumerate(there)}
    aligned = np.zeros((len(ids), len(vector)), np.float32)
    for at, id_ in enumerate(ids):
        if id_ in rows:
            aligned[at] = vectors[rows[id_]]
    cosines = (aligned @ vector).astype(np.float64)
    better = np.array([near.get(id_, -1.0) for id_ in ids])
    return Seen(space.embedder.name, np.maximum(cosines, better), np.array(list(near.values())), aligned)
