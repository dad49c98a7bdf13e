"""The portrait's evaluation: what agrees counts, what was not said counts against nobody."""

from datetime import UTC, datetime

import pytest

from assistant.people.portrait.lines import Evidence, Line
from eval.portrait import _metrics, _row

AT = datetime(2026, 6, 1, tzinfo=UTC)
TRUE = {"categories": {"Lamps": 0.6, "Teas": 0.3}, "brands": ["Halden"], "colors": ["blue"], "price_level": 0.1}
ALL = ["Bags", "Lamps", "Shoes", "Teas"]


def line(key, value, strength=0.5):
    return Line(key=key, value=value, strength=strength, origin="observed", evidence=(Evidence("purchase", 2, AT),))


def test_a_portrait_in_the_true_order_agrees_fully():
    row = _row([line("category", "Lamps", 0.5), line("category", "Teas", 0.2)], TRUE, ALL)
    assert row["category_rank"] == pytest.approx(1.0)


def test_the_wrong_way_round_agrees_less_and_nothing_is_nought():
    turned = _row([line("category", "Bags", 0.5), line("category", "Shoes", 0.2)], TRUE, ALL)
    assert turned["category_rank"] < 0 and _row([], TRUE, ALL)["category_rank"] == 0.0


def test_precision_is_of_what_was_said():
    row = _row(
        [line("brand", "Halden"), line("brand", "Vesper"), line("color", "Blue"), line("price", "low")], TRUE, ALL
    )
    assert (row["brand_precision"], row["color_precision"], row["price_right"]) == (0.5, 1.0, 1.0)
    assert (
        _row([], TRUE, ALL)["brand_precision"] is None and _row([line("price", "high")], TRUE, ALL)["price_right"] == 0
    )


def test_means_leave_out_what_was_not_said():
    rows = [
        {"visits": 1, "person": n, **_row(lines, TRUE, ALL)} for n, lines in enumerate(([], [line("brand", "Halden")]))
    ]
    metrics, intervals = _metrics(rows, seed=7)
    assert metrics["visits_1.brand_precision"] == 1.0 and "visits_1.price_right" not in metrics
    assert intervals["visits_1.brand_precision"] == (1.0, 1.0)
