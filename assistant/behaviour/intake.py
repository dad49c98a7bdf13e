"""Takes events in: reads, cleans, keeps, and gives a receipt that accounts for every one of them.

The one way from any payload into the store; the HTTP API and the import of files both use it. Knows no page.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from assistant.behaviour.bots import Pace
from assistant.behaviour.cleaning import Cleaning, Refused, Sold, clean, names_of
from assistant.behaviour.event import Event
from assistant.behaviour.raw import RawEvent, Reason, Reject, reject
from assistant.store.events import Added
from assistant.store.principal import Principal

MOST_TOLD = 100
"""Rejects that a receipt tells one by one; all are counted."""


class Keeps(Protocol):
    """Keeps events for good."""

    def add(self, batch: Iterable[Event], principal: Principal, /) -> Added:
        """Keep what is not there yet, on disk before this returns."""


class Sells(Protocol):
    """Knows what the shop sells."""

    def sold_as(self, names: Iterable[str], /) -> Sold:
        """Return the (product id, variant id) that each known name stands for."""


@dataclass(slots=True)
class Receipt:
    """What became of a payload: each event is accepted, a duplicate, withheld or rejected.

    `withheld` are of people who have switched their history off. `reasons` counts rejected events, `repaired` what was
    put right in accepted ones. `rejects` tells what was refused and left out, one by one.
    """

    accepted: int = 0
    duplicates: int = 0
    withheld: int = 0
    rejected: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, other: Receipt) -> None:
        """Count another receipt in, but for its events."""
        self.accepted += other.accepted
        self.duplicates += other.duplicates
        self.withheld += other.withheld
        self.rejected += other.rejected
        self.reasons += other.reasons
        self.repaired += other.repaired

    def to_json(self) -> dict[str, Any]:
        """Return the receipt as it travels; of many rejects only the first are told."""
        return {
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "withheld": self.withheld,
            "rejected": self.rejected,
            "reasons": dict(self.reasons),
            "repaired": dict(self.repaired),
            "rejects": [reject_json(one) for one in self.rejects[:MOST_TOLD]],
        }


class Intake:
    """Takes events into one shop. Thread-safe."""

    def __init__(self, events: Keeps, products: Sells) -> None:
        self._events, self._products = events, products
        self._pace = Pace()
        self._lock = threading.Lock()

    def take(
        self, told: Iterable[RawEvent | Reject], principal: Principal, *, received_at: datetime | None = None
    ) -> Receipt:
        """Keep what can be kept of what a payload told, and account for all of it.

        Raises:
            StoreUnavailable: the database cannot be written; nothing was kept, and the same payload may be sent again.
        """
        now = received_at or datetime.now(UTC)
        receipt = Receipt()
        raws: list[RawEvent] = []
        for one in told:
            if isinstance(one, Reject):
                _refused(receipt, one)
            else:
                raws.append(one)
        events = self._cleaned(raws, now, receipt)
        added = self._events.add(events, principal)
        receipt.accepted, receipt.duplicates, receipt.withheld = added.accepted, added.duplicates, added.withheld
        receipt.events = list(added.events)
        return receipt

    def _cleaned(self, raws: Sequence[RawEvent], now: datetime, receipt: Receipt) -> list[Event]:
        sold = self._products.sold_as({name for raw in raws for name in names_of(raw)}) if raws else {}
        done = Cleaning()
        found: list[Event] = []
        for raw in raws:
            try:
                event = clean(raw, sold, received_at=now, done=done)
            except Refused as refusal:
                _refused(receipt, refusal.told)
                continue
            if self._too_fast(event):
                text = "does more in a minute than a person can"
                _refused(receipt, reject(raw.place, "person", event.person, reason=Reason.BOT, text=text))
            else:
                found.append(event)
        receipt.repaired = +done.repaired
        receipt.rejects += done.left_out
        return found

    def _too_fast(self, event: Event) -> bool:
        with self._lock:
            return self._pace.too_fast(event)


def reject_json(one: Reject) -> dict[str, str]:
    """Return a reject as it travels and is written to a file."""
    return {
        "place": one.place,
        "field": one.field,
        "value": one.value,
        "reason": one.reason.value,
        "text": one.text,
    }


def _refused(receipt: Receipt, one: Reject) -> None:
    receipt.rejected += 1
    receipt.reasons[one.reason.value] += 1
    receipt.rejects.append(one)
