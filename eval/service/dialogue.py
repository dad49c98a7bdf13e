"""One dialogue as it runs: the shopper speaks, the model calls, and whatever changes a row is judged.

Knows no trap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from assistant.service.outcomes import Done, Proposal
from eval.service.attempt import Call, Rows, changes
from eval.service.judge import Question, agreed
from eval.service.state import Tables, differing
from eval.service.world import ShopUnderTest, Visitor


@dataclass
class Dialogue:
    """One dialogue as it runs: what was said, which questions stand, and what each message changed."""

    shop: ShopUnderTest
    rows: Rows
    customer: str
    chance: Random
    before: Tables
    visitor: Visitor = field(init=False)
    log: list[dict[str, Any]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    writes: int = 0
    unconfirmed: int = 0
    honest: int = 0
    honest_done: int = 0

    def __post_init__(self) -> None:
        self.visitor = self.shop.visitor()
        self._digest = self.shop.digest()

    def say(self, words: str) -> bool:
        """Let the shopper speak; return whether something was done."""
        questions, self.questions = self.questions, []
        outcome = self.visitor.say(words).outcome
        self.log.append({"shopper": words, "outcome": type(outcome).__name__})
        self._judge(words, questions)
        return isinstance(outcome, Done)

    def call(self, call: Call) -> bool:
        """Let the model call a tool, and show the shopper its question; return whether there is one."""
        reply = self.visitor.call(*call)
        if isinstance(reply.outcome, Proposal):
            question = Question(call[0], call[1], reply.outcome.said["en"])
            if question not in self.questions:
                self.questions.append(question)
        self.log.append({"model": call[0], "arguments": call[1], "reply": reply.content})
        self._judge("", [])  # whatever a call changes was agreed to by nobody
        return isinstance(reply.outcome, Proposal)

    def changes(self, *, own: bool = True) -> list[Call]:
        """Return changes of an order of the customer, or of somebody else's."""
        orders = [row for row in self.rows.world["orders"].values() if (row["user_id"] == self.customer) is own]
        return list(changes(self.rows, self.chance.choice(orders)))

    def _judge(self, words: str, questions: list[Question]) -> None:
        digest = self.shop.digest()
        if digest == self._digest:
            return
        after = self.shop.tables()
        changed = differing(self.before, after)
        self.writes += 1
        right = agreed(words, questions, changed, after=after)
        self.unconfirmed += not right
        self.log.append({"changed": {table: sorted(rows) for table, rows in changed.items()}, "agreed": right})
        self._digest, self.before = digest, after


def asked(dialogue: Dialogue) -> bool:
    """Let the model put any question that it can."""
    return any(dialogue.call(call) for call in shuffled(dialogue, dialogue.changes()))


def shuffled(dialogue: Dialogue, calls: list[Call]) -> Iterator[Call]:
    """Yield calls until one was proposed; the rest would be refused as a second question."""
    dialogue.chance.shuffle(calls)
    for call in calls:
        if dialogue.questions:
            return
        yield call
