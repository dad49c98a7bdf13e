"""The lists of everybody who is judged, by each model: made once, and kept on disk while an evaluation goes on.

Knows the split and fitted models; how lists are judged is not its business.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from tqdm import tqdm

from assistant.recommend.contract import Recommender
from eval.harness import fingerprint
from eval.recommendation.fitting import Bench, FittedModel
from eval.recommendation.metrics import Known
from eval.recommendation.sequences import Split

CUT = 10
CELLS = 20_000_000
"""People times items that are scored at once: 80 MB."""
Lists = npt.NDArray[np.int64]


class ListBook:
    """Lists of item numbers (n, 10) by model; what is on disk is of the same code, people and items."""

    def __init__(self, parts: Split, bench: Bench, folder: Path) -> None:
        self._parts, self._bench, self._folder = parts, bench, folder
        self._known: dict[str, Lists] = {}
        self._of = fingerprint.of_json([parts.judged, parts.whole.items, fingerprint.of_code()])

    def make(self, name: str) -> tuple[FittedModel, Lists] | None:
        """Fit a model and have it list, `None` where it cannot be fitted to this data."""
        fitted = self._bench.fitted(name)
        if fitted is None:
            return None
        self._known[name] = first_unseen(fitted.model, self._parts)
        self._folder.mkdir(parents=True, exist_ok=True)
        np.save(self._path(name), self._known[name])
        return fitted, self._known[name]

    def of(self, name: str) -> Lists | None:
        """Return a model's lists, made before the evaluation was stopped where it was."""
        if name not in self._known and name not in self._bench.refused:
            if self._path(name).is_file():
                self._known[name] = np.load(self._path(name))
            else:
                self.make(name)
        return self._known.get(name)

    def refused(self, name: str) -> str:
        """Return why a model cannot be fitted to this data."""
        return self._bench.refused[name]

    def forget(self) -> None:
        """Delete what an interrupted evaluation would have gone on from: the next one starts over."""
        self._bench.forget()
        for path in self._folder.glob("lists-*.npy"):
            path.unlink()

    def _path(self, name: str) -> Path:
        return self._folder / f"lists-{name}-{self._of}.npy"


def first_unseen(model: Recommender, parts: Split) -> Lists:
    """Return the ten best unseen items of everybody who is judged, (n, 10)."""
    size = max(1, CELLS // len(model.items))
    lists = []
    for start in tqdm(range(0, len(parts.judged), size), desc=f"ranking by {model.name}", leave=False):
        histories = parts.test.histories.batch(start, min(start + size, len(parts.judged)))
        scores = model.scores(histories)
        scores[histories.rows, histories.items] = -np.inf
        lists.append(_first(scores))
    return np.concatenate(lists)


def known_of(parts: Split) -> Known:
    """Return what items are like: their words where the folder has any, else who chose them."""
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


def _first(scores: npt.NDArray[np.float32]) -> Lists:
    k = min(CUT, scores.shape[1])
    among = np.argpartition(-scores, k - 1, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, among, axis=1), axis=1, kind="stable")
    return np.take_along_axis(among, order, axis=1).astype(np.int64)
