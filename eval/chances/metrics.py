"""How good probabilities are: AUC, AUPR, Brier, expected calibration error, F1, and how sure their means are.

Written apart from the models that it judges. Knows probabilities and outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, brier_score_loss, f1_score, roc_auc_score

Floats = NDArray[np.float64]
BINS = 10


def chance_metrics(hits: NDArray[np.int_], chances: Floats, *, threshold: float = 0.5) -> dict[str, float]:
    """Return `auc aupr brier ece ece_width f1` of probabilities (n,) of outcomes (n,) of 0 and 1.

    `aupr` is the average precision. `threshold` is the probability from which `f1` takes a row for a yes.
    """
    return {
        "auc": float(roc_auc_score(hits, chances)),
        "aupr": float(average_precision_score(hits, chances)),
        "brier": float(brier_score_loss(hits, chances)),
        "ece": calibration_error(hits, chances),
        "ece_width": calibration_error(hits, chances, equal_width=True),
        "f1": float(f1_score(hits, chances >= threshold)),
    }


def calibration_error(hits: NDArray[np.int_], chances: Floats, *, equal_width: bool = False) -> float:
    """Return the expected calibration error: how far what was said is from what came, on average over all rows.

    The rows are put in order of their probability and cut into ten bins of equally many rows (or, where `equal_width`,
    of a tenth of probability each); each bin counts by its rows: sum over bins of n_b / n * |mean chance - mean hit|.
    Equally many rows, because web sessions crowd near nought and bins of equal width hold a handful each above it.

    Source: Naeini et al. 2015; bins of equally many rows after Nixon et al. 2019.

    >>> round(calibration_error(np.array([0, 1] * 10), np.full(20, 0.5)), 2)
    0.0
    """
    order = np.argsort(chances, kind="stable")
    if equal_width:
        edges = np.searchsorted(chances[order], np.arange(1, BINS) / BINS)
        bins = np.split(order, edges)
    else:
        bins = np.array_split(order, BINS)
    gaps = [len(rows) * abs(float(chances[rows].mean() - hits[rows].mean())) for rows in bins if len(rows)]
    return sum(gaps) / len(hits)


def exact_calibration_error(chances: Floats, *, seed: int, draws: int = 50) -> float:
    """Return the calibration error to expect of probabilities (n,) that are exactly right, by drawing the outcomes."""
    chance = np.random.default_rng(seed)
    drawn = ((chance.random(len(chances)) < chances).astype(int) for _ in range(draws))
    return float(np.mean([calibration_error(hits, chances) for hits in drawn]))


def interval_of_folds(by_fold: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of a cross-validated mean, wider for the rows that the folds' training shares.

    Source: Nadeau and Bengio 2003, corrected resampled t; one test row for every `folds - 1` training rows.

    >>> low, high = interval_of_folds([0.9, 0.92, 0.94, 0.91, 0.93])
    >>> round(float(low), 3), round(float(high), 3)
    (0.891, 0.949)
    """
    from scipy.stats import t

    folds = len(by_fold)
    spread = float(np.std(by_fold, ddof=1)) * np.sqrt(1 / folds + 1 / (folds - 1))
    reach = float(t.ppf(0.975, folds - 1)) * spread
    mean = float(np.mean(by_fold))
    return mean - reach, mean + reach


def drawn_aucs(
    hits: NDArray[np.int_], chances: Mapping[str, Floats], *, seed: int, draws: int = 1000
) -> dict[str, Floats]:
    """Return for each model of `chances` its AUC (draws,) over rows drawn again and again, the same for all models.

    So the difference of two models' AUC is paired. A draw without both outcomes is drawn again. Source: Efron 1979.
    """
    chance = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {name: [] for name in chances}
    while len(next(iter(drawn.values()))) < draws:
        rows = chance.integers(0, len(hits), len(hits))
        if 0 < hits[rows].sum() < len(rows):
            for name, said in chances.items():
                drawn[name].append(float(roc_auc_score(hits[rows], said[rows])))
    return {name: np.array(values) for name, values in drawn.items()}


def middle(drawn: Floats) -> tuple[float, float]:
    """Return the bounds of the middle 95 % of what was drawn."""
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
