"""Drafts replies for agents: what the chat understands and knows, worded as an answer that a person reads and sends.

The sentences leave one by one, the first before any model is asked; at the end the draft is kept. Every fact that a
model words is verified as in the chat; tone, apology and closing are fixed sentences, so that they change no fact.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from uuid import uuid4

from anyio.to_thread import run_sync

from assistant.conversation.drafting.answered import Answered, actions_of
from assistant.conversation.drafting.answering import answering
from assistant.conversation.drafting.case import AGENT, Case, Desk, case_of
from assistant.conversation.drafting.draft import Draft, DraftRequest, DraftSentence, Length, Tone, as_json, from_json
from assistant.conversation.drafting.matters import COURTESIES, UNHAPPY, Matter, matters_of
from assistant.conversation.drafting.phrasing import greeting, phrase
from assistant.conversation.drafting.style import Style, style_of
from assistant.conversation.understand import Understander
from assistant.store.drafts import Decision, KeptDraft
from assistant.wording.evidence import Citation, Plan, Point, Written
from assistant.wording.writer import Writer

SHORT = 2
"""Sentences of a point in a short draft."""
FALLBACK = 0.75
"""How sure a sentence is that was said from the record because the model's own did not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """A draft before it is worded."""

    case: Case
    language: str
    tone: Tone
    length: Length
    style: Style
    sorry: bool
    matters: tuple[Matter, ...]
    answers: tuple[Answered, ...]


@dataclass(slots=True)
class _Running:
    """A draft on its way: what was said, and when."""

    began: float = field(default_factory=time.perf_counter)
    sentences: list[DraftSentence] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)

    def say(self, sentence: DraftSentence) -> DraftSentence:
        self.mark("first_sentence_ms")
        if sentence.fact:
            self.mark("first_fact_ms")
        self.sentences.append(sentence)
        return sentence

    def mark(self, name: str) -> None:
        self.timings.setdefault(name, round((time.perf_counter() - self.began) * 1000, 1))


class Drafter:
    """Drafts replies. Any number may be in work at once.

    Args:
        desk: what drafts draw upon.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._understander = Understander(desk.sources.catalogue, desk.sources.embedder)

    async def draft(self, request: DraftRequest, *, draft_id: str | None = None) -> Draft:
        """Return a draft, kept under `draft_id` or an id of its own.

        Raises:
            NotFound: there is no such ticket, customer or kept reply.
            BadRequest: there is no message, or the ticket is somebody else's.
        """
        made = await self.compose(request, draft_id=draft_id)
        await run_sync(self.keep, made)
        return made

    async def compose(self, request: DraftRequest, *, draft_id: str | None = None) -> Draft:
        """Return a draft that is not kept yet.

        Raises:
            NotFound: there is no such ticket, customer or kept reply.
            BadRequest: there is no message, or the ticket is somebody else's.
        """
        made: Draft | None = None
        async with aclosing(self._parts(request, draft_id=draft_id)) as parts:
            async for part in parts:
                made = part if isinstance(part, Draft) else made
        if made is None:
            raise RuntimeError("a draft ends with the draft itself")
        return made

    async def stream(
        self, request: DraftRequest, *, draft_id: str | None = None
    ) -> AsyncGenerator[DraftSentence | Draft, None]:
        """Yield the sentences of a draft as they are ready, and at last the draft, which is kept then.

        Raises:
            NotFound: there is no such ticket, customer or kept reply.
            BadRequest: there is no message, or the ticket is somebody else's.
        """
        async with aclosing(self._parts(request, draft_id=draft_id)) as parts:
            async for part in parts:
                if isinstance(part, Draft):
                    await run_sync(self.keep, part)
                yield part

    async def _parts(
        self, request: DraftRequest, *, draft_id: str | None = None
    ) -> AsyncGenerator[DraftSentence | Draft, None]:
        running = _Running()
        planned = await run_sync(self._planned, request)
        running.mark("planned_ms")
        for sentence in _opening(planned, self._desk.sources.name):
            yield running.say(sentence)
        for answered in planned.answers:
            async with aclosing(self._said(answered, planned)) as sentences:
                async for sentence in sentences:
                    if not any(sentence.text == other.text for other in running.sentences):
                        yield running.say(sentence)
        for sentence in await run_sync(self._closing, planned):
            yield running.say(sentence)
        running.mark("draft_ms")
        yield _draft(planned, running, draft_id or uuid4().hex)

    def keep(self, draft: Draft) -> None:
        """Keep a draft. Blocks.

        Raises:
            AlreadyDecided: an agent has decided about the one of the same id.
        """
        self._desk.drafts.keep(
            KeptDraft(
                id=draft.id,
                ticket_id=draft.ticket_id,
                customer_id=draft.customer_id,
                message=draft.message,
                language=draft.language,
                data=as_json(draft),
            ),
            AGENT,
        )

    def get(self, draft_id: str) -> Draft:
        """Return a draft as it is kept. Blocks.

        Raises:
            NotFound: there is none of this id that is written.
        """
        return read(self._desk.drafts.get(draft_id, AGENT))

    def decide(self, draft_id: str, decision: Decision, *, sent_text: str = "") -> KeptDraft:
        """Record what an agent did with a draft. Blocks.

        Raises:
            NotFound: there is none of this id that is written.
            AlreadyDecided: something else was decided about it.
        """
        return self._desk.drafts.decide(draft_id, decision, AGENT, sent_text=sent_text)

    def _planned(self, request: DraftRequest) -> _Planned:
        """Understand, and decide what is said. Blocks."""
        case = case_of(request, self._desk)
        whole, matters = matters_of(case, self._understander)
        language = request.language or whole.language
        shop = self._desk.sources.name
        style = style_of(case.message, language, self._desk.drafts, shop=shop, tone=request.tone)
        length: Length = request.length or style.length or "normal"
        answers = answering(case, self._desk, language, understander=self._understander, short=length == "short")
        sorry = whole.sentiment.feeling == "negative" or any(one.intent in UNHAPPY for one in matters)
        return _Planned(
            case=case,
            language=language,
            tone=request.tone or style.tone or "plain",
            length=length,
            style=style,
            sorry=sorry if request.apology is None else request.apology,
            matters=matters,
            answers=_once(answers.answer(one) for one in _asking(matters)),
        )

    async def _said(self, answered: Answered, planned: _Planned) -> AsyncGenerator[DraftSentence, None]:
        for sentence in answered.sentences:
            yield _as_sure(sentence, answered)
        for point in answered.points:
            count = 0
            async with aclosing(self._worded(point, planned)) as written:
                async for one in written:
                    count += 1
                    if planned.length == "short" and count > SHORT:
                        break
                    yield _as_sure(_sentence(one, point), answered)

    async def _worded(self, point: Point, planned: _Planned) -> AsyncGenerator[Written, None]:
        sources = self._desk.sources
        plan = Plan(language=planned.language, message=planned.case.message, points=(point,), shop=sources.name)
        writer: Writer = sources.writer
        async with aclosing(writer.write(plan)) as written:  # type: ignore[type-var]
            async for one in written:
                if one.subject_id:  # what is said of no subject is a word to the shopper about the model
                    yield one

    def _closing(self, planned: _Planned) -> list[DraftSentence]:
        """Return the kept replies that were asked for, and the closing. Blocks."""
        language, shop = planned.language, self._desk.sources.name
        made = []
        for reply_id in planned.case.request.canned:
            kept = self._desk.canned.get(reply_id, language, AGENT)
            source = Citation(phrase("label_kept", language, title=kept.title), f"canned:{kept.id}")
            made.append(DraftSentence(text=kept.text, citations=(source,), by="canned"))
        if planned.style.closing:
            return [*made, DraftSentence(text=planned.style.closing, by="style")]
        return [*made, DraftSentence(text=phrase("closing", language, planned.tone, shop=shop))]


def read(kept: KeptDraft) -> Draft:
    """Return a kept draft as it stands now, with what was decided about it."""
    return replace(from_json(kept.data), status=kept.status)


def _asking(matters: Iterable[Matter]) -> list[Matter]:
    """Return the wishes that ask for something; a message that only thanks or greets has none."""
    return [one for one in matters if one.intent not in COURTESIES]


def _once(answers: Iterable[Answered]) -> tuple[Answered, ...]:
    """Return the answers without those that only tell of an order that something is to be done with anyway."""
    held = tuple(answers)
    acted = {str(action.arguments.get("order_number")) for one in held for action in one.actions}
    return tuple(one for one in held if one.actions or one.points or not one.orders or not one.orders <= acted)


def _opening(planned: _Planned, shop: str) -> list[DraftSentence]:
    """Return the greeting, a word of thanks, and an apology where there is reason for one."""
    language, tone = planned.language, planned.tone
    made = [DraftSentence(text=greeting(planned.case.customer, language, tone))]
    if planned.length == "normal" or tone != "plain":
        learned = planned.style.opening
        text = learned or phrase("opening", language, tone, shop=shop)
        made.append(DraftSentence(text=text, by="style" if learned else "notice"))
    if planned.sorry:
        made.append(DraftSentence(text=phrase("apology", language, tone)))
    return made


def _sentence(written: Written, point: Point) -> DraftSentence:
    """Return a verified sentence with its source: the facts that it holds, else the record that it was held against."""
    citations = written.citations
    if not citations:
        sources = [fact.source for fact in point.subject.facts]
        kinds = {"product": f"product:{point.subject.id}", "order": f"order:{point.subject.id}"}
        source = kinds.get(point.subject.kind) or (sources[0] if sources else "")
        citations = (Citation(point.subject.name, source),) if source else ()
    replaced = written.by == "record" and bool(written.rejected)
    return DraftSentence(
        text=written.text,
        citations=citations,
        sure=FALLBACK if replaced else 1.0,
        by=written.by,
        doubt="wording" if replaced else "",
    )


def _as_sure(sentence: DraftSentence, answered: Answered) -> DraftSentence:
    """Return a sentence that is no surer than the answer it belongs to."""
    if answered.sure >= sentence.sure:
        return sentence
    return replace(sentence, sure=answered.sure, doubt=sentence.doubt or answered.doubt)


def _draft(planned: _Planned, running: _Running, draft_id: str) -> Draft:
    return Draft(
        id=draft_id,
        message=planned.case.message,
        language=planned.language,
        sentences=tuple(running.sentences),
        actions=actions_of(planned.answers),
        intents=tuple(one.intent for one in planned.matters),
        confidence=_confidence(planned.answers, running.sentences),
        tone=planned.tone,
        length=planned.length,
        ticket_id=planned.case.request.ticket_id,
        customer_id=planned.case.customer.id if planned.case.customer else None,
        examples=planned.style.examples,
        timings=dict(running.timings),
    )


def _confidence(answers: Iterable[Answered], sentences: Iterable[DraftSentence]) -> float:
    """Return how sure the whole is: no surer than its least sure wish, and less where single sentences are in doubt."""
    wishes = [one.sure for one in answers]
    said = [one.sure for one in sentences]
    return round(min(wishes, default=1.0) * sum(said) / max(1, len(said)), 3)
