"""Whether people come back, as the manager reads it: figures with what each means, and the weeks' cohorts.

Days that are over count; today's would look like a fall. Computes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from assistant.behaviour.stickiness.activity import activity, yesterday
from assistant.behaviour.stickiness.cohorts import Cohort
from assistant.behaviour.stickiness.figures import Figures, definitions, figures
from assistant.store.events import Events
from assistant.store.principal import Principal

COUNTS = ("dau", "wau", "mau")
SHARES = (
    "stickiness",
    "retention@1",
    "retention@7",
    "retention@30",
    "cohort_week_1",
    "cohort_month_1",
    "returning_share",
    "conversion",
    "funnel.look",
    "funnel.view",
    "funnel.cart",
    "funnel.checkout",
    "funnel.purchase",
)
MINUTES = ("session_minutes.median", "session_minutes.p90")
WEEKS = 8
"""So many of the latest cohorts are shown, and so many weeks of each."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in words: its name, its value and what it means."""

    name: str
    value: str
    means: str


@dataclass(frozen=True, slots=True)
class Week:
    """People who first came in a week, and which share of them came in each of the weeks after it."""

    begins: date
    people: int
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returning:
    """What the page shows."""

    first: date
    last: date
    lines: tuple[Line, ...]
    weeks: tuple[Week, ...]


def returning(
    events: Events, principal: Principal, language: str, *, zone: str = "UTC", now: datetime | None = None
) -> Returning | None:
    """Return what is known up to yesterday, `None` where nobody had come by then. A second for 80,000 events."""
    known = activity(events.acts(principal), zone=zone, last=yesterday(now or datetime.now(UTC), zone))
    if known is None:
        return None
    found = figures(known)
    return Returning(known.first, known.last, _lines(found, language), tuple(map(_week, found.weekly[-WEEKS:])))


def _lines(found: Figures, language: str) -> tuple[Line, ...]:
    told = definitions(language)
    texts = {name: _text(name, found.named[name], language) for name in (*COUNTS, *SHARES, *MINUTES)}
    return tuple(Line(told[name].name, text, told[name].means) for name, text in texts.items())


def _text(name: str, value: float | None, language: str) -> str:
    if value is None:
        return "–"
    if name in MINUTES:
        return f"{value:,.1f} {'分钟' if language == 'zh' else 'min'}"
    return _percent(value) if name in SHARES else f"{value:,.1f}"


def _percent(share: float) -> str:
    return f"{share:.1%}".replace("%", " %")


def _week(one: Cohort) -> Week:
    return Week(one.begins, one.people, tuple(_percent(came / one.people) for came in one.active[1:WEEKS]))
