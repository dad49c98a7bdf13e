"""The visits of one person with what was done in each, formed from a history as a whole.

The store keeps the same visits as first and last moments, brought up to date with each batch; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.behaviour.event import Event
from assistant.store.visits import PAUSE


def sessionise(history: Iterable[Event]) -> list[tuple[Event, ...]]:
    """Return the events of one person by visit, both in the order in which they happened."""
    visits: list[list[Event]] = []
    for event in sorted(history, key=lambda one: (one.at, one.number, one.id)):
        if visits and event.at - visits[-1][-1].at <= PAUSE:
            visits[-1].append(event)
        else:
            visits.append([event])
    return [tuple(visit) for visit in visits]


def daypart(hour: int) -> str:
    """Return the part of the day of an hour, in the shop's own zone.

    >>> daypart(8), daypart(23), daypart(3)
    ('morning', 'evening', 'night')
    """
    return "night" if hour < 5 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
