"""Purchase: the probability that a visit buys, cross-validated, by every family of learners and by their average.

Five fixed folds and five seeds: the folds are the same for every model and seed; the seed moves the learners' chance
and the inner folds on which curves, average and threshold are chosen. With `--test` all of `--data` is learned from and
the other folder is judged. `auc`, `aupr`, `brier`, `ece` and `f1` are the average's, means over folds and seeds.

    python -m eval purchase --data ../shared/data/online-shoppers
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from assistant.behaviour.models.chance import Chance, Examples, Hits, learn
from assistant.behaviour.models.families import COMPARED
from assistant.behaviour.models.selection import mutual_information, permutation_importance
from assistant.behaviour.models.table import Floats, Table
from assistant.errors import SettingError
from eval.chance_metrics import (
    calibration_error,
    chance_metrics,
    drawn_aucs,
    exact_calibration_error,
    interval_of_folds,
    middle,
)
from eval.result import Result
from eval.web_sessions import OF_PAGE_VALUES, read_sessions

FOLDS, SEEDS = 5, 5
FOLD_SEED = 0
"""What the folds are drawn by: the same whatever `--seed` says."""
WITHOUT = ("boosting",)
"""The family asked again without the columns that a purchase leaks into."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One fit judged on rows it has not seen. `chances` are by model, "" is the average's."""

    fold: int
    seed: int
    rows: Sequence[int]
    hits: Hits
    chances: Mapping[str, Floats]
    thresholds: Mapping[str, float]
    weights: Mapping[str, float]
    ways: Mapping[str, str]
    importance: Mapping[str, float]
    nats: Mapping[str, float]

    def metrics(self) -> dict[str, float]:
        """Return the figures of every model of this fit."""
        return {
            f"{model}.{name}" if model else name: value
            for model, chances in self.chances.items()
            for name, value in chance_metrics(self.hits, chances, threshold=self.thresholds.get(model, 0.5)).items()
        }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--test", type=Path, help="learn from all of --data and judge this folder instead of folds")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many seeds each fold is learned with")


def run(args: argparse.Namespace) -> Result:
    """Learn and judge.

    Raises:
        SettingError: a folder does not hold sessions.
        BadRecord: too few sessions of one outcome.
    """
    if args.data is None:
        raise SettingError("--data", None, "a folder with sessions.csv.gz is expected")
    table, hits = _first(read_sessions(args.data, "--data"), args.limit)
    other = read_sessions(args.test, "--test", table) if args.test else None
    splits = [_whole(table, hits, other)] if other else list(_folds(table, hits))
    seeds = [args.seed + number for number in range(args.seeds)]
    trials = [
        _trial(split, fold=fold, seed=seed, tells=seed == args.seed)
        for seed, (fold, split) in tqdm([(s, f) for s in seeds for f in enumerate(splits)], desc="fits")
    ]
    return Result(
        task="purchase",
        data=f"{args.data.name} -> {args.test.name}" if args.test else args.data.name,
        metrics={"sessions": len(table), **_means(trials), **_calibration(trials, seed=args.seed)},
        intervals=_intervals(trials) if len(splits) > 1 else _drawn(trials[0], seed=args.seed),
        settings=_settings(args, trials),
        rows=[row for trial in trials for row in _rows(trial)],
    )


@dataclass(frozen=True, slots=True)
class Split:
    """What is learned from, and what is judged."""

    table: Table
    hits: Hits
    test: Table
    test_hits: Hits
    rows: Sequence[int]


def _folds(table: Table, hits: Hits) -> Iterator[Split]:
    from sklearn.model_selection import StratifiedKFold

    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=FOLD_SEED).split(table.values, hits):
        yield Split(table.rows(seen), hits[seen], table.rows(unseen), hits[unseen], unseen.tolist())


def _whole(table: Table, hits: Hits, other: tuple[Table, Hits]) -> Split:
    return Split(table, hits, *other, range(len(other[1])))


def _trial(split: Split, *, fold: int, seed: int, tells: bool) -> Trial:
    """Learn and judge once; where it `tells`, which columns matter is measured too."""
    model = learn(Examples(split.table, split.hits), seed=seed)
    plain = learn(Examples(split.table.without(OF_PAGE_VALUES), split.hits), seed=seed, families=WITHOUT)
    singles = {name: member.chances(split.test) for name, member in model.compared.items()}
    return Trial(
        fold=fold,
        seed=seed,
        rows=split.rows,
        hits=split.test_hits,
        chances={
            "": model.blended(singles),
            **singles,
            "no_page_values": plain.chances(split.test.without(OF_PAGE_VALUES)),
        },
        thresholds={"": model.threshold, "no_page_values": plain.threshold},
        weights=model.weights,
        ways=_ways(model),
        importance=_importance(model, split, seed=seed) if tells else {},
        nats=mutual_information(split.table, split.hits, seed=seed) if tells else {},
    )


def _importance(model: Chance, split: Split, *, seed: int) -> dict[str, float]:
    """What shuffling each column costs the boosted trees on the rows that were held out."""
    return permutation_importance(model.compared["boosting"].chances, split.test, split.test_hits, seed=seed, times=1)


def _ways(model: Chance) -> dict[str, str]:
    return {"": model.way, **{name: member.way for name, member in model.compared.items()}}


def _means(trials: Sequence[Trial]) -> dict[str, float]:
    every = [trial.metrics() for trial in trials]
    return {name: float(np.mean([one[name] for one in every])) for name in every[0]}


def _calibration(trials: Sequence[Trial], *, seed: int) -> dict[str, float]:
    """Return the average's calibration error over all folds of a seed together, and what exact chances would score.

    A fold's `ece` is mostly the luck of its rows: `ece_of_exact` is that of outcomes drawn by the chances themselves.
    """
    pooled = [
        calibration_error(
            np.concatenate([one.hits for one in trials if one.seed == each]),
            np.concatenate([one.chances[""] for one in trials if one.seed == each]),
        )
        for each in sorted({one.seed for one in trials})
    ]
    exact = [exact_calibration_error(one.chances[""], seed=seed) for one in trials]
    return {"ece_pooled": float(np.mean(pooled)), "ece_of_exact": float(np.mean(exact))}


def _intervals(trials: Sequence[Trial]) -> dict[str, tuple[float, float]]:
    """Return the interval of each mean over folds; a fold's value is the mean over its seeds."""
    every = [(trial.fold, trial.metrics()) for trial in trials]
    folds = sorted({fold for fold, _ in every})
    return {
        name: interval_of_folds([float(np.mean([one[name] for at, one in every if at == fold])) for fold in folds])
        for name in every[0][1]
    }


def _drawn(trial: Trial, *, seed: int) -> dict[str, tuple[float, float]]:
    """Return the interval of each model's AUC over the other folder's rows, drawn again, by the first seed's fit."""
    drawn = drawn_aucs(trial.hits, trial.chances, seed=seed)
    return {f"{name}.auc" if name else "auc": middle(values) for name, values in drawn.items()}


def _settings(args: argparse.Namespace, trials: Sequence[Trial]) -> dict[str, Any]:
    return {
        "folds": len({trial.fold for trial in trials}),
        "seeds": args.seeds,
        "seed": args.seed,
        "mean_weights": {name: float(np.mean([trial.weights.get(name, 0) for trial in trials])) for name in COMPARED},
        "mutual_information_nats": _ranked([trial.nats for trial in trials]),
        "permutation_importance_log_loss": _ranked([trial.importance for trial in trials]),
    }


def _ranked(every: Sequence[Mapping[str, float]]) -> dict[str, float]:
    told = [one for one in every if one]
    means = {name: float(np.mean([one[name] for one in told])) for name in told[0]}
    return dict(sorted(means.items(), key=lambda pair: -pair[1]))


def _rows(trial: Trial) -> Iterator[dict[str, Any]]:
    for place, number in enumerate(trial.rows):
        yield {
            "seed": trial.seed,
            "fold": trial.fold,
            "row": number,
            "bought": int(trial.hits[place]),
            "chances": {model or "average": round(float(said[place]), 6) for model, said in trial.chances.items()},
        }


def _first(sessions: tuple[Table, Hits], limit: int | None) -> tuple[Table, Hits]:
    table, hits = sessions
    return table.rows(np.arange(len(table))[:limit]), hits[:limit]
