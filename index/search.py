"""Search: the products that meet the filters, retrieved by vectors and words, fused and ranked.

Knows the catalogue, the vectors and the words; no shopper and no conversation. Thread-safe.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.catalogue import Catalogue
from index.embed import Embedder
from index.lexical import WordIndex
from index.query import Hit, Query, SearchResult
from index.text import is_chinese, tokens
from index.vectors import VectorCollection

POOL = 200
"""How far each list is read."""
RRF = 60
"""Source: Cormack, Clarke and Büttcher 2009."""


@dataclass(frozen=True, slots=True)
class Space:
    """A field in the vectors of one embedder."""

    embedder: Embedder
    field: str
    vectors: VectorCollection


class Searcher:
    """Finds products."""

    def __init__(self, catalogue: Catalogue, words: WordIndex, spaces: Sequence[Space]) -> None:
        self._catalogue, self._words, self._spaces = catalogue, words, tuple(spaces)

    def refresh(self) -> None:
        """Forget what is kept of the products; called after a sync."""

    def search(self, query: Query) -> SearchResult:
        """Return the best products for a query; what meets no condition is never among them."""
        started = time.perf_counter()
        allowed = self._catalogue.matching(query.filters)
        scores = self._scores(query.text, allowed) if query.text.strip() else {}
        order = sorted(allowed, key=lambda id_: (-scores.get(id_, 0.0), id_))
        chosen = order if query.sort != "relevance" or not scores else order[: query.limit]
        products = self._catalogue.get(chosen)
        hits = [Hit(product, allowed[id_], scores.get(id_, 0.0)) for id_, product in products.items()]
        return SearchResult(
            hits=tuple(_sorted(hits, query, by_words=bool(scores))[: query.limit]),
            total=len(allowed),
            timings_ms={"search": 1000 * (time.perf_counter() - started)},
        )

    def similar(self, product_id: str, limit: int) -> list[Hit]:
        """Return the products most like one, without it."""
        space = self._spaces[0]
        ids, vectors = space.vectors.get([product_id])
        if not ids:
            return []
        near = space.vectors.nearest(vectors[0], limit + 1)
        near.pop(product_id, None)
        products = self._catalogue.get(list(near)[:limit])
        return [Hit(p, tuple(v.id for v in p.variants), near[id_]) for id_, p in products.items()]

    def _scores(self, text: str, allowed: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
        asked = dict.fromkeys(tokens(text), 1.0)
        lists = [list(self._words.best(field, asked, len(allowed) + POOL)) for field in ("title", "full")]
        for space in self._spaces:
            if not (space.embedder.english_only and is_chinese(text)):
                lists.append(list(space.vectors.nearest(space.embedder.queries([text])[0], 2 * POOL)))
        fused: dict[str, float] = {}
        for found in lists:
            for rank, id_ in enumerate(id_ for id_ in found if id_ in allowed):
                fused[id_] = fused.get(id_, 0.0) + 1 / (RRF + rank)
        return fused


def _sorted(hits: list[Hit], query: Query, *, by_words: bool) -> list[Hit]:
    if query.sort in ("price_low", "price_high"):
        sign = 1 if query.sort == "price_low" else -1

        def price(hit: Hit) -> tuple[bool, int]:
            met = [v.price_minor for v in hit.product.variants if v.id in hit.variant_ids]
            known = [price for price in met if price is not None]
            return (not known, sign * min(known) if known else 0)

        return sorted(hits, key=price)
    if query.sort == "rating" or not by_words:
        return sorted(hits, key=lambda hit: (-(hit.product.rating or 0.0), -(hit.product.rating_count or 0)))
    return hits
