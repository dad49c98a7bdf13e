"""The nightly training of what is expected: models of visits and customers, segments, demand, and a row for each.

Reads the whole history, since a model of returning is about all of it; a shop of 80,000 events takes half a minute.
What there is too little to learn from is left out and said. Knows no table of the database and no page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.behaviour.event import Event
from assistant.behaviour.features import Traits, features
from assistant.behaviour.forecasts.kept import Models
from assistant.behaviour.models.buying import learn_buying
from assistant.behaviour.models.customers import Customers, customers_on
from assistant.behaviour.models.demand import expect
from assistant.behaviour.models.reasons import background
from assistant.behaviour.models.records import daily_pieces, purchase_lines, visits_by_person
from assistant.behaviour.models.returning import learn_returning
from assistant.behaviour.models.segments import learn_segments
from assistant.behaviour.models.value import learn_worth
from assistant.errors import BadRecord

if TYPE_CHECKING:
    import polars as pl

HORIZON_DAYS = 90
T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
STEPS = ("visits", "customers", "segments", "demand")


@dataclass(frozen=True, slots=True)
class Known:
    """What is learned from: all events with the orders among them as purchases, and each product's traits.

    `now` is aware; `zone` is the shop's.
    """

    events: Sequence[Event]
    traits: Mapping[str, Traits]
    now: datetime
    zone: str = "UTC"


@dataclass(slots=True)
class Learned:
    """What one training made: the models, the rows to keep by kind and subject, and in `missing` what was left out."""

    models: Models = field(default_factory=Models)
    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def learn(known: Known, *, seed: int = 0, progress: Progress | None = None) -> Learned:
    """Return the models and what they expect as of now."""
    told = progress or (lambda _step, _done, _total: None)
    made = Learned(rows={"customer": {}, "category": {}, "segment": {}, "shop": {}})
    lines = purchase_lines(known.events)
    today = known.now.date() + timedelta(days=1)  # what was bought today is known, too
    told(STEPS[0], 0, len(STEPS))
    buying = _try(made, "visits", lambda: learn_buying(visits_by_person(known.events), seed=seed))
    told(STEPS[1], 1, len(STEPS))
    returning = _try(
        made, "returning", lambda: learn_returning(lines, until=today, horizon_days=HORIZON_DAYS, seed=seed)
    )
    customers = customers_on(lines, today) if len(lines) else None
    worth = _try(made, "worth", lambda: learn_worth(_some(customers)))
    usual = background(customers.table, seed=seed) if customers else None
    made.models = Models(buying, returning, worth, usual)
    told(STEPS[2], 2, len(STEPS))
    if customers:
        _expect_of_customers(made, customers)
    _divide(made, known, seed=seed)
    told(STEPS[3], 3, len(STEPS))
    _expect_demand(made, lines, known, last=known.now.date() - timedelta(days=1))
    made.rows["shop"] = {"learned": _quality(made)}
    told("done", len(STEPS), len(STEPS))
    return made


def _try(made: Learned, what: str, make: Callable[[], T]) -> T | None:
    """Return what is made; where the history does not suffice, note why and return `None`."""
    try:
        return make()
    except BadRecord as error:
        made.missing[what] = str(error)
        return None


def _some(customers: Customers | None) -> Customers:
    if customers is None:
        raise BadRecord("nobody has bought anything yet")
    return customers


def _expect_of_customers(made: Learned, customers: Customers) -> None:
    """Write down for each customer the chance of returning, what they are worth, and what is known of them."""
    rows = made.rows["customer"]
    for number, person in enumerate(customers.ids):
        rows[person] = {"known": [float(value) for value in customers.table.values[number]]}
    if made.models.returning is not None:
        chances = made.models.returning.chances(customers)
        for person, chance in zip(customers.ids, chances, strict=True):
            rows[person] |= {"returns": float(chance), "horizon_days": HORIZON_DAYS}
    if made.models.worth is not None:
        money = made.models.worth.expected(customers, HORIZON_DAYS)
        for person, worth in zip(customers.ids, money, strict=True):
            rows[person] |= {"worth_minor": round(float(worth))}


def _divide(made: Learned, known: Known, *, seed: int) -> None:
    """Write down the segments, and in which of them each person is."""
    people = features(known.events, known.traits, now=known.now, zone=known.zone)
    found = _try(made, "segments", lambda: learn_segments(people, seed=seed))
    if found is None:
        return
    for number, segment in enumerate(found.segments):
        traits = [list(name) for name in segment.traits]
        made.rows["segment"][str(number)] = {
            "size": segment.size,
            "share": segment.size / len(people.ids),
            "traits": traits,
        }
    for person, label in zip(people.ids, found.labels, strict=True):
        made.rows["customer"].setdefault(person, {})["segment"] = str(int(label))


def _expect_demand(made: Learned, lines: pl.DataFrame, known: Known, *, last: date) -> None:
    """Write down for each category what will be sold in the fortnight to come."""
    by_category: dict[str, set[str]] = {}
    for id_, traits in known.traits.items():
        by_category.setdefault(traits.category, set()).add(id_)
    by_category.pop("", None)
    for category, products in by_category.items():
        daily = daily_pieces(lines, products, last=last)
        demand = _try(made, f"demand of {category}", partial(expect, daily))
        if demand is not None:
            made.rows["category"][category] = asdict(demand)


def _quality(made: Learned) -> dict[str, Any]:
    """Return how well each chance was told of rows that its learners had not seen, and what was left out."""
    chances = {"visits": made.models.buying, "returning": made.models.returning}
    told = {
        name: {"auc": model.chance.auc, "loss": model.chance.loss, "usual": model.chance.usual}
        | {"families": {family: member.loss for family, member in model.chance.compared.items()}}
        for name, model in chances.items()
        if model is not None
    }
    return {"chances": told, "missing": made.missing}
