"""A hundred and twenty days of the demo shop's visits, drawn from the people's tastes and habits.

Every order of those days is bought in a visit of its own at its own time; further visits look without buying. Customers
are mostly signed in from the start, sometimes only on the way, sometimes not at all, and guests come who never sign in.
The same seed and day give the same visits. The models are in `tastes`, `habits` and `visits`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from assistant.behaviour.event import Event, Kind
from assistant.demo.choosing import Chooser
from assistant.demo.customers import NOW, customers
from assistant.demo.habits import DAYS, Arrival, Habit, arrival_at, arrivals, habit
from assistant.demo.orders import orders
from assistant.demo.shelf import Shelves, shelves
from assistant.demo.tastes import taste, tastes
from assistant.demo.visits import SOURCE, Visit, browse, buy
from assistant.store.records import Customer, Order

GUESTS = 700
GUEST_VISITS = 3
"""At most so many visits of a guest."""


@lru_cache(maxsize=1)
def behaviour(seed: int = 7, now: datetime = NOW) -> tuple[Event, ...]:
    """Return all events of the last 120 days, the earliest first; a few seconds."""
    shop = shelves(seed)
    bought: dict[str, list[Order]] = defaultdict(list)
    for order in orders(seed, now):
        if order.placed_at >= now - timedelta(days=DAYS):
            bought[order.customer_id].append(order)
    events = [
        event
        for one in customers(seed, now)
        for event in _Life(one, seed, shop, now).events(bought[one.id])
        if event.at <= now
    ]
    events += (event for number in range(GUESTS) for event in _guest(number, seed, shop, now) if event.at <= now)
    return tuple(sorted(events, key=lambda event: (event.at, event.id)))


class _Life:
    """One customer's visits."""

    def __init__(self, customer: Customer, seed: int, shop: Shelves, now: datetime) -> None:
        self._customer, self._shop, self._now = customer, shop, now
        self._chance = Random(f"{seed}:behaviour:{customer.id}")
        self._habit: Habit = habit(self._chance, often=customer.demo)
        self._chooser = Chooser(tastes(seed, now)[customer.id], shop, now, self._chance)
        self._visits = 0

    def events(self, bought: list[Order]) -> Iterator[Event]:
        """Yield the events of every visit: first those that looked, then those that bought."""
        since = max(self._now - timedelta(days=DAYS), self._customer.joined_at)
        for arrival in arrivals(self._habit, since, self._now, self._chance):
            if arrival.at >= since and not any(abs(arrival.at - one.placed_at) < timedelta(hours=2) for one in bought):
                yield from self._signed(browse(self._visit(arrival)))
        for order in bought:
            yield from buy(self._visit(arrival_at(self._habit, order.placed_at, self._chance)), order)

    def _visit(self, arrival: Arrival) -> Visit:
        self._visits += 1
        return Visit(
            id=f"{SOURCE}:{self._customer.id}:{self._visits}",
            chooser=self._chooser,
            shop=self._shop,
            chance=self._chance,
            arrival=arrival,
            language=self._customer.language,
            customer_id=self._customer.id,
            anonymous_id=f"{SOURCE}-{self._customer.id}-{arrival.device}",
        )

    def _signed(self, written: list[Event]) -> list[Event]:
        """Leave a customer's name out of a visit until they sign in, where they do not from the start."""
        if self._chance.random() < self._habit.signs_in:
            return written
        signs_in = self._chance.randrange(2 * len(written))  # beyond the end: not in this visit
        unnamed = [replace(one, customer_id=None) for one in written[:signs_in]]
        if signs_in >= len(written):
            return unnamed
        login = replace(written[signs_in], id=f"{written[0].id}:login", kind=Kind.LOGIN, items=(), currency=None,
                        query="", duration_s=None, details={})  # fmt: skip
        return [*unnamed, login, *written[signs_in:]]


def _guest(number: int, seed: int, shop: Shelves, now: datetime) -> Iterator[Event]:
    chance = Random(f"{seed}:guest:{number}")
    own, chooser = habit(chance), Chooser(taste(chance, shop), shop, now, chance)
    language = chance.choice(("en", "en", "zh"))
    at = now - timedelta(days=chance.uniform(0, DAYS))
    for visit in range(chance.randint(1, GUEST_VISITS)):
        arrival = arrival_at(own, at, chance)
        yield from browse(
            Visit(
                id=f"{SOURCE}:guest-{number}:{visit}",
                chooser=chooser,
                shop=shop,
                chance=chance,
                arrival=arrival,
                language=language,
                customer_id=None,
                anonymous_id=f"{SOURCE}-guest-{number}",
            )
        )
        at += timedelta(days=chance.expovariate(0.2))
