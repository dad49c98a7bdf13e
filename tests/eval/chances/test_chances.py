"""What purchase and retention say of chances, against plain sums and what their libraries say."""

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from eval.chances.columns import auc_above, brier, ece
from eval.chances.metrics import calibration_error, chance_metrics, interval_of_folds
from eval.harness.metrics import column_of, interval_of
from eval.harness.task import Example
from eval.tasks import purchase, retention

CHANCE = np.random.default_rng(3)
HITS = CHANCE.integers(0, 2, 200)
GOOD, WORSE = (np.clip(HITS * 0.4 + CHANCE.random(200) * spread, 0, 1) for spread in (0.6, 1.0))


def said(hit, model, other):
    chances = {"average": model, "bgnbd": other, "rfm": 0.5, "line": model, "shallow": model}
    return {"came_back": int(hit), "chances": chances}


@pytest.fixture
def customers():
    pairs = zip(HITS, GOOD, WORSE, strict=True)
    return [(Example(id=str(n), given={}), said(*map(float, pair))) for n, pair in enumerate(pairs)]


def rows_of(customers, scorer):
    made = []
    for example, output in customers:
        scores = [
            {"name": s.name, "value": s.value, "weight": s.weight, "truth": s.truth} for s in scorer(example, output)
        ]
        made.append({"id": example.id, "cluster": "", "trial": 0, "scores": scores})
    return made


def test_retentions_figures_are_those_of_all_customers_together(figures_of, customers):
    figures, bounds = figures_of(retention.TASK, *customers)
    whole = chance_metrics(HITS, GOOD)
    assert figures["customers"] == 200 and figures["came_back"] == HITS.mean()
    for name in ("auc", "aupr", "brier", "ece"):
        assert figures[name] == pytest.approx(whole[name])
        assert bounds[name][0] < figures[name] < bounds[name][1]
    assert figures["bgnbd.auc"] == pytest.approx(roc_auc_score(HITS, WORSE))
    assert figures["auc_above_bgnbd"] == pytest.approx(roc_auc_score(HITS, GOOD) - roc_auc_score(HITS, WORSE))


def test_the_difference_of_two_models_is_paired(customers):
    column = column_of(rows_of(customers, retention.returning), "above_bgnbd")
    low, high = interval_of(column, auc_above, seed=1)
    apart = [
        interval_of(column_of(rows_of(customers, retention.returning), f"chance.{name}"), retention.auc, seed=1)
        for name in ("average", "bgnbd")
    ]
    assert high - low < sum(upper - lower for lower, upper in apart)


def test_reducers_count_a_customer_as_often_as_it_is_drawn(customers):
    column = column_of(rows_of(customers, retention.returning), "chance.average")
    times = np.random.default_rng(0).integers(0, 4, 200).astype(float)
    hits, chances = np.repeat(HITS, times.astype(int)), np.repeat(GOOD, times.astype(int))
    assert brier(column.drawn(times)) == pytest.approx(brier_score_loss(hits, chances))
    assert ece(column.drawn(times)) == pytest.approx(calibration_error(hits, chances))


def fit(fold, seed, shift):
    rows = slice(fold * 40, fold * 40 + 40)
    chances = {name: np.clip(GOOD[rows] + shift, 0, 1).tolist() for name in ("average", "boosting", "no_page_values")}
    given = {"fold": fold, "seed": seed}
    output = {"rows": [], "bought": HITS[rows].tolist(), "chances": chances, "thresholds": {}, "weights": {}}
    return Example(id=f"fold {fold}, seed {seed}", given=given, cluster=f"fold {fold}"), output | {"nats": {}}


def test_purchases_figures_are_means_of_fits_with_an_interval_of_folds(figures_of):
    fits = [fit(fold, seed, seed / 50) for seed in (7, 8) for fold in range(5)]
    figures, bounds = figures_of(purchase.TASK, *fits)
    own = [chance_metrics(*map(np.array, (one["bought"], one["chances"]["average"])))["brier"] for _, one in fits]
    assert figures["brier"] == figures["boosting.brier"] == pytest.approx(np.mean(own))
    by_fold = [float(np.mean(own[fold::5])) for fold in range(5)]
    assert bounds["brier"] == pytest.approx(interval_of_folds(by_fold))


def test_one_fold_is_bounded_by_its_rows(figures_of):
    _, bounds = figures_of(purchase.TASK, fit(0, 7, 0))
    assert bounds["auc"][0] < bounds["auc"][1] <= 1 and "brier" not in bounds
