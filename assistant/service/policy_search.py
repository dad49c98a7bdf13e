"""Finds the paragraphs of the policies that answer a question, or none: by words, and by meaning given an embedder.

Knows no database and no Markdown. Thread-safe: nothing changes after it is built.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.service.policy_words import is_weak, words_of
from assistant.store.records import PolicyParagraph

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts in any language → `(n, d)`, each row of length 1."""

# All chosen on `tests/service/policy_questions*.tsv` but for the held-out ones: 466 questions, of which no policy
# answers 180.
_K1, _B = 1.2, 0.4
_TITLE, _HEADING, _TEXT = 1.2, 2.5, 1.0
_UNKNOWN = 0.6
"""What a word that no policy uses counts beside one that a single paragraph uses."""
_MEANING = 4.0
"""How much a cosine above the paragraphs' mean counts beside the share of words."""
MEASURED_WITH = "e5-small"
"""How the name of the embedder begins whose cosines `_MEANING` and what is enough were chosen for."""
ENOUGH_BY_WORDS = 0.27
ENOUGH_WITH_MEANING = {"en": 0.52, "zh": 0.40}
"""By the policies' language: the embedder tells Chinese sentences apart by less. Others need as much as English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph that answers a question; `score` compares the paragraphs of one question."""

    id: str
    policy: str
    heading: str
    text: str
    language: str
    version: str
    score: float
    number: int = 1
    title: str = ""
    kind: str = "policy"

    @property
    def source(self) -> str:
        """Where it is cited from, with the version that said so: "policy:returns@3#refund-time"."""
        return f"policy:{self.policy}@{self.number}#{self.id.removeprefix(f'{self.policy}#')}"


class PolicySearch:
    """The current paragraphs of one language, ready to be asked.

    BM25 over title, heading and text (Robertson and Zaragoza, 2009), as a share of what a paragraph that holds every
    word of the question would get; a word that no policy uses counts as a rare one, so that a question about something
    else scores low.
    """

    def __init__(self, paragraphs: Sequence[PolicyParagraph], language: str, *, embed: Embed | None = None) -> None:
        self._paragraphs, self._language, self._embed = tuple(paragraphs), language, embed
        self._counts = [_weighted(one, language) for one in self._paragraphs]
        self._lengths = np.array([sum(count.values()) for count in self._counts])
        documents = Counter(word for count in self._counts for word in count)
        number = len(self._paragraphs)
        self._idf = {word: math.log(1 + (number - df + 0.5) / (df + 0.5)) for word, df in documents.items()}
        self._known = frozenset(self._idf)
        self._rare = _UNKNOWN * math.log(1 + (number + 0.5) / 0.5)
        self._meanings = [embed(view) for view in _views(self._paragraphs)] if embed and self._paragraphs else []

    @property
    def policies(self) -> frozenset[str]:
        """The names of the texts that these paragraphs are of."""
        return frozenset(one.policy for one in self._paragraphs)

    def find(self, question: str, *, limit: int) -> list[Paragraph]:
        """Return the paragraphs that answer a question, the best first; empty when nothing fits."""
        scores = self.scores(question)
        by_meaning = ENOUGH_WITH_MEANING.get(self._language, max(ENOUGH_WITH_MEANING.values()))
        enough = by_meaning if self._meanings else ENOUGH_BY_WORDS
        order = np.argsort(-scores, kind="stable")[:limit]
        return [paragraph_of(self._paragraphs[at], float(scores[at])) for at in order if scores[at] >= enough]

    def get(self, paragraph_id: str) -> Paragraph | None:
        """Return a paragraph by its id, `None` where it is not among these."""
        held = next((one for one in self._paragraphs if one.id == paragraph_id), None)
        return paragraph_of(held, 0.0) if held else None

    def scores(self, question: str) -> NDArray[np.float64]:
        """Return how well each paragraph answers a question, `(n,)`."""
        scores = self.lexical(question)
        if self._embed is None or not self._meanings:
            return scores
        asked = self._embed([question])[0]
        for view in self._meanings:
            cosines = view @ asked
            # Against the mean: an embedder finds any question somewhat like any policy.
            scores = scores + _MEANING * (cosines - cosines.mean())
        return scores

    def lexical(self, question: str) -> NDArray[np.float64]:
        """Return for each paragraph the share of the question's words that it holds, `(n,)`, 0 to 1."""
        asked = list(dict.fromkeys(words_of(question, self._language, known=self._known)))
        scores = np.zeros(len(self._paragraphs))
        mean = self._lengths.mean() if len(self._lengths) else 1.0
        norm = _K1 * (1 - _B + _B * self._lengths / mean)
        matter = np.zeros(len(self._paragraphs), dtype=bool)
        for word in asked:
            tf = np.array([count.get(word, 0.0) for count in self._counts])
            scores += self._idf.get(word, self._rare) * tf / (tf + norm)
            matter |= (tf > 0) & (not is_weak(word, self._language))
        whole = sum(self._idf.get(word, self._rare) for word in asked)
        share: NDArray[np.float64] = scores * matter / (whole or 1.0)
        return share


def _weighted(paragraph: PolicyParagraph, language: str) -> Counter[str]:
    count: Counter[str] = Counter()
    for text, weight in ((paragraph.title, _TITLE), (paragraph.heading, _HEADING), (paragraph.text, _TEXT)):
        for word in words_of(text, language):
            count[word] += weight  # type: ignore[assignment]
    return count


def paragraph_of(paragraph: PolicyParagraph, score: float = 0.0) -> Paragraph:
    """Return a kept paragraph as one that answers."""
    return Paragraph(
        id=paragraph.id,
        policy=paragraph.policy,
        heading=paragraph.heading,
        text=paragraph.text,
        language=paragraph.language,
        version=paragraph.version,
        score=score,
        number=paragraph.number,
        title=paragraph.title,
        kind=paragraph.kind,
    )


def _views(paragraphs: Sequence[PolicyParagraph]) -> tuple[list[str], list[str]]:
    """Return what each paragraph is about, and that with what it says: a question may be near to either."""
    about = [f"{one.title}: {one.heading}" for one in paragraphs]
    return about, [f"{matter}\n{one.text}" for matter, one in zip(about, paragraphs, strict=True)]
