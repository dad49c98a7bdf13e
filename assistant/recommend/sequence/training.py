"""Training the network: epochs over batches of like length, checks, early stopping and checkpoints to resume from.

Imported only where PyTorch is needed. Knows histories and a judge; what the judge asks is not its business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from assistant.recommend.contract import Run
from assistant.recommend.interactions import Histories, Interactions
from assistant.recommend.item_words import rarest
from assistant.recommend.sequence.batches import batched, jittered, padded
from assistant.recommend.sequence.network import Network
from assistant.recommend.sequence.settings import SequenceSettings

WORDS = "words_of"
"""The network's table of items' words, among its weights where items have words."""
WARMING = 10
"""The mean of the weights keeps (1 + steps) / (10 + steps) of itself until that is more than the settings say."""
Judge = Callable[[Network], float]
Weights = dict[str, torch.Tensor]


@dataclass
class State:
    """Where a training stands: enough to go on from, written after every epoch.

    `best` are the averaged weights of the best check and `best_epoch` when it was; `checks` the judge's word by epoch.
    """

    epoch: int = 0
    best_epoch: int = 0
    best: Weights = field(default_factory=dict)
    checks: dict[int, float] = field(default_factory=dict)


class Training:
    """One training of one network; `judge`, where given, decides when to stop and which weights are best.

    `begun` are weights to go on from, of as many items or fewer.
    """

    def __init__(
        self,
        interactions: Interactions,
        settings: SequenceSettings,
        *,
        run: Run,
        judge: Judge | None = None,
        begun: Weights | None = None,
    ) -> None:
        self.settings, self._run, self._judge = settings, run, judge
        histories = interactions.histories.last(settings.longest + 1)
        self._histories = histories.select(np.flatnonzero(histories.lengths >= 2))
        self._width = len(interactions.items)
        self._epochs = settings.most_epochs if judge else settings.epochs
        self.state = State()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(run.seed)
            self._network = Network(self._width, settings, _words(interactions, settings))
        if begun is not None:
            _begin(self._network, begun)
        averaging = _warming if begun is None else get_ema_multi_avg_fn
        self._mean = AveragedModel(self._network, multi_avg_fn=averaging(settings.averaging))
        self._steps = torch.optim.Adam(self._network.parameters(), lr=settings.learning_rate)
        self._path = run.folder / f"sequence-{self._fingerprint()}.pt" if run.folder else None

    def finished(self) -> State:
        """Train to the end, from a checkpoint where there is one, and return what came of it."""
        self._resume()
        what = "searching the sequence model's epochs" if self._judge else "fitting the sequence model"
        self._run.progress(what, self.state.epoch, self._epochs)
        while self.state.epoch < self._epochs and not self._stalled():
            self.state.epoch += 1
            self._epoch()
            self._check()
            self._keep()
            self._run.progress(what, self.state.epoch, self._epochs)
        self._run.progress(what, self._epochs, self._epochs)
        return self.state

    def _epoch(self) -> None:
        chance = np.random.default_rng([self._run.seed, self.state.epoch])
        self._network.train()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self._run.seed * 1000 + self.state.epoch)
            for rows in batched(self._histories.lengths, self.settings.batch, chance):
                self._step(self._histories.select(rows), chance)

    def _step(self, histories: Histories, chance: np.random.Generator) -> None:
        histories = jittered(histories, self.settings.jitter, chance)
        numbers = torch.from_numpy(padded(histories))
        negatives = torch.from_numpy(chance.integers(1, self._width + 1, self.settings.negatives))
        loss = self._network.loss(numbers[:, :-1], numbers[:, 1:], negatives)
        self._steps.zero_grad()
        loss.backward()
        self._steps.step()
        self._mean.update_parameters(self._network)

    def _check(self) -> None:
        """Ask the judge now and then; without one the last epoch is the best."""
        state, last = self.state, self.state.epoch == self._epochs
        if self._judge is None:
            if last:
                state.best, state.best_epoch = _copied(self._mean.module), state.epoch
            return
        if state.epoch % self.settings.check_every and not last:
            return
        value = self._judge(self._mean.module.eval())
        if value > max(state.checks.values(), default=-1.0):
            state.best, state.best_epoch = _copied(self._mean.module), state.epoch
        state.checks[state.epoch] = value

    def _stalled(self) -> bool:
        since = [epoch for epoch in self.state.checks if epoch > self.state.best_epoch]
        return len(since) >= self.settings.patience

    def _keep(self) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        parts = {"network": self._network, "mean": self._mean, "steps": self._steps}
        torch.save({name: part.state_dict() for name, part in parts.items()} | {"state": asdict(self.state)}, fresh)
        fresh.replace(self._path)

    def _resume(self) -> None:
        if self._path is None or not self._path.is_file():
            return
        kept: dict[str, Any] = torch.load(self._path, weights_only=True)
        self._network.load_state_dict(kept["network"])
        self._mean.load_state_dict(kept["mean"])
        self._steps.load_state_dict(kept["steps"])
        self.state = State(**kept["state"])

    def _fingerprint(self) -> str:
        """Name what is trained: a checkpoint of other data, settings or seed is another file."""
        own = repr((self.settings, self._run.seed, self._width, self._judge is None)).encode()
        own += repr(self._network.words is None).encode()
        digest = hashlib.sha256(own + self._histories.items.tobytes() + self._histories.starts.tobytes())
        return digest.hexdigest()[:16]


def _warming(most: float) -> Callable[[Any, Any, Any], None]:
    """Return how the mean of the weights moves on: it keeps little of itself at first, and `most` in the long run.

    So that a shop of few people, whose epochs are short, does not train until the beginnings are forgotten.
    """

    def moved(mean: Any, now: Any, steps: Any) -> None:
        get_ema_multi_avg_fn(min(most, (1 + float(steps)) / (WARMING + float(steps))))(mean, now, steps)

    return moved


def _begin(network: Network, begun: Weights) -> None:
    """Put weights into a network that may have more items: those keep what chance gave them."""
    own = network.state_dict()
    for name, weight in begun.items():
        if name in own and name != WORDS:
            own[name][: len(weight)] = weight
    network.load_state_dict(own)


def _words(interactions: Interactions, settings: SequenceSettings) -> torch.Tensor | None:
    """Return the numbers of the words of the padding and of each item, `None` where items have no words."""
    if not any(interactions.words):
        return None
    table = rarest(interactions.words, width=settings.word_features, most=settings.words)
    return torch.from_numpy(np.vstack([np.zeros((1, settings.words), np.int64), table]))


def _copied(network: Any) -> Weights:
    return {name: weight.detach().clone() for name, weight in network.state_dict().items()}
