"""What is made of the model in use, and the next version made ready behind its back.

A new version loads in a thread while lists go on from the one that is held, and takes its place once it is ready; one
that cannot be used is said in the log and nothing else happens. Two models are in memory while they change places.
Knows versions and no model.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, TypeVar

from assistant.recommend.contract import Recommender
from assistant.recommend.errors import BadModel, RecommendError
from assistant.recommend.versions import Versions

log = logging.getLogger("regulars.recommend")

T = TypeVar("T")


class Live(Generic[T]):
    """Holds what `made` makes of a version's model. Thread-safe; each version is tried once."""

    def __init__(self, versions: Versions, made: Callable[[Recommender], T]) -> None:
        self._versions, self._made = versions, made
        self._lock = Lock()
        self._held: tuple[int, T] | None = None
        self._tried: int | None = None
        self._loading: Thread | None = None
        self._waits, self._said = True, ""

    def begin(self) -> None:
        """Load the version in use in the background; from now on nobody waits for one, not for the first either."""
        self._waits = False
        self._look()

    def now(self) -> T | None:
        """Return what is held, `None` while there is nothing. Costs a look at a file.

        Where another version has come into use, it begins to load. Only a program that never called `begin`, such as a
        command, waits for its first one.
        """
        loading = self._look()
        if self._held is None and self._waits and loading is not None:
            loading.join()
        held = self._held
        return held[1] if held else None

    def close(self) -> None:
        """Wait for what is loading, so that nobody's files are closed under it."""
        if self._loading is not None:
            self._loading.join()

    def _look(self) -> Thread | None:
        """Return what is loading, begun here where another version is in use than was tried last."""
        with self._lock:
            if self._loading is None or not self._loading.is_alive():
                number = self._wanted()
                if number is not None and number != self._tried:
                    self._tried = number
                    self._loading = Thread(target=self._load, args=(number,), name=f"model-{number}", daemon=True)
                    self._loading.start()
            return self._loading

    def _wanted(self) -> int | None:
        try:
            return self._versions.in_use()
        except BadModel as error:
            if str(error) != self._said:
                self._said = str(error)
                log.error("%s; suggestions go on as they are", error)
            return None

    def _load(self, number: int) -> None:
        try:
            self._held = number, self._made(self._versions.load(number))
        except RecommendError as error:
            log.error("version %d of the model cannot be used, suggestions go on without it: %s", number, error)
        except Exception:  # the edge of the thread: whatever it is, the shop goes on suggesting
            log.exception("version %d of the model cannot be used, suggestions go on without it", number)
        else:
            log.info("version %d of the model is in use", number)
