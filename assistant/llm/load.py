"""How many cores other processes leave free, watched all the time by a small thread.

Knows no model. What this process uses itself, the model's threads above all, is no load of others; what its child
processes use is, since it takes a core just the same.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import psutil

SAMPLE_S = 0.3
"""How often it looks: psutil counts in clock ticks of 10 ms, so this is exact to a few hundredths of a core."""

WEIGHT = 0.3
"""Weight of the newest sample in the running mean: a second to follow a change, deaf to a blink of 0.1 s."""


def cores() -> int:
    """Return how many cores this process may run on, at least 1."""
    return len(_allowed())


class CoreWatch:
    """A running mean of the cores that others keep busy, in a daemon thread between `start` and `close`."""

    def __init__(self, sampler: Callable[[], Callable[[], float]] | None = None) -> None:
        """Take what makes a sampler in the watching thread: a function that says how many cores others use now."""
        self._make = sampler or _others
        self._busy = 0.0
        self._thread: threading.Thread | None = None
        self._looked = threading.Event()
        self._stop = threading.Event()

    @property
    def running(self) -> bool:
        """True between `start` and `close`."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin to watch; returns after the first sample, a third of a second later."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="core-watch", daemon=True)
            self._thread.start()
        self._looked.wait()

    def free(self) -> float:
        """Return how many of this process's cores others leave free, from 0 to `cores()`."""
        return max(0.0, cores() - self._busy)

    def close(self) -> None:
        """Stop watching. Idempotent; a closed watch is not started again."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        sample = self._make()
        while not self._stop.wait(SAMPLE_S):
            now = sample()
            self._busy += (now - self._busy) * (WEIGHT if self._looked.is_set() else 1.0)
            self._looked.set()
        self._looked.set()


def _others() -> Callable[[], float]:
    """Return a function that says how many cores others used since it was last called, in this same thread."""
    me, mine = psutil.Process(), _allowed()

    def sample() -> float:
        share: list[float] = psutil.cpu_percent(percpu=True)
        busy = sum(share[core] for core in mine if core < len(share))
        own: float = me.cpu_percent()
        return max(0.0, (busy - own) / 100)

    sample()  # psutil counts from the first call on
    return sample


def _allowed() -> list[int]:
    try:
        return sorted(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows have no affinity to ask for
        return list(range(os.cpu_count() or 1))
