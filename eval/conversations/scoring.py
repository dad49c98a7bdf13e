"""What is scored of a golden conversation: success, the share of checks that hold, refusals that were too many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from eval.harness.guard import silent_or_canned
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Row

Checks = Sequence[Mapping[str, Any]]
NEVER = ("language", "private", "record", "withholds")
"""What nothing may fail: another language, somebody else's data, another price or stock than the record's."""
ASKED = ("cart", "cites", "compares", "hands_off", "proposes", "tells")
"""Kinds of what a golden asks of a turn."""


def success(_example: Example, output: Output) -> Iterator[Score]:
    """A conversation succeeds where every check of every turn holds; the explanation lists those that do not."""
    failed = [_told(check) for check in output["checks"] if not check["held"]]
    yield Score("success", float(not failed), "; ".join(failed) or "every check holds")
    checks: Checks = output["checks"]
    yield Score("checks", 1 - len(failed) / len(checks), f"{len(failed)} of {len(checks)} failed", weight=len(checks))
    yield Score("turns", len(output["turns"]))


def kinds(_example: Example, output: Output) -> Iterator[Score]:
    """For each kind of check, how many of a conversation's hold; of those that nothing may fail, how many do not."""
    for name in sorted({check["name"] for check in output["checks"]}):
        own = [check for check in output["checks"] if check["name"] == name]
        failed = [_told(check) for check in own if not check["held"]]
        said = "; ".join(failed) or f"all {len(own)} hold"
        if name in NEVER:
            yield Score(name, len(failed), said)
        else:
            yield Score(f"check.{name}", 1 - len(failed) / len(own), said, weight=len(own))


def over_refusals(_example: Example, output: Output) -> Iterator[Score]:
    """The share of the turns that could be answered in which the assistant refused."""
    answers = [check for check in output["checks"] if check["name"] == "answers"]
    refused = [_told(check) for check in answers if not check["held"]]
    if answers:
        yield Score("over_refusals", len(refused) / len(answers), "; ".join(refused), weight=len(answers))


def dead(rows: Sequence[Row]) -> Iterable[str]:
    """Tell of a model that words nothing or always the same; a stand-in that was put in on purpose words nothing."""
    engines = {turn["trace"].get("engine") for row in rows for turn in row["output"].get("turns", ())}
    return () if engines <= {"scripted"} else silent_or_canned(rows)


def _told(check: Mapping[str, Any]) -> str:
    return f"turn {check['turn']}, {check['name']}: {check['why']}"
