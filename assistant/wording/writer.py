"""Has a plan worded: sentence by sentence, each verified before it leaves. Does not decide what is said.

A small model is asked for one point at a time from that point's facts alone; a large one words the whole plan in one
call. What fails is asked for once more with its first fact alone, then said plainly from the record.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from assistant.errors import ModelUnavailable
from assistant.llm.contract import Engine, Message, Request
from assistant.wording import record
from assistant.wording.evidence import Citation, Fact, Plan, Point, Written
from assistant.wording.phrases import say
from assistant.wording.sentences import SentenceBuffer, is_finished
from assistant.wording.verify import verify
from prompts.render import render


@dataclass
class _State:
    plan: Plan
    alive: bool = True
    prompts: dict[str, str] = field(default_factory=dict)


class Writer:
    """Words plans with an engine. Any number of plans may be in work at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def write(self, plan: Plan) -> AsyncIterator[Written]:
        """Yield the sentences of a reply in order, each verified against the evidence of its subject."""
        state = _State(plan)
        for point in plan.points:
            async for written in self._point(point, state):
                yield written
        if not state.alive:
            yield Written(text=say("model_unavailable", plan.language), subject_id="", by="notice")

    async def _point(self, point: Point, state: _State) -> AsyncIterator[Written]:
        left = list(point.facts)
        rejected: list[str] = []
        for attempt, facts in enumerate((left, left[:1]), start=1):
            sentence = await self._ask(point, facts, state)
            if sentence is None:
                continue
            if not verify(sentence, point.subject, language=state.plan.language, needs=point.needs, ask=point.ask):
                reached = tuple(f for f in left if f.text in sentence)
                yield _written(sentence, point, reached, by="model", attempts=attempt, rejected=tuple(rejected))
                left = [f for f in left if f not in reached]
                break
            rejected.append(sentence)
        for text, facts in record.sentences(point.subject, left, state.plan.language):
            yield _written(text, point, facts, by="record", attempts=2, rejected=tuple(rejected))
        for notice in _declared(point, state.plan.language):
            yield notice

    async def _ask(self, point: Point, facts: Sequence[Fact], state: _State) -> str | None:
        if not state.alive or not facts:
            return None
        prompt = render(
            "recommend", state.plan.language, ask=point.ask, name=record.short_name(point.subject), facts=facts
        )
        messages = tuple(Message(turn.role, turn.text) for turn in prompt.turns)  # type: ignore[arg-type]
        request = Request(messages=messages, max_new_tokens=48, stop=("\n",), slot=f"recommend.{state.plan.language}")
        buffer = SentenceBuffer()
        try:
            async with aclosing(self._engine.stream(request)) as pieces:  # type: ignore[type-var]
                async for piece in pieces:
                    if found := buffer.feed(piece):
                        return found[0]
        except ModelUnavailable:
            state.alive = False
            return None
        rest = buffer.rest()
        return rest if is_finished(rest) else None


def _declared(point: Point, language: str) -> list[Written]:
    name = record.short_name(point.subject)
    made = []
    for need in point.needs:
        if need.met is None:
            made.append(say("need_unknown", language, name=name, need=need.text))
        elif not need.met:
            made.append(say("need_unmet", language, name=name, need=need.text))
    return [Written(text=text, subject_id=point.subject.id, by="notice") for text in made]


def _written(
    text: str, point: Point, facts: Sequence[Fact], *, by: str, attempts: int, rejected: tuple[str, ...]
) -> Written:
    return Written(
        text=text,
        subject_id=point.subject.id,
        by=by,  # type: ignore[arg-type]
        reached=tuple(fact.key for fact in facts),
        citations=tuple(Citation(fact.label, fact.source) for fact in facts),
        attempts=attempts,
        rejected=rejected,
    )
