"""Holds each sentence against the evidence of the thing it is about. Shows nothing, asks no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.wording.evidence import Need, Subject


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a sentence may not be shown: what kind of claim, and the words that nothing supports."""

    kind: str
    claim: str


def verify(
    text: str, subject: Subject, *, language: str, needs: Sequence[Need] = (), ask: str = ""
) -> tuple[Problem, ...]:
    """Return the problems of a sentence about one subject; none means that it may be shown."""
    known = " ".join([subject.name, subject.record, *(f"{f.label} {f.text}" for f in subject.facts)])
    numbers = set(re.findall(r"\d+(?:[.,]\d+)*", known))
    return tuple(Problem("number", n) for n in re.findall(r"\d+(?:[.,]\d+)*", text) if n not in numbers)
