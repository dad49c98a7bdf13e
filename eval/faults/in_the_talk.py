"""Faults of conversations: the wrong language, forgotten conditions, refusals without need, silence about hand-offs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from assistant.conversation import turn
from assistant.conversation.answers import missing
from assistant.conversation.parts import Handoff, Part, Sentence
from assistant.conversation.state import State, Wish
from assistant.service.cart import CartService
from assistant.wording import phrases
from eval.faults.fault import Fault

TALK = ("--engine", "script", "--limit", "60")
ALL = ("--engine", "script")
"""Every conversation, where a fault touches few of them."""


def _other_language() -> AbstractContextManager[object]:
    template = phrases._template

    def mixed(key: str, language: str) -> Any:
        return template(key, "zh" if language == "en" else "en")

    return patch("assistant.wording.phrases._template", mixed)


def _forgetful() -> AbstractContextManager[object]:
    read = State.from_json.__func__  # type: ignore[attr-defined]

    def forgotten(cls: type[State], data: Mapping[str, Any]) -> State:
        state: State = read(cls, data)
        return replace(state, wish=Wish())

    return patch.object(State, "from_json", classmethod(forgotten))


def _silent() -> AbstractContextManager[object]:
    last = turn._last

    def without(prepared: Any) -> Iterator[Part]:
        return (part for part in last(prepared) if not isinstance(part, Handoff))

    return patch("assistant.conversation.turn._last", without)


def _uncited() -> AbstractContextManager[object]:
    sentence = turn._sentence

    def bare(*args: Any) -> Sentence:
        return replace(sentence(*args), citations=())

    return patch("assistant.conversation.turn._sentence", bare)


def _refusing() -> AbstractContextManager[object]:
    def nothing(asked: Any, wish: Any, **_named: Any) -> Any:
        return missing.no_such(asked, wish)

    return patch("assistant.conversation.answers.finding._found", nothing)


def _one_more() -> AbstractContextManager[object]:
    add = CartService.add

    def twice(self: CartService, *args: Any, **named: Any) -> Any:
        return add(self, *args, **{**named, "quantity": named.get("quantity", 1) + 1})

    return patch.object(CartService, "add", twice)


FAULTS = (
    Fault(
        name="language_mixed",
        harm="fixed sentences come in the other language",
        task="conversations",
        words=TALK,
        planted=_other_language,
    ),
    Fault(
        name="conditions_forgotten",
        harm="what was asked for in an earlier message no longer holds",
        task="visits",
        words=("--engine", "script", "--limit", "30"),
        planted=_forgetful,
    ),
    Fault(
        name="handoff_silent",
        harm="a shopper who goes to a person is not told",
        task="conversations",
        words=ALL,
        planted=_silent,
    ),
    Fault(
        name="rules_uncited",
        harm="sentences name no source",
        task="conversations",
        words=TALK,
        planted=_uncited,
    ),
    Fault(
        name="needless_refusal",
        harm="the shop says that it has no such thing, whatever is looked for",
        task="conversations",
        words=TALK,
        planted=_refusing,
    ),
    Fault(
        name="one_too_many",
        harm="the cart holds one more than was asked for",
        task="conversations",
        words=ALL,
        planted=_one_more,
    ),
)
