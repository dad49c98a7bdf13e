"""Checks of a kept turn that need no model: format, language, repeats, evidence, constraints and state.

They come before any judge and are never overruled by one. What is right is told by the evaluation's own rules from the
turn as kept (`eval.harness.turns`); whether a claim is true is not asked here (`eval.grounding.claims`). A check that a
turn gives nothing for yields no score.

>>> turn = plain_turn("How much is it?", "It costs {price}.", "en")
>>> [score.explanation for score in check(turn) if not score.value]
["what is left of a template in 'It costs {price}.'"]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from eval.harness.metrics import Metric
from eval.harness.scores import Score
from eval.harness.turns import Kept
from eval.judging.form import in_other_language, malformed, repeated
from eval.judging.record import Resolves, broken, unsettled, unsourced, well_formed
from eval.judging.script import language_of


def check(turn: Kept, *, resolves: Resolves = well_formed) -> list[Score]:
    """Return what every check that applies says of a turn: 1 where it passes, 0 and the reason where not."""
    found: list[Score] = [_score("check.format", malformed(turn)), _score("check.repeats", repeated(turn))]
    if language_of(turn["message"]) or turn["language"]:
        found.append(_score("check.language", in_other_language(turn)))
    if any(sentence["subject"] for sentence in turn["sentences"]):
        found.append(_score("check.evidence", unsourced(turn, resolves)))
    if turn["cards"] and turn["constraints"]:
        found.append(_score("check.constraints", broken(turn)))
    if turn["trace"] is not None:
        found.append(_score("check.state", unsettled(turn)))
    return found


CHECKS = tuple(
    Metric(f"checks.{name}", of=f"check.{name}")
    for name in ("format", "repeats", "language", "evidence", "constraints", "state")
)
"""The figures of these scores, for any task that talks."""


def plain_turn(message: str, reply: str, language: str) -> dict[str, Any]:
    """Return a reply of which only the words are known, in the form of a kept turn."""
    texts = [text.strip() for text in re.findall(r".+?(?:[。！？]+|[.!?]+(?=\s|$)|$)", reply) if text.strip()]
    sentences = [{"text": text, "by": "", "subject": "", "sources": []} for text in texts]
    absent = dict.fromkeys(("comparison", "question", "cart", "proposed", "handoff", "trace"))
    return absent | {
        "message": message,
        "language": language,
        "intent": "",
        "constraints": {},
        "cards": [],
        "sentences": sentences,
    }


def _score(name: str, faults: Iterable[str]) -> Score:
    found = list(faults)
    return Score(name, float(not found), "; ".join(found) or "nothing found")
