"""What buyers wrote about one thing: how many mention it, how they rate, and the sentence that says it best.

Counts words; asks no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation.reading.words import HAN
from assistant.wording.repeatable import repeatable
from index.product import Review

_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_FAULTS = re.compile(
    r"\b(?:complain|moan|grumbl|dislike|hate|downside|drawback|disappoint|regret)|抱怨|吐槽|缺点|不满|槽点"
)
LONGEST_QUOTE = 180
"""Characters of a quoted sentence."""
READ = 400
"""Reviews of a product that are read."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """`count` of `total` reviews mention it, with this mean of stars; `quote` is a sentence of one of them.

    The quote is empty where none of them may be repeated.
    """

    count: int
    total: int
    stars: float
    quote: str
    review: Review


def mentions(reviews: Sequence[Review], words: Sequence[str], language: str) -> Mentions | None:
    """Return what reviews say of these words, `None` where none does; quoted in the reply's language if it can be."""
    pattern = _pattern(words)
    found = [(review, quote) for review in reviews if (quote := _quote(review, pattern))]
    if not found:
        return None
    stars = sum(review.rating for review, _ in found) / len(found)
    told = [pair for pair in found if repeatable(f"{pair[0].title}\n{pair[0].body}")] or [(found[0][0], "")]
    review, quote = min(told, key=lambda pair: _fitness(pair[0], pair[1], language, stars))
    return Mentions(len(found), len(reviews), stars, quote, review)


def overall(reviews: Sequence[Review], language: str, *, critical: bool = False) -> Mentions | None:
    """Return what reviews say altogether: the mean of stars and a typical sentence, or one of the least content."""
    if not reviews:
        return None
    least = min(review.rating for review in reviews)
    said = mentions([review for review in reviews if review.rating == least] if critical else reviews, (".",), language)
    whole = mentions(reviews, (".",), language)
    return replace(whole, quote=said.quote, review=said.review) if said and whole else whole


def asks_for_faults(message: str) -> bool:
    """Return whether a message asks what buyers found wanting."""
    return bool(_FAULTS.search(message.lower()))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    parts = ["." if w == "." else re.escape(w) if HAN.search(w) else rf"\b{re.escape(w)}\b" for w in words]
    return re.compile("|".join(parts), re.IGNORECASE)


def _quote(review: Review, pattern: re.Pattern[str]) -> str:
    """Return the first sentence of a review that mentions it, empty where none does."""
    for sentence in _SENTENCE.split(f"{review.body}"):
        if pattern.search(sentence) and len(sentence.strip()) <= LONGEST_QUOTE and len(sentence.strip()) > 5:
            return sentence.strip()
    return review.title.strip() if review.title and pattern.search(review.title) else ""


def _fitness(review: Review, quote: str, language: str, stars: float) -> tuple[bool, float, bool, int]:
    """Order quotes: in the reply's language, near the mean opinion, from a buyer, not too short."""
    return (review.language != language, abs(review.rating - stars), not review.verified, abs(len(quote) - 80))
