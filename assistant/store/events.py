"""What people did in the shop, kept for good and in order. A batch is on disk before `add` returns.

SQLite writes through to the disk at each commit (`synchronous = FULL` in write-ahead mode), PostgreSQL by its own
default, so that an answer given after `add` survives a loss of power. Knows no format in which events travel.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, text

from assistant.errors import NotAllowed
from assistant.store.access import STAFF
from assistant.store.database import reading, writing
from assistant.store.event import Event, Kind, person
from assistant.store.event_owners import Owners
from assistant.store.event_rows import event_row, row_event
from assistant.store.principal import Principal
from assistant.store.rows import put_rows
from assistant.store.tables import events, unrecorded, visits
from assistant.store.visits import Visit, add_moments, form_again, visits_of

_CHUNK = 500
_PAGE = 5_000
# Any fixed number will do: writers of events come one after the other, so that numbers are seen in order.
_WRITE_LOCK = 0x4556_454E


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch: new events, repeats, and those of people who have switched their history off.

    `events` are the new ones, each with its number and in whose history it stands.
    """

    accepted: int
    duplicates: int
    withheld: int = 0
    events: tuple[Event, ...] = ()


class Events:
    """The events of one shop. Thread-safe, and safe for several processes at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, batch: Iterable[Event], principal: Principal) -> Added:
        """Keep events that are not there yet, all or none, and the visits that they form.

        Raises:
            NotAllowed: a shopper or a guest writes what somebody else did.
        """
        given = list(batch)
        for event in given:
            _check_author(event, principal)
        if not given:
            return Added(0, 0)
        with writing(self._engine) as connection:
            _in_turn(connection)
            fresh = _unknown(connection, given)
            owners = Owners(connection, fresh)
            owned = [(event, owners.of(event)) for event in fresh]
            kept = _without(owned, _off(connection, owned))
            added = _insert(connection, kept)
            moved = _moved(connection, [event for event, _ in kept], owners, withheld=len(kept) < len(owned))
            _form_visits(connection, added, moved)
        return Added(len(kept), len(given) - len(fresh), len(fresh) - len(kept), tuple(added))

    def of(
        self,
        whose: str,
        principal: Principal,
        *,
        since: datetime | None = None,
        kinds: Collection[Kind] | None = None,
        limit: int | None = None,
    ) -> list[Event]:
        """Return what a person ("customer:ID" or "anonymous:ID") did, in the order in which it happened.

        With `limit` the latest ones only.

        Raises:
            NotAllowed: it is somebody else's history.
        """
        check_reader(whose, principal)
        where = [events.c.person == whose]
        if since is not None:
            where.append(events.c.at >= since)
        if kinds is not None:
            where.append(events.c.kind.in_([kind.value for kind in kinds]))
        query = select(events).where(*where).order_by(events.c.at.desc(), events.c.number.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [row_event(row) for row in reversed(connection.execute(query).all())]

    def all(
        self,
        principal: Principal,
        *,
        since: datetime | None = None,
        kinds: Collection[Kind] | None = None,
        after: int = 0,
    ) -> Iterator[Event]:
        """Yield everybody's events in the order of arrival, page by page; `after` is the last number already seen.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        _require_staff(principal, "read everybody's history")
        where: list[ColumnElement[bool]] = []
        if since is not None:
            where.append(events.c.at >= since)
        if kinds is not None:
            where.append(events.c.kind.in_([kind.value for kind in kinds]))
        while True:
            query = select(events).where(events.c.number > after, *where).order_by(events.c.number).limit(_PAGE)
            with reading(self._engine) as connection:
                page = [row_event(row) for row in connection.execute(query)]
            if not page:
                return
            yield from page
            after = page[-1].number

    def acts(self, principal: Principal) -> list[tuple[str, Kind, datetime]]:
        """Return in whose history each event stands, what was done and when, in the order of arrival.

        Without what it was about: several times as fast as `all`.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        _require_staff(principal, "read everybody's history")
        query = select(events.c.person, events.c.kind, events.c.at).order_by(events.c.number)
        with reading(self._engine) as connection:
            return [(whose, Kind(kind), at) for whose, kind, at in connection.execute(query)]

    def holds(self, event_id: str) -> bool:
        """Return whether an event of this id is kept."""
        with reading(self._engine) as connection:
            return connection.execute(select(events.c.number).where(events.c.id == event_id)).first() is not None

    def visits(self, whose: str, principal: Principal) -> list[Visit]:
        """Return a person's visits, the earliest first.

        Raises:
            NotAllowed: it is somebody else's history.
        """
        check_reader(whose, principal)
        with reading(self._engine) as connection:
            return visits_of(connection, whose)

    def count(self) -> int:
        """Return how many events are kept."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(events)).scalar_one()

    def recording_off(self, whose: str) -> bool:
        """Return whether this person has switched their history off: nothing of theirs is kept from then on."""
        with reading(self._engine) as connection:
            return connection.execute(select(unrecorded).where(unrecorded.c.person == whose)).first() is not None

    def all_off(self) -> frozenset[str]:
        """Return everybody who has switched their history off."""
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(unrecorded.c.person)))

    def switch_recording(self, whose: str, principal: Principal, *, on: bool) -> None:
        """Keep what this person does from now on, or nothing of it. What is kept already stays; see `forget`.

        Raises:
            NotAllowed: it is somebody else's history.
        """
        check_reader(whose, principal)
        with writing(self._engine) as connection:
            if on:
                connection.execute(delete(unrecorded).where(unrecorded.c.person == whose))
            else:
                put_rows(connection, unrecorded, [{"person": whose, "since": datetime.now(UTC)}])

    def forget(self, whose: str, principal: Principal) -> int:
        """Delete a person's events and visits; return how many events there were.

        Raises:
            NotAllowed: it is somebody else's history.
        """
        check_reader(whose, principal)
        with writing(self._engine) as connection:
            _in_turn(connection)
            connection.execute(delete(visits).where(visits.c.person == whose))
            return connection.execute(delete(events).where(events.c.person == whose)).rowcount

    def forget_source(self, source: str, principal: Principal) -> int:
        """Delete what one source told of everybody and form the visits anew; return how many events there were.

        Raises:
            NotAllowed: the principal is not of the shop's staff.
        """
        _require_staff(principal, "delete everybody's history")
        with writing(self._engine) as connection:
            _in_turn(connection)
            told = events.c.facts["source"].as_string() == source
            people = set(connection.scalars(select(events.c.person).where(told).distinct()))
            gone = connection.execute(delete(events).where(told)).rowcount
            form_again(connection, people)
            return gone


def check_reader(whose: str, principal: Principal) -> None:
    """Refuse whoever may not see this history.

    A guest is known by their session's id, which nobody can guess; once a customer, that history is the customer's.

    Raises:
        NotAllowed: it is somebody else's.
    """
    own = person(principal.customer_id, None) if principal.customer_id else None
    guest = principal.role == "guest" and whose.startswith("anonymous:")
    if principal.role not in STAFF and whose != own and not guest:
        raise NotAllowed(principal.who, "use somebody else's history")


def _check_author(event: Event, principal: Principal) -> None:
    if principal.role not in STAFF and event.customer_id != principal.customer_id:
        raise NotAllowed(principal.who, "write somebody else's history")


def _require_staff(principal: Principal, what: str) -> None:
    if principal.role not in STAFF:
        raise NotAllowed(principal.who, what)


def _in_turn(connection: Connection) -> None:
    """Wait for other writers of events; SQLite lets only one write anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITE_LOCK})


def _unknown(connection: Connection, given: Sequence[Event]) -> list[Event]:
    """Return the events that are not kept yet, each once."""
    first = {event.id: event for event in reversed(given)}
    ids = list(first)
    for start in range(0, len(ids), _CHUNK):
        for known in connection.scalars(select(events.c.id).where(events.c.id.in_(ids[start : start + _CHUNK]))):
            del first[known]
    return [event for event in given if first.get(event.id) is event]


def _off(connection: Connection, owned: Sequence[tuple[Event, str]]) -> set[str]:
    """Return who of these people has switched their history off; mostly nobody, so that all are read at once."""
    return set(connection.scalars(select(unrecorded.c.person))) if owned else set()


def _without(owned: Sequence[tuple[Event, str]], off: set[str]) -> list[tuple[Event, str]]:
    if not off:
        return list(owned)
    return [
        (event, owner)
        for event, owner in owned
        if owner not in off and not (event.anonymous_id and person(None, event.anonymous_id) in off)
    ]


def _insert(connection: Connection, kept: Sequence[tuple[Event, str]]) -> list[Event]:
    if not kept:
        return []
    now = datetime.now(UTC)
    connection.execute(insert(events), [event_row(event, belongs_to=who, received_at=now) for event, who in kept])
    ids = [event.id for event, _ in kept]
    numbers: dict[str, int] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(events.c.id, events.c.number).where(events.c.id.in_(ids[start : start + _CHUNK]))
        numbers.update(connection.execute(query).all())
    return [replace(event, belongs_to=who, number=numbers[event.id]) for event, who in kept]


def _moved(connection: Connection, kept: Sequence[Event], owners: Owners, *, withheld: bool) -> set[str]:
    """Return whose histories changed. What was withheld must move nothing, so it is left out of who was known when."""
    return (Owners(connection, kept) if withheld else owners).move() if kept else set()


def _form_visits(connection: Connection, added: Sequence[Event], moved: set[str]) -> None:
    moments: dict[str, list[datetime]] = {}
    for event in added:
        if event.person not in moved:
            moments.setdefault(event.person, []).append(event.at)
    add_moments(connection, moments)
    form_again(connection, moved)
