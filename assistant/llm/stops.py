"""Ends a stream of text at the first stop string, also where one is split over pieces. Knows no model."""

from __future__ import annotations


class StopCutter:
    """Takes pieces and gives back what may be shown; `done` is True once a stop string was met.

    >>> cutter = StopCutter(("END",))
    >>> cutter.take("one E"), cutter.take("N"), cutter.take("D two"), cutter.done
    ('one ', '', '', True)
    """

    def __init__(self, stops: tuple[str, ...]) -> None:
        self.done = False
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""

    def take(self, piece: str) -> str:
        """Return what can no longer be the beginning of a stop string."""
        if self.done:
            return ""
        text = self._held + piece
        if found := [at for stop in self._stops if (at := text.find(stop)) >= 0]:
            self.done, self._held = True, ""
            return text[: min(found)]
        keep = max((_overlap(text, stop) for stop in self._stops), default=0)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def rest(self) -> str:
        """Return what was held back, when the stream has ended by itself."""
        held, self._held = self._held, ""
        return held


def _overlap(text: str, stop: str) -> int:
    """Return how many characters at the end of `text` begin `stop`."""
    return next((n for n in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:n])), 0)
