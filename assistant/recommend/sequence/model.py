"""The sequence model as a recommender: its weights as arrays, its scores by the network. Knows when to load PyTorch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from assistant.recommend.contract import PLAIN, Arrays, Chosen, HeldOut, Recommender, Run, Scores, Signal
from assistant.recommend.interactions import Histories, Interactions, Numbers
from assistant.recommend.sequence.batches import padded
from assistant.recommend.sequence.settings import SequenceSettings
from assistant.recommend.standing import Standing, Vectors
from assistant.recommend.tune import judged, last_held_out, sampled

WORDS = "words_of"
"""The network's table of items' words, among its weights where there is one."""


class SequenceModel(Recommender):
    """What comes next after a history, by attention over its items."""

    name = "sequence"
    signal = Signal.NEXT_STEP

    def __init__(self, items: Sequence[str], settings: SequenceSettings, weights: Arrays) -> None:
        super().__init__(items, settings)
        self._weights = dict(weights)

    @classmethod
    def grid(cls) -> Sequence[SequenceSettings]:
        """Return the default: what is searched is the number of epochs."""
        return (SequenceSettings(),)

    @classmethod
    def fit(cls, interactions: Interactions, settings: SequenceSettings | None = None, run: Run = PLAIN) -> Self:
        """Train for so many epochs, found first where the settings name none."""
        from assistant.recommend.sequence.training import Training

        settings = settings or SequenceSettings()
        if not settings.epochs:
            settings = cls.chosen(*last_held_out(interactions, least=3), run).settings
        state = Training(interactions, settings, run=run).finished()
        return cls._of(interactions.items, settings, state.best)

    @classmethod
    def chosen(cls, interactions: Interactions, held_out: HeldOut, run: Run = PLAIN) -> Chosen[Self]:
        """Train until what was held out is ranked no better, and keep the best."""
        from assistant.recommend.sequence.training import Training

        settings = replace(cls.grid()[0], epochs=0)
        judges = sampled(held_out, seed=run.seed)

        def judge(network: Any) -> float:
            return judged(cls._of(interactions.items, settings, network.state_dict()), judges)

        state = Training(interactions, settings, run=run, judge=judge).finished()
        found = replace(settings, epochs=max(1, state.best_epoch))
        tried = {f"{epoch} epochs": value for epoch, value in state.checks.items()}
        return Chosen(settings=found, model=cls._of(interactions.items, found, state.best), tried=tried)

    def refreshed(self, interactions: Interactions, read: Numbers, run: Run = PLAIN) -> Self:
        """Go on training with the histories that have something new, gently."""
        import torch

        from assistant.recommend.sequence.training import Training

        changed = np.flatnonzero(interactions.histories.lengths > read)
        given = replace(
            interactions,
            people=tuple(interactions.people[row] for row in changed),
            histories=interactions.histories.select(changed),
        )
        gentle = replace(self.settings, epochs=self.settings.refresh_epochs, learning_rate=self.settings.refresh_rate)
        begun = {name: torch.from_numpy(np.array(weight)) for name, weight in self._weights.items()}
        state = Training(given, gentle, run=replace(run, folder=None), begun=begun).finished()
        return self._of(interactions.items, self.settings, state.best)

    @classmethod
    def _of(cls, items: Sequence[str], settings: SequenceSettings, weights: Any) -> Self:
        return cls(items, settings, {name: np.array(weight.numpy()) for name, weight in weights.items()})

    @cached_property
    def _network(self) -> Any:
        import torch

        from assistant.recommend.sequence.network import Network

        words = torch.from_numpy(self._weights[WORDS]) if WORDS in self._weights else None
        network = Network(len(self.items), self.settings, words)
        network.load_state_dict({name: torch.from_numpy(np.array(weight)) for name, weight in self._weights.items()})
        return network.eval()

    @cached_property
    def _vectors(self) -> npt.NDArray[np.float32]:
        """Every item's vector, (width, items), ready to be compared."""
        import torch

        with torch.inference_mode():
            every: npt.NDArray[np.float32] = self._network.vectors(torch.arange(1, len(self.items) + 1)).numpy()
        return np.ascontiguousarray(every.T)

    def scores(self, histories: Histories) -> Scores:
        """Return how well each item fits what the network expects next, as a cosine; 0 for an empty history."""
        return np.asarray(self._expected(histories) @ self._vectors, np.float32)

    def standing(self, histories: Histories, items: Sequence[int]) -> Standing:
        """Return the standing by the items' mean vector and their covariance."""
        return self._moments.standing(self._expected(histories), items)

    @cached_property
    def _moments(self) -> Vectors:
        return Vectors(self._vectors.T)

    def _expected(self, histories: Histories) -> npt.NDArray[np.float32]:
        """Return what is expected next after each history, (n, width); zeros after an empty one."""
        import torch

        read = histories.last(self.settings.longest)
        there = np.flatnonzero(read.lengths)
        expected = np.zeros((len(histories), self.settings.width), np.float32)
        if len(there):
            read = read.select(there)
            with torch.inference_mode():
                every = self._network(torch.from_numpy(padded(read)))
                expected[there] = every[np.arange(len(there)), read.lengths - 1].numpy()
        return expected

    def arrays(self) -> Arrays:
        """Return the network's weights."""
        return dict(self._weights)

    @classmethod
    def restored(cls, items: Sequence[str], settings: SequenceSettings, arrays: Arrays) -> Self:
        """Return the model with these weights."""
        return cls(items, settings, arrays)
