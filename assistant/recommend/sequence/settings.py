"""The sequence model's settings. Knows no PyTorch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SequenceSettings:
    """`epochs` of a fit; 0 finds their number by early stopping on each person's last item, then fits again with it.

    `most_epochs` and `patience` (checks without a better one) end the search. `temperature` divides the cosines that
    the loss and the scores are made of. `averaging` is how much of the running mean of the weights each step keeps.
    Every epoch each step of a history moves by up to `jitter` places, since much of what is bought together has no true
    order. An item's vector is its own plus the mean of its `words` rarest words', hashed to `word_features`. A refresh
    goes over what is new `refresh_epochs` times at the rate `refresh_rate`. `batch` counts histories; `longest` is how
    much of each is read.
    """

    epochs: int = 0
    most_epochs: int = 60
    patience: int = 3
    check_every: int = 2
    width: int = 64
    blocks: int = 1
    heads: int = 1
    dropout: float = 0.3
    negatives: int = 1024
    temperature: float = 0.05
    learning_rate: float = 4e-3
    averaging: float = 0.995
    word_features: int = 8192
    words: int = 12
    jitter: float = 0.0
    batch: int = 128
    longest: int = 50
    refresh_epochs: int = 2
    refresh_rate: float = 5e-4
