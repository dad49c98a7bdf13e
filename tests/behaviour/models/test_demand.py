"""Demand a fortnight ahead: the rule that erred least is used, and seen by eye on made-up sales."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.behaviour.models.demand import AHEAD_DAYS, YEAR_DAYS, expect, naive, seasonal, smoothed, weekly
from assistant.errors import BadRecord


def test_steady_sales_go_on():
    demand = expect(np.full(120, 3.0))
    assert demand.pieces == demand.low == demand.high == pytest.approx(42)


def test_noise_is_averaged_rather_than_repeated():
    daily = np.random.default_rng(4).poisson(5, 300).astype(float)
    demand = expect(daily)
    assert demand.rule in ("weekly", "smoothed")
    assert demand.errors[demand.rule] < demand.errors["naive"]
    assert demand.low <= demand.pieces <= demand.high
    assert "seasonal" not in demand.errors


def test_a_yearly_peak_is_remembered():
    days = np.arange(3 * YEAR_DAYS)
    peak = np.where((days % YEAR_DAYS) // AHEAD_DAYS % 2 == 0, 20.0, 2.0)
    demand = expect(peak)
    assert demand.rule == "seasonal"
    assert demand.pieces == pytest.approx(280)


@given(st.integers(0, 10_000), st.integers(YEAR_DAYS, YEAR_DAYS + 40), st.floats(0.1, 30))
def test_every_rule_stays_within_what_was_sold(seed, days, mean):
    daily = np.random.default_rng(seed).poisson(mean, days).astype(float)
    most = daily.max() * AHEAD_DAYS
    for rule in (naive, seasonal, weekly, smoothed):
        assert 0 <= rule(daily) <= most + 1e-6
    demand = expect(daily)
    assert demand.errors[demand.rule] == min(demand.errors.values())
    assert 0 <= demand.low <= demand.high


def test_too_few_days_are_refused():
    with pytest.raises(BadRecord, match="84"):
        expect(np.ones(30))
