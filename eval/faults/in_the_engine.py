"""Faults of the language model and of what holds it to the truth: dead, canned, lying unchecked, obeying anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

from assistant.llm.contract import EngineInfo, Request
from assistant.llm.scripted import ScriptedEngine
from eval.faults.fault import Fault

CANNED = "It is a lovely choice."


class Dead(ScriptedEngine):
    """An engine whose every answer is that it has ended."""

    def __init__(self) -> None:
        super().__init__([])

    @property
    def info(self) -> EngineInfo:
        """What it claims to be."""
        return EngineInfo("llamacpp", "dead", "a fault was planted")

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Raise at once."""
        await self.close()
        async for piece in super().stream(request):
            yield piece


class Canned(ScriptedEngine):
    """An engine that says one sentence whatever it is asked."""

    def __init__(self) -> None:
        super().__init__(lambda _request: CANNED)


def _chosen(engine: Callable[[], ScriptedEngine]) -> AbstractContextManager[object]:
    return patch("assistant.shop.choose", lambda _settings: engine())


FAULTS = (
    Fault(
        name="dead_engine",
        harm="the language model answers nothing, and every reply comes from the record",
        task="grounding",
        words=("--turns", "16"),
        planted=lambda: _chosen(Dead),
    ),
    Fault(
        name="canned_reply",
        harm="the language model says the same sentence to everybody",
        task="conversations",
        words=("--limit", "8"),
        planted=lambda: _chosen(Canned),
    ),
    Fault(
        name="unchecked_sentences",
        harm="what the model says is shown without being held against the evidence",
        task="grounding",
        words=("--engine", "liar", "--turns", "30"),
        planted=lambda: patch("assistant.wording.draft.verify", lambda *_args, **_named: ()),
    ),
)
