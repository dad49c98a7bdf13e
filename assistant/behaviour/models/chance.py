"""The chance that something happens, learned: families compared on the same folds, calibrated, the best averaged.

All choices (the curve of each family, which of them are averaged, the threshold) are made on scores that a family gave
to rows it had not learned from. Knows tables and outcomes; not what the outcome is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.behaviour.models.calibration import Calibration, calibrate, log_loss
from assistant.behaviour.models.families import FAMILIES, Learner
from assistant.behaviour.models.table import Floats, Table
from assistant.errors import BadRecord

Hits = NDArray[np.int_]
FOLDS = 5
FEWEST = 50
"""Outcomes of either kind that learning wants: with fewer each fold holds too few to calibrate by."""


@dataclass(frozen=True, slots=True)
class Member:
    """One family, fitted and calibrated. `loss` is its log loss on rows it had not learned from."""

    family: str
    learner: Learner
    way: str
    curve: Calibration
    loss: float

    def chances(self, table: Table) -> Floats:
        """Return the probability (n,) of each row."""
        return self.curve(self.learner.score(table))


@dataclass(frozen=True, slots=True)
class Chance:
    """The average of the chosen members, calibrated. `threshold` is where F1 was best; `compared` holds all families."""

    members: tuple[Member, ...]
    compared: Mapping[str, Member]
    way: str
    curve: Calibration
    loss: float
    threshold: float

    def chances(self, table: Table) -> Floats:
        """Return the probability (n,) of each row."""
        return self.blended({member.family: member.chances(table) for member in self.members})

    def blended(self, by_family: Mapping[str, Floats]) -> Floats:
        """Return the probability (n,) of each row from those of its members."""
        return self.curve(np.mean([by_family[member.family] for member in self.members], axis=0, dtype=np.float64))


def learn(table: Table, hits: Hits, *, seed: int, families: Sequence[str] = tuple(FAMILIES)) -> Chance:
    """Return the calibrated average learned from all rows. Costs six fits of each family.

    Raises:
        BadRecord: there are too few rows of one outcome.
    """
    few = int(min(hits.sum(), len(hits) - hits.sum()))
    if few < FEWEST:
        raise BadRecord(f"{few} rows of one outcome are too few to learn from: gather at least {FEWEST}")
    unseen = {name: _unseen_scores(FAMILIES[name], table, hits, seed=seed) for name in families}
    members = {name: _member(name, unseen[name], table=table, hits=hits, seed=seed) for name in families}
    chances = {name: member.curve(unseen[name]) for name, member in members.items()}
    chosen = _best_average(chances, hits)
    blend = np.mean([chances[name] for name in chosen], axis=0, dtype=np.float64)
    way, curve = calibrate(blend, hits, seed=seed)
    return Chance(
        members=tuple(members[name] for name in chosen),
        compared=members,
        way=way,
        curve=curve,
        loss=log_loss(blend, hits),
        threshold=_best_threshold(curve(blend), hits),
    )


def _unseen_scores(family: Callable[[int], Learner], table: Table, hits: Hits, *, seed: int) -> Floats:
    """Return each row's score (n,) by a learner that had not seen it."""
    from sklearn.model_selection import StratifiedKFold

    scores = np.empty(len(table))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(table.values, hits):
        learner = family(seed)
        learner.fit(table.rows(seen), hits[seen])
        scores[unseen] = learner.score(table.rows(unseen))
    return scores


def _member(name: str, scores: Floats, *, table: Table, hits: Hits, seed: int) -> Member:
    way, curve = calibrate(scores, hits, seed=seed)
    learner = FAMILIES[name](seed)
    learner.fit(table, hits)
    return Member(name, learner, way, curve, log_loss(curve(scores), hits))


def _best_average(chances: Mapping[str, Floats], hits: Hits) -> tuple[str, ...]:
    """Return the families, best first, whose average has the least log loss: one is added while that helps."""
    chosen: list[str] = []
    best = np.inf
    while left := [name for name in chances if name not in chosen]:
        losses = {name: log_loss(np.mean([chances[one] for one in (*chosen, name)], axis=0), hits) for name in left}
        name = min(losses, key=losses.__getitem__)
        if losses[name] >= best:
            break
        best = losses[name]
        chosen.append(name)
    return tuple(chosen)


def _best_threshold(chances: Floats, hits: Hits) -> float:
    """Return the probability from which saying "yes" has the best F1."""
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(hits[order])
    f1 = 2 * right / (np.arange(1, len(hits) + 1) + hits.sum())
    return float(chances[order][int(np.argmax(f1))])
