"""Scores of what the stickiness task played: whether each figure equals the reference's, and each person's part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.behaviour.stickiness.figures import definitions
from assistant.behaviour.stickiness.visits import STEPS
from eval.harness.scores import Score
from eval.harness.task import Example, Output
from eval.stickiness.stage import ALL

COUNTS = ("days", "people", "events", "visits", "dau", "wau", "mau")
"""Figures of all people together, which have no part of a person."""


def against_reference(example: Example, output: Output) -> Iterator[Score]:
    """Yield 1 for each figure and table that is not exactly the reference's, 0 for each that is."""
    if example.id != ALL:
        return
    ours, theirs = output["shop"], output["reference"]
    names = sorted({*ours["named"], *theirs["named"]})
    yield from (_differs(name, ours["named"].get(name), theirs["named"].get(name)) for name in names)
    yield from (_differs(f"{table} table", ours[table], theirs[table]) for table in ("days", "week", "month"))


def counts(example: Example, output: Output) -> Iterator[Score]:
    """Yield the figures that are told of everybody at once."""
    if example.id == ALL:
        told = definitions("en")
        named = output["shop"]["named"]
        yield from (Score(name, named[name], told[name].means) for name in COUNTS if named[name] is not None)


def person(example: Example, output: Output) -> Iterator[Score]:
    """Yield a person's part of every other figure; what has not been seen of them yet has none."""
    if example.id == ALL:
        return
    for name, came in output["came"].items():
        if came is not None:
            yield Score(name, float(came), "came" if came else "did not come")
    month = output["month"]
    if month["member"]:
        told = f"active on {output['days']} days; parts of 1 / MAU"
        yield Score("stickiness", month["active"] / month["member"], told, weight=month["member"])
    visits = output["visits"]
    yield Score("visits_per_person", float(len(visits)), f"{len(visits)} visits")
    yield Score("returning_share", float(len(visits) > 1), f"{len(visits)} visits")
    yield from _steps("funnel_people", [output["reached"]])
    yield from _of_visits(visits)


def _of_visits(visits: Sequence[Mapping[str, Any]]) -> Iterator[Score]:
    yield _share("conversion", [bool(one["bought"]) for one in visits], "with a purchase")
    yield _share("single_event_share", [one["events"] == 1 for one in visits], "of one event")
    count = len(visits)
    yield Score("events_per_visit", sum(one["events"] for one in visits) / count, f"in {count} visits", weight=count)
    yield from _steps("funnel", [one["reached"] for one in visits])
    yield from (Score("session_minutes", one["minutes"], f"the visit of {one['at']}") for one in visits)


def _steps(name: str, reached: Sequence[int]) -> Iterator[Score]:
    for number, step in enumerate(STEPS, 1):
        yield _share(f"{name}.{step}", [far >= number for far in reached], f"got to {step}")


def _share(name: str, which: Sequence[bool], what: str) -> Score:
    return Score(name, sum(which) / len(which), f"{sum(which)} of {len(which)} {what}", weight=len(which))


def _differs(name: str, ours: Any, theirs: Any) -> Score:
    same = ours == theirs
    told = f"{name}: {ours!r:.80} by both" if same else f"{name}: {ours!r:.200} and by the reference {theirs!r:.200}"
    return Score("differs", float(not same), told)
