"""How many threads a model on the CPU should use: as many as are free, looked at for a moment.

Knows no model. A thread too many costs half the speed as soon as something else runs (measured on two cores with the
1.5B default: two threads fall from 35 to 10 tokens a second beside one busy process, one thread stays at 23).
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import psutil

SAMPLE_S = 0.25
"""How long the cores are watched: long enough for psutil's clock ticks of 10 ms."""


@dataclass(frozen=True, slots=True)
class ThreadChoice:
    """A number of threads and why."""

    threads: int
    reason: str


def cores() -> int:
    """Return how many cores this process may run on, at least 1."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows have no affinity to ask for
        return os.cpu_count() or 1


def free_cores(sample_s: float = SAMPLE_S) -> float:
    """Return how many cores stood idle while watched for `sample_s` seconds. Blocks that long."""
    busy: list[float] = psutil.cpu_percent(interval=sample_s, percpu=True)
    allowed = cores()
    idle = sum(1 - share / 100 for share in busy)
    return max(0.0, min(idle - (len(busy) - allowed), float(allowed)))


def choose_threads(asked: int = 0, *, sample_s: float = SAMPLE_S) -> ThreadChoice:
    """Return `asked` where it is given, else as many threads as cores are free, at least 1 and at most 8.

    Eight is the most that pays: decoding waits for memory, not for arithmetic.
    """
    if asked > 0:
        return ThreadChoice(asked, f"{_threads(asked)} as set")
    free, total = free_cores(sample_s), cores()
    threads = max(1, min(8, round(free)))
    return ThreadChoice(threads, f"{_threads(threads)}, {free:.1f} of {total} cores were free")


def _threads(count: int) -> str:
    return f"{count} thread{'' if count == 1 else 's'}"
