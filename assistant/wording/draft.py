"""One point while it is being worded: what is still to be said, what was accepted and what was rejected.

Asks no model. `take` holds a model's sentence against the evidence; `closing` says what is left without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.wording import record
from assistant.wording.account import Account
from assistant.wording.evidence import Citation, Fact, Point, Written
from assistant.wording.mend import mended, without_invented_currency
from assistant.wording.phrases import say
from assistant.wording.reached import reached
from assistant.wording.sentences import is_finished
from assistant.wording.verify import Problem, verify

_WRAPPING = re.compile(r"^(?:[-*•\s]+|\d+\s*[|.)]\s*)+|\*\*")


@dataclass
class Draft:
    """The state of one point. `left` are the facts not yet said, most important first."""

    point: Point
    language: str
    left: list[Fact]
    accepted: int = 0
    attempts: int = 0
    rejected: list[str] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    shown: set[str] = field(default_factory=set)

    @property
    def silent(self) -> bool:
        """True where no model is to be asked: a refusal, or nothing to say."""
        return self.point.role == "refuse" or (not self.left and self.point.role != "smalltalk")

    @property
    def done(self) -> bool:
        """True when every fact has been said (a rule is told to its end)."""
        return not self.left and self.accepted > 0 and self.point.role != "policy"

    def take(self, text: str) -> Written | None:
        """Return a model's sentence if it holds (perhaps without unsupported praise), else `None`."""
        sentence = without_invented_currency(_WRAPPING.sub("", text).strip(), self.point.subject)
        for candidate in self._candidates(sentence):
            said = reached(self.left, candidate, self.language)
            if candidate in self.shown or (self.left and not said and self.point.role != "policy"):
                continue
            return self._accept(candidate, said)
        self.rejected.append(sentence)
        return None

    def _candidates(self, sentence: str) -> list[str]:
        problems = self._problems(sentence)
        if not problems:
            return [sentence]
        claims = [problem.claim for problem in problems]
        return [text for text in mended(sentence, claims, self.language) if not self._problems(text)]

    def _problems(self, sentence: str) -> tuple[Problem, ...]:
        if not is_finished(sentence):
            return (Problem("unfinished", sentence),)
        point = self.point
        return verify(sentence, point.subject, language=self.language, needs=point.needs, ask=point.ask)

    def _accept(self, text: str, said: Sequence[Fact]) -> Written:
        self.accepted += 1
        self.shown.add(text)
        self.left = [fact for fact in self.left if fact not in said]
        return self._written(text, said, "model")

    def closing(self) -> list[Written]:
        """Return what ends this point without a model: facts left, and must-haves that are not known to be met."""
        made = []
        if self.point.role == "smalltalk" and not self.accepted and not self.left:
            made.append(self._written(say("small_talk", self.language), (), "notice"))
        by: Literal["record", "notice"] = "notice" if self.point.role == "refuse" else "record"
        for text, facts in record.sentences(self.point.subject, self.left, self.language):
            made.append(self._written(text, facts, by))
        self.left = []
        return made + [self._written(text, (), "notice") for text in declared(self.point, self.language)]

    def _written(self, text: str, facts: Sequence[Fact], by: Literal["model", "record", "notice"]) -> Written:
        rejected, self.rejected = tuple(self.rejected), []
        return Written(
            text=text,
            subject_id=self.point.subject.id,
            by=by,
            reached=tuple(fact.key for fact in facts),
            citations=tuple(Citation(fact.label, fact.source) for fact in facts),
            attempts=max(1, self.attempts),
            rejected=rejected,
        )


def declared(point: Point, language: str) -> list[str]:
    """Return the notices of the must-haves that are not met or not known to be met."""
    name = record.short_name(point.subject)
    made = []
    for need in point.needs:
        if need.met is None:
            made.append(say("need_unknown", language, name=name, need=need.text))
        elif not need.met and need.fact is not None:
            fact = (
                f"{need.fact.label}: {need.fact.text}" if language != "zh" else f"{need.fact.label}：{need.fact.text}"
            )
            made.append(say("need_unmet_fact", language, name=name, need=need.text, fact=fact))
        elif not need.met:
            made.append(say("need_unmet", language, name=name, need=need.text))
    return made
