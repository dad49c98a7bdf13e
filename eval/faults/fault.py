"""What a fault is. Knows no task's insides."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault: what it does to whom, the task that must catch it, and how that task is run for it.

    `planted` switches it on as long as its context lasts. `words` follow `python -m eval TASK`.
    """

    name: str
    harm: str
    task: str
    words: tuple[str, ...]
    planted: Callable[[], AbstractContextManager[object]]
