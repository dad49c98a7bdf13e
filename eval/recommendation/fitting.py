"""Choosing and fitting recommenders for their evaluation: settings on validation data, then again with it.

Knows the split and the models; how they are judged is not its business.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tqdm import tqdm

from assistant.recommend.blend import Blend
from assistant.recommend.contract import Chosen, Recommender, Run
from assistant.recommend.errors import RecommendError
from assistant.recommend.models import PARTS
from eval.recommendation.sequences import Split


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
        self._tried: dict[str, Chosen[Recommender]] = {}
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
        self._tried[name] = chosen
        spent = {"fit_s": time.perf_counter() - between, "choose_s": between - started}
        return FittedModel(model, spent, {"settings": asdict(chosen.settings), "tried": dict(chosen.tried)})

    def _blend(self) -> FittedModel:
        """Learn the weights with the models that were fitted without validation, and give them to the final ones."""
        final = {name: own for name in PARTS if (own := self.fitted(name)) is not None}
        started = time.perf_counter()
        tried = {name: self._tried[name].model for name in final}
        known = {name: max(self._tried[name].tried.values()) for name in final}
        chosen = Blend.blended(tried, self._parts.validation, self._run, known=known)
        learning = time.perf_counter() - started
        model = Blend(self._parts.whole.items, chosen.settings, {name: own.model for name, own in final.items()})
        spent = {
            "fit_s": sum(own.spent["fit_s"] for own in final.values()),
            "choose_s": learning + sum(own.spent["choose_s"] for own in final.values()),
        }
        return FittedModel(model, spent, {"weights": dict(chosen.settings.weights), "tried": dict(chosen.tried)})

    def forget(self) -> None:
        """Delete what an interrupted evaluation would have gone on from: the next one starts over."""
        for pattern in ("*.pt", "*.json"):
            for path in self._run.folder.glob(pattern) if self._run.folder else ():
                path.unlink()


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
