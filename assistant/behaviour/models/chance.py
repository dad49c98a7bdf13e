"""The chance that something happens, learned: families compared on the same folds, calibrated, the best averaged.

All choices (the curve of each family, which of them are averaged, the threshold) are made on scores that a family gave
to rows it had not learned from. Knows tables and outcomes; not what the outcome is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.behaviour.models.calibration import Calibration, calibrate, log_loss
from assistant.behaviour.models.families import COMPARED, FAMILIES, Learner
from assistant.behaviour.models.table import Floats, Table
from assistant.errors import BadRecord

Hits = NDArray[np.int_]
Fold = tuple[NDArray[np.int_], NDArray[np.int_]]
FOLDS = 5
PICKS = 12
"""At most so many equal parts make up an average."""
LIBRARY = 4
"""Families from which on halves of them are drawn."""
BAGS = 40
"""So many draws of families and rows are chosen from."""
FEWEST = 50
"""Outcomes of either kind that learning wants: with fewer each fold holds too few to calibrate by."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learned from: rows (n,) with their outcomes.

    `groups` (n,) says which rows are of one person, so that nobody is on both sides of a fold. `recent` (n,) says by
    which rows curves, average and threshold are chosen, those most like what is to come. `None` is each alone, and all.
    """

    table: Table
    hits: Hits
    groups: NDArray[np.int_] | None = None
    recent: NDArray[np.bool_] | None = None

    @property
    def judged(self) -> NDArray[np.bool_]:
        """The rows that choices are made by."""
        return np.ones(len(self.table), bool) if self.recent is None else self.recent

    def folds(self, *, seed: int) -> list[Fold]:
        """Return the rows to learn from and those to be judged, for each fold."""
        from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

        kind = StratifiedKFold if self.groups is None else StratifiedGroupKFold
        split = kind(FOLDS, shuffle=True, random_state=seed).split(self.table.values, self.hits, self.groups)
        return list(split)


@dataclass(frozen=True, slots=True)
class Member:
    """One family: a learner for each part of the rows that was left out, and the curve that calibrates their mean.

    `loss` is the log loss of each learner on the rows left out.
    """

    family: str
    learners: tuple[Learner, ...]
    way: str
    curve: Calibration
    loss: float

    def chances(self, table: Table) -> Floats:
        """Return the probability (n,) of each row."""
        return self.curve(np.mean([learner.score(table) for learner in self.learners], axis=0, dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Chance:
    """The calibrated average of families. `threshold` is where F1 was best, `compared` are all families.

    `weights` are those of the families that count, and add up to 1. `usual` is the share of the rows in which it
    happened; `loss` and `auc` are the average's on rows that each learner had not seen.
    """

    compared: Mapping[str, Member]
    weights: Mapping[str, float]
    way: str
    curve: Calibration
    loss: float
    auc: float
    usual: float
    threshold: float

    def chances(self, table: Table) -> Floats:
        """Return the probability (n,) of each row."""
        return self.blended({name: self.compared[name].chances(table) for name in self.weights})

    def blended(self, by_family: Mapping[str, Floats]) -> Floats:
        """Return the probability (n,) of each row from those of the families."""
        return self.curve(_average(self.weights, by_family))


def learn(examples: Examples, *, seed: int, families: Sequence[str] = COMPARED) -> Chance:
    """Return the calibrated average learned from the examples. Costs five fits of each family.

    Raises:
        BadRecord: there are too few rows of one outcome.
    """
    from sklearn.metrics import roc_auc_score

    hits = examples.hits[examples.judged]
    few = int(min(hits.sum(), len(hits) - hits.sum()))
    if few < FEWEST:
        raise BadRecord(f"{few} rows of one outcome are too few to learn from: gather at least {FEWEST}")
    folds = examples.folds(seed=seed)
    fitted = {name: _member(name, examples, folds, seed=seed) for name in families}
    members = {name: member for name, (member, _) in fitted.items()}
    chances = {name: unseen for name, (_, unseen) in fitted.items()}
    weights = _best_weights(chances, hits, seed=seed)
    blend = _average(weights, chances)
    way, curve = calibrate(blend, hits, seed=seed)
    return Chance(
        compared=members,
        weights=weights,
        way=way,
        curve=curve,
        loss=log_loss(blend, hits),
        auc=float(roc_auc_score(hits, blend)),
        usual=float(hits.mean()),
        threshold=_best_threshold(curve(blend), hits),
    )


def _member(name: str, examples: Examples, folds: Sequence[Fold], *, seed: int) -> tuple[Member, Floats]:
    """Return the family's member, and the probability of each judged row by the learner that had not seen it."""
    table, hits = examples.table, examples.hits
    learners: list[Learner] = []
    scores = np.empty(len(table))
    for seen, unseen in folds:
        learner = FAMILIES[name](seed * FOLDS + len(learners))
        learner.fit(table.rows(seen), hits[seen])
        learners.append(learner)
        scores[unseen] = learner.score(table.rows(unseen))
    scores, hits = scores[examples.judged], hits[examples.judged]
    way, curve = calibrate(scores, hits, seed=seed)
    chances = curve(scores)
    return Member(name, tuple(learners), way, curve, log_loss(chances, hits)), chances


def _best_weights(chances: Mapping[str, Floats], hits: Hits, *, seed: int) -> dict[str, float]:
    """Return the weights of the average: the mean of those chosen from `BAGS` draws of half of the families.

    A choice among all of them follows the luck of these rows and takes the best one nearly alone; of fewer than
    `LIBRARY` no half is worth drawing. Source: Caruana et al. 2004, bagged selection with replacement.
    """
    if len(chances) < LIBRARY:
        return _chosen(chances, hits)
    chance, names = np.random.default_rng(seed), sorted(chances)
    found = dict.fromkeys(names, 0.0)
    for _ in range(BAGS):
        drawn = chance.choice(names, size=(len(names) + 1) // 2, replace=False)
        rows = chance.integers(0, len(hits), len(hits))
        for name, weight in _chosen({name: chances[name][rows] for name in drawn}, hits[rows]).items():
            found[name] += weight / BAGS
    return {name: weight for name, weight in found.items() if weight}


def _chosen(chances: Mapping[str, Floats], hits: Hits) -> dict[str, float]:
    """Return the weights with the least log loss: families are added, again too, while that helps."""
    chosen: list[str] = []
    best = np.inf
    while len(chosen) < PICKS:
        losses = {name: log_loss(_average(_shares([*chosen, name]), chances), hits) for name in chances}
        name = min(losses, key=losses.__getitem__)
        if losses[name] >= best and len(chosen) > 1:
            break
        best = min(best, losses[name])
        chosen.append(name)
    return _shares(chosen)


def _shares(chosen: Sequence[str]) -> dict[str, float]:
    return {name: chosen.count(name) / len(chosen) for name in sorted(set(chosen))}


def _average(weights: Mapping[str, float], by_family: Mapping[str, Floats]) -> Floats:
    return np.average([by_family[name] for name in weights], axis=0, weights=list(weights.values()))


def _best_threshold(chances: Floats, hits: Hits) -> float:
    """Return the probability from which saying "yes" has the best F1."""
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(hits[order])
    f1 = 2 * right / (np.arange(1, len(hits) + 1) + hits.sum())
    return float(chances[order][int(np.argmax(f1))])
