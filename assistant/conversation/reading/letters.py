"""Intents by letters: a linear layer over hashed words, runs of letters and telling words, shipped as a small file.

`teaching.py` makes the file. Needs nothing but NumPy, so that the first message waits for nothing. Knows no catalogue.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from assistant.conversation.reading.table import rows

FILE = Path(__file__).with_name("letters.npz")
BUCKETS = 2**15
LONGEST = 4
"""Letters of a run; five changed nothing."""
CUE_WEIGHT = 0.5
"""Measured by four folds over the first phrases: without cues .69, with them .88."""
Floats = npt.NDArray[np.float32]


def grams(text: str) -> Iterator[str]:
    """Yield words, pairs of words and runs of letters within words of a normal text.

    >>> list(grams("ab c"))[:3]
    ['w ab', 'w c', 'p ab c']
    """
    words = text.split()
    yield from (f"w {word}" for word in words)
    yield from (f"p {one} {other}" for one, other in itertools.pairwise(words))
    for word in words:
        framed = f" {word} "
        for size in range(1, LONGEST + 1):
            yield from (f"c{framed[at : at + size]}" for at in range(len(framed) - size + 1))


def counts(text: str) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the buckets of a text's grams and how much each counts, before it is known how rare they are."""
    found = Counter(crc32(gram.encode()) % BUCKETS for gram in grams(text))
    buckets = np.fromiter(found.keys(), np.int64, len(found))
    return buckets, 1 + np.log(np.fromiter(found.values(), np.float32, len(found)))


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each group of words that tells an intent."""
    return tuple(
        re.compile("|".join([rf"\b{re.escape(w)}\b" for w in english] + [re.escape(w) for w in chinese]))
        for _, english, chinese in rows("cues.tsv")
    )


def cues_of(text: str) -> Floats:
    """Return which groups of telling words a text holds, weighted beside the grams."""
    return np.array([CUE_WEIGHT if cue.search(text) else 0.0 for cue in _cues()], np.float32)


@dataclass(frozen=True, slots=True)
class Letters:
    """A trained layer: `weights` (BUCKETS + cues, intents), `rarity` (BUCKETS), `taught` a hash of the phrases."""

    intents: tuple[str, ...]
    rarity: Floats
    weights: Floats
    intercepts: Floats
    taught: str = ""

    def chances(self, texts: Sequence[str]) -> Mapping[str, float]:
        """Return the chance of each intent, the mean over several readings of one message."""
        mean = np.mean([self._one(text) for text in texts], axis=0)
        return dict(zip(self.intents, mean.tolist(), strict=True))

    def _one(self, text: str) -> Floats:
        buckets, amounts = counts(text)
        amounts = amounts * self.rarity[buckets]
        amounts = amounts / max(float(np.linalg.norm(amounts)), 1e-9)
        scores = amounts @ self.weights[buckets] + cues_of(text) @ self.weights[BUCKETS:] + self.intercepts
        weights: Floats = np.exp(scores - scores.max())
        chances: Floats = weights / weights.sum()
        return chances


@cache
def letters() -> Letters:
    """Return the layer that ships."""
    with np.load(FILE) as kept:
        return Letters(
            tuple(kept["intents"].tolist()),
            kept["rarity"].astype(np.float32),
            kept["weights"].astype(np.float32) * kept["scale"].astype(np.float32),
            kept["intercepts"].astype(np.float32),
            str(kept["taught"]),
        )
