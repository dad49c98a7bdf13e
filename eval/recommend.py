"""Recommendation: every model fitted to all but the last item of each person, judged by that item among all items.

Settings are chosen on validation data (the last item but one, fitted without it); the fit is then made again with it.
Seen items are masked. The blend is learned from the same validation data.

    python -m eval recommend --data ../shared/data/amazon-beauty --models items,ease
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from tqdm import tqdm

from assistant.errors import SettingError
from assistant.recommend.contract import Recommender, Run
from assistant.recommend.models import KINDS
from eval.recommendation_metrics import Known, accuracy, beyond, interval, places
from eval.result import Result
from eval.sequences import Split, read, split

CUT = 10
CELLS = 20_000_000
"""People times items that are scored at once: 80 MB."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--models", default=",".join(KINDS), help=f"some of {','.join(KINDS)}")
    parser.add_argument("--work", type=Path, help="where long fits leave what they resume from; OUT/recommend.work")


def run(args: argparse.Namespace) -> Result:
    """Choose, fit, rank, score.

    Raises:
        SettingError: the folder or a model's name is something else.
        RecommendError: a model cannot be fitted to this data.
    """
    names = _names(args.models)
    parts = split(read(args.data, seed=args.seed), limit=args.limit, seed=args.seed)
    known = _known(parts)
    metrics: dict[str, float] = {"people": len(parts.judged), "items": len(parts.whole.items)}
    intervals, settings, rows = {}, {"seed": args.seed}, []
    for name in names:
        model, spent, chosen = _fitted(name, parts, Run(progress=Progress(), folder=_folder(args), seed=args.seed))
        lists = _lists(model, parts)
        ranks = places(lists, parts.test.targets)
        measured = accuracy(ranks, CUT)
        metrics |= {f"{name}.{key}": float(values.mean()) for key, values in measured.items()}
        metrics |= {f"{name}.{key}": value for key, value in {**beyond(lists, known), **spent}.items()}
        for key in (f"hr@{CUT}", f"ndcg@{CUT}"):
            intervals[f"{name}.{key}"] = interval(measured[key], seed=args.seed)
        settings[name] = chosen
        rows += _rows(name, parts, lists)
        tqdm.write(f"{name}: hr@10 {metrics[f'{name}.hr@10']:.4f} ndcg@10 {metrics[f'{name}.ndcg@10']:.4f} {spent}")
    return Result(
        task="recommend", data=args.data.name, metrics=metrics, intervals=intervals, settings=settings, rows=rows
    )


class Progress:
    """Shows each step as a bar of its own."""

    def __init__(self) -> None:
        self._step, self._bar = "", tqdm(disable=True)

    def __call__(self, step: str, done: int, total: int | None) -> None:
        """Move the bar of this step, begun where it is new."""
        if step != self._step:
            self._bar.close()
            self._step, self._bar = step, tqdm(desc=step, total=total)
        self._bar.update(done - self._bar.n)
        if done == total:
            self._bar.close()
            self._step = ""


def _fitted(name: str, parts: Split, run: Run) -> tuple[Recommender, Mapping[str, float], Any]:
    """Choose on validation data, then fit again with it."""
    started = time.perf_counter()
    chosen = KINDS[name].chosen(parts.train, parts.validation, run)
    between = time.perf_counter()
    model = KINDS[name].fit(parts.whole, chosen.settings, run)
    spent = {"fit_s": time.perf_counter() - between, "choose_s": between - started}
    return model, spent, {"settings": dataclasses.asdict(chosen.settings), "tried": dict(chosen.tried)}


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


def _rows(name: str, parts: Split, lists: npt.NDArray[np.int64]) -> list[dict[str, Any]]:
    items, ranks = parts.whole.items, places(lists, parts.test.targets)
    return [
        {
            "model": name,
            "person": person,
            "history": [items[at] for at in parts.test.histories[row]],
            "chosen": items[parts.test.targets[row]],
            "list": [items[at] for at in lists[row]],
            "rank": int(ranks[row]) or None,
        }
        for row, person in enumerate(parts.judged)
    ]


def _names(given: str) -> Sequence[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in KINDS:
            raise SettingError("--models", name, f"some of {', '.join(KINDS)} are expected")
    return names


def _folder(args: argparse.Namespace) -> Path:
    return args.work or Path(args.out) / "recommend.work" / args.data.name
