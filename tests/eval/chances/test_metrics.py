"""The figures of probabilities against answers seen by eye."""

import numpy as np
import pytest

from eval.chances.metrics import calibration_error, chance_metrics, drawn_aucs, exact_calibration_error, middle


def test_calibration_error_by_eye():
    chances = np.repeat([0.1, 0.9], 50)
    hits = np.concatenate([np.tile([1, 0, 0, 0, 0], 10), np.ones(50, int)])
    assert calibration_error(hits, chances) == pytest.approx(0.1)
    assert calibration_error(hits, chances, equal_width=True) == pytest.approx(0.1)


def test_a_perfect_order_has_every_figure_at_its_best():
    figures = chance_metrics(np.array([0, 0, 1, 1]), np.array([0.0, 0.0, 1.0, 1.0]))
    assert (figures["auc"], figures["aupr"], figures["f1"]) == (1, 1, 1)
    assert (figures["brier"], figures["ece"], figures["ece_width"]) == (0, 0, 0)


def test_exact_chances_err_less_the_more_rows_there_are():
    few, many = (np.random.default_rng(0).random(n) for n in (200, 20_000))
    assert exact_calibration_error(many, seed=0) < exact_calibration_error(few, seed=0) / 3


def test_the_difference_of_a_model_and_itself_is_nothing():
    chance = np.random.default_rng(1)
    said, hits = chance.random(300), chance.integers(0, 2, 300)
    drawn = drawn_aucs(hits, {"one": said, "same": said, "reverse": 1 - said}, seed=0, draws=50)
    assert middle(drawn["one"] - drawn["same"]) == (0, 0)
    assert drawn["one"] + drawn["reverse"] == pytest.approx(1)
