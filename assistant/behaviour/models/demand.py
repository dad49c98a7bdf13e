"""Demand a fortnight ahead: how many pieces of a category will be sold, for whoever orders stock.

Four simple rules are tried on the category's own past, fortnight after fortnight, and the one that erred least is used:
the last fortnight again (naive), the same weekdays' mean of the last eight weeks, smoothing, and last year's fortnight
(seasonal naive) where there is a year of history. What the naive ones would have erred is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from assistant.behaviour.models.table import Floats
from assistant.errors import BadRecord

AHEAD_DAYS = 14
YEAR_DAYS = 364
"""Fifty-two weeks, so that weekdays meet."""
FEWEST_DAYS = 6 * AHEAD_DAYS
ORIGINS = 12
"""At most so many past fortnights are forecast to choose by, half a fortnight apart."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How many pieces to expect in the fortnight to come. `low` and `high` hold four of five of the past's errors.

    `errors` is by rule the mean absolute error on past fortnights; `rule` is the one in use.
    """

    pieces: float
    low: float
    high: float
    rule: str
    errors: Mapping[str, float]


def naive(daily: Floats) -> float:
    """Return the last fortnight's sum."""
    return float(daily[-AHEAD_DAYS:].sum())


def seasonal(daily: Floats) -> float:
    """Return the sum of the same fortnight a year ago."""
    return float(daily[-YEAR_DAYS : -YEAR_DAYS + AHEAD_DAYS].sum())


def weekly(daily: Floats) -> float:
    """Return two weeks' worth of the mean of the last eight."""
    return float(daily[-4 * AHEAD_DAYS :].mean() * AHEAD_DAYS)


def smoothed(daily: Floats) -> float:
    """Return the exponentially smoothed fortnight, each counting for .3. Source: Brown 1959."""
    whole = len(daily) // AHEAD_DAYS
    fortnights = daily[len(daily) - whole * AHEAD_DAYS :].reshape(whole, AHEAD_DAYS).sum(axis=1)
    level = float(fortnights[0])
    for pieces in fortnights[1:]:
        level += 0.3 * (float(pieces) - level)
    return level


RULES: Mapping[str, Callable[[Floats], float]] = {
    "naive": naive,
    "seasonal": seasonal,
    "weekly": weekly,
    "smoothed": smoothed,
}


def expect(daily: Floats) -> Demand:
    """Return the demand to expect after the days (n,) whose pieces are given, the oldest first, none left out.

    Raises:
        BadRecord: the days are too few to try a rule on.
    """
    if len(daily) < FEWEST_DAYS:
        raise BadRecord(f"{len(daily)} days of sales are too few to forecast from: {FEWEST_DAYS} are wanted")
    missed = {name: _errors(rule, daily, name) for name, rule in RULES.items()}
    errors = {name: float(np.abs(each).mean()) for name, each in missed.items() if len(each)}
    rule = min(errors, key=errors.__getitem__)
    pieces = RULES[rule](daily)
    low, high = np.quantile(missed[rule], [0.1, 0.9])
    return Demand(pieces, max(0.0, pieces + float(low)), max(0.0, pieces + float(high)), rule, errors)


def _errors(rule: Callable[[Floats], float], daily: Floats, name: str) -> Floats:
    """Return by how much more was sold than the rule said, for each past fortnight that it could be asked about."""
    needed = YEAR_DAYS if name == "seasonal" else FEWEST_DAYS // 2
    origins = [len(daily) - AHEAD_DAYS - back * (AHEAD_DAYS // 2) for back in range(ORIGINS)]
    asked = [origin for origin in origins if origin >= needed]
    return np.array([daily[origin : origin + AHEAD_DAYS].sum() - rule(daily[:origin]) for origin in asked])
