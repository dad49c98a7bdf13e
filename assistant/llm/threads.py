"""With how many threads a model on the CPU is loaded, and which of these numbers suits the load of the moment.

Knows no model. llama.cpp's threads wait for each other hundreds of times per token, so that one thread too many, on a
core that something else uses, stalls all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.llm.load import cores

MOST = 8
"""More do not pay: decoding waits for memory, not for arithmetic."""

SLACK = 0.4
"""Of a core: what others may use of the threads' cores before fewer threads are better."""


@dataclass(frozen=True, slots=True)
class ThreadSteps:
    """The numbers of threads to choose from, the largest first, and why."""

    counts: tuple[int, ...]
    reason: str

    def suited(self, free: float) -> int:
        """Return the most threads that have a core each while `free` cores are free; the fewest if none fit.

        >>> ThreadSteps((2, 1), "").suited(1.2), ThreadSteps((2, 1), "").suited(1.8)
        (1, 2)
        """
        return next((count for count in self.counts if count <= free + SLACK), self.counts[-1])


def thread_steps(asked: int = 0) -> ThreadSteps:
    """Return `asked` alone where it is given, else all cores (at most `MOST`), half of them, and one."""
    if asked > 0:
        return ThreadSteps((asked,), f"{_threads(asked)} as set")
    total = cores()
    full = min(MOST, total)
    counts = tuple(sorted({full, max(1, full // 2), 1}, reverse=True))
    if len(counts) == 1:
        return ThreadSteps(counts, "1 thread, there is 1 core")
    listed = " or ".join(str(count) for count in counts)
    return ThreadSteps(counts, f"{listed} threads, as other processes leave of {total} cores")


def _threads(count: int) -> str:
    return f"{count} thread{'' if count == 1 else 's'}"
