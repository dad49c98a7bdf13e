"""The portrait's evaluation: what agrees counts, what was not said counts against nobody."""

from dataclasses import replace

import pytest

from eval.harness.task import Example
from eval.tasks.portrait import TASK, agreement

TRUE = {"categories": {"Lamps": 0.6, "Teas": 0.3}, "brands": ["Halden"], "colors": ["blue"], "price_level": 0.1}
EXAMPLE = Example(id="ann", given={"tastes": TRUE, "categories": ["Bags", "Lamps", "Shoes", "Teas"]})


def line(key, value, strength=0.5):
    return {"key": key, "value": value, "strength": strength}


def compared(*lines):
    scores = agreement(EXAMPLE, {"learned": {"1": list(lines)}})
    return {score.name.removeprefix("visits_1."): score.value for score in scores}


def test_a_portrait_in_the_true_order_agrees_fully():
    found = compared(line("category", "Lamps", 0.5), line("category", "Teas", 0.2))
    assert found["category_rank"] == pytest.approx(1.0)


def test_the_wrong_way_round_agrees_less_and_nothing_is_nought():
    turned = compared(line("category", "Bags", 0.5), line("category", "Shoes", 0.2))
    assert turned["category_rank"] < 0 and compared()["category_rank"] == 0.0


def test_precision_is_of_what_was_said():
    found = compared(line("brand", "Halden"), line("brand", "Vesper"), line("color", "Blue"), line("price", "low"))
    assert (found["brand_precision"], found["color_precision"], found["price_right"]) == (0.5, 1.0, 1.0)
    assert compared()["brand_precision"] is None and compared(line("price", "high"))["price_right"] == 0


def test_means_leave_out_what_was_not_said(figures_of):
    outputs = [{"learned": {"1": lines}} for lines in ([], [line("brand", "Halden")])]
    people = [replace(EXAMPLE, id=name) for name in ("ann", "bo")]
    metrics, _ = figures_of(TASK, *zip(people, outputs, strict=True))
    assert metrics["visits_1.brand_precision"] == 1.0 and "visits_1.price_right" not in metrics
    assert metrics["visits_1.brand_precision.no_answer_share"] == 0.5
