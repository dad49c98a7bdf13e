"""Search: the products that meet the filters, found by vectors and words, and ranked.

Knows the catalogue, the candidates and the ranking; no shopper and no conversation. Thread-safe.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import ThreadpoolController

from index.candidates import Candidates, Scores, Space, gather
from index.catalogue import Catalogue
from index.lexical import WordIndex, WordReader
from index.query import Filters, Hit, Query, SearchResult
from index.ranking.assurance import LIKELY, confidence
from index.ranking.features import features
from index.ranking.rank import Ranking
from index.relax import emptied
from index.words.asking import Asked, ask
from index.words.spelling import mend
from index.words.text import stem

SORTED = 40
"""The most relevant hits, which alone are put in order of price or rating: the cheapest of all is rarely meant."""
Allowed = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of a query with what ranking looks at: features (candidates, features)."""

    candidates: Candidates
    features: Scores


class Searcher:
    """Finds products."""

    def __init__(self, catalogue: Catalogue, words: WordIndex, spaces: Sequence[Space], ranking: Ranking) -> None:
        self._catalogue, self._words, self._spaces = catalogue, words, tuple(spaces)
        self._ranking = ranking
        self._one_thread = ThreadpoolController()

    def search(self, query: Query) -> SearchResult:
        """Return the best products for a query; what fails a condition is never among them."""
        started = time.perf_counter()
        allowed = self._catalogue.matching(query.filters)
        if not allowed:
            return SearchResult(
                hits=(), total=0, emptied=emptied(self._catalogue, query.filters), timings_ms=_since(started)
            )
        if not query.text.strip():
            return self._listed(query, allowed, started)
        return self._ranked(query, allowed, started)

    def find(self, text: str, filters: Filters | None = None) -> Found:
        """Return the candidates of a text with their features, not yet ranked, as tuning needs them."""
        return self._gather(ask(text), self._words.reader, self._catalogue.matching(filters or Filters()))

    @property
    def ranking(self) -> Ranking:
        """The weights in force."""
        return self._ranking

    def rank(self, found: Found) -> Scores:
        """Return the scores of candidates, higher is better."""
        return self._ranking.score(found.features)

    def similar(self, product_id: str, limit: int) -> list[Hit]:
        """Return the products most like one, without it, by the mean of what the embedders see."""
        likeness: dict[str, float] = {}
        for space in self._spaces:
            ids, vectors = space.main.get([product_id])
            for id_, cosine in space.main.nearest(vectors[0], 4 * limit + 20).items() if ids else ():
                likeness[id_] = likeness.get(id_, 0.0) + cosine / len(self._spaces)
        likeness.pop(product_id, None)
        order = sorted(likeness, key=lambda id_: (-likeness[id_], id_))[:limit]
        products = self._catalogue.get(order)
        return [Hit(p, tuple(v.id for v in p.variants), likeness[id_]) for id_, p in products.items()]

    def _gather(self, asked: Asked, reader: WordReader, allowed: Allowed) -> Found:
        # Products of a few hundred vectors take a millisecond alone, but ten when their threads wait for a busy core.
        with self._one_thread.limit(limits=1, user_api="blas"):
            candidates = gather(asked, reader, self._spaces, allowed)
            return Found(candidates, features(asked, candidates))

    def _ranked(self, query: Query, allowed: Allowed, started: float) -> SearchResult:
        reader = self._words.reader
        corrected = mend(query.text, reader.spelled, lambda word: reader.frequency("full", stem(word)) > 0)
        asked = ask(corrected or query.text)
        found = self._gather(asked, reader, allowed)
        gathered = _since(started)["search"]
        scores = self._ranking.score(found.features)
        order = np.argsort(-scores, kind="stable")
        sure = confidence(asked, found.candidates, found.features, order)
        ranked = {found.candidates.ids[at]: float(scores[at]) for at in order}
        hits = self._hits(query, allowed, _with_rest(ranked, allowed, query))
        return SearchResult(
            hits=tuple(hits[: query.limit]),
            total=len(allowed),
            corrected=corrected,
            timings_ms=_since(started) | {"candidates": gathered},
            confidence=sure,
            matched=sure >= LIKELY,
        )

    def _listed(self, query: Query, allowed: Allowed, started: float) -> SearchResult:
        """What meets the filters, best rated first unless another order is asked for."""
        hits = self._hits(query, allowed, dict.fromkeys(allowed, 0.0))
        return SearchResult(hits=tuple(hits[: query.limit]), total=len(allowed), timings_ms=_since(started))

    def _hits(self, query: Query, allowed: Allowed, scores: Mapping[str, float]) -> list[Hit]:
        asked = bool(query.text.strip())
        depth = len(scores) if not asked else query.limit if query.sort == "relevance" else max(query.limit, SORTED)
        products = self._catalogue.get(list(scores)[:depth])
        hits = [Hit(product, allowed[id_], scores[id_]) for id_, product in products.items()]
        if asked and query.sort == "relevance":
            return hits
        return sorted(hits, key=_ORDERS.get(query.sort, _by_rating))


def _with_rest(ranked: dict[str, float], allowed: Allowed, query: Query) -> dict[str, float]:
    """Return the ranked and, where more is asked for, everything else that meets the filters, below them."""
    if query.limit <= len(ranked):
        return ranked
    lowest = min(ranked.values(), default=0.0) - 1.0
    return ranked | {id_: lowest for id_ in allowed if id_ not in ranked}


def _since(started: float) -> dict[str, float]:
    return {"search": 1000 * (time.perf_counter() - started)}


def _price(hit: Hit) -> int | None:
    """The lowest known price of the variants that meet the filters."""
    met = (variant.price_minor for variant in hit.product.variants if variant.id in hit.variant_ids)
    return min((price for price in met if price is not None), default=None)


def _by_price(hit: Hit) -> tuple[float, float]:
    price = _price(hit)
    return (price is None, price or 0)


def _by_price_falling(hit: Hit) -> tuple[float, float]:
    price = _price(hit)
    return (price is None, -(price or 0))


def _by_rating(hit: Hit) -> tuple[float, float]:
    return (-(hit.product.rating or 0.0), -(hit.product.rating_count or 0))


_ORDERS = {"price_low": _by_price, "price_high": _by_price_falling, "rating": _by_rating}
