"""The turns of a kept run as examples for a judge, with what people said of them. Knows no judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.errors import RegularsError
from eval.harness.book import Run
from eval.harness.task import Example, Row
from eval.harness.turns import Kept, said
from eval.judging.labels import ByPlace
from eval.judging.script import language_of

CARDS_TOLD = 4
"""Cards of which a judge is told; more would make a small model lose the question."""


class NothingSaid(RegularsError):
    """A kept run without conversations."""

    def __init__(self, run: Run) -> None:
        self.run = run
        super().__init__(f"the run {run.id!r} of {run.task!r} holds no turns: name a run of a task that talks")


def turns_of(run: Run, rows: Sequence[Row], labels: ByPlace) -> Iterator[tuple[Example, Kept]]:
    """Yield each turn as an example and as it was kept.

    Raises:
        NothingSaid: no row has turns.
    """
    talks = [row for row in rows if isinstance(row["output"].get("turns"), list) and row["output"]["turns"]]
    if not talks:
        raise NothingSaid(run)
    common = _counts(run, labels)
    for row in talks:
        earlier = ""
        for at, turn in enumerate(row["output"]["turns"]):
            given = _given(turn, earlier) | {
                "run": run.id,
                "row": row["id"],
                "turn": at,
                # People label first trials.
                "labels": labels.get((run.id, row["id"], at), {}) if row["trial"] == 0 else {},
                "labels_of_run": common,
            }
            name = f"turn/{run.id}/{row['id']}/{row['trial']}/{at}"
            yield Example(id=name, given=given, cluster=row["cluster"] or row["id"]), turn
            earlier = turn["message"]


def reply_of(turn: Kept) -> str:
    """Return all that a shopper reads of a turn beside its cards."""
    parts = [said(turn)]
    if turn["comparison"]:
        table = "; ".join(f"{label}: {' / '.join(cells)}" for label, cells in turn["comparison"]["rows"])
        parts.append(f"[{' / '.join(turn['comparison']['titles'])}. {table}]")
    if turn["cart"]:
        lines = "; ".join(f"{line['quantity']} × {line['title']}" for line in turn["cart"]["lines"])
        parts.append(f"[{turn['cart']['total_text']}: {lines}]")
    parts += [turn[part]["text"] for part in ("proposed", "handoff") if turn[part]]
    return " ".join(part for part in parts if part)


def _counts(run: Run, labels: ByPlace) -> dict[str, int]:
    """Return how many labels of a run there are by criterion."""
    counts: Counter[str] = Counter()
    for (of, _, _), said_of in labels.items():
        if of == run.id:
            counts.update({criterion: len(by) for criterion, by in said_of.items()})
    return dict(counts)


def _given(turn: Kept, earlier: str) -> dict[str, Any]:
    language = language_of(turn["message"]) or turn["language"]
    cards = turn["cards"][:CARDS_TOLD]
    return {
        "kind": "turn",
        "language": "zh" if language == "zh" else "en",
        "message": turn["message"],
        "earlier": earlier,
        "reply": reply_of(turn),
        "shown": "; ".join(f"{card['title']}, {card['price_text']}" for card in cards),
    }
