"""Has a plan worded: sentence by sentence, each verified before it leaves. Does not decide what is said.

A small model is asked for one point at a time from that point's facts alone; a large one words the whole plan in one
call (`whole`). What fails is first freed of unsupported praise, then asked for once more with its facts alone, then
said plainly from the record. Facts that no sentence held are said by a further short one.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from assistant.errors import ModelUnavailable
from assistant.llm.contract import Engine, Request
from assistant.llm.errors import EngineClosed, RequestRefused
from assistant.wording import whole
from assistant.wording.account import Account
from assistant.wording.asking import ask_for, ask_for_facts, usable
from assistant.wording.draft import Draft
from assistant.wording.evidence import Plan, Written
from assistant.wording.phrases import say
from assistant.wording.sentences import SentenceBuffer

_SENTENCES = {"recommend": 2, "answer": 2, "policy": 4, "order": 3, "smalltalk": 1}


class Writer:
    """Words plans with an engine. Any number of plans may be in work at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def write(self, plan: Plan, account: Account | None = None) -> AsyncIterator[Written]:
        """Yield the sentences of a reply in order, each verified against the evidence of its subject.

        What the model is asked is noted in `account`.

        An engine that is not available is never imitated: the rest is said from the record, and a notice says so.
        """
        alive, kept = True, account if account is not None else Account()
        drafts = [
            Draft(point, plan.language, usable(point.facts, plan.language), account=kept) for point in plan.points
        ]
        if self._engine.info.large and sum(not d.silent for d in drafts) > 1:
            async with aclosing(whole.write(self._engine, plan, drafts)) as written:
                async for sentence in written:
                    yield sentence
            return
        for draft in drafts:
            if alive and not draft.silent:
                try:
                    async with aclosing(self._model(draft)) as worded:
                        async for sentence in worded:
                            yield sentence
                except RequestRefused:
                    draft.attempts += 1  # too long for this model: what is left is said from the record
                except (ModelUnavailable, EngineClosed):
                    alive = False
            for sentence in draft.closing():
                yield sentence
        if not alive:
            yield Written(text=say("model_unavailable", plan.language), subject_id="", by="notice")

    async def _model(self, draft: Draft) -> AsyncGenerator[Written, None]:
        point, language = draft.point, draft.language
        request, prompt = ask_for(point, draft.left, language)
        draft.account.asked(prompt.hash)
        async for sentence in self._try(draft, request, _SENTENCES.get(point.role, 2)):
            yield sentence
        if point.role in ("smalltalk", "policy") or not draft.left:
            return
        request, prompt = ask_for_facts(point, draft.left, language)
        draft.account.asked(prompt.hash)
        async for sentence in self._try(draft, request, 1):
            yield sentence

    async def _try(self, draft: Draft, request: Request, most: int) -> AsyncGenerator[Written, None]:
        """Yield what holds of an answer; stop at the first sentence that fails, or when everything has been said."""
        draft.attempts += 1
        count = 0
        async with aclosing(sentences_of(self._engine, request, draft.account)) as stream:
            async for text in stream:
                written = draft.take(text)
                if written is not None:
                    yield written
                count += 1
                if written is None or count >= most or draft.done:
                    return


async def sentences_of(engine: Engine, request: Request, account: Account) -> AsyncGenerator[str, None]:
    """Yield the sentences of an answer as they are completed; what is left at the end comes last, finished or not."""
    buffer = SentenceBuffer()
    stream = engine.stream(request)
    try:
        async for piece in stream:
            account.heard()
            for sentence in buffer.feed(piece):
                yield sentence
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()
    if rest := buffer.rest():
        yield rest
