"""Reasons: the credits of columns against exact Shapley values, which a few columns allow to be counted out."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest

from assistant.behaviour.models.reasons import forecast, shapley
from assistant.behaviour.models.table import Column, Table

WIDTH = 4


def chances(table):
    """A probability in which two columns matter together, one alone, and one not at all."""
    a, b, c, _ = table.values.T
    return 1 / (1 + np.exp(-(1.5 * a * b + c)))


def exact(row, usual):
    """Return the Shapley values by their definition: every subset of the other columns, weighted."""

    def worth(taken):
        mixed = usual.values.copy()
        mixed[:, list(taken)] = row.values[0, list(taken)]
        return chances(Table(usual.columns, mixed)).mean()

    credits = np.zeros(WIDTH)
    for column in range(WIDTH):
        others = [other for other in range(WIDTH) if other != column]
        for size in range(WIDTH):
            weight = factorial(size) * factorial(WIDTH - 1 - size) / factorial(WIDTH)
            for taken in combinations(others, size):
                credits[column] += weight * (worth((*taken, column)) - worth(taken))
    return credits


@pytest.fixture
def usual():
    columns = tuple(Column(name) for name in ("looks", "minutes", "searches", "hour"))
    return Table(columns, np.random.default_rng(5).normal(size=(40, WIDTH)))


def test_credits_are_near_the_exact_ones_and_add_up(usual):
    row = Table(usual.columns, np.array([[1.0, 2.0, -1.0, 7.0]]))
    found = shapley(chances, row, usual)[0]
    assert found == pytest.approx(exact(row, usual), abs=0.03)
    assert found.sum() == pytest.approx(chances(row)[0] - chances(usual).mean(), abs=1e-12)
    assert found[3] == 0


def test_what_moves_it_most_is_told_first(usual):
    told = forecast(chances, Table(usual.columns, np.array([[1.0, 2.0, -1.0, 7.0]])), usual)
    moves = [abs(reason.moves) for reason in told.reasons]
    assert moves == sorted(moves, reverse=True)
    assert "hour" not in [reason.column for reason in told.reasons]


def test_money_is_said_with_its_currency(usual):
    from assistant.behaviour.models.reasons import Reason

    reason = Reason("money_an_order", 2550.0, 0.1)
    assert "$25.50" in reason.said("en", "USD") and "$25.50" in reason.said("zh", "USD")
