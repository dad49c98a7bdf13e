"""Figures of chances as reducers: a column's values are the chances, its truths what came. Knows no model."""

from __future__ import annotations

import numpy as np

from eval.chances.metrics import calibration_error
from eval.harness.reducers import Column, auc


def brier(column: Column) -> float:
    """Return the weighted mean squared error."""
    whole = float(column.weights.sum())
    return float((column.values - column.truths) ** 2 @ column.weights) / whole if whole else float("nan")


def ece(column: Column) -> float:
    """Return the expected calibration error; a score counts as often as it weighs, which is a whole number."""
    times = column.weights.astype(int)
    hits, chances = np.repeat(column.truths.astype(int), times), np.repeat(column.values, times)
    return calibration_error(hits, chances) if len(hits) else float("nan")


def auc_above(column: Column) -> float:
    """Return how far one model's AUC is above another's, where each example has the one's chance, then the other's."""
    places = np.arange(len(column))
    return auc(column.picked(places % 2 == 0)) - auc(column.picked(places % 2 == 1))
