"""Every figure of stickiness a second time, by plain loops: what the shop's own computation must equal.

Written from the definitions alone; shares no line, no constant and no library with `assistant.behaviour.stickiness`. It
is slow (a set for each window of each day) and means to be obvious.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from math import fsum
from typing import Any
from zoneinfo import ZoneInfo

NOT_THERE = {"cancel", "refund", "identify"}
FUNNEL = [
    ("look", {"search", "list_view"}),
    ("view", {"product_click", "product_view"}),
    ("cart", {"cart_add"}),
    ("checkout", {"checkout_begin", "checkout_shipping", "checkout_payment"}),
    ("purchase", {"purchase"}),
]
DAY = timedelta(days=1)

History = dict[str, list[tuple[datetime, str]]]
Report = dict[str, Any]
"""`named` figures; `days` by date `(dau, wau, mau)`; `week` and `month` cohorts by their begin `(people, active)`."""


def reference(acts: Iterable[tuple[str, str, datetime]], *, zone: str, last: date | None = None) -> Report | None:
    """Return every figure of acts (person, kind, moment) up to a day, `None` where nobody did anything."""
    place = ZoneInfo(zone)
    history: History = {}
    for person, kind, at in acts:
        if kind in NOT_THERE or (last is not None and at.astimezone(place).date() > last):
            continue
        history.setdefault(person, []).append((at, kind))
    if not history:
        return None
    for told in history.values():
        told.sort()
    days = {person: sorted({at.astimezone(place).date() for at, _ in told}) for person, told in history.items()}
    begin = min(own[0] for own in days.values())
    end = last if last is not None else max(own[-1] for own in days.values())
    table = _active_people(days, begin, end)
    report: Report = {"days": table, "week": _cohorts(days, end, "week"), "month": _cohorts(days, end, "month")}
    report["named"] = {
        **_of_days(table),
        "people": len(history),
        "events": sum(len(told) for told in history.values()),
        **{f"retention@{n}": _retention(days, n, end) for n in (1, 7, 30)},
        "cohort_week_1": _next_period(report["week"]),
        "cohort_month_1": _next_period(report["month"]),
        **_of_visits({person: _visits(told) for person, told in history.items()}),
        **_funnel("funnel_people", list(history.values())),
    }
    return report


def _active_people(days: Mapping[str, list[date]], begin: date, end: date) -> dict[date, tuple[Any, Any, Any]]:
    on: dict[date, set[str]] = {}
    for person, own in days.items():
        for day in own:
            on.setdefault(day, set()).add(person)
    table = {}
    day = begin
    while day <= end:
        counts: list[int | None] = []
        for length in (1, 7, 30):
            window: set[str] = set()
            for back in range(length):
                window |= on.get(day - back * DAY, set())
            counts.append(len(window) if day - (length - 1) * DAY >= begin else None)
        table[day] = (counts[0], counts[1], counts[2])
        day += DAY
    return table


def _of_days(table: Mapping[date, tuple[Any, Any, Any]]) -> dict[str, float | None]:
    found: dict[str, float | None] = {"days": len(table)}
    for place, name in enumerate(("dau", "wau", "mau")):
        counts = [row[place] for row in table.values() if row[place] is not None]
        found[name] = sum(counts) / len(counts) if counts else None
    ratios = [dau / mau for dau, _, mau in table.values() if mau]
    found["stickiness"] = fsum(ratios) / len(ratios) if ratios else None
    return found


def _retention(days: Mapping[str, list[date]], after: int, end: date) -> float | None:
    asked = came = 0
    for own in days.values():
        if own[0] + after * DAY <= end:
            asked += 1
            came += own[0] + after * DAY in own
    return came / asked if asked else None


def _period(day: date, kind: str) -> date:
    return day - day.weekday() * DAY if kind == "week" else date(day.year, day.month, 1)


def _cohorts(days: Mapping[str, list[date]], end: date, kind: str) -> dict[date, tuple[int, tuple[int, ...]]]:
    members: dict[date, list[str]] = {}
    for person, own in days.items():
        members.setdefault(_period(own[0], kind), []).append(person)
    found = {}
    for begins in sorted(members):
        active = [len(members[begins])]
        period = _period(begins + (7 if kind == "week" else 31) * DAY, kind)
        while True:
            following = _period(period + (7 if kind == "week" else 31) * DAY, kind)
            if following - DAY > end:
                break
            active.append(sum(any(period <= day < following for day in days[one]) for one in members[begins]))
            period = following
        found[begins] = (len(members[begins]), tuple(active))
    return found


def _next_period(cohorts: Mapping[date, tuple[int, tuple[int, ...]]]) -> float | None:
    people = came = 0
    for size, active in cohorts.values():
        if len(active) > 1:
            people += size
            came += active[1]
    return came / people if people else None


def _visits(told: list[tuple[datetime, str]]) -> list[list[tuple[datetime, str]]]:
    found: list[list[tuple[datetime, str]]] = []
    before: datetime | None = None
    for at, kind in told:
        if before is None or (at - before).total_seconds() > 1800:
            found.append([])
        found[-1].append((at, kind))
        before = at
    return found


def _of_visits(by_person: Mapping[str, list[list[tuple[datetime, str]]]]) -> dict[str, float | None]:
    visits = [visit for own in by_person.values() for visit in own]
    micros = sorted(round((visit[-1][0] - visit[0][0]) / timedelta(microseconds=1)) for visit in visits)
    count = len(visits)
    half = next(length for place, length in enumerate(micros, 1) if 2 * place >= count)
    nine = next(length for place, length in enumerate(micros, 1) if 10 * place >= 9 * count)
    minute = 60_000_000
    return {
        "visits": count,
        "visits_per_person": count / len(by_person),
        "returning_share": sum(len(own) > 1 for own in by_person.values()) / len(by_person),
        "conversion": sum(any(kind == "purchase" for _, kind in visit) for visit in visits) / count,
        "session_minutes.mean": sum(micros) / minute / count,
        "session_minutes.median": half / minute,
        "session_minutes.p90": nine / minute,
        "single_event_share": sum(len(visit) == 1 for visit in visits) / count,
        "events_per_visit": sum(len(visit) for visit in visits) / count,
        **_funnel("funnel", visits),
    }


def _funnel(name: str, histories: list[list[tuple[datetime, str]]]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for number, (step, _) in enumerate(FUNNEL, 1):
        found[f"{name}.{step}"] = sum(_steps_taken(one) >= number for one in histories) / len(histories)
    return found


def _steps_taken(told: list[tuple[datetime, str]]) -> int:
    """Walk through one history and take each step at the first moment that allows it."""
    taken, since = 0, told[0][0]
    for _, kinds in FUNNEL:
        moments = [at for at, kind in told if kind in kinds and at >= since]
        if not moments:
            break
        since = min(moments)
        taken += 1
    return taken
