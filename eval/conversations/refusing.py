"""Whether a turn refuses: says that the shop or the assistant cannot, has not, does not know or did not understand,
or hands the shopper to a person. Read from the words, by patterns of the evaluation's own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from eval.harness.turns import Kept

REFUSES = (None, False, True, "may")
"""What a golden may say of a turn: it must answer, it must refuse, or either will do."""


def refusals(turn: Kept) -> list[str]:
    """Return what of a turn refuses: sentences, the question, the hand-over.

    What is quoted from a policy refuses nothing: "we do not take cheques" answers the question that asks it.
    """
    found = [said for said in _said(turn) if _pattern().search(said)]
    return found + ([turn["handoff"]["text"] or turn["handoff"]["reason"]] if turn["handoff"] else [])


def _said(turn: Kept) -> Iterator[str]:
    for sentence in turn["sentences"]:
        if not sentence["subject"].startswith("policy:"):
            yield sentence["text"]
    if turn["question"]:
        yield turn["question"]["text"]


@cache
def _pattern() -> re.Pattern[str]:
    written: Mapping[str, list[str]] = tomllib.loads(
        (Path(__file__).parent / "refusals.toml").read_text(encoding="utf-8")
    )
    return re.compile("|".join(pattern for patterns in written.values() for pattern in patterns), re.IGNORECASE)
