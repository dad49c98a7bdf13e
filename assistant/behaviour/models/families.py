"""The families of learners that are compared: tree, forest, support vectors, logistic regression, boosted trees.

Each learns from a table and gives a score that rises with the chance. Their settings are stated here and were found by
cross-validation on web sessions; how sure a score is, is calibration's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.behaviour.models.encoding import Encoding, OneHot, Scaled
from assistant.behaviour.models.table import Floats, Table


class Learner(Protocol):
    """What learns from a table (n, k) and 0/1 outcomes (n,)."""

    def fit(self, table: Table, hits: NDArray[np.int_]) -> Any:
        """Learn."""

    def score(self, table: Table) -> Floats:
        """Return a score (n,) for each row, higher is likelier."""


class Sklearn:
    """A scikit-learn classifier over a sparse encoding: its probability, or its distance from the margin."""

    def __init__(self, estimator: Any, encoding: Encoding) -> None:
        self._estimator, self._encoding = estimator, encoding

    def fit(self, table: Table, hits: NDArray[np.int_]) -> Sklearn:
        """Learn."""
        self._estimator.fit(self._encoding.fit(table).matrix(table), hits)
        return self

    def score(self, table: Table) -> Floats:
        """Return a score (n,) for each row."""
        rows = self._encoding.matrix(table)
        if hasattr(self._estimator, "predict_proba"):
            chances: Floats = self._estimator.predict_proba(rows)[:, 1]
            return chances
        distances: Floats = self._estimator.decision_function(rows)
        return distances


class Boosting:
    """LightGBM's trees; levels are split as sets. Source: Ke et al. 2017."""

    ROUNDS = 300
    SETTINGS: Mapping[str, Any] = {
        "objective": "binary",
        "learning_rate": 0.02,
        "num_leaves": 15,
        "min_data_in_leaf": 40,
        "feature_fraction": 0.7,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 5.0,
        "cat_smooth": 5.0,
        "verbosity": -1,
        "num_threads": 1,
        "deterministic": True,
        "force_row_wise": True,
    }

    def __init__(self, seed: int, **settings: Any) -> None:
        self._settings = {**self.SETTINGS, **settings, "seed": seed}
        self._grown: Any = None

    def fit(self, table: Table, hits: NDArray[np.int_]) -> Boosting:
        """Learn."""
        import lightgbm

        levels = [number for number, column in enumerate(table.columns) if column.levels]
        rows = lightgbm.Dataset(table.values, hits, categorical_feature=levels)
        self._grown = lightgbm.train(self._settings, rows, self.ROUNDS)
        return self

    def score(self, table: Table) -> Floats:
        """Return the probability (n,) of each row."""
        chances: Floats = self._grown.predict(table.values, num_threads=1)
        return chances


def tree(seed: int) -> Learner:
    """One decision tree, held back by the size of its leaves."""
    from sklearn.tree import DecisionTreeClassifier

    return Sklearn(DecisionTreeClassifier(max_depth=8, min_samples_leaf=40, random_state=seed), OneHot())


def forest(seed: int) -> Learner:
    """A random forest; each tree sees half of the rows. Source: Breiman 2001."""
    from sklearn.ensemble import RandomForestClassifier

    settings = {"n_estimators": 60, "min_samples_leaf": 4, "max_features": 0.2, "max_samples": 0.5}
    return Sklearn(RandomForestClassifier(**settings, random_state=seed), OneHot())


def vectors(seed: int) -> Learner:
    """A support vector machine over the logarithms of the numbers and their bins: a radial kernel was no better."""
    from sklearn.svm import LinearSVC

    return Sklearn(LinearSVC(C=0.01, tol=1e-3, random_state=seed), Scaled(bins=8))


def logistic(seed: int) -> Learner:
    """Logistic regression over the logarithms of the numbers and their bins."""
    from sklearn.linear_model import LogisticRegression

    return Sklearn(LogisticRegression(C=0.1, solver="liblinear", tol=1e-3, random_state=seed), Scaled(bins=8))


def line(seed: int) -> Learner:
    """Logistic regression over the logarithms of the numbers alone: the least that can go wrong when times change."""
    from sklearn.linear_model import LogisticRegression

    return Sklearn(LogisticRegression(C=0.05, solver="liblinear", tol=1e-3, random_state=seed), Scaled())


def shallow(seed: int) -> Learner:
    """Boosted trees of few splits over many rows, for outcomes that are mostly chance."""
    return Boosting(seed, num_leaves=5, min_data_in_leaf=200, feature_fraction=0.4)


FAMILIES: Mapping[str, Callable[[int], Learner]] = {
    "tree": tree,
    "forest": forest,
    "svm": vectors,
    "logistic": logistic,
    "boosting": Boosting,
    "line": line,
    "shallow": shallow,
}
"""By the name under which figures are told; each is called with the seed of its chance."""
COMPARED = ("tree", "forest", "svm", "logistic", "boosting")
"""The families that are compared where nothing else is asked for."""
