"""Visits: what one person did without a pause of more than half an hour, kept as its first and last moment.

A late event is put where it belongs: it widens a visit, joins two, or begins one of its own. Because a visit is a run
of moments with no long pause between them, taking events in one by one, in any order, leaves the same visits as
forming them once from all. Knows nothing of what an event is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select

from assistant.store.rows import put_rows
from assistant.store.tables import events, visits

PAUSE = timedelta(minutes=30)
"""The longest pause within a visit. Source: the default session timeout of Google Analytics."""
_CHUNK = 500


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """A visit of one person: its first and last moment, and how many events lie in it."""

    started_at: datetime
    ended_at: datetime
    events: int = 1


def joined(known: Iterable[Visit], moments: Iterable[datetime]) -> list[Visit]:
    """Return the visits that form when `moments` are added to visits that are known, in order.

    >>> from datetime import datetime
    >>> [one.events for one in joined([], [datetime(2026, 1, 1, 9, m) for m in (0, 50, 25)])]
    [3]
    """
    found: list[Visit] = []
    for one in sorted([*known, *(Visit(moment, moment) for moment in moments)]):
        if found and one.started_at - found[-1].ended_at <= PAUSE:
            last = found[-1]
            found[-1] = Visit(last.started_at, max(last.ended_at, one.ended_at), last.events + one.events)
        else:
            found.append(one)
    return found


def add_moments(connection: Connection, moments: Mapping[str, Sequence[datetime]]) -> None:
    """Add moments to the kept visits of each person, reading only the visits near them."""
    if not moments:
        return
    low, high = min(map(min, moments.values())), max(map(max, moments.values()))
    near = (visits.c.ended_at >= low - PAUSE, visits.c.started_at <= high + PAUSE)
    known = _kept(connection, list(moments), near)
    gone: list[dict[str, object]] = []
    new: list[dict[str, object]] = []
    for person, added in moments.items():
        before, after = known.get(person, []), joined(known.get(person, []), added)
        starts = {one.started_at for one in after}
        gone += [{"whose": person, "start": one.started_at} for one in before if one.started_at not in starts]
        new += _rows(person, set(after).difference(before))
    _remove(connection, gone)
    put_rows(connection, visits, new)


def form_again(connection: Connection, people: Iterable[str]) -> None:
    """Form the visits of these people from all their events, for when events moved between histories."""
    for person in people:
        connection.execute(delete(visits).where(visits.c.person == person))
        rows = _rows(person, joined([], connection.scalars(select(events.c.at).where(events.c.person == person))))
        if rows:
            connection.execute(insert(visits), rows)


def visits_of(connection: Connection, person: str) -> list[Visit]:
    """Return the visits of a person, the earliest first."""
    return _kept(connection, [person]).get(person, [])


def _kept(
    connection: Connection, people: Sequence[str], where: Sequence[ColumnElement[bool]] = ()
) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = {}
    for start in range(0, len(people), _CHUNK):
        among = visits.c.person.in_(people[start : start + _CHUNK])
        query = select(visits).where(among, *where).order_by(visits.c.started_at)
        for row in connection.execute(query):
            found.setdefault(row.person, []).append(Visit(row.started_at, row.ended_at, row.events))
    return found


def _remove(connection: Connection, gone: list[dict[str, object]]) -> None:
    if gone:
        mine = (visits.c.person == bindparam("whose"), visits.c.started_at == bindparam("start"))
        connection.execute(delete(visits).where(*mine), gone)


def _rows(person: str, formed: Iterable[Visit]) -> list[dict[str, object]]:
    return [
        {"person": person, "started_at": one.started_at, "ended_at": one.ended_at, "events": one.events}
        for one in formed
    ]
