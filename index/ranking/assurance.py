"""How sure the search is that the shop has what the words ask for, so that the assistant can say when it has not.

Logistic models over the best hits: how many of the wanted words they carry, and how near they are in meaning. Knows
candidates and features; no wording.

Fitted on 718 queries: ESCI's, and the demo shop's kinds of product in English and Chinese, each asked with and without
the products that fit, and things that neither shop has. By cross-validation .82 of the English verdicts are right and
.90 of the Chinese ones; of Chinese queries in a shop without a Chinese word, only .75.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.candidates import Candidates, Scores
from index.ranking.features import NAMES
from index.words.asking import Asked

LIKELY = 0.5
"""From which confidence on hits count as what was asked for."""
TOP = 3
"""Hits that are judged; the best title among `TITLES`."""
TITLES = 5
WHOLE = 0.999
Order = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of the share of words that the best hits carry, of the best title's share, and of the mean cosine.

    Only the cosines of `embedder` were fitted; without it `typical` stands for them, which says nothing either way.
    """

    words: float
    title: float
    nearness: float
    start: float
    embedder: str
    typical: float


ENGLISH = Judge(4.64, 1.29, 5.71, -7.64, "all-minilm-l6-v2", 0.58)
CHINESE = Judge(5.97, 1.64, 45.29, -44.91, "e5-small-0.3.0", 0.862)
FOREIGN = Judge(0.0, 0.0, 28.73, -4.17, "e5-small-0.3.0", 0.145)
"""For a language that the shop has no word of, where no word can match."""


def confidence(asked: Asked, found: Candidates, features: Scores, order: Order) -> float:
    """Return the chance that the best hits are what was asked for, 0 to 1; `order` are the rows, best first."""
    if not len(order):
        return 0.0
    if not asked.wanted:
        return 1.0
    judge = FOREIGN if found.foreign else CHINESE if asked.chinese else ENGLISH
    title = float(features[order[:TITLES], NAMES.index("title_cover")].max())
    shared = float(features[order[:TOP], NAMES.index("full_cover")].mean())
    # One title with every word is what was asked for, however little company it has.
    words = 1.0 if title > WHOLE else shared
    odds = judge.start + judge.words * words + judge.title * title + judge.nearness * _nearness(found, judge)
    return 1 / (1 + math.exp(-odds))


def _nearness(found: Candidates, judge: Judge) -> float:
    for seen in found.seen:
        if seen is not None and seen.embedder == judge.embedder:
            return float(np.sort(seen.cosines)[::-1][:TOP].mean())
    return judge.typical
