"""The stage of life with the shop, by the rhythm of the shopper's own visits and orders. Knows no event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from assistant.people.portrait.lines import Stage

YOUNG = timedelta(days=30)
"""So long somebody is new."""
USUAL = timedelta(days=30)
"""The rhythm of who has come too seldom to have one of their own, and the shortest that is believed."""
LATE, GONE = 2.0, 4.0
"""Away for so many times the usual pause is cooling, then lost. Like the "expected time between purchases" rules of
direct marketing; the multiples are this shop's setting, not a law."""


def stage(moments: Iterable[datetime], now: datetime) -> Stage | None:
    """Return the stage of somebody who came at these moments, in any order; `None` for who never came.

    >>> from datetime import UTC
    >>> day = lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n)
    >>> [str(stage([day(0), day(20), day(40)], day(n))) for n in (50, 120, 300)]
    ['active', 'cooling', 'lost']
    >>> str(stage([day(0), day(20), day(300)], day(301)))
    'won_back'
    """
    came = _days(sorted(moment for moment in moments if moment <= now))
    if not came:
        return None
    if now - came[0] <= YOUNG:
        return Stage.NEW
    usual = max(USUAL, _usual(came[:-1] if len(came) > 2 else came))
    away = now - came[-1]
    if away > GONE * usual:
        return Stage.LOST
    if away > LATE * usual:
        return Stage.COOLING
    back = len(came) > 1 and came[-1] - came[-2] > GONE * usual
    return Stage.WON_BACK if back else Stage.ACTIVE


def _days(moments: Sequence[datetime]) -> list[datetime]:
    """Return one moment a day: two visits of a day are no rhythm."""
    kept: list[datetime] = []
    for moment in moments:
        if not kept or moment.date() != kept[-1].date():
            kept.append(moment)
    return kept


def _usual(came: Sequence[datetime]) -> timedelta:
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(came)]
    return timedelta(seconds=median(pauses)) if pauses else USUAL
