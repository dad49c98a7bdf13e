"""In whose history an event stands, when the same browser is used before and after signing in.

An event that names a customer is that customer's. One that names only an anonymous visitor belongs to the customer who
is next known in that browser, as the cart does that a guest takes along; where nobody ever is, to the anonymous
visitor. That depends on when things happened alone, not on when we were told, so late events change histories and not
the rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from assistant.store.event import Event, person
from assistant.store.tables import events

_CHUNK = 500


class Owners:
    """Who was known in which browser when, as far as a batch of new events needs it."""

    def __init__(self, connection: Connection, batch: Sequence[Event]) -> None:
        self._connection = connection
        self._browsers = sorted({event.anonymous_id for event in batch if event.anonymous_id})
        self._known: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        named = [event for event in batch if event.anonymous_id and event.customer_id]
        self._named = {event.anonymous_id for event in named}
        if self._browsers:
            self._low = min(event.at for event in batch if event.anonymous_id)
            self._high = max((event.at for event in named), default=self._low)
            self._read_known()
        for event in named:
            self._known[str(event.anonymous_id)].append((event.at, str(event.customer_id)))
        for moments in self._known.values():
            moments.sort()

    def of(self, event: Event) -> str:
        """Return in whose history a new event stands."""
        if event.customer_id or not event.anonymous_id:
            return person(event.customer_id, event.anonymous_id)
        return self._next(event.anonymous_id, event.at)

    def move(self) -> set[str]:
        """Move kept events whose next known customer is another since this batch; return whose histories changed."""
        changes: list[dict[str, object]] = []
        people: set[str] = set()
        for number, browser, at, before in self._unnamed():
            after = self._next(browser, at)
            if after != before:
                changes.append({"moved": number, "to": after})
                people |= {before, after}
        if changes:
            moved = update(events).where(events.c.number == bindparam("moved")).values(person=bindparam("to"))
            self._connection.execute(moved, changes)
        return people

    def _next(self, browser: str, at: datetime) -> str:
        moments = self._known.get(browser, [])
        place = bisect_left(moments, (at, ""))
        return person(moments[place][1] if place < len(moments) else None, browser)

    def _read_known(self) -> None:
        for browsers in _chunks(self._browsers):
            query = select(events.c.anonymous_id, events.c.at, events.c.customer_id).where(
                events.c.anonymous_id.in_(browsers), events.c.customer_id.is_not(None), events.c.at >= self._low
            )
            for browser, at, customer in self._connection.execute(query):
                self._known[browser].append((at, customer))

    def _unnamed(self) -> Iterable[tuple[int, str, datetime, str]]:
        """Return (number, browser, time, person) of kept events that a newly known customer may take over."""
        found: list[tuple[int, str, datetime, str]] = []
        for browsers in _chunks(sorted(name for name in self._named if name)):
            among = events.c.anonymous_id.in_(browsers)
            before = select(events.c.anonymous_id, func.max(events.c.at)).where(
                among, events.c.customer_id.is_not(None), events.c.at < self._low
            )
            last = dict(self._connection.execute(before.group_by(events.c.anonymous_id)).all())
            query = select(events.c.number, events.c.anonymous_id, events.c.at, events.c.person).where(
                among, events.c.customer_id.is_(None), events.c.at <= self._high
            )
            if len(last) == len(browsers):
                query = query.where(events.c.at > min(last.values()))
            found += [
                (n, b, at, who) for n, b, at, who in self._connection.execute(query) if b not in last or at > last[b]
            ]
        return found


def _chunks(names: Sequence[str]) -> Iterable[Sequence[str]]:
    return (names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK))
