"""The sequence model's settings. Knows no PyTorch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SequenceSettings:
    """`epochs` of a fit; 0 finds their number by early stopping on each person's last item, then fits again with it.

    `most_epochs` and `patience` (checks without a better one) end the search. `temperature` divides the cosines that
    the loss and the scores are made of. `batch` counts histories; `longest` is how much of each is read.
    """

    epochs: int = 0
    most_epochs: int = 60
    patience: int = 4
    check_every: int = 2
    width: int = 64
    blocks: int = 1
    heads: int = 1
    dropout: float = 0.5
    negatives: int = 1024
    temperature: float = 0.08
    learning_rate: float = 2e-3
    weight_decay: float = 0.0
    batch: int = 256
    longest: int = 50
