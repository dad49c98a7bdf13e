"""The sequence model's settings. Knows no PyTorch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SequenceSettings:
    """`epochs` of a fit; 0 finds their number by early stopping on each person's last item, then fits again with it.

    `most_epochs` and `patience` (checks without a better one) end the search. `temperature` divides the cosines that
    the loss and the scores are made of. `averaging` is how much of the running mean of the weights each step keeps.
    `batch` counts histories; `longest` is how much of each is read.
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
    batch: int = 128
    longest: int = 50
