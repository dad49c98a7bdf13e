"""What is made of a judge's verdicts: scores held against labels, figures of its biases, and how far it is trusted.

Knows no engine. Scores of a criterion `C`: `C` is the judgment of a kept turn from 0 to 1; `C.label` the judge's number
against a person's; `C.whole` the same with what checks decided; `C.people` one person's number against another's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eval.harness.metrics import Metric
from eval.harness.reducers import counted
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Row
from eval.judging.agreement import FEWEST, kappa_of, trusted_by
from eval.judging.checks import CHECKS
from eval.judging.criteria import CRITERIA, Criterion
from eval.judging.guards import SEED, is_kind
from eval.judging.judge import PLACES
from eval.judging.labels import pairs_of

YES_NO = 2
STARS = 5


def of_ratings(example: Example, output: Output) -> Iterator[Score]:
    """Score the judgments of one reply, a labelled one or a kept turn."""
    for name, verdict in output.get("verdicts", {}).items():
        criterion = CRITERIA[name]
        yield from _turned(verdict)
        if example.given["kind"] == "reply":
            yield from _against_set(criterion, verdict, example.given["labels"][name])
        else:
            said = example.given["labels"].get(name, {})
            yield _worth(criterion, verdict, common=example.given["labels_of_run"].get(name, 0))
            yield from _against_people(criterion, verdict, said)


def of_checks(example: Example, output: Output) -> Iterator[Score]:
    """Score what the checks found in a kept turn; the labelled set has faults that were put in."""
    if example.given["kind"] == "turn":
        yield from (Score(**found) for found in output["checks"])


def of_pairs(example: Example, output: Output) -> Iterator[Score]:
    """Score a preference between two replies by what the two are."""
    if "better" not in output:
        return
    for one in output["asked"]:
        place = None if one["said"] is None else PLACES[one["choices"].index(one["said"])]
        if place in ("first", "second"):
            yield Score("first", float(place == "first"), one["reason"])
        if example.given["kind"] == "identical":
            yield Score("said_same", None if place is None else float(place == "same"), one["reason"])
    better, reason = output["better"], output["asked"][0]["reason"]
    known = better is not None
    match example.given["kind"]:
        case "pair":
            yield Score("pair_right", float(better == "first") if known else None, f"better: {better}. {reason}")
            yield Score("flipped", float(output["flipped"]) if known else None, reason)
        case "padded":
            yield Score("longer", float(better == "second") if known else None, reason)
        case "identical":
            yield Score("identical_tie", float(better == "same") if known else None, reason)


def notes(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Say in a sentence for each criterion how far the judge agrees with people, and people with each other."""
    told: list[str] = []
    for name, criterion in CRITERIA.items():
        kappa = kappa_of(int(criterion.best) + 1)
        labelled = Metric(name, of=f"{name}.label", reduce=kappa, where=is_kind("reply"))
        if not len(labelled.column(rows)):
            continue
        told.append(f"{name}: {_agreement(labelled, rows, 'hand labels of the labelled set')}")
        if any(row["given"]["kind"] == "turn" for row in rows):
            shop = Metric(name, of=f"{name}.label", reduce=kappa, where=is_kind("turn"))
            people = Metric(name, of=f"{name}.people", reduce=kappa, where=is_kind("turn"))
            told.append(f"{name}: {_agreement(shop, rows, 'labels of this run')}")
            told.append(f"{name}: people among themselves, {_agreement(people, rows, 'labels in common')}")
    return {"remarks": told}


def _agreement(metric: Metric, rows: Sequence[Row], what: str) -> str:
    column = metric.column(rows)
    if len(column) < FEWEST:
        return f"not trusted: {len(column)} {what}"
    bounds = metric.interval(rows, seed=SEED)
    between = f", {bounds[0]:.2f} to {bounds[1]:.2f}" if bounds else ""
    return f"κ {metric.reduce(column):.2f}{between} with {len(column)} {what}"


def _turned(verdict: Mapping[str, Any]) -> Iterator[Score]:
    said = [one["said"] for one in verdict["asked"]]
    if said and None not in said:
        yield Score("turned", float(len(set(said)) > 1), f"{said[0]!r}, asked the other way round {said[1]!r}")


def _against_set(criterion: Criterion, verdict: Mapping[str, Any], label: str) -> Iterator[Score]:
    truth = criterion.number_of(label)
    value, why = verdict["value"], _why(criterion, verdict)
    if verdict["asked"]:
        yield Score(f"{criterion.name}.label", value, why, truth=truth)
        yield Score(
            f"{criterion.name}.right", None if value is None else float(value == truth), f"{why} Label: {label}"
        )
    yield Score(f"{criterion.name}.whole", value, why, truth=truth)


def _worth(criterion: Criterion, verdict: Mapping[str, Any], *, common: int) -> Score:
    value = verdict["value"]
    trust = f"held against {common} labels of this run" if common >= FEWEST else f"not trusted: {common} labels"
    why = f"{_why(criterion, verdict)} ({trust})"
    return Score(criterion.name, None if value is None else value / criterion.best, why)


def _against_people(criterion: Criterion, verdict: Mapping[str, Any], said: Mapping[str, float]) -> Iterator[Score]:
    if verdict["asked"]:
        for who, number in said.items():
            yield Score(f"{criterion.name}.label", verdict["value"], f"held against {who}", truth=number)
    for one, other in pairs_of(said):
        yield Score(f"{criterion.name}.people", one, "one person held against another", truth=other)


def _why(criterion: Criterion, verdict: Mapping[str, Any]) -> str:
    if not verdict["asked"]:
        return f"no, say the checks: {'; '.join(verdict['failed'])}"
    if verdict["value"] is None:
        return str(next(one["reason"] for one in verdict["asked"] if one["said"] is None))
    return f"{criterion.word_of(verdict['value'])}, says the judge: {verdict['asked'][0]['reason']}"


def _kappa(name: str, of: str, *, kind: str, language: str = "", choices: int = YES_NO) -> Metric:
    return Metric(name, of=of, reduce=kappa_of(choices), where=is_kind(kind, language))


METRICS = (
    _kappa("kappa", "helpful.label", kind="reply"),
    _kappa("kappa.en", "helpful.label", kind="reply", language="en"),
    _kappa("kappa.zh", "helpful.label", kind="reply", language="zh"),
    _kappa("kappa.clear", "clear.label", kind="reply"),
    _kappa("kappa.overall", "overall.label", kind="reply", choices=STARS),
    _kappa("kappa.with_checks", "helpful.whole", kind="reply"),
    _kappa("kappa.this_run", "helpful.label", kind="turn"),
    _kappa("kappa.people", "helpful.people", kind="turn"),
    Metric("labels", of="helpful.label", reduce=counted, better="", where=is_kind("reply")),
    Metric("labels.this_run", of="helpful.label", reduce=counted, better="", where=is_kind("turn")),
    Metric(
        "trusted",
        of="helpful.label",
        reduce=trusted_by(YES_NO),
        where=is_kind("reply"),
        bounds=lambda _rows, _seed: None,
    ),
    Metric("accuracy_against_labels", of="helpful.right"),
    Metric("turned_share", of="turned", better="less"),
    Metric("pairs_right_share", of="pair_right"),
    Metric("flips_share", of="flipped", better="less"),
    Metric("prefers_first_share", of="first", better=""),
    Metric("prefers_longer_share", of="longer", better="less", bar=0.1),
    Metric("identical_tie_share", of="identical_tie", bar=1.0),
    Metric("identical_said_same_share", of="said_same"),
    Metric("helpful_share", of="helpful"),
    Metric("clear_share", of="clear"),
    Metric("overall_mean", of="overall"),
    *CHECKS,
)
