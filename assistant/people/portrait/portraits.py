"""Portraits of shoppers, put together from what they said, what they did and what they hid; and changing them.

Computed when asked for, so that an event counts at once. Composes the parts of this room; decides no taste itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import Generic, TypeVar

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.people.portrait.lines import SINGLE, Evidence, Line, Portrait, merged
from assistant.people.portrait.segments import Bought, segments
from assistant.people.portrait.shelf import Shelf
from assistant.people.portrait.stage import stage
from assistant.people.portrait.tastes import observed
from assistant.store.events import Events
from assistant.store.forecasts import ForecastBook
from assistant.store.orders import Orders
from assistant.store.portraits import Marked, PortraitBook, Statement
from assistant.store.principal import SYSTEM, Principal
from assistant.store.records import OrderStatus
from assistant.store.stock_alerts import StockAlerts
from index.catalogue import Catalogue

log = logging.getLogger("regulars.portrait")

T = TypeVar("T")
LATEST = 2_000
"""Events of one shopper that are looked at: older ones weigh nothing any more."""
SHELF_S, SEGMENTS_S = 600.0, 3_600.0
"""How long the yardstick and the segments of all customers are kept before they are computed again."""


class Portraits:
    """The portraits of one shop's shoppers. Thread-safe."""

    def __init__(
        self,
        *,
        events: Events,
        book: PortraitBook,
        forecasts: ForecastBook,
        alerts: StockAlerts,
        orders: Orders,
        catalogue: Catalogue,
        timezone: str = "UTC",
    ) -> None:
        self._events, self._book, self._orders, self._catalogue = events, book, orders, catalogue
        self._forecasts, self._alerts = forecasts, alerts
        self._timezone = timezone
        self._shelf = _Kept(SHELF_S, lambda: Shelf(catalogue.get(catalogue.ids()).values()))
        self._segments = _Kept(SEGMENTS_S, self._segmented)

    def prepare(self) -> None:
        """Compute what the portraits of all are held against, so that the first shopper does not wait for it."""
        self._shelf.get()
        self._segments.get()

    def of(self, whose: str, principal: Principal, *, now: datetime | None = None) -> Portrait:
        """Return the portrait of a person ("customer:ID" or "anonymous:ID") as of now.

        Raises:
            NotAllowed: it is somebody else.
        """
        at = now or datetime.now(UTC)
        marks = {(mark.key, mark.value): mark for mark in self._book.marks(whose, principal)}
        forgotten = {line: mark.at for line, mark in marks.items() if mark.mark == "deleted"}
        events = self._history(whose, principal)
        lines = merged(
            [_stated(one) for one in self._book.statements(whose, principal)],
            observed(events, self._shelf.get(), now=at, zone=self._timezone, forgotten=forgotten) if events else (),
        )
        hidden = [replace(line, hidden=True) for line in lines if _is(line, marks, "hidden")]
        visits = self._events.visits(whose, principal)
        moments = [visit.started_at for visit in visits] + [e.at for e in events if e.kind is Kind.PURCHASE]
        return Portrait(
            person=whose,
            lines=tuple(line for line in lines if not _is(line, marks, "hidden")),
            hidden=tuple(hidden),
            stage=stage(moments, at),
            segment=self._segments.get().get(whose.removeprefix("customer:"), ""),
            visits=len(visits),
            orders=sum(event.kind is Kind.PURCHASE for event in events),
            barred=frozenset(id_ for e in events if e.kind is Kind.NOT_INTERESTED for id_ in e.product_ids),
            recording=self.recording(whose),
        )

    def recording(self, whose: str) -> bool:
        """Return whether this person's history is kept."""
        return not self._events.recording_off(whose)

    def tell(self, whose: str, principal: Principal, *, told: Statement) -> None:
        """Keep what a shopper says of themselves; nothing is kept while their history is switched off.

        Raises:
            NotAllowed: it is somebody else.
        """
        if not self.recording(whose):
            return
        for earlier in self._book.statements(whose, principal):
            if supersedes(told, earlier):
                marked = Marked(key=earlier.key, value=earlier.value, mark="deleted", at=told.at)
                self._book.mark(whose, principal, marked=marked)
        self._book.state(whose, principal, told=told)

    def correct(self, whose: str, principal: Principal, *, line: tuple[str, str], value: str) -> None:
        """Replace a line's (key, value) by what the shopper says instead. This is an act of theirs, so it is kept.

        Raises:
            NotAllowed: it is somebody else.
        """
        key, wrong = line
        at = datetime.now(UTC)
        self._book.mark(whose, principal, marked=Marked(key=key, value=wrong, mark="deleted", at=at))
        self._book.state(whose, principal, told=Statement(key=key, value=value, wanted=True, said="", at=at))

    def hide(self, whose: str, principal: Principal, *, line: tuple[str, str]) -> None:
        """Have a line used by nobody until it is shown again.

        Raises:
            NotAllowed: it is somebody else.
        """
        marked = Marked(key=line[0], value=line[1], mark="hidden", at=datetime.now(UTC))
        self._book.mark(whose, principal, marked=marked)

    def show(self, whose: str, principal: Principal, *, line: tuple[str, str]) -> None:
        """Use a hidden line again.

        Raises:
            NotAllowed: it is somebody else.
        """
        self._book.unmark(whose, principal, key=line[0], value=line[1])

    def delete(self, whose: str, principal: Principal, *, line: tuple[str, str]) -> None:
        """Forget a line and what it was learned from; only what happens later may bring it back.

        Raises:
            NotAllowed: it is somebody else.
        """
        marked = Marked(key=line[0], value=line[1], mark="deleted", at=datetime.now(UTC))
        self._book.mark(whose, principal, marked=marked)

    def switch_history(self, whose: str, principal: Principal, *, on: bool) -> None:
        """Keep what this person does from now on, or nothing of it.

        Raises:
            NotAllowed: it is somebody else.
        """
        self._events.switch_recording(whose, principal, on=on)

    def forget(self, whose: str, principal: Principal) -> None:
        """Delete the whole portrait: what was said, marked and expected, and every event. Orders stay, as the law asks.

        Raises:
            NotAllowed: it is somebody else.
        """
        self._book.forget(whose, principal)
        self._forecasts.forget(whose, principal)
        self._alerts.forget(whose, principal)
        self._events.forget(whose, principal)

    def adopt(self, session_id: str, principal: Principal) -> None:
        """Give what a guest said in a session to the customer who signed in there.

        Raises:
            NotAllowed: the principal is no customer.
        """
        if principal.customer_id:
            self._book.adopt(f"anonymous:{session_id}", f"customer:{principal.customer_id}", principal)

    def _history(self, whose: str, principal: Principal) -> list[Event]:
        """Return the latest events, and orders that no event told of as purchases, in the order they happened."""
        events = self._events.of(whose, principal, limit=LATEST)
        known = {event.order_number for event in events if event.kind is Kind.PURCHASE}
        if not whose.startswith("customer:"):
            return events
        orders = self._orders.of(whose.removeprefix("customer:"), principal, limit=200)
        bought = [
            Event(
                id=f"order:{order.number}",
                kind=Kind.PURCHASE,
                at=order.placed_at,
                customer_id=order.customer_id,
                items=tuple(EventItem(product_id=x.product_id, variant_id=x.variant_id) for x in order.lines),
                order_number=order.number,
            )
            for order in orders
            if order.number not in known and order.status not in _UNDONE
        ]
        return sorted([*events, *bought], key=lambda event: (event.at, event.id))

    def _segmented(self) -> dict[str, str]:
        totals = self._orders.totals(SYSTEM)
        bought = {who: Bought(last_at, count, total) for who, (last_at, count, total) in totals.items()}
        return {who: rfm.segment for who, rfm in segments(bought).items()}


_UNDONE = frozenset({OrderStatus.CANCELLED, OrderStatus.RETURNED, OrderStatus.REFUNDED})
"""Orders that tell of no taste."""


class _Kept(Generic[T]):
    """A value that is computed again when older than `seconds`, in a thread of its own: only the first caller waits."""

    def __init__(self, seconds: float, make: Callable[[], T]) -> None:
        self._seconds, self._make = seconds, make
        self._lock = Lock()
        self._held: tuple[float, T] | None = None
        self._renewing: Thread | None = None

    def get(self) -> T:
        """Return the value, the old one while a new one is computed."""
        with self._lock:
            if self._held is None:
                self._held = (time.monotonic(), self._make())
            made_at, value = self._held
            old = time.monotonic() - made_at > self._seconds
            if old and (self._renewing is None or not self._renewing.is_alive()):
                self._renewing = Thread(target=self._renew, name="portrait-yardstick", daemon=True)
                self._renewing.start()
            return value

    def _renew(self) -> None:
        try:
            self._held = (time.monotonic(), self._make())
        except Exception:  # the shop may be closing; the old value stands and the next call tries again
            log.warning("what portraits are held against could not be computed again", exc_info=True)


def _stated(told: Statement) -> Line:
    return Line(
        key=told.key,
        value=told.value,
        strength=1.0 if told.wanted else -1.0,
        origin="stated",
        evidence=(Evidence("said" if told.said else "set", 1, told.at),),
        said=told.said,
    )


def _is(line: Line, marks: dict[tuple[str, str], Marked], kind: str) -> bool:
    mark = marks.get((line.key, line.value))
    return mark is not None and mark.mark == kind


def supersedes(told: Statement, earlier: Statement) -> bool:
    """Return whether what is said now takes the place of what was said before: a size of one of the same kind, a liking
    of a dislike.

    A shoe size, which is a number, leaves the size of shirts, which are letters, as it is.
    """
    if told.value.casefold() == earlier.value.casefold() and told.wanted != earlier.wanted:
        return True
    same = told.key == earlier.key and told.key in SINGLE and told.value != earlier.value
    return same and told.value[:1].isdigit() == earlier.value[:1].isdigit()
