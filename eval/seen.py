"""What an evaluation sees of one turn: the parts that left, gathered. Reads the stream that every page reads."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from assistant.conversation.parts import (
    ActionProposed,
    Card,
    Cards,
    CartShown,
    Comparison,
    Done,
    Handoff,
    Part,
    Question,
    Sentence,
    Understood,
)


@dataclass(slots=True)
class Seen:
    """One turn as it reached the shopper. Times are in milliseconds from the sending of the message."""

    message: str
    understood: Understood | None = None
    cards: tuple[Card, ...] = ()
    comparison: Comparison | None = None
    sentences: list[Sentence] = field(default_factory=list)
    question: Question | None = None
    cart: CartShown | None = None
    proposed: ActionProposed | None = None
    handoff: Handoff | None = None
    trace: dict[str, Any] = field(default_factory=dict)
    cards_ms: float | None = None
    first_model_ms: float | None = None
    reply_ms: float = 0.0

    @property
    def text(self) -> str:
        """All that was said, the clarifying question included."""
        said = [sentence.text for sentence in self.sentences]
        return " ".join(said + ([self.question.text] if self.question else []))

    def take(self, part: Part, at_ms: float) -> None:
        """Add one part that came `at_ms` after the message."""
        match part:
            case Understood():
                self.understood = part
            case Cards():
                self.cards, self.comparison = part.cards, part.comparison
                self.cards_ms = at_ms if self.cards_ms is None else self.cards_ms
            case Sentence():
                self.sentences.append(part)
                if part.by == "model" and self.first_model_ms is None:
                    self.first_model_ms = at_ms
            case Question():
                self.question = part
            case CartShown():
                self.cart = part
            case ActionProposed():
                self.proposed = part
            case Handoff():
                self.handoff = part
            case Done():
                self.trace = dict(part.trace)
            case _:
                pass
        self.reply_ms = at_ms


async def gather(message: str, parts: AsyncIterator[Part]) -> Seen:
    """Return the whole turn once its stream has ended."""
    seen, started = Seen(message), time.perf_counter()
    async for part in parts:
        seen.take(part, (time.perf_counter() - started) * 1000)
    return seen
