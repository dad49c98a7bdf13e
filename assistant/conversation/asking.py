"""Asks the language model what a message is for, with the answer constrained to our intents; only when we are unsure.

Never waited for long: a model that is not loaded yet, cannot enforce a schema or takes its time is done without.
"""

from __future__ import annotations

import json
from dataclasses import replace

from anyio import move_on_after

from assistant.conversation.intention.correcting import SURE
from assistant.conversation.reading.taking import speaks_of_taking
from assistant.conversation.understanding import Understanding
from assistant.errors import ModelUnavailable
from assistant.llm.contract import Engine, Message, Request, complete
from prompts.render import render

PATIENCE_S = 4.0
"""Longer than this nobody waits for cards."""
INTENTS = (
    "find",
    "refine",
    "compare",
    "ask_product",
    "ask_policy",
    "cart_add",
    "cart_remove",
    "cart_show",
    "checkout",
    "order_status",
    "human",
    "smalltalk",
    "out_of_scope",
)
CHANGING = frozenset({"cart_add", "cart_remove"})
"""Intents by which something changes: the shopper's own words have to say so, a model's word for it is not enough."""
SCHEMA = {
    "type": "object",
    "properties": {"intent": {"type": "string", "enum": list(INTENTS)}},
    "required": ["intent"],
    "additionalProperties": False,
}


async def surer(found: Understanding, engine: Engine) -> tuple[Understanding, str | None]:
    """Return the understanding, with the model's intent where ours was unsure, and the hash of its prompt."""
    if found.sure >= SURE or not engine.ready or "schema" not in engine.info.constraints:
        return found, None
    prompt = render("intent", found.language, message=found.message[:300])
    messages = tuple(Message(turn.role, turn.text) for turn in prompt.turns)  # type: ignore[arg-type]
    request = Request(messages=messages, max_new_tokens=24, schema=SCHEMA, slot=f"intent.{found.language}")
    answer = ""
    with move_on_after(PATIENCE_S):
        try:
            answer = await complete(engine, request)
        except ModelUnavailable:
            return found, None
    intent = _intent(answer)
    if intent in CHANGING and not speaks_of_taking(found.message):
        intent = None
    return (replace(found, intent=intent) if intent else found), prompt.hash


def _intent(answer: str) -> str | None:
    """Return the intent of an answer; `None` where it was cut short or is none of ours."""
    try:
        intent = json.loads(answer)["intent"]
    except (ValueError, KeyError, TypeError):
        return None
    return intent if intent in INTENTS else None
