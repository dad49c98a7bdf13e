"""From a blocking library that calls back, to an asynchronous stream that can be closed.

Knows no model: it is given a function that makes pieces in a thread and hands each to `emit`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor

Emit = Callable[[str], bool]
"""Hands one piece over (an empty one only asks); True means that nobody listens any more and the work should stop."""


async def stream_from(executor: Executor, make: Callable[[Emit], None]) -> AsyncIterator[str]:
    """Run `make(emit)` in the executor and yield what it emits; its exception is raised here, after the last piece.

    When the consumer closes the stream, the next `emit` returns True. The queue between them holds at most the pieces
    of one request, which `max_new_tokens` bounds.
    """
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[str | BaseException | None] = asyncio.Queue()
    closed = threading.Event()

    def put(item: str | BaseException | None) -> None:
        try:
            loop.call_soon_threadsafe(pieces.put_nowait, item)
        except RuntimeError:  # the loop has ended, so nobody waits
            closed.set()

    def emit(piece: str) -> bool:
        if piece and not closed.is_set():
            put(piece)
        return closed.is_set()

    def work() -> None:
        try:
            if not closed.is_set():
                make(emit)
        except BaseException as error:
            # Whatever happens in the thread belongs to the one who waits for it.
            put(error)
        else:
            put(None)

    executor.submit(work)
    try:
        while (item := await pieces.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        closed.set()
