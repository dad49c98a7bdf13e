"""How fast an engine reads and writes, and what memory it takes. Knows no shop: the prompt is made of plain words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import psutil

from assistant.llm.contract import Engine, Message, Request

FACTS = (
    "name: Trailhead 28 Pack; brand: Fernway; price: $89.00; stock: in stock; colours: moss green, slate, black; "
    "volume: 28 litres; weight: 940 g; material: recycled ripstop nylon; laptop sleeve: fits 15 inch; warranty: 5 years"
)
READ = Request(messages=(Message("user", f"{FACTS}\n" * 4 + "Describe it at length, fact by fact."),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Medians over the rounds. Pieces are tokens, but for engines that hold text back until a word is whole."""

    start_s: float
    first_piece_s: float
    """Until the first piece of a prompt of about 350 tokens that the engine has not seen."""
    later_first_piece_s: float
    """The same for a prompt whose beginning it has seen."""
    pieces_per_s: float
    memory_mb: float


async def measure(engine: Engine, *, rounds: int = 3, new_tokens: int = 64) -> Speed:
    """Return the speed of an engine that has not been started. Takes about a minute on two cores."""
    began = time.perf_counter()
    await engine.start()
    start_s = time.perf_counter() - began
    fresh, later, rates = [], [], []
    for number in range(rounds):
        request = replace(_opened(number), max_new_tokens=new_tokens)
        first, rate = await _timed(engine.stream(request))
        fresh.append(first)
        rates.append(rate)
        later.append((await _timed(engine.stream(_reworded(request))))[0])
    memory = psutil.Process().memory_info().rss / 1e6
    return Speed(
        start_s=start_s,
        first_piece_s=_median(fresh),
        later_first_piece_s=_median(later),
        pieces_per_s=_median(rates),
        memory_mb=memory,
    )


def run(engine: Engine) -> Speed:
    """Measure and close."""

    async def both() -> Speed:
        try:
            return await measure(engine)
        finally:
            await engine.close()

    return asyncio.run(both())


def _opened(number: int) -> Request:
    """Return the request with another beginning each time, so that nothing of it is cached."""
    message = Message("user", f"Page {number} of the list. {READ.messages[0].content}")
    return replace(READ, messages=(message,))


def _reworded(request: Request) -> Request:
    message = Message("user", request.messages[0].content + " Be brief.")
    return replace(request, messages=(message,), max_new_tokens=4)


async def _timed(pieces: AsyncIterator[str]) -> tuple[float, float]:
    began = time.perf_counter()
    count, first = 0, 0.0
    async for _ in pieces:
        count += 1
        first = first or time.perf_counter() - began
    rest = time.perf_counter() - began - first
    return first, (count - 1) / rest if count > 1 and rest > 0 else 0.0


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
