"""Recommendation: every model fitted to all but the last item of each person, judged by that item among all items.

Settings are chosen on validation data (the last item but one, fitted without it); the fit is then made again with it.
Seen items are masked. The blend is learned from the same validation data.

    python -m eval recommend --data ../shared/data/amazon-beauty --models items,ease
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from tqdm import tqdm

from assistant.errors import SettingError
from assistant.recommend.blend import Blend
from assistant.recommend.contract import Recommender, Run
from assistant.recommend.errors import RecommendError
from assistant.recommend.models import KINDS, PARTS
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
    """
    names = _names(args.models)
    parts = split(read(args.data, seed=args.seed), limit=args.limit, seed=args.seed)
    known = _known(parts)
    metrics: dict[str, float] = {"people": len(parts.judged), "items": len(parts.whole.items)}
    intervals, settings, rows = {}, {"seed": args.seed}, []
    bench = Bench(parts, Run(progress=Progress(), folder=_folder(args), seed=args.seed))
    for name in names:
        fitted = bench.fitted(name)
        if fitted is None:
            settings[name] = bench.refused[name]
            continue
        lists = _lists(fitted.model, parts)
        measured = accuracy(places(lists, parts.test.targets), CUT)
        metrics |= {f"{name}.{key}": float(values.mean()) for key, values in measured.items()}
        metrics |= {f"{name}.{key}": value for key, value in {**beyond(lists, known), **fitted.spent}.items()}
        for key in (f"hr@{CUT}", f"ndcg@{CUT}"):
            intervals[f"{name}.{key}"] = interval(measured[key], seed=args.seed)
        settings[name] = fitted.chosen
        rows += _rows(name, parts, lists)
        tqdm.write(f"{name}: hr@10 {metrics[f'{name}.hr@10']:.4f} ndcg@10 {metrics[f'{name}.ndcg@10']:.4f}")
    shutil.rmtree(_folder(args), ignore_errors=True)  # a finished evaluation starts over the next time
    return Result(
        task="recommend", data=args.data.name, metrics=metrics, intervals=intervals, settings=settings, rows=rows
    )


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A model ready to be judged: what it cost in seconds, and how its settings were chosen."""

    model: Recommender
    spent: Mapping[str, float]
    chosen: Mapping[str, Any]


class Bench:
    """Chooses and fits every model once; the blend is made of those, so that nothing is fitted twice."""

    def __init__(self, parts: Split, run: Run) -> None:
        self._parts, self._run = parts, run
        self._tried: dict[str, Recommender] = {}
        self._done: dict[str, FittedModel] = {}
        self.refused: dict[str, str] = {}
        """Why a model cannot be fitted to this data, by its name."""

    def fitted(self, name: str) -> FittedModel | None:
        """Return a model, `None` where it cannot be fitted to this data."""
        if name not in self._done and name not in self.refused:
            try:
                self._done[name] = self._blend() if name == Blend.name else self._single(name)
            except RecommendError as error:
                self.refused[name] = str(error)
                tqdm.write(f"{name}: left out, {error}")
        return self._done.get(name)

    def _single(self, name: str) -> FittedModel:
        started = time.perf_counter()
        chosen = PARTS[name].chosen(self._parts.train, self._parts.validation, self._run)
        between = time.perf_counter()
        model = PARTS[name].fit(self._parts.whole, chosen.settings, self._run)
        self._tried[name] = chosen.model
        spent = {"fit_s": time.perf_counter() - between, "choose_s": between - started}
        return FittedModel(model, spent, {"settings": asdict(chosen.settings), "tried": dict(chosen.tried)})

    def _blend(self) -> FittedModel:
        """Learn the weights with the models that were fitted without validation, and give them to the final ones."""
        final = {name: own for name in PARTS if (own := self.fitted(name)) is not None}
        started = time.perf_counter()
        chosen = Blend.blended({name: self._tried[name] for name in final}, self._parts.validation, self._run)
        learning = time.perf_counter() - started
        model = Blend(self._parts.whole.items, chosen.settings, {name: own.model for name, own in final.items()})
        spent = {
            "fit_s": sum(own.spent["fit_s"] for own in final.values()),
            "choose_s": learning + sum(own.spent["choose_s"] for own in final.values()),
        }
        return FittedModel(model, spent, {"weights": dict(chosen.settings.weights), "tried": dict(chosen.tried)})


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
    return Path(args.work or Path(args.out) / "recommend.work" / args.data.name)
