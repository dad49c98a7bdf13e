"""When an event happened: the many ways to write a time, and clocks that are wrong. Knows no event.

A sender that says when it sent (`sentAt`) tells how far its clock is off, and the event's time is moved by as much. A
time in the future that nobody explains is the time of receipt where it is less than a day off, and else not believed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

OFF = timedelta(minutes=1)
"""A clock off by less is not put right: messages take a while to arrive."""
AHEAD = timedelta(minutes=5)
"""How far ahead of ours an event's time may be and still be taken as it is."""
FAR_AHEAD = timedelta(days=1)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""No web shop is older; an earlier time is a clock that was never set."""


class WrongClock(ValueError):
    """A time that no clock of a shopper can have shown."""


def read_time(value: Any) -> datetime:
    """Return the time that a text or a number of seconds, milliseconds or microseconds since 1970 names, in UTC.

    A text without a zone is taken as UTC, as GA4 and Segment write it.

    >>> read_time(1763888400000000) == read_time("2025-11-23T10:00:00+01:00") == read_time(1763888400)
    True

    Raises:
        ValueError: it names no time.
    """
    if isinstance(value, bool) or value is None:
        raise ValueError("is no time")
    if isinstance(value, str) and not value.strip().lstrip("-").isdigit():
        moment = datetime.fromisoformat(value.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        number = float(value)
        scale = next((unit for limit, unit in ((1e14, 1e6), (1e11, 1e3)) if abs(number) >= limit), 1.0)
        return datetime.fromtimestamp(number / scale, UTC)
    except (TypeError, OverflowError, OSError) as error:
        raise ValueError("is no time") from error


def put_right(at: datetime, received_at: datetime, sent_at: datetime | None = None) -> datetime:
    """Return when an event happened by our clock; `at` itself where nothing is wrong with it.

    Raises:
        WrongClock: it is more than a day ahead of us, or before any shop was on the web.
    """
    if sent_at is not None and abs(received_at - sent_at) > OFF:
        at += received_at - sent_at
    if at < EARLIEST:
        raise WrongClock("is before the year 2000: the clock that showed it was never set")
    if at > received_at + FAR_AHEAD:
        raise WrongClock("is more than a day in the future")
    return received_at if at > received_at + AHEAD else at
