"""What became of a worn message: whether it stood, what of the wish was kept, which language answered.

Reads a kept turn alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.harness.scores import Score
from eval.harness.task import Example, Output
from eval.harness.turns import said

EITHER = frozenset({"mixed"})
"""Kinds that may be answered in either language."""
_HAN = re.compile(r"[一-鿿]")
_LATIN = re.compile(r"[A-Za-z]+")
LEAST = 0.3
"""The share of Chinese characters among words from which on a reply is Chinese; product names hold Latin ones."""


def survived(example: Example, output: Output) -> Iterator[Score]:
    """Score whether a turn came to its end and held anything."""
    if not output["turns"]:
        yield Score("survived", 0.0, output["error"])
        return
    turn = output["turns"][0]
    holds = bool(turn["sentences"] or turn["cards"] or turn["question"] or turn["cart"])
    ended = bool(turn["trace"].get("finished"))
    yield Score("survived", float(holds and ended), "an answer" if holds else "an empty turn")


def understood(example: Example, output: Output) -> Iterator[Score]:
    """Score what share of what the clean wish put in force is in force, and what share of its first cards is shown."""
    if "kept" not in output:
        return
    kept, first = output["kept"], output["first"]
    if kept:
        lost = [name for name, so in kept.items() if not so]
        what = f"lost {', '.join(lost)}" if lost else "all kept"
        yield Score("kept_constraints", sum(kept.values()) / len(kept), what, weight=len(kept))
    if first:
        shared = output["shared"]
        yield Score("overlap@5", len(shared) / len(first), f"{len(shared)} of {len(first)} first cards")


def answered_in_kind(example: Example, output: Output) -> Iterator[Score]:
    """Score whether the reply is in the shopper's language."""
    text = said(output["turns"][0]) if output["turns"] else ""
    if text and example.given["kind"] not in EITHER:
        spoken = language_of(text)
        yield Score("right_language", float(spoken == example.given["language"]), f"answered in {spoken}: {text[:80]}")


def time_taken(example: Example, output: Output) -> Iterator[Score]:
    """Score how long the reply took, and how often as long as that to the clean wish."""
    if not output["turns"]:
        return
    took = float(output["turns"][0]["reply_ms"])
    yield Score("reply_ms", took, f"{took:.0f} ms")
    if output["clean"]:
        clean = max(1.0, float(output["clean"]["reply_ms"]))
        yield Score("slower", took / clean, f"{took:.0f} ms, {clean:.0f} ms clean")


def language_of(text: str) -> str:
    """Return the language that a reply is written in.

    >>> language_of("Nordvik 挂钟，售价 $40。"), language_of("The Nordvik clock costs $40.")
    ('zh', 'en')
    """
    han, words = len(_HAN.findall(text)), len(_LATIN.findall(text))
    return "zh" if han and han / (han + words) >= LEAST else "en"


SCORERS = (survived, understood, answered_in_kind, time_taken)
