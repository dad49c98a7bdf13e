"""Writes the reviews of the demo shop: ten thousand, in both languages, with the ratings that the products then carry.

Every product has strong and weak sides of its own, so its reviewers agree with each other. Sentences are opinions, or
follow from a fact of the product's record; none can contradict it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from assistant.demo.names import author
from assistant.demo.products import Grown, grown
from assistant.demo.sentences import fill
from assistant.demo.vocabulary import Pair, pair, read
from index.product import Review

COUNT = 10_000
CHINESE_SHARE = 0.4
LAST_DAY = date(2026, 11, 15)
STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the buyers of one product think: praise by aspect, complaints of its weak side, and how they rate."""

    praise: tuple[tuple[Pair, ...], ...]
    complaints: tuple[Pair, ...]
    weights: tuple[float, ...]


@lru_cache(maxsize=2)
def reviews(seed: int = 7) -> tuple[Review, ...]:
    """Return all reviews, oldest first within each product; the same for the same seed."""
    chance = Random(f"{seed}:reviews")
    written = read("reviews")
    found: list[Review] = []
    for one, count in zip(grown(seed), _counts(len(grown(seed)), chance), strict=True):
        opinion = _opinion(one, written, chance)
        days = sorted(chance.randrange(900) for _ in range(count))
        for day in reversed(days):
            found.append(_review(f"R{len(found) + 1:05}", one, opinion, written=written, chance=chance, day=day))
    return tuple(found)


def ratings(seed: int = 7) -> Mapping[str, tuple[float, int]]:
    """Return mean (two decimals) and number of the ratings by product id; products without reviews are absent."""
    stars: dict[str, list[int]] = defaultdict(list)
    for review in reviews(seed):
        stars[review.product_id].append(review.rating)
    return {key: (round(sum(found) / len(found), 2), len(found)) for key, found in stars.items()}


def _counts(products: int, chance: Random) -> list[int]:
    """Share out the reviews: a few products have many, most have some, a few have none yet. The sum is `COUNT`."""
    weights = [0.0 if chance.random() < 0.03 else math.exp(chance.gauss(0, 0.85)) for _ in range(products)]
    exact = [weight * COUNT / sum(weights) for weight in weights]
    counts = [int(one) for one in exact]
    nearest = sorted(range(products), key=lambda i: exact[i] - counts[i], reverse=True)
    for i in nearest[: COUNT - sum(counts)]:
        counts[i] += 1
    return counts


def _opinion(one: Grown, written: Mapping[str, Any], chance: Random) -> Opinion:
    aspects = list(one.draft.kind.aspects)
    weak = chance.choice(aspects)
    strong = [name for name in aspects if name != weak] or aspects
    praise = [written["aspects"][name]["good"] for name in strong]
    for key, values in written["facts"].items():
        fact = one.draft.facts.get(key)
        if fact and fact.value in values:
            praise.append(values[fact.value])
    quality = chance.gauss(4.15, 0.4)
    weights = tuple(math.exp(-((stars - quality - 0.45) ** 2) / 1.1) + 0.04 for stars in STARS)
    return Opinion(
        praise=tuple(tuple(map(pair, one)) for one in praise),
        complaints=tuple(map(pair, written["aspects"][weak]["bad"])),
        weights=weights,
    )


def _review(
    identity: str, one: Grown, opinion: Opinion, *, written: Mapping[str, Any], chance: Random, day: int
) -> Review:
    stars = chance.choices(STARS, opinion.weights)[0]
    language = "zh" if chance.random() < CHINESE_SHARE else "en"
    side = 1 if language == "zh" else 0
    sentences = [fill(text, one.draft) for text in _body(stars, opinion, written, chance)]
    return Review(
        id=identity,
        product_id=one.product.id,
        rating=stars,
        title=pair(chance.choice(written["titles"][str(stars)]))[side],
        body=("" if side else " ").join(sentence[side] for sentence in sentences),
        author=author(language, chance),
        language=language,
        written_on=(LAST_DAY - timedelta(days=day)).isoformat(),
        verified=chance.random() < 0.85,
    )


def _body(stars: int, opinion: Opinion, written: Mapping[str, Any], chance: Random) -> list[Pair]:
    """Choose an opener, praise and complaints as the stars have it, and sometimes a last word."""
    praise = {5: (1, 2, 2, 3), 4: (1, 1, 2), 3: (0, 1, 1), 2: (0, 1), 1: (0,)}[stars]
    complaints = {5: (0,), 4: (0, 0, 1), 3: (1,), 2: (1, 2), 1: (1, 2)}[stars]
    chosen = [pair(chance.choice(written["openers"][str(stars)]))] if chance.random() < 0.75 else []
    sides = chance.sample(opinion.praise, min(chance.choice(praise), len(opinion.praise)))
    chosen += [chance.choice(side) for side in sides]
    chosen += _some(opinion.complaints, chance.choice(complaints) if chosen else 1 if stars < 5 else 0, chance)
    if not chosen:
        chosen = [chance.choice(chance.choice(opinion.praise))]
    if chance.random() < 0.25:
        chosen.append(pair(chance.choice(written["closers"]["good" if stars > 3 else "bad"])))
    return chosen


def _some(sentences: tuple[Pair, ...], count: int, chance: Random) -> list[Pair]:
    return chance.sample(sentences, min(count, len(sentences)))
