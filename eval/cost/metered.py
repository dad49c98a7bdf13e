"""An engine around another that counts what is asked of it.

Tokens are the engine's own count, where it keeps one (`assistant.llm.contract.Counts`); nothing is estimated.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

from assistant.llm.contract import Counts, Engine, EngineInfo, Request, Spent, warm


@dataclass(frozen=True, slots=True)
class Metering:
    """How often a model was asked so far, for how many seconds it was waited for, and its own count of tokens."""

    calls: int = 0
    waited_s: float = 0.0
    tokens: Spent | None = None

    def since(self, before: Metering) -> Metering:
        """Return what came after an earlier metering."""
        known = None if self.tokens is None or before.tokens is None else self.tokens.since(before.tokens)
        return Metering(self.calls - before.calls, self.waited_s - before.waited_s, known)


class Metered:
    """Passes everything on, and counts. What the model reads beforehand (`warm`) is no call, but its tokens count."""

    def __init__(self, inner: Engine) -> None:
        self._inner = inner
        self._calls, self._waited_s = 0, 0.0

    @property
    def info(self) -> EngineInfo:
        """What runs and why."""
        return self._inner.info

    @property
    def ready(self) -> bool:
        """True once the model is loaded and answers."""
        return self._inner.ready

    @property
    def counts_tokens(self) -> bool:
        """Whether the engine tells how many tokens it reads and makes."""
        return isinstance(self._inner, Counts)

    @property
    def metering(self) -> Metering:
        """What was counted so far."""
        inner = self._inner
        return Metering(self._calls, self._waited_s, inner.spent if isinstance(inner, Counts) else None)

    async def start(self) -> None:
        """Load the model."""
        await self._inner.start()

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield text as it is decoded; closing the stream closes the engine's own."""
        self._calls += 1
        started = time.perf_counter()
        try:
            async with aclosing(cast(AsyncGenerator[str, None], self._inner.stream(request))) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._waited_s += time.perf_counter() - started

    async def warm(self, request: Request) -> None:
        """Have the model read a prompt beforehand."""
        await warm(self._inner, request)

    async def close(self) -> None:
        """Free the model."""
        await self._inner.close()
