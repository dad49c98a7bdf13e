"""Who comes back: no look ahead, better than chance where there is something to know, and churn is the rest."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import roc_auc_score

from assistant.behaviour.models.customers import came_back, customers_on
from assistant.behaviour.models.returning import learn_returning, past_days
from assistant.behaviour.models.value import learn_worth
from assistant.errors import BadRecord

UNTIL = date(2025, 10, 3)
HORIZON_DAYS = 60


@pytest.fixture(scope="module")
def model(shop_lines):
    return learn_returning(shop_lines, until=UNTIL, horizon_days=HORIZON_DAYS, seed=0, families=("boosting",))


def test_what_comes_later_changes_nothing(shop_lines, model):
    past = shop_lines.filter(pl.col("at") < UNTIL)
    later = past.with_columns(at=pl.lit(UNTIL + timedelta(days=3)), order=pl.lit("later"))
    again = learn_returning(
        pl.concat([past, later]), until=UNTIL, horizon_days=HORIZON_DAYS, seed=0, families=("boosting",)
    )
    known, also = customers_on(past, UNTIL), customers_on(pl.concat([past, later]), UNTIL)
    assert np.array_equal(known.table.values, also.table.values)
    assert np.array_equal(model.chances(known), again.chances(also))


def test_regulars_are_told_from_those_who_left(shop_lines, model):
    customers = customers_on(shop_lines, UNTIL)
    hits = came_back(shop_lines, customers, day=UNTIL, horizon_days=HORIZON_DAYS)
    chances = model.chances(customers)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert roc_auc_score(hits, chances) > 0.75
    assert chances.mean() == pytest.approx(hits.mean(), abs=0.1)


def test_every_day_learned_on_has_a_whole_period_after_it(model):
    assert max(model.days) + timedelta(days=HORIZON_DAYS // 3) <= UNTIL


def test_a_customer_is_counted_by_eye():
    lines = pl.DataFrame(
        [
            ("a", "1", date(2025, 1, 1), "p", 2.0, 10.0),
            ("a", "2", date(2025, 1, 11), "p", 1.0, 5.0),
            ("a", "2", date(2025, 1, 11), "q", 1.0, 6.0),
            ("a", "C3", date(2025, 1, 12), "p", -1.0, -5.0),
            ("b", "4", date(2025, 1, 5), "p", 1.0, 5.0),
            ("b", "5", date(2025, 2, 1), "p", 1.0, 5.0),
        ],
        schema=["customer", "order", "at", "product", "quantity", "money"],
        orient="row",
    )
    customers = customers_on(lines, date(2025, 1, 21))
    known = dict(zip(customers.table.names, customers.table.values[0].tolist(), strict=True))
    assert customers.ids == ("a", "b")
    assert (known["recency_days"], known["age_days"], known["repeats"], known["money"]) == (10, 20, 1, 21)
    assert (known["usual_interval"], known["returns"], known["returned"]) == (10, 1, 5)
    assert (known["products"], known["bought_again_share"]) == (2, 0.5)
    assert came_back(lines, customers, day=date(2025, 1, 21), horizon_days=30).tolist() == [0, 1]


def test_too_short_a_history_is_refused(shop_lines):
    with pytest.raises(BadRecord, match="35 days"):
        past_days(shop_lines, last=date(2025, 1, 10))


def test_regulars_are_worth_more(shop_lines):
    customers = customers_on(shop_lines, UNTIL)
    worth = learn_worth(customers)
    money = worth.expected(customers, 90)
    often = customers.table.column("repeats") > 6
    assert money[often].mean() > 2 * money[~often].mean()
    assert abs(worth.dependence) < 0.4
    assert ((worth.alive(customers) >= 0) & (worth.alive(customers) <= 1)).all()
