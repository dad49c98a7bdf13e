"""One turn: a message in, typed parts out. Cards leave before the model starts; every part is remembered.

Knows nothing of pages. What can block (search, the store) runs in threads, so that shoppers do not wait for each other.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from anyio import CancelScope
from anyio.to_thread import run_sync

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.choose import prepare
from assistant.conversation.answers.finding import again
from assistant.conversation.asking import surer
from assistant.conversation.chips import chips, constraints, drop
from assistant.conversation.memory import Memory
from assistant.conversation.noting import deeds
from assistant.conversation.parts import Cards, Done, Part, Sentence, Suggestions, Understood, as_json
from assistant.conversation.reading.hiding import without_secrets
from assistant.conversation.reading.language import clean
from assistant.conversation.sources import Sources
from assistant.conversation.state import State
from assistant.conversation.understand import Understander
from assistant.conversation.understanding import Understanding
from assistant.llm.contract import warm
from assistant.people.portrait import Portrait
from assistant.store.event import person
from assistant.store.portraits import Statement
from assistant.store.principal import GUEST, Principal
from assistant.store.records import TurnRecord
from assistant.wording.account import Account
from assistant.wording.evidence import Plan, Point, Written
from assistant.wording.warming import openings
from index.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRequest:
    """What a shopper sent. `language` is the page's, for messages that do not tell; `drop_chip` is a chip removed."""

    session_id: str
    message: str
    principal: Principal = GUEST
    language: str | None = None
    drop_chip: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A turn before it is worded: what was asked, what answers it, and what was understood."""

    asked: Asked
    answer: Answer
    understood: Understood


@dataclass(slots=True)
class _Running:
    """A turn on its way: when it began, what left, and what the trace says so far."""

    request: TurnRequest
    id: str = field(default_factory=lambda: uuid4().hex)
    began: float = field(default_factory=time.perf_counter)
    parts: list[Part] = field(default_factory=list)
    trace: dict[str, Any] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)

    account: Account = field(default_factory=Account)

    def mark(self, name: str, at: float | None = None) -> None:
        """Note the milliseconds from the turn's beginning until now (or `at`), once."""
        moment = time.perf_counter() if at is None else at
        self.trace.setdefault(name, round((moment - self.began) * 1000, 1))


class Conversation:
    """Answers messages. Any number of sessions may talk at once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._memory = Memory(sources.conversations)
        self._understander = Understander(sources.catalogue, sources.embedder)

    def prepare(self) -> None:
        """Train the classifier, read the catalogue's words, and search products and policies once in each language.

        Takes seconds; the first message does it otherwise.
        """
        self._understander.prepare()
        if self._sources.portraits is not None:
            self._sources.portraits.prepare()
        for text in ("gift", "礼物"):
            self._sources.searcher.search(Query(text=text, limit=1))
        for text, language in (("returns", "en"), ("退货", "zh")):
            self._sources.policies.find(text, language, 1)

    async def warm(self) -> None:
        """Have a small model read the beginning of every prompt, which takes it a minute: later replies start at once.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        engine = self._sources.engine
        for request in [] if engine.info.large else openings():
            await warm(engine, request)

    async def turn(self, request: TurnRequest) -> AsyncGenerator[Part, None]:
        """Yield the parts of one turn; closing the stream ends it, and what was shown is kept.

        Raises:
            NotAllowed: the session belongs to somebody else.
        """
        running = _Running(request)
        state, found = await run_sync(self._understood, request)
        running.mark("understand_ms")
        found, prompt = await surer(found, self._sources.engine)
        if prompt:
            running.account.asked(prompt)
        prepared = await run_sync(self._prepare, running, state, found)
        try:
            for part in _first(prepared):
                if isinstance(part, Cards):
                    running.mark("cards_ms")
                running.parts.append(part)
                yield part
            if (plan := prepared.answer.plan(prepared.asked)) is not None:
                async with aclosing(self._worded(plan, running)) as sentences:
                    async for sentence in sentences:
                        running.parts.append(sentence)
                        yield sentence
            for part in _last(prepared):
                running.parts.append(part)
                yield part
            running.mark("reply_ms")
            yield Done(self._trace(running, prepared, finished=True))
        finally:
            with CancelScope(shield=True):
                await run_sync(self._record, running, prepared)

    def _understood(self, request: TurnRequest) -> tuple[State, Understanding]:
        """Return what is remembered and what the message says in it. Blocks."""
        state = self._memory.recall(request.session_id, request.principal)
        if request.drop_chip and not request.message.strip():
            language = request.language or state.language
            return state, Understanding(message="", language=language, intent="refine")
        return state, self._understander.understand(request.message, state, language=request.language)

    def _prepare(self, running: _Running, state: State, found: Understanding) -> Prepared:
        """Find, decide and remember, all that a turn does before a model words it. Blocks."""
        request, began = running.request, time.perf_counter()
        asked = Asked(
            found=found,
            state=replace(state, language=found.language),
            sources=self._sources,
            session_id=request.session_id,
            principal=request.principal,
            portrait=self._portrait(request, found),
        )
        answer = again(asked, drop(state.wish, request.drop_chip)) if request.drop_chip else prepare(asked)
        pending = answer.state.asked if answer.question else ""
        kept = replace(
            answer.state, asked=pending, turns=state.turns + 1, last_message=found.message, last_at=time.time()
        )
        self._memory.keep(request.session_id, request.principal, kept)
        currency = self._sources.catalogue.vocabulary().currency
        running.trace["search_ms"] = round((time.perf_counter() - began) * 1000, 1)
        return Prepared(
            asked,
            answer,
            Understood(
                found.language,
                answer.intent or found.intent,
                chips(kept.wish, found.language, currency),
                constraints(kept.wish),
            ),
        )

    def _portrait(self, request: TurnRequest, found: Understanding) -> Portrait | None:
        """Note what the shopper tells of themselves, and return what is known of them. Blocks."""
        portraits, principal = self._sources.portraits, request.principal
        if portraits is None:
            return None
        whose = person(principal.customer_id, request.session_id)
        for one in found.told:
            told = Statement(key=one.key, value=one.value, wanted=one.wanted, said=found.message, at=datetime.now(UTC))
            portraits.tell(whose, principal, told=told)
        return portraits.of(whose, principal)

    async def _worded(self, plan: Plan, running: _Running) -> AsyncGenerator[Sentence, None]:
        planned = {point.subject.id: tuple(dict.fromkeys(fact.key for fact in point.facts)) for point in plan.points}
        running.trace["plan"] = [_planned(point) for point in plan.points]
        async with aclosing(self._sources.writer.write(plan, running.account)) as written:  # type: ignore[type-var]
            async for one in written:
                if running.account.first_text_at is not None:
                    running.mark("first_token_ms", running.account.first_text_at)
                running.mark("first_sentence_ms")
                if one.by == "model":
                    running.mark("first_model_sentence_ms")
                running.rejected += one.rejected
                yield _sentence(one, planned)

    def _trace(self, running: _Running, prepared: Prepared, *, finished: bool) -> dict[str, Any]:
        info = self._sources.engine.info
        return {
            **running.trace,
            "turn_id": running.id,
            "engine": info.engine,
            "model": info.model,
            "sure": round(prepared.asked.found.sure, 3),
            "prompts": list(running.account.prompts),
            "rejected": [without_secrets(text) for text in running.rejected],
            "finished": finished,
        }

    def _record(self, running: _Running, prepared: Prepared) -> None:
        """Keep the turn with what was shown of it."""
        turn = TurnRecord(
            id=running.id,
            session_id=running.request.session_id,
            message=clean(running.request.message),
            language=prepared.asked.language,
            parts=tuple(as_json(part) for part in running.parts),
            trace=self._trace(running, prepared, finished="reply_ms" in running.trace),
            at=datetime.now(UTC),
        )
        principal = running.request.principal
        self._memory.record(principal, turn)
        if self._sources.unanswered is not None:
            for one in prepared.answer.missed:
                self._sources.unanswered.note(clean(one.question), language=turn.language, kind=one.kind)
        if self._sources.recorder is not None:
            intent = prepared.understood.intent
            self._sources.recorder.note(principal, *deeds(turn, intent, running.parts, principal=principal))


def _planned(point: Point) -> dict[str, Any]:
    """Return a point as the trace keeps it: what it is about, and the facts that must reach the text."""
    return {"subject": point.subject.id, "facts": [[fact.key, fact.text] for fact in point.facts]}


def _first(prepared: Prepared) -> Iterator[Part]:
    """Yield what leaves before the model is asked."""
    answer = prepared.answer
    yield prepared.understood
    if answer.cards:
        yield Cards(answer.cards, answer.comparison)
    if answer.cart is not None:
        yield answer.cart
    yield from (_notice(notice) for notice in answer.notices)


def _last(prepared: Prepared) -> Iterator[Part]:
    answer = prepared.answer
    yield from (_notice(notice) for notice in answer.closing)
    for part in (answer.question, answer.proposed, answer.handoff):
        if part is not None:
            yield part
    if fresh := tuple(text for text in answer.suggestions if text != prepared.asked.found.message):
        yield Suggestions(fresh)


def _notice(notice: Notice) -> Sentence:
    return Sentence(notice.text, notice.subject_id, "notice", notice.citations)


def _sentence(written: Written, planned: dict[str, tuple[str, ...]]) -> Sentence:
    return Sentence(
        written.text,
        written.subject_id,
        written.by,
        written.citations,
        written.reached,
        planned.get(written.subject_id, ()),
    )
