"""Fits of the chance that a visit buys: which visits each learns from, which it is judged on, and what it says of them.

Five fixed folds: the same for every model and seed; the seed moves the learners' chance and the inner folds on which
curves, average and threshold are chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.behaviour.models.chance import Chance, Examples, Hits, learn
from assistant.behaviour.models.selection import mutual_information, permutation_importance
from assistant.behaviour.models.table import Table
from eval.chances.web_sessions import OF_PAGE_VALUES

FOLDS = 5
FOLD_SEED = 0
"""What the folds are drawn by: the same whatever `--seed` says."""
WITHOUT = ("boosting",)
"""The family asked again without the columns that a purchase leaks into."""
AVERAGE, NO_PAGE_VALUES = "average", "no_page_values"


@dataclass(frozen=True, slots=True)
class Split:
    """What is learned from, and what is judged: `rows` say which visits these are."""

    table: Table
    hits: Hits
    test: Table
    test_hits: Hits
    rows: Sequence[int]


def folds(table: Table, hits: Hits) -> Iterator[Split]:
    """Yield the fixed folds."""
    from sklearn.model_selection import StratifiedKFold

    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=FOLD_SEED).split(table.values, hits):
        yield Split(table.rows(seen), hits[seen], table.rows(unseen), hits[unseen], unseen.tolist())


def fitted(split: Split, *, seed: int, tells: bool) -> dict[str, Any]:
    """Learn and judge once: the chances of every model by the visits' order, and what was learned.

    Where it `tells`, which columns matter is measured too.
    """
    model = learn(Examples(split.table, split.hits), seed=seed)
    plain = learn(Examples(split.table.without(OF_PAGE_VALUES), split.hits), seed=seed, families=WITHOUT)
    singles = {name: member.chances(split.test) for name, member in model.compared.items()}
    chances = {
        AVERAGE: model.blended(singles),
        **singles,
        NO_PAGE_VALUES: plain.chances(split.test.without(OF_PAGE_VALUES)),
    }
    return {
        "rows": list(split.rows),
        "bought": split.test_hits.tolist(),
        "chances": {name: said.tolist() for name, said in chances.items()},
        "thresholds": {AVERAGE: model.threshold, NO_PAGE_VALUES: plain.threshold},
        "weights": dict(model.weights),
        "ways": {AVERAGE: model.way, **{name: member.way for name, member in model.compared.items()}},
        "importance": _importance(model, split, seed=seed) if tells else {},
        "nats": dict(mutual_information(split.table, split.hits, seed=seed)) if tells else {},
    }


def _importance(model: Chance, split: Split, *, seed: int) -> dict[str, float]:
    """Return what shuffling each column costs the boosted trees on the rows that were held out."""
    boosting = model.compared["boosting"].chances
    return dict(permutation_importance(boosting, split.test, split.test_hits, seed=seed, times=1))
