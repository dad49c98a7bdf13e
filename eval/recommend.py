"""Recommendation: every model fitted to all but the last item of each person, judged by that item among all items.

Settings are chosen on validation data (the last item but one, fitted without it); the fit is then made again with it.
Seen items are masked. The blend is learned from the same validation data.

    python -m eval recommend --data ../shared/data/amazon-beauty --models items,ease
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from tqdm import tqdm

from assistant.errors import SettingError
from assistant.recommend.contract import Recommender, Run
from assistant.recommend.models import KINDS
from eval.fitting_recommenders import Bench, Progress
from eval.recommendation_metrics import Known, accuracy, beyond, interval, places
from eval.result import Result
from eval.sequences import Split, read, split

CUT = 10
SURE = (f"hr@{CUT}", f"ndcg@{CUT}")
"""Figures that come with an interval."""
CELLS = 20_000_000
"""People times items that are scored at once: 80 MB."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--models", default=",".join(KINDS), help=f"some of {','.join(KINDS)}")
    parser.add_argument("--work", type=Path, help="where an interrupted evaluation goes on from; OUT/recommend.work")


def run(args: argparse.Namespace) -> Result:
    """Choose, fit, rank, score.

    Raises:
        SettingError: the folder or a model's name is something else.
    """
    names = _names(args.models)
    parts = split(read(args.data, seed=args.seed), limit=args.limit, seed=args.seed)
    known = _known(parts)
    metrics: dict[str, float] = {"people": len(parts.judged), "items": len(parts.whole.items)}
    intervals: dict[str, tuple[float, float]] = {}
    settings: dict[str, Any] = {"seed": args.seed}
    lists: dict[str, npt.NDArray[np.int64]] = {}
    bench = Bench(parts, Run(progress=Progress(), folder=_folder(args), seed=args.seed))
    for name in names:
        fitted = bench.fitted(name)
        if fitted is None:
            settings[name] = bench.refused[name]
            continue
        settings[name] = fitted.chosen
        lists[name] = _lists(fitted.model, parts)
        measured = accuracy(places(lists[name], parts.test.targets), CUT)
        figures = {key: float(values.mean()) for key, values in measured.items()}
        figures |= {**beyond(lists[name], known), **fitted.spent}
        metrics |= {f"{name}.{key}": value for key, value in figures.items()}
        intervals |= {f"{name}.{key}": interval(measured[key], seed=args.seed) for key in SURE}
        tqdm.write(f"{name}: " + ", ".join(f"{key} {figures[key]:.4f}" for key in SURE))
    bench.forget()
    return Result(
        task="recommend",
        data=args.data.name,
        metrics=metrics,
        intervals=intervals,
        settings=settings,
        rows=list(_rows(parts, lists)),
    )


def _lists(model: Recommender, parts: Split) -> npt.NDArray[np.int64]:
    """Return the ten best unseen items of everybody who is judged, (n, 10)."""
    size = max(1, CELLS // len(model.items))
    lists = []
    for start in tqdm(range(0, len(parts.judged), size), desc=f"ranking by {model.name}", leave=False):
        histories = parts.test.histories.batch(start, min(start + size, len(parts.judged)))
        scores = model.scores(histories)
        scores[histories.rows, histories.items] = -np.inf
        lists.append(_first(scores))
    return np.concatenate(lists)


def _first(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    k = min(CUT, scores.shape[1])
    among = np.argpartition(-scores, k - 1, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, among, axis=1), axis=1, kind="stable")
    return np.take_along_axis(among, order, axis=1).astype(np.int64)


def _known(parts: Split) -> Known:
    """What items are like: their words where the folder has any, else who chose them."""
    counts = np.bincount(parts.whole.histories.items, minlength=len(parts.whole.items))
    usual = float(counts[parts.whole.histories.items].mean())
    if parts.whole.words:
        from sklearn.feature_extraction.text import TfidfVectorizer

        features = TfidfVectorizer(token_pattern=r"\w+").fit_transform(parts.whole.words)
    else:
        chosen = parts.whole.histories.matrix(len(parts.whole.items)).T.tocsr()
        length = np.sqrt(np.asarray(chosen.multiply(chosen).sum(axis=1)).ravel())
        features = sparse.diags(1 / np.maximum(length, 1e-12)) @ chosen
    return Known(counts, sparse.csr_matrix(features), usual)


def _rows(parts: Split, lists: Mapping[str, npt.NDArray[np.int64]]) -> Iterator[dict[str, Any]]:
    """One row a person: what they had chosen, what they chose next, and each model's list and its rank in it."""
    items = parts.whole.items
    ranks = {name: places(own, parts.test.targets) for name, own in lists.items()}
    for row, person in enumerate(parts.judged):
        yield {
            "person": person,
            "history": [items[at] for at in parts.test.histories[row]],
            "chosen": items[parts.test.targets[row]],
            "lists": {name: [items[at] for at in own[row]] for name, own in lists.items()},
            "ranks": {name: int(own[row]) or None for name, own in ranks.items()},
        }


def _names(given: str) -> Sequence[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in KINDS:
            raise SettingError("--models", name, f"some of {', '.join(KINDS)} are expected")
    return names


def _folder(args: argparse.Namespace) -> Path:
    return Path(args.work or args.out / "recommend.work", args.data.name)
