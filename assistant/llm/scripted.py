"""An engine that says what it is told to, for tests of everything around the model.

It ships in the package so that a shop can test its own prompts and pages without a model. It knows no language.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable

from assistant.llm.contract import EngineInfo, Request
from assistant.llm.errors import EngineClosed

Replies = Iterable[str] | Callable[[Request], str]


class ScriptedEngine:
    """Answers from a queue of replies, or from a function of the request; `asked` holds every request it got.

    Replies leave in pieces of a word each. The request's stop strings and `max_new_tokens` (a word counts as one
    token) are honoured; a schema or a grammar is not looked at, since the script decides what is said.
    """

    def __init__(self, replies: Replies, *, large: bool = False, delay_s: float = 0.0) -> None:
        """Take the script. `delay_s` is waited before each piece, to try out slow models."""
        self.asked: list[Request] = []
        self.cancelled = 0
        self._reply = replies if callable(replies) else _queue(replies)
        self._large, self._delay_s = large, delay_s
        self._ready = self._closed = False

    @property
    def info(self) -> EngineInfo:
        """What runs and why."""
        constraints = frozenset({"schema", "grammar"})
        return EngineInfo("scripted", "script", "a script was given", large=self._large, constraints=constraints)

    @property
    def ready(self) -> bool:
        """True once started and until closed."""
        return self._ready and not self._closed

    async def start(self) -> None:
        """Nothing is loaded. Raises `EngineClosed` after `close`."""
        if self._closed:
            raise EngineClosed("script")
        self._ready = True

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield the next reply, a word at a time.

        Raises:
            LookupError: the queue of replies is used up, which means that the test asked more than it planned.
        """
        await self.start()
        self.asked.append(request)
        pieces = re.findall(r"\s*\S+|\s+$", _until_stop(self._reply(request), request.stop))
        try:
            for piece in pieces[: request.max_new_tokens]:
                await asyncio.sleep(self._delay_s)
                yield piece
        except GeneratorExit:
            self.cancelled += 1
            raise

    async def close(self) -> None:
        """End it; what is asked afterwards raises `EngineClosed`."""
        self._closed = True


def _queue(replies: Iterable[str]) -> Callable[[Request], str]:
    waiting = deque([replies] if isinstance(replies, str) else replies)

    def reply(request: Request) -> str:
        if not waiting:
            raise LookupError(f"the script has no reply left for {request.messages[-1].content!r}")
        return waiting.popleft()

    return reply


def _until_stop(text: str, stops: tuple[str, ...]) -> str:
    found = [at for stop in stops if (at := text.find(stop)) >= 0]
    return text[: min(found)] if found else text
