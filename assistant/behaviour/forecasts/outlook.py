"""What is expected of one person now: the visit in progress, and whether they return, each with its reasons.

A visit is judged when asked, by the events so far; a customer by the row that the last training wrote. The models are
loaded when first needed and again when a training has put new ones in place. Words nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import numpy as np

from assistant.behaviour.event import Event
from assistant.behaviour.forecasts.kept import Models, current, load
from assistant.behaviour.models.customers import Customers
from assistant.behaviour.models.reasons import Forecast, forecast
from assistant.behaviour.models.table import Floats, Table
from assistant.behaviour.models.visit_table import Moment, Past
from assistant.behaviour.visits import sessionise
from assistant.store.events import Events
from assistant.store.forecasts import ForecastBook, Kept
from assistant.store.principal import Principal
from assistant.store.visits import PAUSE

FOLDER = "forecasts"
"""Where the models lie under a shop's home."""
LATEST = 2_000
"""Events of one person that are looked at."""


@dataclass(frozen=True, slots=True)
class VisitOutlook:
    """A visit in progress: will it buy, with reasons, and for how many more seconds it is likely to go on."""

    buys: Forecast
    remaining_s: float
    events: int


@dataclass(frozen=True, slots=True)
class CustomerOutlook:
    """A customer: will they buy within `horizon_days`, with reasons, and the money to expect in that time.

    `None` where the shop knows too little. `segment` are the traits of the learned segment, `made_at` its day. `sure`
    is the AUC of the chance to return on what the model had not seen: .5 is guessing.
    """

    returns: Forecast | None
    sure: float
    horizon_days: int
    worth_minor: int | None
    segment: tuple[tuple[str, str], ...]
    made_at: datetime


class Outlook:
    """What one shop expects of its people. Thread-safe."""

    def __init__(self, *, events: Events, book: ForecastBook, folder: Path) -> None:
        self._events, self._book, self._folder = events, book, folder
        self._lock = Lock()
        self._held: tuple[str, Models] = ("", Models())

    @property
    def learned(self) -> bool:
        """Whether anything was ever learned."""
        return bool(current(self._folder))

    def visit(self, whose: str, principal: Principal, *, now: datetime | None = None) -> VisitOutlook | None:
        """Return what to expect of the visit that a person is on; `None` where they are on none, or nothing is learned.

        Raises:
            NotAllowed: it is somebody else's history.
            BadRecord: the kept models cannot be used.
        """
        visits = sessionise(self._events.of(whose, principal, limit=LATEST))
        if not visits or (now or datetime.now(UTC)) - visits[-1][-1].at > PAUSE:
            return None
        buying = self._models().buying
        if buying is None:
            return None
        moment = Moment(visits[-1], _past(visits[:-1]))
        return VisitOutlook(buying.forecast(moment), float(buying.remaining_s([moment])[0]), len(moment.so_far))

    def customer(self, whose: str, principal: Principal) -> CustomerOutlook | None:
        """Return what to expect of a customer; `None` where nothing was learned of them.

        Raises:
            NotAllowed: it is somebody else.
            BadRecord: the kept models cannot be used.
        """
        kept = self._book.of(whose, principal)
        if kept is None:
            return None
        named = str(kept.data.get("segment", ""))
        segment = self._book.segment(named) if named else None
        traits = tuple((str(kind), str(value)) for kind, value in segment.data["traits"]) if segment else ()
        return CustomerOutlook(
            returns=self._returns(kept),
            sure=self._sure(),
            horizon_days=int(kept.data.get("horizon_days", 0)),
            worth_minor=kept.data.get("worth_minor"),
            segment=traits,
            made_at=kept.made_at,
        )

    def _sure(self) -> float:
        returning = self._models().returning
        return returning.chance.auc if returning is not None else 0.5

    def _returns(self, kept: Kept) -> Forecast | None:
        models = self._models()
        returning, usual = models.returning, models.usual
        if "returns" not in kept.data or returning is None or usual is None:
            return None

        def chances(table: Table) -> Floats:
            return returning.chances(Customers(("",) * len(table), table))

        row = Table(usual.columns, np.array([kept.data["known"]], np.float64))
        return forecast(chances, row, usual)

    def _models(self) -> Models:
        name = current(self._folder)
        with self._lock:
            if name and self._held[0] != name:
                self._held = (name, load(self._folder, name))
            return self._held[1]


def _past(visits: Sequence[Sequence[Event]]) -> Past:
    past = Past()
    for visit in visits:
        past = past.after(visit)
    return past
