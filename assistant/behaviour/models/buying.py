"""Will this visit buy, and how long will it last: learned from a shop's own visits, asked while a visit goes on.

Takes events by visit (see `visit_table`). Knows no page: whoever shows a forecast words its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.behaviour.event import Event
from assistant.behaviour.models.chance import Chance, Examples, learn
from assistant.behaviour.models.reasons import Forecast, background, forecast
from assistant.behaviour.models.table import Floats, Table
from assistant.behaviour.models.visit_table import Moment, Seen, moments, visit_table

FAMILIES = ("logistic", "boosting")
ROUNDS = 150


@dataclass(frozen=True, slots=True)
class Buying:
    """The fitted models of a shop's visits. `usual` are the rows that a visit is compared with."""

    chance: Chance
    remaining: Any
    usual: Table

    def forecast(self, moment: Moment) -> Forecast:
        """Return the calibrated probability that the visit buys, with its reasons; costs a tenth of a second."""
        return forecast(self.chance.chances, visit_table([moment], self.usual), self.usual)

    def chances(self, asked: Sequence[Moment]) -> Floats:
        """Return the probabilities (n,) alone, which is quick."""
        return self.chance.chances(visit_table(asked, self.usual))

    def remaining_s(self, asked: Sequence[Moment]) -> Floats:
        """Return for how many more seconds (n,) each visit is likely to go on: half of the visits go on for longer."""
        said = self.remaining.predict(visit_table(asked, self.usual).values, num_threads=1)
        left: Floats = np.maximum(np.expm1(said), 0.0)
        return left


def learn_buying(histories: Iterable[Sequence[Sequence[Event]]], *, seed: int) -> Buying:
    """Return the models learned from people's visits, each person's in order.

    Raises:
        BadRecord: too few visits bought, or too few did not.
    """
    seen = list(moments(histories))
    table = visit_table([one.moment for one in seen])
    hits = np.array([int(one.bought) for one in seen])
    visits = np.array([one.visit for one in seen])
    chance = learn(Examples(table, hits, visits), seed=seed, families=FAMILIES)
    return Buying(chance, _learn_remaining(table, seen, seed=seed), background(table, seed=seed))


def _learn_remaining(table: Table, seen: Sequence[Seen], *, seed: int) -> Any:
    """Return the trees for the median of the logarithm of the seconds that were left."""
    import lightgbm

    left = np.log1p([one.remaining_s for one in seen])
    levels = [number for number, column in enumerate(table.columns) if column.levels]
    settings = {"objective": "l1", "num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 30, "seed": seed}
    settings |= {"verbosity": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True}
    rows = lightgbm.Dataset(table.values, left, categorical_feature=levels)
    return lightgbm.train(settings, rows, ROUNDS)
