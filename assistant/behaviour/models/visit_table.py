"""What is known of a visit at a moment of it: what was done so far, how fast, when, whence, and what went before it.

A visit teaches by several moments: after its first, second, fourth, eighth … event, always before it buys, so that the
model has learned from visits as unfinished as those it is asked about. Looks at events only up to the moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from assistant.behaviour.event import Event, Kind
from assistant.behaviour.models.table import Column, Table, levels_of

COUNTED = {
    "looks": (Kind.PRODUCT_VIEW, Kind.PRODUCT_CLICK),
    "lists": (Kind.LIST_VIEW,),
    "searches": (Kind.SEARCH,),
    "wishes": (Kind.WISHLIST_ADD,),
    "cart_adds": (Kind.CART_ADD,),
    "cart_removes": (Kind.CART_REMOVE,),
    "cart_views": (Kind.CART_VIEW,),
    "checkout_steps": (Kind.CHECKOUT_BEGIN, Kind.CHECKOUT_SHIPPING, Kind.CHECKOUT_PAYMENT),
    "chats": (Kind.CHAT,),
}
NUMBERS = (
    *COUNTED,
    *("events", "products", "most_looks", "minutes", "seconds_a_step", "dearest_minor"),
    *("past_visits", "past_purchases", "days_since_visit", "days_since_purchase", "hour", "weekend"),
)
NEVER_DAYS = 999.0
"""What stands for the days since something that never was."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a person had done before a visit: how often they came and bought, and when last."""

    visits: int = 0
    purchases: int = 0
    last_visit: datetime | None = None
    last_purchase: datetime | None = None

    def after(self, visit: Sequence[Event]) -> Past:
        """Return the past once this visit is over."""
        bought = [event.at for event in visit if event.kind is Kind.PURCHASE]
        last = bought[-1] if bought else self.last_purchase
        return Past(self.visits + 1, self.purchases + len(bought), visit[-1].at, last)


@dataclass(frozen=True, slots=True)
class Moment:
    """A visit up to a moment: what was done so far, in order, and the person's past."""

    so_far: tuple[Event, ...]
    past: Past = Past()

    @property
    def elapsed_s(self) -> float:
        """Seconds since the visit's first event."""
        return (self.so_far[-1].at - self.so_far[0].at).total_seconds()


@dataclass(frozen=True, slots=True)
class Seen:
    """A moment of a visit that is over, whether it bought later, and for how many seconds it went on."""

    moment: Moment
    bought: bool
    remaining_s: float
    visit: int


def moments(histories: Iterable[Sequence[Sequence[Event]]]) -> Iterator[Seen]:
    """Yield the moments to learn from of each person's visits, which come in order, each with its events in order."""
    number = 0
    for visits in histories:
        past = Past()
        for visit in visits:
            yield from _of_visit(visit, past, number)
            number += 1
            past = past.after(visit)


def visit_table(asked: Sequence[Moment], like: Table | None = None) -> Table:
    """Return what is known at each moment. The levels are those of `like` where it is given."""
    known = {column.name: column.levels for column in like.columns} if like else {}
    numbers = np.array([_numbers(moment) for moment in asked], np.float64).reshape(len(asked), len(NUMBERS))
    said = {
        "channel": [_first(moment.so_far, "channel") for moment in asked],
        "device": [_first(moment.so_far, "device") for moment in asked],
    }
    levels = [levels_of(name, values, known.get(name, ())) for name, values in said.items()]
    columns = (*(Column(name) for name in NUMBERS), *(column for column, _ in levels))
    return Table(columns, np.column_stack([numbers, *(values for _, values in levels)]))


def _of_visit(visit: Sequence[Event], past: Past, number: int) -> Iterator[Seen]:
    buys = next((place for place, event in enumerate(visit) if event.kind is Kind.PURCHASE), None)
    before = visit if buys is None else visit[:buys]
    count = 1
    while count <= len(before):
        moment = Moment(tuple(before[:count]), past)
        yield Seen(moment, buys is not None, (visit[-1].at - before[count - 1].at).total_seconds(), number)
        count *= 2


def _numbers(moment: Moment) -> list[float]:
    events, past = moment.so_far, moment.past
    now = events[-1].at
    looked = [id_ for event in events if event.kind in COUNTED["looks"] for id_ in event.product_ids]
    prices = [item.price_minor or 0 for event in events for item in event.items]
    return [
        *(float(sum(event.kind in kinds for event in events)) for kinds in COUNTED.values()),
        float(len(events)),
        float(len(set(looked))),
        float(max((looked.count(id_) for id_ in set(looked)), default=0)),
        moment.elapsed_s / 60,
        moment.elapsed_s / max(len(events) - 1, 1),
        float(max(prices, default=0)),
        float(past.visits),
        float(past.purchases),
        _days(past.last_visit, now),
        _days(past.last_purchase, now),
        float(now.hour),
        float(now.weekday() >= 5),
    ]


def _days(then: datetime | None, now: datetime) -> float:
    return NEVER_DAYS if then is None else (now - then).total_seconds() / 86400


def _first(events: Sequence[Event], name: str) -> str:
    return next((str(value) for event in events if (value := getattr(event, name))), "")
