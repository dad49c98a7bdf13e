"""What is said of judged turns: their claims, who worded them, what of the plan was said, what was left unanswered.

Knows no shop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.harness.metrics import Metric
from eval.harness.reducers import counted, total
from eval.harness.scores import Score
from eval.harness.task import Example, Output

Turn = Mapping[str, Any]

METRICS = (
    Metric("turns", of="sentences", reduce=counted, better=""),
    Metric("sentences", of="sentences", reduce=total, better=""),
    Metric("claims", of="claims", reduce=total, better=""),
    Metric("unsupported_shown", of="unsupported_shown", reduce=total, better="less", bar=0),
    Metric("unsupported_share", of="unsupported", better="less"),
    Metric("model_written_share", of="model_written", bar=0.9),
    Metric("model_written_share_of_all", of="model_written_of_all"),
    Metric("plan_coverage", of="plan_coverage", bar=0.95),
    Metric("planned_facts", of="planned_facts", reduce=total, better=""),
    Metric("askable", of="unanswered", reduce=counted, better="", no_answer=1.0),
    Metric("unanswered_share", of="unanswered", better="less", bar=0.03, no_answer=1.0),
    Metric("reasons", of="reasons", reduce=total, better=""),
    Metric("unsupported_reasons", of="unsupported_reasons", reduce=total, better="less", bar=0),
    Metric("cards_over_limit", of="cards_over_limit", reduce=total, better="less", bar=0),
    Metric("lies", of="lies", reduce=total, better=""),
    Metric("lies_shown", of="lies_shown", reduce=total, better="less", bar=0),
)


def truth(_example: Example, output: Output) -> Iterator[Score]:
    """Yield, turn by turn, how many claims were shown and how many of them no record bears out."""
    for turn in output["turns"]:
        claims = [claim for sentence in turn["sentences"] for claim in sentence["claims"]]
        false = [f"{claim['text']!r} ({claim['kind']})" for claim in claims if not claim["supported"]]
        said = f"in answer to {turn['message']!r}: {', '.join(false)}" if false else f"all {len(claims)} are borne out"
        yield Score("claims", len(claims), ", ".join(claim["text"] for claim in claims))
        yield Score("unsupported_shown", len(false), said)
        if claims:
            yield Score("unsupported", len(false) / len(claims), said, weight=len(claims))
        reasons = turn.get("reasons", ())
        wrong = [one["text"] for one in reasons if not all(claim["supported"] for claim in one["claims"])]
        yield Score("reasons", len(reasons), f"{len(reasons)} cards give a reason")
        yield Score("unsupported_reasons", len(wrong), " / ".join(wrong) or "every card's reason is borne out")
        over = turn["cards_over_limit"]
        yield Score("cards_over_limit", len(over), ", ".join(over) or "no card is above the limit")
        if "lies_told" in turn:
            told = turn["lies_told"]
            yield Score("lies", len(told), " / ".join(lie["sentence"] for lie in told))
            yield Score("lies_shown", len(turn["lies_shown"]), " / ".join(turn["lies_shown"]) or "none came through")


def wording(_example: Example, output: Output) -> Iterator[Score]:
    """Yield, turn by turn, how much the model worded and how much of the plan was said."""
    for turn in output["turns"]:
        by = [sentence["by"] for sentence in turn["sentences"]]
        model, record = by.count("model"), by.count("record")
        said = f"{model} of {len(by)} sentences by the model, {record} from the record"
        yield Score("sentences", len(by), said)
        if model + record:
            yield Score("model_written", model / (model + record), said, weight=model + record)
        if by:
            yield Score("model_written_of_all", model / len(by), said, weight=len(by))
        planned, reached = turn["planned"], turn["reached"]
        yield Score("planned_facts", planned, f"{reached} of them were said")
        if planned:
            yield Score("plan_coverage", reached / planned, f"{reached} of {planned} facts were said", weight=planned)


def answers(_example: Example, output: Output) -> Iterator[Score]:
    """Yield for each turn that the shop could answer whether it did; one that did not has no answer."""
    for turn in output["turns"]:
        if turn["answered"] is not None:
            asked = f"{turn['kind']}: {turn['message']!r}"
            yield Score("unanswered", 0.0, f"{asked} is answered") if turn["answered"] else _unanswered(turn, asked)


def _unanswered(turn: Turn, asked: str) -> Score:
    said = " ".join(sentence["text"] for sentence in turn["sentences"])
    return Score("unanswered", None, f"{asked} is not answered by {said!r}")
