"""What makes a judge worthless: it is dead, always says the same, or follows order, length or chance.

Each guard looks at the rows of a run and yields a sentence for what it found. Knows no engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from eval.harness.guard import MOST_ALIKE
from eval.harness.metrics import Metric
from eval.harness.task import Row
from eval.judging.agreement import FEWEST, kappa_of
from eval.judging.criteria import CRITERIA

MOST_CONSTANT = 0.95
MOST_SILENT = 0.5
MOST_TURNED = 0.5
"""Share of pairs in which the place won, or the padding, from which on a preference says nothing of the replies."""
FEWEST_PAIRS = 10
SEED = 7


def asked(rows: Sequence[Row]) -> Iterator[Mapping[str, Any]]:
    """Yield every question that the judge was asked, with what it said."""
    for row in rows:
        output = row["output"]
        yield from output.get("asked", ())
        for verdict in output.get("verdicts", {}).values():
            yield from verdict["asked"]


def silent(rows: Sequence[Row]) -> Iterable[str]:
    """Find a judge that gives no verdicts."""
    said = [one["said"] for one in asked(rows)]
    missing = said.count(None)
    if said and missing / len(said) > MOST_SILENT:
        yield f"the judge gave no verdict on {missing} of {len(said)} questions: it is dead, or does not answer in form"


def canned(rows: Sequence[Row]) -> Iterable[str]:
    """Find a judge that has one reason for everything."""
    reasons = [one["reason"] for one in asked(rows) if one["said"] is not None]
    if len(reasons) >= FEWEST:
        reason, times = Counter(reasons).most_common(1)[0]
        if times / len(reasons) > MOST_ALIKE:
            yield f"the judge gives the same reason for {times} of {len(reasons)} verdicts: {reason!r}"


def constant(rows: Sequence[Row]) -> Iterable[str]:
    """Find a judge that says the same of replies which people judge differently."""
    for name, criterion in CRITERIA.items():
        found = _against_labels(name).column(rows)
        if len(found) < FEWEST or len(set(found.truths)) < 2:
            continue
        value, times = Counter(found.values.tolist()).most_common(1)[0]
        if times / len(found) > MOST_CONSTANT:
            word = criterion.word_of(value)
            yield f"the judge says {word!r} to {name!r} of {times} of {len(found)} replies, whatever they are"


def by_chance(rows: Sequence[Row]) -> Iterable[str]:
    """Find a judge whose agreement with hand labels may be chance."""
    for name in CRITERIA:
        metric = _against_labels(name)
        count = len(metric.column(rows))
        bounds = metric.interval(rows, seed=SEED) if count >= FEWEST else None
        if bounds is not None and bounds[0] <= 0:
            yield (
                f"the judge's agreement with {count} hand labels of {name!r} may be chance "
                f"(κ {metric.reduce(metric.column(rows)):.2f}, {bounds[0]:.2f} to {bounds[1]:.2f}): "
                f"name a larger model with --judge, or other --criteria"
            )


def by_place(rows: Sequence[Row]) -> Iterable[str]:
    """Find a judge that prefers a place."""
    yield from _too_often("flipped", rows, "the judge's choice between two replies turned with their order in")


def by_length(rows: Sequence[Row]) -> Iterable[str]:
    """Find a judge that prefers empty phrases."""
    yield from _too_often("longer", rows, "the judge preferred the same reply with empty phrases added in")


GUARDS = (silent, canned, constant, by_chance, by_place, by_length)


def _against_labels(name: str) -> Metric:
    best = CRITERIA[name].best
    return Metric(name, of=f"{name}.label", reduce=kappa_of(int(best) + 1), where=is_kind("reply"))


def is_kind(kind: str, language: str = "") -> Callable[[Row], bool]:
    """Return whether a row is of a kind of example, and in a language where one is given."""
    return lambda row: row["given"]["kind"] == kind and row["given"]["language"] in (language or ("en", "zh"))


def _too_often(name: str, rows: Sequence[Row], what: str) -> Iterator[str]:
    found = Metric(name, of=name).column(rows)
    if len(found) >= FEWEST_PAIRS and found.values.mean() > MOST_TURNED:
        yield f"{what} {found.values.sum():.0f} of {len(found)} pairs: its preferences say nothing"
