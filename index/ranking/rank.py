"""The ranking: a linear model and boosted trees over the same features, each standardised within a query, and added.

With a few dozen judged queries neither is best alone. Knows features and gains; not where they come from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from index.candidates import Scores
from index.errors import BadRanking
from index.ranking.features import NAMES

PENALTY = 50.0
"""Of the linear model's squared weights: .705 nDCG@10 by cross-validation, .689 with 1, .705 with 100."""
ROUNDS = 100
BAGS = 2
UNNEEDED = {
    *("tree_sizes", "split_gain", "leaf_weight", "leaf_count", "internal_value", "internal_weight", "internal_count"),
}
"""Lines of a LightGBM model that tell how it was grown."""
EXACT, SUBSTITUTE, COMPLEMENT = 0.99, 0.1, 0.01
"""From which gain on a product counts as each of ESCI's grades."""


@dataclass(frozen=True, slots=True)
class Example:
    """One judged query with the features (n, len(NAMES)) of its candidates and their gains (n,), from 0 to 1."""

    query: str
    features: Scores
    gains: Scores


@dataclass(frozen=True)
class Ranking:
    """Weights that order candidates. `trained_on` says of what they were learned, `queries` names the judged ones.

    `grown` are the trees as LightGBM writes them. They are read when first needed: importing it takes seconds.
    """

    trained_on: str
    queries: tuple[str, ...]
    mean: Scores
    deviation: Scores
    linear: Scores
    grown: tuple[str, ...]

    @cached_property
    def _trees(self) -> tuple[Any, ...]:
        import lightgbm

        return tuple(lightgbm.Booster(model_str=text) for text in self.grown)

    def score(self, features: Scores) -> Scores:
        """Return a score for each row (n, len(NAMES)), higher is better; comparable within one query only."""
        if not len(features):
            return np.empty(0)
        rows = standardised(features, self.mean, self.deviation)
        grown: Scores = sum((booster.predict(rows, num_threads=1) for booster in self._trees), np.zeros(len(rows)))
        return _standard(rows @ self.linear) + _standard(grown)

    def save(self, path: Path) -> None:
        """Write the weights as JSON."""
        record = {
            "trained_on": self.trained_on,
            "queries": self.queries,
            "features": NAMES,
            "mean": _short(self.mean),
            "deviation": _short(self.deviation),
            "linear": _short(self.linear),
            "trees": [text.splitlines() for text in self.grown],
        }
        path.write_text(json.dumps(record, indent=0) + "\n", encoding="utf-8")


def load(path: Path) -> Ranking:
    """Return the weights in a file.

    Raises:
        BadRanking: it is no such file, or was learned over other features.
    """
    try:
        ranking = _parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadRanking(path, str(error)) from error
    try:
        ranking.score(np.zeros((1, len(NAMES))))
    except Exception as error:  # LightGBM raises its own and numpy's; a shop's file is tried before it is relied on
        raise BadRanking(path, f"it is no ranking ({error})") from error
    return ranking


def chosen(path: Path) -> Ranking:
    """Return the weights in a file, or those that ship where there is none.

    Raises:
        BadRanking: there is a file, but it cannot be used.
    """
    return load(path) if path.exists() else shipped()


@cache
def shipped() -> Ranking:
    """Return the weights that come with the package."""
    return _parse(
        files("index.ranking").joinpath("ranking.json").read_text(encoding="utf-8"), "index/ranking/ranking.json"
    )


def fit(examples: Sequence[Example], *, trained_on: str, seed: int = 0) -> Ranking:
    """Return the ranking learned from judged queries. Takes seconds for a hundred queries.

    Raises:
        ValueError: no query has both a product that fits and one that does not.
    """
    useful = [example for example in examples if len(set(example.gains.tolist())) > 1]
    if not useful:
        raise ValueError("no judged query has both fitting and unfitting products among its candidates")
    rows = np.concatenate([example.features for example in useful])
    known = np.where(np.isnan(rows).all(axis=0), 0.0, rows)
    mean, deviation = np.nanmean(known, axis=0), np.nanstd(known, axis=0)
    deviation = np.where(deviation > 1e-9, deviation, 1.0)
    learned = [Example(e.query, standardised(e.features, mean, deviation), e.gains) for e in useful]
    grown = tuple(_bare(_grow(learned, seed + bag).model_to_string()) for bag in range(BAGS))
    return Ranking(trained_on, tuple(e.query for e in useful), mean, deviation, _linear(learned), grown)


def standardised(features: Scores, mean: Scores, deviation: Scores) -> Scores:
    """Return features with mean 0 and deviation 1; what is unknown counts as the mean."""
    return np.nan_to_num((features - mean) / deviation, nan=0.0)


def _linear(examples: Sequence[Example]) -> Scores:
    """Weights under which the softmax of the scores comes nearest to the share of the gains.

    Source: Cao et al. 2007 (ListNet), top-one probabilities.
    """
    from scipy.optimize import minimize

    def loss(weights: Scores) -> tuple[float, Scores]:
        total, slope = PENALTY / 2 * float(weights @ weights), PENALTY * weights
        for example in examples:
            scores = example.features @ weights
            scores -= scores.max()
            chance = np.exp(scores) / np.exp(scores).sum()
            wanted = example.gains / example.gains.sum()
            total -= float((wanted * np.log(chance + 1e-12)).sum())
            slope = slope + example.features.T @ (chance - wanted)
        return total, slope

    found: Scores = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return found


def _grow(examples: Sequence[Example], seed: int) -> Any:
    """LambdaMART with few leaves. Source: Burges 2010."""
    import lightgbm

    rows = np.concatenate([example.features for example in examples])
    gains = np.concatenate([example.gains for example in examples])
    grades = np.select([gains >= EXACT, gains >= SUBSTITUTE, gains >= COMPLEMENT], [3, 2, 1], 0)
    settings = {
        "objective": "lambdarank",
        "label_gain": [0.0, COMPLEMENT, SUBSTITUTE, 1.0],
        "lambdarank_truncation_level": 20,
        "learning_rate": 0.05,
        "num_leaves": 8,
        "min_data_in_leaf": 40,
        "feature_fraction": 0.5,
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "lambda_l2": 5.0,
        "verbosity": -1,
        "num_threads": 1,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
    }
    data = lightgbm.Dataset(rows, grades, group=[len(example.gains) for example in examples])
    return lightgbm.train(settings, data, num_boost_round=ROUNDS)


def _standard(scores: Scores) -> Scores:
    standard: Scores = (scores - scores.mean()) / (float(scores.std()) or 1.0)
    return standard


def _bare(grown: str) -> str:
    """Return what predicting needs of a model: a third of its lines."""
    trees = grown.split("\nend of trees")[0]
    kept = [line for line in trees.splitlines() if line.partition("=")[0] not in UNNEEDED]
    return "\n".join([*kept, "end of trees", ""])


def _short(values: Scores) -> list[float]:
    return [float(f"{value:.6g}") for value in values]


def _parse(text: str, path: str) -> Ranking:
    try:
        record = json.loads(text)
        if tuple(record["features"]) != NAMES:
            raise BadRanking(path, "it was learned over other features than this version has: run `index tune` again")
        mean, deviation, linear = (np.array(record[name], np.float64) for name in ("mean", "deviation", "linear"))
        grown = tuple("\n".join([*lines, ""]) for lines in record["trees"])
        return Ranking(record["trained_on"], tuple(record["queries"]), mean, deviation, linear, grown)
    except (ValueError, KeyError, TypeError) as error:
        raise BadRanking(path, f"it is no ranking ({error})") from error
