"""What the demo shop's people buy again: what is used up, on its rhythm; what lasts for years hardly ever.

    used up     coffee after some 25 days, a serum after 60, as the vocabulary says by type (`lasts`); the next order
                after that holds it again with three chances in four
    running out one order in three is placed because somebody ran out, at the time when they did
    lasting     who has a hair dryer buys the same one again in one of fifty cases (a gift), and mostly none at all

What was cancelled or sent back was never had. Knows choices and times, no order.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from assistant.demo.choosing import Chooser
from assistant.demo.shelf import Shown

AGAIN, RAN_OUT, GIFT = 0.75, 0.35, 0.02
EARLY, LATE = 0.8, 1.3
"""Between these times its usual span something is used up."""
FORGOTTEN = timedelta(days=60)
"""So long after they ran out nobody orders for that alone."""
TRIES = 12
"""So many products are thought of before the list is left shorter."""


class Households:
    """What each customer has at home, while their orders are written in the order of time."""

    def __init__(self, choosers: Mapping[str, Chooser], chance: Random) -> None:
        self.choosers = choosers
        self._chance = chance
        self._had: dict[str, dict[str, tuple[Shown, datetime]]] = defaultdict(dict)
        self._due: list[tuple[datetime, str]] = []

    def next_due(self, at: datetime) -> str | None:
        """Return a customer who orders now because they ran out of something; mostly `None`."""
        if self._chance.random() >= RAN_OUT:
            return None
        while self._due and self._due[0][0] <= at:
            since, customer_id = heapq.heappop(self._due)
            if at - since < FORGOTTEN and self._used_up(customer_id, at):
                return customer_id
        return None

    def wanted(self, customer_id: str, at: datetime, count: int, *, keeps: bool) -> list[Shown]:
        """Return what a customer orders: what is used up, then by taste, about `count` products, none of them twice.

        Unless they keep it, nothing of it is in the house afterwards.
        """
        out = [one for one in self._used_up(customer_id, at) if self._chance.random() < AGAIN]
        wanted = {one.product.id: one for one in out[:count]}
        chooser = self.choosers[customer_id]
        for _ in range(TRIES):
            if len(wanted) >= count:
                break
            one = chooser.product(chooser.kind(at))
            if self._lacks(customer_id, one):
                wanted.setdefault(one.product.id, one)
        found = list(wanted.values()) or [chooser.product(chooser.kind(at))]
        if keeps:
            self._take_home(customer_id, found, at)
        return found

    def _used_up(self, customer_id: str, at: datetime) -> list[Shown]:
        return [one for one, until in self._had[customer_id].values() if one.lasts_days and until <= at]

    def _lacks(self, customer_id: str, one: Shown) -> bool:
        return one.product.id not in self._had[customer_id] or self._chance.random() < GIFT

    def _take_home(self, customer_id: str, found: list[Shown], at: datetime) -> None:
        for one in found:
            span = timedelta(days=one.lasts_days * self._chance.uniform(EARLY, LATE))
            self._had[customer_id][one.product.id] = one, at + span
            if one.lasts_days:
                heapq.heappush(self._due, (at + span, customer_id))
