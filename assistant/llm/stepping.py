"""One model loaded several times, each with another number of threads, and the one that suits the load of the moment.

llama.cpp's library offers no way to change the threads of a loaded model. Knows no requests and no llama.cpp: it is
given a function that loads.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from assistant.llm.load import CoreWatch
from assistant.llm.threads import ThreadSteps

log = logging.getLogger(__name__)

Load = Callable[[int], Any]
"""Loads the model with so many threads."""


class SteppedServers:
    """What is loaded, by its number of threads."""

    def __init__(self, load: Load, steps: ThreadSteps, watch: CoreWatch) -> None:
        """Take what loads and what watches; nothing is loaded or watched before `load_first`."""
        self._load = load
        self._steps = steps
        self._watch = watch
        self._loaded: dict[int, Any] = {}

    @property
    def loaded(self) -> tuple[int, ...]:
        """The numbers of threads that can be had now, the largest first."""
        return tuple(sorted(self._loaded, reverse=True))

    def load_first(self) -> None:
        """Load the one that suits now; where there is a choice, begin to watch the cores for it."""
        if len(self._steps.counts) > 1:
            self._watch.start()
        count = self._steps.suited(self._watch.free())
        self._loaded[count] = self._load(count)

    def load_rest(self, stop: Callable[[], bool]) -> None:
        """Load the others, the fewest threads first, until `stop()`; one that cannot be loaded is done without."""
        for count in reversed(self._steps.counts):
            if stop():
                return
            if count in self._loaded:
                continue
            try:
                self._loaded[count] = self._load(count)
            except Exception:  # the library raises anything; the model answers without this one
                log.warning("the model cannot be loaded once more with %d threads", count, exc_info=True)

    def suited(self) -> Any:
        """Return the one for the cores that are free now, among those loaded."""
        return self._loaded[ThreadSteps(self.loaded, "").suited(self._watch.free())]

    def all(self) -> tuple[Any, ...]:
        """Return everything that is loaded, the one with the most threads first."""
        return tuple(self._loaded[count] for count in self.loaded)

    def close(self) -> None:
        """Free all and stop watching. Idempotent."""
        self._watch.close()
        self._loaded.clear()
