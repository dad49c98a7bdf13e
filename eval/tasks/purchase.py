"""Purchase: the probability that a visit buys, cross-validated, by every family of learners and by their average.

Five fixed folds and five seeds (`eval.chances.visits_that_buy`). With `--test` all of `--data` is learned from and the
other folder is judged. `auc`, `aupr`, `brier`, `ece` and `f1` are the average's, means over folds and seeds.

    python -m eval purchase --data ../shared/data/online-shoppers
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.behaviour.models.chance import Hits
from assistant.behaviour.models.families import COMPARED
from assistant.behaviour.models.table import Table
from assistant.errors import SettingError
from eval.chances.metrics import (
    calibration_error,
    chance_metrics,
    drawn_aucs,
    exact_calibration_error,
    interval_of_folds,
    middle,
)
from eval.chances.visits_that_buy import AVERAGE, NO_PAGE_VALUES, Split, fitted, folds
from eval.chances.web_sessions import FILE, read_sessions
from eval.harness.metrics import Interval, Metric
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Row, Stage, Task

SEEDS = 5
MODELS = ("", *COMPARED, NO_PAGE_VALUES)
BARS = {"auc": 0.935, "aupr": 0.75, "ece": 0.015}
ALL_FOLDS = "all folds"


class Fits(Stage):
    """Fits of every fold and seed, and all folds of a seed together."""

    def __init__(self, splits: Sequence[Split], sessions: int, args: argparse.Namespace) -> None:
        self._splits, self._sessions, self._first_seed = splits, sessions, args.seed
        self._seeds = [args.seed + number for number in range(args.seeds)]
        self.data = f"{args.data.name} -> {args.test.name}" if args.test else args.data.name
        self.inputs = tuple(folder / FILE for folder in (args.data, args.test) if folder)
        self.settings = {"folds": len(splits), "seeds": args.seeds, "seed": args.seed}
        self._fitted = cache(self._fit)

    @property
    def examples(self) -> Sequence[Example]:
        """A fit each; those of a fold share the visits that are judged. Then all folds of a seed together."""
        made = []
        for seed in self._seeds:
            for fold in range(len(self._splits)):
                given = {"fold": fold, "seed": seed}
                made.append(Example(id=f"fold {fold}, seed {seed}", given=given, cluster=f"fold {fold}"))
            given = {"fold": ALL_FOLDS, "seed": seed, "sessions": self._sessions}
            made.append(Example(id=f"{ALL_FOLDS}, seed {seed}", given=given))
        return made

    async def play(self, example: Example, trial: int) -> Output:
        """Return what a fit says of the visits that it has not seen, or what all fits of a seed say together."""
        fold, seed = example.given["fold"], example.given["seed"]
        if fold != ALL_FOLDS:
            return self._fitted(fold, seed)
        every = [self._fitted(one, seed) for one in range(len(self._splits))]
        together = {
            "bought": [bought for one in every for bought in one["bought"]],
            "chances": [chance for one in every for chance in one["chances"][AVERAGE]],
        }
        self._fitted.cache_clear()  # the next seed's fits are others
        return together

    def _fit(self, fold: int, seed: int) -> dict[str, Any]:
        return fitted(self._splits[fold], seed=seed, tells=seed == self._first_seed)


def calibration(example: Example, output: Output) -> Iterator[Score]:
    """Yield the average's calibration error over all folds of a seed; a fold's own is mostly the luck of its rows."""
    if example.given["fold"] == ALL_FOLDS:
        yield Score("sessions", example.given["sessions"], "are in the folder")
        error = calibration_error(*_told(output["bought"], output["chances"]))
        yield Score(
            "ece_pooled", error, f"over {len(output['bought'])} visits, each judged by a fit that had not seen it"
        )


def chances(example: Example, output: Output) -> Iterator[Score]:
    """Yield the figures of every model of a fit, and the error that exact chances would score by luck alone."""
    if example.given["fold"] == ALL_FOLDS:
        return
    said = f"over {len(output['bought'])} visits, of which {sum(output['bought'])} bought"
    for model, own in output["chances"].items():
        figures = chance_metrics(*_told(output["bought"], own), threshold=output["thresholds"].get(model, 0.5))
        yield from (Score(_named(model, figure), value, said) for figure, value in figures.items())
    exact = exact_calibration_error(np.array(output["chances"][AVERAGE]), seed=example.given["seed"])
    yield Score("ece_of_exact", exact, "of outcomes drawn by the chances themselves")


def _told(bought: Sequence[int], said: Sequence[float]) -> tuple[Hits, Any]:
    return np.array(bought), np.array(said, np.float64)


def _named(model: str, figure: str) -> str:
    return figure if model in ("", AVERAGE) else f"{model}.{figure}"


def learned(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Return the average's weights, and which columns matter, as means over fits."""
    fits = [row["output"] for row in rows if "weights" in row["output"]]
    return {
        "mean_weights": {name: float(np.mean([fit["weights"].get(name, 0) for fit in fits])) for name in COMPARED},
        "mutual_information_nats": _ranked([fit["nats"] for fit in fits]),
        "permutation_importance_log_loss": _ranked([fit["importance"] for fit in fits]),
    }


def _ranked(every: Sequence[Mapping[str, float]]) -> dict[str, float]:
    told = [one for one in every if one]
    means = {name: float(np.mean([one[name] for one in told])) for name in told[0]} if told else {}
    return dict(sorted(means.items(), key=lambda pair: -pair[1]))


def _bounds(model: str, figure: str) -> Callable[[Sequence[Row], int], Interval | None]:
    """Return what bounds a mean over folds; of one fold, an AUC over its rows drawn again, by the first seed's fit."""

    def bounds(rows: Sequence[Row], seed: int) -> Interval | None:
        fits = [row for row in rows if row["cluster"]]
        by_fold: dict[str, list[float]] = {}
        for row in fits:
            value = next(score["value"] for score in row["scores"] if score["name"] == _named(model, figure))
            by_fold.setdefault(row["cluster"], []).append(value)
        if len(by_fold) > 1:
            return interval_of_folds([float(np.mean(values)) for values in by_fold.values()])
        if figure != "auc":
            return None
        hits, said = _told(fits[0]["output"]["bought"], fits[0]["output"]["chances"][model or AVERAGE])
        return middle(drawn_aucs(hits, {model: said}, seed=seed)[model])

    return bounds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--test", type=Path, help="learn from all of --data and judge this folder instead of folds")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many seeds each fold is learned with")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Read the visits.

    Raises:
        SettingError: a folder does not hold sessions.
    """
    if args.data is None:
        raise SettingError("--data", None, f"a folder with {FILE} is expected")
    table, hits = _first(read_sessions(args.data, "--data"), args.limit)
    if args.test:
        other, other_hits = read_sessions(args.test, "--test", table)
        splits = [Split(table, hits, other, other_hits, range(len(other_hits)))]
    else:
        splits = list(folds(table, hits))
    yield Fits(splits, len(table), args)


def _first(sessions: tuple[Table, Hits], limit: int | None) -> tuple[Table, Hits]:
    table, hits = sessions
    return table.rows(np.arange(len(table))[:limit]), hits[:limit]


FIGURES = {"auc": "more", "aupr": "more", "brier": "less", "ece": "less", "ece_width": "less", "f1": "more"}

METRICS = (
    Metric("sessions", of="sessions", better="", bounds=lambda _rows, _seed: None),
    *(
        Metric(
            _named(model, figure),
            of=_named(model, figure),
            better="more" if better == "more" else "less",
            bar=None if model else BARS.get(figure),
            bounds=_bounds(model, figure),
        )
        for model in MODELS
        for figure, better in FIGURES.items()
    ),
    Metric("ece_pooled", of="ece_pooled", better="less"),
    Metric("ece_of_exact", of="ece_of_exact", better=""),
)

TASK = Task(
    name="purchase",
    promise="how well the chance that a visit buys is told, by every family of learners and their average",
    opened=opened,
    scorers=(chances, calibration),
    metrics=METRICS,
    add_arguments=add_arguments,
    notes=learned,
)
