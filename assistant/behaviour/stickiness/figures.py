"""The figures of stickiness under their names, each with its definition in words.

`named` holds what has a definition in `definitions.en.toml` and `definitions.zh.toml`; a test holds them to each other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.behaviour.stickiness.activity import Activity
from assistant.behaviour.stickiness.cohorts import AFTER, Cohort, cohorts, retention
from assistant.behaviour.stickiness.days import daily, stickiness
from assistant.behaviour.stickiness.visits import STEPS, reached_by_person, visits

if TYPE_CHECKING:
    import polars as pl

LANGUAGES = ("en", "zh")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of an activity.

    `named` are numbers by name, `None` where the activity is too short to tell; `days` is `day dau wau mau`.
    """

    named: Mapping[str, float | None]
    days: pl.DataFrame
    weekly: tuple[Cohort, ...]
    monthly: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is called and what it means, in one language."""

    name: str
    means: str


def figures(activity: Activity) -> Figures:
    """Return the figures; well under a second for a hundred thousand events."""
    days, weekly, monthly = daily(activity), cohorts(activity, "week"), cohorts(activity, "month")
    retained = {f"retention@{after}": retention(activity, after).share for after in AFTER}
    named: dict[str, float | None] = {
        "days": activity.days,
        "people": activity.table["person"].n_unique(),
        "events": len(activity.table),
        **{name: mean(days[name].drop_nulls().to_list()) for name in ("dau", "wau", "mau")},
        "stickiness": stickiness(days),
        **retained,
        "cohort_week_1": after_own(weekly, 1),
        "cohort_month_1": after_own(monthly, 1),
        **_of_visits(activity),
    }
    return Figures(named=named, days=days, weekly=weekly, monthly=monthly)


def after_own(known: Sequence[Cohort], period: int) -> float | None:
    """Return the share of all cohorts' people who came in the n-th period after their own, where it is over."""
    told = [one for one in known if len(one.active) > period]
    people = sum(one.people for one in told)
    return sum(one.active[period] for one in told) / people if people else None


def mean(values: Sequence[int]) -> float | None:
    """Return the mean of whole numbers, `None` of none."""
    return sum(values) / len(values) if values else None


def length_at(lengths: Sequence[timedelta], share: int) -> float | None:
    """Return, in minutes, the shortest length that at least so many of a hundred visits do not exceed.

    >>> length_at([MINUTE * n for n in (4, 1, 3, 2)], 50)
    2.0
    """
    if not lengths:
        return None
    return sorted(lengths)[(len(lengths) * share + 99) // 100 - 1] / MINUTE


@cache
def definitions(language: str) -> Mapping[str, Definition]:
    """Return every figure's name and definition; in English where the language has none."""
    file = f"definitions.{language if language in LANGUAGES else 'en'}.toml"
    text = files("assistant.behaviour.stickiness").joinpath(file).read_text("utf-8")
    return {key: Definition(**told) for key, told in tomllib.loads(text).items()}


def _of_visits(activity: Activity) -> dict[str, float | None]:
    made = visits(activity)
    count, lengths = len(made), made["length"].to_list()
    by_person = made.group_by("person").len()["len"]
    steps = _steps("funnel", made["reached"]) | _steps("funnel_people", reached_by_person(activity)["reached"])
    return {
        "visits": count,
        "visits_per_person": count / len(by_person),
        "returning_share": _share(by_person > 1),
        "conversion": _share(made["bought"]),
        **steps,
        "session_minutes.mean": sum(lengths, timedelta()) / MINUTE / count,
        "session_minutes.median": length_at(lengths, 50),
        "session_minutes.p90": length_at(lengths, 90),
        "single_event_share": _share(made["events"] == 1),
        "events_per_visit": len(activity.table) / count,
    }


def _steps(name: str, reached: pl.Series) -> dict[str, float | None]:
    return {f"{name}.{step}": _share(reached >= number) for number, step in enumerate(STEPS, 1)}


def _share(which: pl.Series) -> float:
    return int(which.sum()) / len(which)
