"""Who is no shopper: programs that say so in their user agent, and visitors faster than a person can be.

What a person did is counted by the minute in which it happened, not in which it was told, so that a file of a year or
a batch of a whole night is judged as if it had come in as it happened. Knows no format.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

from assistant.behaviour.event import Event

MOST_A_MINUTE = 300
"""Events of one person in a minute; five a second for a minute on end is no hand on a mouse."""
_WATCHED = 5_000
"""Minutes of persons that are remembered, the latest."""


@lru_cache(maxsize=4096)
def says_bot(user_agent: str) -> bool:
    """Return whether a user agent is one of a crawler, a monitor or a script.

    Source: the list that the crawler-user-agents project keeps.
    """
    from crawleruseragents import is_crawler  # half a megabyte of patterns, read when first needed

    return bool(is_crawler(user_agent[:512]))


class Pace:
    """Counts what each person does in a minute. Not thread-safe; the intake asks it one batch at a time.

    Repeats count once, so that a batch sent again is not taken for haste.
    """

    def __init__(self, most: int = MOST_A_MINUTE) -> None:
        self._most = most
        self._seen: OrderedDict[tuple[str, int], set[str]] = OrderedDict()

    def too_fast(self, event: Event) -> bool:
        """Return whether this event is more than a person can do in its minute."""
        minute = (event.person, int(event.at.timestamp() // 60))
        seen = self._seen.setdefault(minute, set())
        self._seen.move_to_end(minute)
        while len(self._seen) > _WATCHED:
            self._seen.popitem(last=False)
        if event.id in seen:
            return False
        if len(seen) >= self._most:
            return True
        seen.add(event.id)
        return False
