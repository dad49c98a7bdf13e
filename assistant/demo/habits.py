"""When and how the demo shop's people visit: how often, at what hour, from where, on what, and whether still.

    rate       visits a week, log-normal over people (median 0.25), as few visit often and most seldom
    stage      of a customer's life with the shop in the last 120 days: active 50 %, cooling 18 % (the rate halves every
               25 days), lost 17 % (no visit after a day within the first 50), won back 15 % (a gap of 45 days)
    hours      a normal curve around an hour of one's own, three hours wide; a share of visits at the weekend
    channel    one that most visits come by, and device likewise

Customers of the demo sign-in visit at least weekly and are active, so that there is something to see of them. Knows no
taste and no product.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

DAYS = 120
STAGES = {"active": 50, "cooling": 18, "lost": 17, "won_back": 15}
MEDIAN_RATE, SPREAD = 0.25, 1.0
OFTEN = 1.2
"""Visits a week of those whom anybody may try."""
HALVES_AFTER, GAP = 25, 45
CHANNELS = {"direct": 34, "organic": 26, "email": 16, "paid_search": 12, "social": 12}
DEVICES = {"mobile": 58, "desktop": 36, "tablet": 6}
FAITHFUL = 0.7
"""Share of visits by one's usual channel and device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How one person visits. `turn_days_ago` is when a lost one left, or one won back came again."""

    visits_a_week: float
    stage: str
    hour: float
    weekend: float
    channel: str
    device: str
    turn_days_ago: float
    signs_in: float

    def presence(self, days_ago: float) -> float:
        """Return how much of the usual rate is left on a day, from 0 to 1."""
        if self.stage == "cooling":
            return float(2 ** (-(DAYS - days_ago) / HALVES_AFTER))
        if self.stage == "lost":
            return 1.0 if days_ago > self.turn_days_ago else 0.0
        if self.stage == "won_back":
            return 0.0 if self.turn_days_ago < days_ago < self.turn_days_ago + GAP else 1.0
        return 1.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and how somebody comes."""

    at: datetime
    channel: str
    device: str


def habit(chance: Random, *, often: bool = False) -> Habit:
    """Draw one person's habits."""
    stage = chance.choices(list(STAGES), list(STAGES.values()))[0]
    rate = MEDIAN_RATE * math.exp(chance.gauss(0, SPREAD))
    turn = chance.uniform(DAYS - 50, DAYS - 5) if stage == "lost" else chance.uniform(5, 45)
    return Habit(
        visits_a_week=min(max(rate, OFTEN) if often else rate, 5.0),
        stage="active" if often else stage,
        hour=chance.choice((8, 12, 13, 18, 20, 21, 22)) + chance.uniform(-1, 1),
        weekend=chance.betavariate(2, 3),
        channel=chance.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        device=chance.choices(list(DEVICES), list(DEVICES.values()))[0],
        turn_days_ago=turn,
        signs_in=chance.choice((0.6, 0.85, 0.95)),
    )


def arrivals(one: Habit, since: datetime, now: datetime, chance: Random) -> Iterator[Arrival]:
    """Yield a person's arrivals between two times, in order: a Poisson process, thinned by presence and weekday."""
    at = since
    most = one.visits_a_week * 2 * max(one.weekend, 1 - one.weekend)
    while True:
        at += timedelta(days=7 * chance.expovariate(most))
        if at >= now:
            return
        kept = one.presence((now - at) / timedelta(days=1)) * _by_day(one, at) / most * one.visits_a_week
        if chance.random() < kept:
            yield Arrival(_at_hour(one, at, now, chance), _usual(one.channel, CHANNELS, chance),
                          _usual(one.device, DEVICES, chance))  # fmt: skip


def arrival_at(one: Habit, at: datetime, chance: Random) -> Arrival:
    """Return how somebody comes at a time that is known, as of an order."""
    return Arrival(at, _usual(one.channel, CHANNELS, chance), _usual(one.device, DEVICES, chance))


def _by_day(one: Habit, at: datetime) -> float:
    """Weekends have two days of seven; both sides are scaled so that an even habit is 1."""
    return 2 * one.weekend if at.weekday() >= 5 else 2 * (1 - one.weekend)


def _at_hour(one: Habit, at: datetime, now: datetime, chance: Random) -> datetime:
    hour = chance.gauss(one.hour, 3.0) % 24
    moment = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour)
    return moment if moment < now else moment - timedelta(days=1)


def _usual(own: str, known: dict[str, int], chance: Random) -> str:
    return own if chance.random() < FAITHFUL else chance.choices(list(known), list(known.values()))[0]
