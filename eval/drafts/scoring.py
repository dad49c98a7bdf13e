"""What is said of a judged draft: its facts and their sources, what it proposes, how long it took. Knows no shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eval.harness.metrics import Metric
from eval.harness.reducers import counted, quantile, total
from eval.harness.scores import Score
from eval.harness.task import Example, Output

METRICS = (
    Metric("tickets", of="answered", reduce=counted, better=""),
    Metric("sentences", of="sentences", reduce=total, better=""),
    Metric("facts", of="facts", reduce=total, better=""),
    Metric("unsupported", of="unsupported", reduce=total, better="less", bar=0),
    Metric("unsourced", of="unsourced", reduce=total, better="less", bar=0),
    Metric("sourced_share", of="sourced", bar=1.0),
    Metric("unresolved_sources", of="unresolved_sources", reduce=total, better="less", bar=0),
    Metric("wished", of="action_right", reduce=counted, better=""),
    Metric("action_share", of="action_right", bar=0.95),
    Metric("answered_share", of="answered"),
    Metric("model_written_share", of="model_written"),
    Metric("p50_s", of="draft_s", reduce=quantile(0.5), better="less", bar=10),
    Metric("first_sentence_p50_s", of="first_sentence_s", reduce=quantile(0.5), better="less", bar=4),
    Metric("first_fact_p50_s", of="first_fact_s", reduce=quantile(0.5), better="less"),
    Metric("lies", of="lies", reduce=total, better=""),
    Metric("lies_shown", of="lies_shown", reduce=total, better="less", bar=0),
)


def facts(_example: Example, output: Output) -> Iterator[Score]:
    """Yield how many facts are stated, and which of them have no support or no source."""
    stated = [fact for one in output["sentences"] for fact in one["facts"]]
    unsupported, unsourced = ([f for f in stated if not f[name]] for name in ("supported", "sourced"))
    unresolved = [source for one in output["sentences"] for source in one["unresolved"]]
    yield Score("sentences", len(output["sentences"]), output["text"])
    yield Score("facts", len(stated), _listed(stated))
    yield Score("unsupported", len(unsupported), _listed(unsupported))
    yield Score("unsourced", len(unsourced), _listed(unsourced))
    share = (len(stated) - len(unsourced)) / len(stated) if stated else None
    said = f"{len(stated) - len(unsourced)} of {len(stated)} facts are in what their sentence cites"
    yield Score("sourced", share, said if stated else "it states no fact", weight=max(1, len(stated)))
    yield Score("unresolved_sources", len(unresolved), ", ".join(unresolved) or "every source is a record")


def proposal(example: Example, output: Output) -> Iterator[Score]:
    """Yield whether what is wished is proposed for the order that is meant, and whether anything is answered."""
    given, actions = example.given, output["actions"]
    proposed = ", ".join(f"{one['name']} {one['arguments'].get('order_number', '')}".strip() for one in actions)
    if given["wanted"]:
        right = any(
            one["name"] in given["wanted"] and given["order_number"] in ("", one["arguments"].get("order_number"))
            for one in actions
        )
        wanted = f"{' or '.join(given['wanted'])} {given['order_number']}".strip()
        yield Score("action_right", float(right), f"{proposed or 'nothing'} is proposed where {wanted} is wished")
    sourced = any(one["sources"] for one in output["sentences"])
    answers = sourced or given["kind"] == "complaint" or bool(actions)
    yield Score(
        "answered", float(answers), "beyond courtesies" if answers else "only courtesies, or that it is unknown"
    )


def wording(_example: Example, output: Output) -> Iterator[Score]:
    """Yield who worded it, which lies came through, and how long it took."""
    by = [one["by"] for one in output["sentences"] if one["by"] in ("model", "record")]
    model = by.count("model")
    share = model / len(by) if by else None
    yield Score("model_written", share, f"{model} of {len(by)} sentences", weight=max(1, len(by)))
    if "lies_told" in output:
        told, shown = output["lies_told"], output["lies_shown"]
        yield Score("lies", len(told), " / ".join(lie["sentence"] for lie in told))
        yield Score("lies_shown", len(shown), " / ".join(shown) or "none came through")
    yield from _times(output["timings"]) if output["sentences"] else ()


def _times(timings: Mapping[str, float]) -> Iterator[Score]:
    for name in ("draft", "first_sentence", "first_fact"):
        if f"{name}_ms" in timings:
            seconds = timings[f"{name}_ms"] / 1000
            yield Score(f"{name}_s", seconds, f"{seconds:.2f} s")


def _listed(found: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{fact['text']} ({fact['kind']})" for fact in found) or "none"
