"""The bridge from a blocking producer to an asynchronous stream."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.llm.bridge import stream_from


def collect(make) -> list[str]:
    async def scenario():
        with ThreadPoolExecutor(1) as pool:
            return [piece async for piece in stream_from(pool, make)]

    return asyncio.run(scenario())


def test_pieces_arrive_in_order_and_empty_ones_do_not():
    assert collect(lambda emit: [emit(p) for p in ("a", "", "b")]) == ["a", "b"]


def test_an_exception_arrives_after_the_pieces_before_it():
    seen = []

    def make(emit):
        emit("a")
        raise ValueError("lost in the thread")

    async def scenario():
        with ThreadPoolExecutor(1) as pool:
            async for piece in stream_from(pool, make):
                seen.append(piece)

    with pytest.raises(ValueError, match="lost in the thread"):
        asyncio.run(scenario())
    assert seen == ["a"]


def test_closing_tells_the_producer_to_stop():
    stopped = threading.Event()

    def make(emit):
        while not emit("more"):
            pass
        stopped.set()

    async def scenario():
        with ThreadPoolExecutor(1) as pool:
            stream = stream_from(pool, make)
            await anext(stream)
            await stream.aclose()

    asyncio.run(scenario())
    assert stopped.wait(5)


def test_what_was_closed_before_it_began_is_never_made():
    made = []

    async def scenario():
        with ThreadPoolExecutor(1) as pool:
            gate = threading.Event()
            pool.submit(gate.wait)
            waiting = asyncio.create_task(anext(stream_from(pool, lambda emit: made.append(emit("x")))))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            gate.set()

    asyncio.run(scenario())
    assert made == []
