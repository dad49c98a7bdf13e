"""Comparison of two runs: false alarms as often as it says, real changes found, on the examples both played."""

import numpy as np
import pytest

from eval.harness import reducers
from eval.harness.comparing import compare, held
from eval.harness.metrics import Metric


def rows_of(values, *, clusters=None, weights=None, prefix=""):
    return [
        {
            "id": f"{prefix}{n}",
            "cluster": "" if clusters is None else f"c{clusters[n]}",
            "trial": 0,
            "scores": [{"name": "s", "value": float(v), "weight": 1.0 if weights is None else float(weights[n])}],
        }
        for n, v in enumerate(values)
    ]


def shares(chance):
    """Two runs that succeed at an example with the same chance, which differs between examples."""
    hard = chance.beta(4, 1, 60)
    return [rows_of(chance.random(60) < hard) for _ in range(2)]


def times(chance):
    """Two runs whose times are skewed, with an example's own length in both."""
    length = chance.lognormal(0, 0.5, 40)
    return [rows_of(length * chance.lognormal(0, 0.4, 40)) for _ in range(2)]


def visits(chance):
    """Two runs of visits of several turns: turns of one visit succeed or fail together."""
    clusters = np.repeat(np.arange(25), 4)
    runs = []
    for _ in range(2):
        mood = chance.normal(0, 1, 25)[clusters]
        runs.append(rows_of(chance.normal(0, 1, 100) + mood > -1, clusters=clusters, weights=1 + clusters % 3))
    return runs


@pytest.mark.parametrize(
    ("made", "metric"),
    [
        (shares, Metric("m", of="s")),
        (times, Metric("m", of="s", better="less")),
        (visits, Metric("m", of="s")),
    ],
)
def test_equal_runs_are_told_apart_in_five_of_a_hundred(made, metric):
    """A/A: between 3 and 7 % false alarms at 5 % over 1,000 pairs of runs that differ by chance alone."""
    chance = np.random.default_rng(11)
    alarms = 0
    for _ in range(1_000):
        before, after = made(chance)
        (found,) = compare([metric], before, after, seed=int(chance.integers(1 << 30)), exchanges=200)
        alarms += found.verdict in ("better", "worse")
    assert 0.03 <= alarms / 1_000 <= 0.07


def test_medians_are_compared_without_false_alarms_too():
    chance = np.random.default_rng(12)
    metric = Metric("m", of="s", reduce=reducers.quantile(0.5), better="less")
    found = [compare([metric], *times(chance), exchanges=100)[0] for _ in range(150)]
    assert sum(one.verdict in ("better", "worse") for one in found) <= 15


def test_a_real_change_is_found_with_its_size_and_side():
    chance = np.random.default_rng(2)
    base = chance.random(120) < 0.9
    worse = base & (chance.random(120) < 0.8)
    (found,) = compare([Metric("m", of="s")], rows_of(base), rows_of(worse))
    assert found.verdict == "worse" and found.high < 0 and found.p < 0.01 and found.effect < -0.2
    assert found.worse == int((base & ~worse).sum()) and found.better == 0
    (found,) = compare([Metric("m", of="s", better="less")], rows_of(base), rows_of(worse))
    assert found.verdict == "better"


def test_only_what_both_played_is_compared():
    before, after = rows_of([1] * 20), rows_of([1] * 10 + [0] * 2, prefix="")
    (found,) = compare([Metric("m", of="s")], before, after)
    assert found.pairs == 12 and found.before == 1.0 and found.after == pytest.approx(10 / 12)
    assert compare([Metric("m", of="s")], before, rows_of([1] * 20, prefix="other")) == []


def test_few_pairs_tell_nothing():
    (found,) = compare([Metric("m", of="s")], rows_of([1] * 5), rows_of([0] * 5))
    assert found.verdict == "too few pairs"


def test_the_same_run_twice_shows_no_difference():
    rows = rows_of([1, 0] * 20)
    (found,) = compare([Metric("m", of="s")], rows, rows)
    assert found.verdict == "no difference seen" and found.difference == 0 and found.p >= 0.5


def test_many_figures_together_raise_no_more_alarms_than_one():
    """Among twenty figures that did not change, hardly any run gets an alarm once all are looked at together."""
    chance = np.random.default_rng(4)
    alone = together = 0
    for _ in range(100):
        found = []
        for _figure in range(20):
            before, after = times(chance)
            found += compare([Metric("m", of="s")], before, after, seed=int(chance.integers(1 << 30)), exchanges=400)
        alone += any(one.p < 0.05 for one in found)
        together += bool(held(found))
    assert alone > 45 and together <= 12
