"""What a scorer says of one output: a value or no answer, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """A judgment of one output under a name.

    `value` `None` is no answer: the assistant gave nothing to judge, which is neither right nor wrong. `weight` is how
    many things were judged (claims in a turn); the mean of shares is then the share of all things. `truth` is the
    label that a chance is held against, where the value is a chance.
    """

    name: str
    value: float | None
    explanation: str = ""
    weight: float = 1.0
    truth: float | None = None


class NoAnswer(Exception):
    """The assistant gave nothing to judge for an example; its message says what happened instead."""
