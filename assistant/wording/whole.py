"""Has a large model word a whole plan in one call: each line names the thing it is about by its number.

A sentence is held against the evidence of that thing alone, so that mixing two up shows at once.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence

from assistant.errors import ModelUnavailable
from assistant.llm.contract import Engine
from assistant.llm.errors import EngineClosed, RequestRefused
from assistant.wording.asking import ask_for_plan
from assistant.wording.draft import Draft
from assistant.wording.evidence import Plan, Written
from assistant.wording.phrases import say
from assistant.wording.sentences import split

_LINE = re.compile(r"^\s*(\d+)\s*[|｜]\s*(.+)$")


async def write(engine: Engine, plan: Plan, drafts: Sequence[Draft]) -> AsyncGenerator[Written, None]:
    """Yield the sentences of a plan in its order. What the model leaves out or gets wrong is said from the record."""
    waiting = list(drafts)
    asked = [(number, draft.point) for number, draft in enumerate(drafts, start=1) if not draft.silent]
    request, prompt = ask_for_plan(plan, asked)
    account = drafts[0].account
    account.asked(prompt.hash)
    alive, text = True, ""
    stream = engine.stream(request)
    try:
        async for piece in stream:
            account.heard()
            text += piece
            while "\n" in text:
                line, _, text = text.partition("\n")
                for written in _line(line, drafts, waiting):
                    yield written
    except RequestRefused:
        text = ""
    except (ModelUnavailable, EngineClosed):
        alive = False
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()
    for written in _line(text, drafts, waiting) if alive else []:
        yield written
    for draft in waiting:
        for written in draft.closing():
            yield written
    if not alive:
        yield Written(text=say("model_unavailable", plan.language), subject_id="", by="notice")


def _line(line: str, drafts: Sequence[Draft], waiting: list[Draft]) -> list[Written]:
    """Return what a line adds: the ends of the points before its own, then its own sentences that hold."""
    match = _LINE.match(line)
    number = int(match.group(1)) if match else 0
    if match is None or not 1 <= number <= len(drafts) or drafts[number - 1] not in waiting:
        return []
    made: list[Written] = []
    while waiting[0] is not drafts[number - 1]:
        made += waiting.pop(0).closing()
    for sentence in split(match.group(2)):
        if written := drafts[number - 1].take(sentence):
            made.append(written)
    return made
