"""What a judge is tried on: a labelled set of replies, and pairs made of it that show what it follows beside quality.

`labelled.jsonl` holds a header, which says who wrote and labelled it, and a line a reply. Of each question's replies
are made: a good and a bad one beside each other, a good one beside itself with empty phrases added, and a good one
beside itself. Knows no judge.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from eval.harness.task import Example
from eval.judging.judge import Case

LABELLED = Path(__file__).with_name("labelled.jsonl")
PADDING = {
    "en": " As always, we are here for you and happy to be of service, whatever you may need and whenever you may need "
    "it, and we would like to take this opportunity to wish you a truly wonderful day.",
    "zh": "一如既往，我们随时在这里为您服务，无论您需要什么、什么时候需要，我们都非常乐意，"
    "也借此机会衷心祝您度过美好的一天。",
}
"""Says nothing about anything, several times as long as many a reply."""

Line = Mapping[str, Any]


@cache
def labelled() -> tuple[Line, ...]:
    """Return the labelled replies, in the order of the file."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines[1:])


def replies(lines: Sequence[Line]) -> Iterator[Example]:
    """Yield every labelled reply by itself."""
    for line in lines:
        more = {"reply": line["reply"], "labels": line["labels"], "fault": line["fault"]}
        yield _example("reply", line, line["id"], more)


def pairs(lines: Sequence[Line]) -> Iterator[Example]:
    """Yield a good reply beside a bad one for each question, the kinds of badness in turn."""
    for number, (good, bad) in enumerate(_sides(lines)):
        if bad:
            other = bad[number % len(bad)]
            more = {"reply": good["reply"], "other": other["reply"], "fault": other["fault"]}
            yield _example("pair", good, good["question"], more)


def padded(lines: Sequence[Line]) -> Iterator[Example]:
    """Yield a good reply beside the same with empty phrases behind it."""
    for good, _ in _sides(lines):
        more = {"reply": good["reply"], "other": good["reply"] + PADDING[good["language"]]}
        yield _example("padded", good, good["question"], more)


def identical(lines: Sequence[Line]) -> Iterator[Example]:
    """Yield a good reply beside itself."""
    for good, _ in _sides(lines):
        yield _example("identical", good, good["question"], {"reply": good["reply"], "other": good["reply"]})


def case_of(given: Mapping[str, Any]) -> Case:
    """Return what a judge is shown of an example."""
    return Case(
        message=given["message"],
        reply=given["reply"],
        language=given["language"],
        earlier=given.get("earlier", ""),
        shown=given.get("shown", ""),
    )


def _example(kind: str, line: Line, name: str, more: Mapping[str, Any]) -> Example:
    given = {"kind": kind, "language": line["language"], "message": line["message"], "earlier": line["earlier"]}
    return Example(id=f"{kind}/{name}", given=given | dict(more), cluster=line["question"])


def _sides(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    """Yield the first good reply to each question and the bad ones; in the wrong language is a matter of checks."""
    by_question: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_question[line["question"]].append(line)
    for of_one in by_question.values():
        good = next((line for line in of_one if not line["fault"]), None)
        if good is not None:
            bad = [line for line in of_one if line["labels"]["helpful"] == "no" and line["fault"] != "wrong_language"]
            yield good, bad
