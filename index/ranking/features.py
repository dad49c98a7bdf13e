"""What ranking looks at: each candidate of a query as a row of figures.

Figures are relative to the query's own candidates, so that weights learned in one shop serve another. Nothing here
depends on how popular a product is. Knows candidates; no weights and no judgments.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from index.candidates import Candidates, Scores, Seen
from index.ranking.cards import Card
from index.words.asking import FREE, Asked, denials

LEADERS = 8
"""Candidates whose mean stands for what the query is about (pseudo-relevance feedback)."""
VOTERS = 20
"""Candidates that vote on the category and the brand."""
NEIGHBOURS = 5

LISTS = ("fused", "title", "title_of_ideal", "title_rank", "full", "full_of_ideal", "full_rank")
COVERS = ("title_cover", "full_cover", "brand_cover", "category_cover", "option_cover", "title_all", "full_all")
SHAPES = ("missing", "pairs", "unwanted", "title_focus", "category_agrees", "brand_agrees")
SPACES = ("meaning", "english")
VIEWS = ("gap", "z", "rank", "near_leaders", "neighbours")
NAMES = (*LISTS, *COVERS, *SHAPES, *(f"{space}_{view}" for space in SPACES for view in VIEWS))
"""The columns, in order."""


def features(asked: Asked, found: Candidates) -> Scores:
    """Return (candidates, len(NAMES)); NaN where an embedder cannot read the query or is not there."""
    columns: dict[str, Scores] = {"fused": found.fused}
    weights = _weights(asked, found)
    for field in ("title", "full"):
        scores = found.words[field]
        columns[field] = scores / (found.best[field] or 1.0)
        columns[f"{field}_of_ideal"] = scores / (2.2 * sum(weights) or 1.0)
        columns[f"{field}_rank"] = _rank(scores)
    columns |= _covers(asked, found, weights)
    columns |= _shapes(asked, found)
    for number, space in enumerate(SPACES):
        seen = found.seen[number] if number < len(found.seen) else None
        views = _views(seen, found.fused) if seen is not None else {}
        for view in VIEWS:
            columns[f"{space}_{view}"] = views.get(view, np.full(len(found.ids), np.nan))
    return np.stack([columns[name] for name in NAMES], axis=1) if found.ids else np.empty((0, len(NAMES)))


def _weights(asked: Asked, found: Candidates) -> list[float]:
    """How much each wanted word says: its inverse document frequency, as in BM25."""
    weights = []
    for word in asked.wanted:
        count = max((found.frequency[token] for token in word), default=0)
        weights.append(math.log(1 + (found.total - count + 0.5) / (count + 0.5)))
    return weights


def _rank(scores: Scores) -> Scores:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return 1 / (1 + ranks / 20)


def _covers(asked: Asked, found: Candidates, weights: list[float]) -> dict[str, Scores]:
    """Return the share of the wanted words, by weight, that stands in each place; and how many stand nowhere."""
    tokens = sorted({token for word in asked.wanted for token in word})
    places = {
        "title": [[token in card.title_tokens for token in tokens] for card in found.cards],
        "brand": [[token in card.brand_tokens for token in tokens] for card in found.cards],
        "category": [[token in card.category_tokens for token in tokens] for card in found.cards],
        "option": [[token in card.options for token in tokens] for card in found.cards],
        "full": [card.carries(tokens) for card in found.cards],
    }
    serves = np.array([[word.get(token, 0.0) for token in tokens] for word in asked.wanted]).reshape(
        len(asked.wanted), len(tokens)
    )
    shares = np.array(weights) / (sum(weights) or 1.0)
    columns: dict[str, Scores] = {}
    for place, stands in places.items():
        served = _served(np.array(stands, bool).reshape(len(found.cards), len(tokens)), serves)
        columns[f"{place}_cover"] = served @ shares
        if place in ("title", "full"):
            columns[f"{place}_all"] = (columns[f"{place}_cover"] > 0.999).astype(np.float64)
        if place == "full":
            columns["missing"] = (served == 0).sum(axis=1).astype(np.float64)
    return columns


def _served(stands: npt.NDArray[np.bool_], serves: Scores) -> Scores:
    """Return (cards, words): how well the best token of a word that stands on a card serves."""
    if not serves.size or not len(stands):
        return np.zeros((len(stands), len(serves)))
    best: Scores = (stands[:, None, :] * serves[None]).max(axis=2)
    return best


def _shapes(asked: Asked, found: Candidates) -> dict[str, Scores]:
    cards = found.cards
    wanted = {token for word in asked.wanted for token in word}
    order = np.argsort(-found.fused, kind="stable")[:VOTERS]
    voters = [(cards[at], 1 / (1 + place / 5)) for place, at in enumerate(order)]
    return {
        "pairs": np.array(
            [sum(p in card.title_pairs for p in asked.pairs) / max(1, len(asked.pairs)) for card in cards]
        ),
        "unwanted": np.array([float(carries_unwanted(asked, card)) for card in cards]),
        "title_focus": np.array([len(wanted & card.title_tokens) / max(1, len(card.title_tokens)) for card in cards]),
        "category_agrees": _agreement(cards, voters, lambda card: card.leaf),
        "brand_agrees": _agreement(cards, voters, lambda card: card.brand),
    }


def carries_unwanted(asked: Asked, card: Card) -> bool:
    """Return whether a title carries an unwanted word, other than to say that it is not there."""
    if not asked.unwanted & card.title_tokens:
        return False
    title = card.title_words
    for at, token in enumerate(title):
        if token in asked.unwanted:
            before, after = title[max(0, at - 2) : at], title[at + 1 : at + 2]
            if not denials() & set(before) and FREE not in after:
                return True
    return False


def _agreement(cards: tuple[Card, ...], voters: list[tuple[Card, float]], said: Callable[[Card], str]) -> Scores:
    """Return the weight of the leading candidates that say the same; 0 for those that say nothing."""
    votes: Counter[str] = Counter()
    for card, weight in voters:
        votes[said(card)] += weight  # type: ignore[assignment]
    del votes[""]
    total = sum(votes.values()) or 1.0
    return np.array([votes[said(card)] / total for card in cards])


def _views(seen: Seen, fused: Scores) -> dict[str, Scores]:
    spread = float(seen.best[:200].std()) or 1.0
    leaders = np.argsort(-fused, kind="stable")[:LEADERS]
    weights = 1 / (1 + np.arange(len(leaders)))
    centre = (seen.vectors[leaders] * weights[:, None]).sum(axis=0)
    near = seen.vectors @ (centre / (np.linalg.norm(centre) or 1.0))
    return {
        "gap": (seen.cosines - seen.best[:10].mean()) / spread,
        "z": (seen.cosines - seen.best[:200].mean()) / spread,
        "rank": _rank(seen.cosines),
        "near_leaders": (near - near.mean()) / (float(near.std()) or 1.0),
        "neighbours": _neighbours(seen, fused),
    }


def _neighbours(seen: Seen, fused: Scores) -> Scores:
    """Return the mean fused score of each candidate's nearest other candidates."""
    count = min(NEIGHBOURS, len(fused) - 1)
    if count < 1:
        return fused.copy()
    likeness = seen.vectors @ seen.vectors.T
    np.fill_diagonal(likeness, -2.0)
    nearest = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
    mean: Scores = fused[nearest].mean(axis=1)
    return mean
