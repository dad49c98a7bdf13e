"""Collects the questions that nothing answered, near-duplicates as one, with nothing in them that tells who asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from assistant.service.knowledge.anonymous import anonymous
from assistant.service.knowledge.questions import LONGEST, normal, same_question
from assistant.store.knowledge_gaps import GapKind, KnowledgeGaps

SHORTEST = 2
"""Characters that a question has at least once punctuation is gone."""


class Unanswered:
    """Where a turn leaves what it could not answer. Thread-safe."""

    def __init__(self, gaps: KnowledgeGaps, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._gaps, self._clock = gaps, clock

    def note(self, question: str, *, language: str, kind: GapKind) -> None:
        """Count a question once more; texts too short to ask anything are left out."""
        told = " ".join(anonymous(question[: 2 * LONGEST], language).split())[:LONGEST]
        if len(normal(told)) < SHORTEST:
            return
        self._gaps.add(
            told,
            language=language,
            kind=kind,
            at=self._clock(),
            same=lambda known: next((one for one in known if same_question(one.question, told, language)), None),
        )
