"""How a shopper feels: a weighted list of words in both languages, with negation, emphasis and "but".

The words lie in `sentiment.tsv`. Knows nothing of what is wanted, and nothing of irony.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.conversation.reading.table import rows

Feeling = Literal["negative", "neutral", "positive"]
CLEAR = 0.35
"""From this score on a message is positive, below its negative it is negative."""
SOFT = 3.0
"""Weights that add up to this give a score of tanh(1) = .76."""
_NOT = re.compile(
    r"(?:\b(?:not|no|never|isn'?t|wasn'?t|aren'?t|don'?t|doesn'?t|didn'?t|can'?t|cannot|hardly|without|nothing|far from)"
    r"(?: (?:at all|had|have|really|very|so|too|that|even|a|an|the|any|been|be|exactly|particularly|feel|felt))* |[不没未无](?:有|太|是|怎么|算|很|那么)?)$"
)
_MUCH = re.compile(
    r"(?:\b(?:very|really|so|extremely|absolutely|totally|incredibly|completely) |[很太真好超]|非常|特别|实在)$"
)
_BUT = re.compile(r"\b(?:but|however|yet|although)\b|但是?|可是|不过|然而")
BEFORE = 0.4
"""What is said before a "but" counts this much."""


@dataclass(frozen=True, slots=True)
class Sentiment:
    """A feeling and its score from -1 (worst) to 1 (best)."""

    feeling: Feeling = "neutral"
    score: float = 0.0


def sentiment(message: str) -> Sentiment:
    """Return how the writer of a message feels.

    >>> sentiment("I am not happy with this").feeling, sentiment("Thanks, the lamp is lovely!").feeling
    ('negative', 'positive')
    >>> sentiment("where is my order").feeling, sentiment("太失望了").feeling
    ('neutral', 'negative')
    """
    said = message.lower().replace("’", "'")
    *before, last = _BUT.split(said)
    weight = _weight(last) + BEFORE * sum(_weight(part) for part in before)
    if weight and (message.count("!") + message.count("！") > 1 or _shouted(message)):
        weight *= 1.4
    score = math.tanh(weight / SOFT)
    feeling: Feeling = "positive" if score >= CLEAR else "negative" if score <= -CLEAR else "neutral"
    return Sentiment(feeling, round(score, 3))


def _weight(said: str) -> float:
    """Return the sum of what the words weigh; longer words first, so that none counts twice."""
    total = 0.0
    for pattern, weight in _words():
        for found in pattern.finditer(said):
            before = said[max(0, found.start() - 30) : found.start()]
            if _NOT.search(before):
                total += -0.8 * weight if weight > 0 else -0.3 * weight
            else:
                total += weight * (1.5 if _MUCH.search(before) else 1.0)
        said = pattern.sub(lambda found: "·" * len(found[0]), said)
    return total


def _shouted(message: str) -> bool:
    """Return whether most of a message is in capitals."""
    letters = [letter for letter in message if letter.isascii() and letter.isalpha()]
    return len(letters) > 12 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)


@cache
def _words() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Return the patterns with their weights, the longest words first."""
    listed = [(word, float(weight[0])) for weight, *words in rows("sentiment.tsv") for said in words for word in said]
    listed.sort(key=lambda one: -len(one[0]))
    return tuple((re.compile(_pattern(word)), weight) for word, weight in listed)


def _pattern(word: str) -> str:
    if not word.isascii():
        return re.escape(word)
    ending = r"\w*" if word.endswith("*") else r"\b"
    return rf"\b{re.escape(word.strip('*'))}{ending}"
