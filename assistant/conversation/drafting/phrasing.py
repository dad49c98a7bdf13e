"""The fixed sentences of a draft, from `phrases.toml`, in the tone that is asked for. Knows no order and no product."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from assistant.conversation.drafting.draft import Tone
from assistant.store.records import Customer
from assistant.wording.repeatable import repeatable

_JINJA = Environment(undefined=StrictUndefined, autoescape=False)


def phrase(key: str, language: str, tone: Tone = "plain", **values: object) -> str:
    """Return a fixed sentence.

    >>> phrase("closing", "en", "warm", shop="Regulars")
    'With warm wishes, your Regulars team'
    """
    return _template(key, language, tone).render(values)


def greeting(customer: Customer | None, language: str, tone: Tone) -> str:
    """Return how the customer is addressed; somebody unknown has no name."""
    if customer is None or not customer.first_name or not repeatable(customer.name):
        return phrase("greeting_unknown", language, tone)
    return phrase("greeting", language, tone, first=customer.first_name, full=customer.name)


@cache
def phrases() -> Mapping[str, Mapping[str, Any]]:
    """Return every sentence by its key, as the file has it."""
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))


@cache
def _template(key: str, language: str, tone: Tone) -> Template:
    said = phrases()[key]
    known = said.get(tone, said)
    return _JINJA.from_string(known["zh" if language == "zh" else "en"])
