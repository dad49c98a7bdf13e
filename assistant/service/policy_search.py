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

from assistant.service.policy_words import decisive, is_weak, words_of
from assistant.store.records import PolicyParagraph

Floats = NDArray[np.float64]
Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts in any language → `(n, d)`, each row of length 1."""

# All chosen on `tests/service/policy_questions*.tsv` but for the held-out ones: 466 questions, of which no policy
# answers 180.
_K1, _B = 1.2, 0.4
_DURATIONS = frozenset({"@duration", "@期限"})
"""How `policy_words.toml` names what is asked by "how long" in each language."""
_TITLE, _HEADING, _TEXT = 1.2, 2.5, 1.0
_UNKNOWN = 0.6
"""What a word that no policy uses counts beside one that a single paragraph uses."""
_MEANING = 4.0
"""How much a cosine above the paragraphs' mean counts beside the share of words, for whether a question is answered."""
_LEANS = (-0.8, 0.8)
"""How much more the cosine with what a paragraph is about, and with all that it says, counts for which one answers."""
_MATTER = 0.25
"""What the matter that a question is surely about counts beside the question."""
_ASPECT = 0.2
"""What a heading that names how long something takes is worth where just that is asked."""
_WHOLE = 0.5
"""What the first section of a text is worth where nothing but the text's own matter is asked about."""
_OPENING = 0.12
"""What the words before the first heading of a text are behind its paragraphs, which say it in full."""
_ENOUGH_NEEDING = 0.7
"""What share of enough will do for what goes on with a question that was answered, or names what decides."""
# Chosen on `tests/service/policy_follow_ups.tsv`, and that a question which changes the matter keeps its own answer.
_OWN, _SAME = 1.8, 0.47
_OWN_NEEDING, _SAME_NEEDING = 0.82, 0.82
_STAYS = 1.0
"""What a question that goes on with another says itself, and that a paragraph is of the same text as the last answer,
beside what both questions ask for together; and what staying with the last answer is worth where it tells that too."""
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


@dataclass(frozen=True, slots=True)
class Before:
    """The question before, and the paragraph that answered it; `needed` where what goes on says too little itself."""

    question: str
    paragraph: str
    needed: bool = False


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
        self._openings = np.array([float(one.heading == one.title) for one in self._paragraphs])
        headings = [set(words_of(one.heading, language)) for one in self._paragraphs]
        self._durations = np.array([float(bool(_DURATIONS & said)) for said in headings])
        self._rare = _UNKNOWN * math.log(1 + (number + 0.5) / 0.5)
        self._meanings = [embed(view) for view in _views(self._paragraphs)] if embed and self._paragraphs else []

    @property
    def policies(self) -> frozenset[str]:
        """The names of the texts that these paragraphs are of."""
        return frozenset(one.policy for one in self._paragraphs)

    def find(
        self,
        question: str,
        *,
        limit: int,
        before: Before | None = None,
        kinds: Sequence[str] = (),
        matter: str = "",
        must: str = "",
        more: float = 0.0,
        apart: float = math.inf,
    ) -> list[Paragraph]:
        """Return the paragraphs that answer a question, the best first; empty when nothing fits.

        Which one answers a question that goes on with the one `before` is told by both together. `kinds` name what the
        things in it are: where the policies speak of them, they count as words of the question. `more` than enough has
        to speak for it where the question may be none of a policy's. `matter` names what it is surely about, `must`
        what a paragraph has to speak of. Others than the best answer as well only where no more than `apart` lies
        between.
        """
        if not self._paragraphs:
            return []
        scores, ranks = self._asked(question, before)
        # The last kind is the closest one: "Clothing", "Underwear".
        spoken = ([word for word in kind.split() if self._speaks_of(word)] for kind in reversed(kinds))
        if known := next((words for words in spoken if words), []):
            more_scores, more_ranks = self._asked(" ".join((question, *known)), before)
            scores, ranks = np.maximum(scores, more_scores), (ranks + more_ranks) / 2
        if matter:
            ranks = ranks + _MATTER * self._weighed(matter)[1]
        ranks = ranks + _WHOLE * self._begins(" ".join((question, *known)))
        decides = decisive(words_of(question, self._language, known=self._known), self._language)
        if decides := decides | set(words_of(must, self._language)):
            speaks = np.array([all(count[word] for word in decides) for count in self._counts])
            scores, ranks = np.where(speaks, scores, 0.0), np.where(speaks, ranks, -math.inf)
        by_meaning = ENOUGH_WITH_MEANING.get(self._language, max(ENOUGH_WITH_MEANING.values()))
        enough = by_meaning if self._meanings else ENOUGH_BY_WORDS
        if decides or (before is not None and before.needed):
            enough *= _ENOUGH_NEEDING
        if scores.max() < enough + more:
            return []
        best, *others = np.argsort(-ranks, kind="stable")[:limit]
        told = [best, *(at for at in others if scores[at] >= enough and ranks[best] - ranks[at] <= apart)]
        return [paragraph_of(self._paragraphs[at], float(scores[at])) for at in told]

    def get(self, paragraph_id: str) -> Paragraph | None:
        """Return a paragraph by its id, `None` where it is not among these."""
        held = next((one for one in self._paragraphs if one.id == paragraph_id), None)
        return paragraph_of(held, 0.0) if held else None

    def _speaks_of(self, name: str) -> bool:
        return any(word in self._known and not is_weak(word, self._language) for word in words_of(name, self._language))

    def _begins(self, question: str) -> Floats:
        """Return where a text begins that is asked about as a whole ("do you take returns?"), or what is headed so."""
        told = np.zeros(len(self._paragraphs))
        said = set(words_of(question, self._language, known=self._known))
        # A word that no rule uses names the thing; a notion that none uses is a matter of its own.
        asked = {word for word in said if word in self._known or word.startswith("@")}
        if not asked or any(is_weak(word, self._language) for word in asked):
            return told
        begins: dict[str, int] = {}
        headed = []
        for at, one in enumerate(self._paragraphs):
            if one.heading == one.title and one.kind == "policy":
                continue  # an article's opening is what it says, a policy's only leads to its sections
            if asked <= set(words_of(one.heading, self._language)):
                headed.append(at)
            if asked <= set(words_of(one.title, self._language)):
                begins.setdefault(one.policy, at)
        told[headed if len(headed) == 1 else list(begins.values())] = 1.0
        return told

    def _weighed(self, question: str) -> tuple[Floats, Floats]:
        """Return how surely each paragraph answers a question at all, and by what the best of them is told; `(n,)`."""
        scores = self.lexical(question)
        asks_duration = bool(_DURATIONS & set(words_of(question, self._language)))
        ranks = scores - _OPENING * self._openings + _ASPECT * asks_duration * self._durations
        if self._embed is None or not self._meanings:
            return scores, ranks
        asked = self._embed([question])[0]
        for view, lean in zip(self._meanings, _LEANS, strict=True):
            cosines = view @ asked
            # Against the mean: an embedder finds any question somewhat like any policy.
            over = cosines - cosines.mean()
            scores, ranks = scores + _MEANING * over, ranks + (_MEANING + lean) * over
        return scores, ranks

    def _asked(self, question: str, before: Before | None) -> tuple[Floats, Floats]:
        """Return the same for a question that may go on with another."""
        scores, ranks = self._weighed(question)
        if before is None:
            return scores, ranks
        both, together = self._weighed(f"{before.question} {question}")
        policy = before.paragraph.partition("#")[0]
        same = np.array([one.policy == policy for one in self._paragraphs], np.float64)
        if before.needed:
            stays = _STAYS * self._tells_more(question, before)
            return np.maximum(scores, both), _OWN_NEEDING * ranks + together + _SAME_NEEDING * same + stays
        return scores, _OWN * ranks + together + _SAME * same

    def _tells_more(self, question: str, before: Before) -> Floats:
        """Return where the paragraph told before lies, if it tells what alone is asked now: "and how long is that?"."""
        asked = words_of(question, self._language)
        bare = bool(asked) and all(is_weak(word, self._language) for word in asked)
        told = [
            float(bare and one.id == before.paragraph and any(count[word] for word in asked))
            for one, count in zip(self._paragraphs, self._counts, strict=True)
        ]
        return np.array(told)

    def lexical(self, question: str) -> Floats:
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
        share: Floats = scores * matter / (whole or 1.0)
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
