"""Intents: messages to customer service, those that were worn, those beyond the shop, several wishes, and moods.

Each message is understood as the demo store understands it, beside its catalogue, without a conversation. Figures of
the part of the folder that nobody looked at are `held_out.…`.

    python -m eval intents --data ../shared/data/bitext
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine

from assistant.conversation.reading.letters import letters
from assistant.conversation.reading.meaning import layer
from assistant.conversation.reading.sentiment import sentiment
from assistant.conversation.reading.urgency import urgency
from assistant.conversation.state import State
from assistant.conversation.understand import Understander
from assistant.errors import SettingError
from assistant.settings import read
from eval.harness.metrics import Metric
from eval.harness.reducers import quantile
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Row, Stage, Task
from eval.intents.messages import FILE, MAPPING, as_examples, mapping, messages, moods, strange, wishes, worn
from eval.intents.perturbing import KINDS, SETS
from eval.shops import demo_products
from index.catalogue import Catalogue
from index.embed import EmbedSettings
from index.embed.default import open_multilingual

CLASSES = "classes"
SEVERAL = ("wishes", "single_wish")


class Messages(Stage):
    """An understander of the demo store, and the messages."""

    def __init__(self, understander: Understander, args: argparse.Namespace) -> None:
        self._understander = understander
        plain = [one for one in messages(args.data) if args.third in (None, one.third)]
        if args.limit is not None:
            plain = random.Random(args.seed).sample(plain, min(args.limit, len(plain)))
        self._examples = [
            Example(id=CLASSES, given={"classes": sorted({one.right for one in plain})}),
            *as_examples([*plain, *worn(plain, args.seed), *strange(), *wishes(), *moods()]),
        ]
        self.data = args.data.name
        self.inputs = (args.data / FILE, MAPPING, SETS)
        self.settings = {
            "taught": letters().taught,
            "embedder": layer().embedder,
            "mapping": MAPPING.name,
            "third": args.third or "all",
        }

    @property
    def examples(self) -> Sequence[Example]:
        """The classes of the folder, then a message each."""
        return self._examples

    async def start(self) -> None:
        """Read once what every message needs."""
        self._understander.prepare()

    async def play(self, example: Example, trial: int) -> Output:
        """Return what is understood of a message, by what it belongs to."""
        if example.id == CLASSES:
            return {"count": len(example.given["classes"])}
        message, part = example.given["message"], example.given["part"]
        if part == "mood":
            felt, pressing = sentiment(message), urgency(message)
            found = {"sentiment": felt.feeling, "urgency": pressing.level}
            return found | {"value": felt.score, "reasons": list(pressing.reasons)}
        started = time.perf_counter()
        understood = self._understander.understand(message, State(), language=None)
        took_ms = 1000 * (time.perf_counter() - started)
        errands = [errand.intent for errand in understood.errands]
        return {"intent": understood.intent, "sure": round(understood.sure, 3), "errands": errands, "ms": took_ms}


def understood(example: Example, output: Output) -> Iterator[Score]:
    """Yield whether a message was understood, once for each figure that it counts for."""
    given = example.given
    part = given.get("part", CLASSES)
    if part == CLASSES:
        yield Score(CLASSES, output["count"], "different answers are right among the folder's messages")
    elif part == "mood":
        for name, right in zip(("sentiment", "urgency"), given["right"], strict=True):
            yield Score(name, float(output[name] == right), f"{output[name]!r} where {right!r} is right")
    elif part in SEVERAL:
        right = list(given["right"])
        said = f"{output['errands']} where {right or 'one wish'} is right"
        yield Score(part, float(output["errands"] == right), said)
    else:
        hit = float(output["intent"] in given["right"])
        said = f"{output['intent']!r} where {' or '.join(map(repr, given['right']))} is right"
        yield from (Score(name, hit, said) for name in _figures(given))
        yield Score("understood_ms", output["ms"], said)


def _figures(given: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the scores that a message counts for."""
    part = given["part"]
    yield part
    general = part.partition(".")[0]
    if general != part:
        yield general
    if given["third"] == "held_out":
        yield f"held_out.{general}"
    if part == "plain":
        yield f"recall.{given['theirs']}"


def confusion(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Return, for each of their intents, how often each of ours was understood in its messages as they are."""
    counted = Counter((r["given"]["theirs"], r["output"]["intent"]) for r in rows if r["given"].get("part") == "plain")
    table: dict[str, dict[str, int]] = {}
    for (theirs, ours), times in counted.most_common():
        table.setdefault(theirs, {})[ours] = times
    return {"confusion": dict(sorted(table.items()))}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--threads", type=int, default=0, help="threads of the embedder, 0 for all cores")
    parser.add_argument("--third", choices=("development", "held_out"), help="only this part of the folder")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Understand as the demo store does: its catalogue's words, in memory, and the multilingual embedder.

    Raises:
        SettingError: the folder lacks its file, or names an intent that the mapping does not.
    """
    if args.data is None:
        raise SettingError("--data", None, f"a folder with {FILE} is expected")
    engine = create_engine("sqlite://")
    catalogue = Catalogue(engine)
    catalogue.create()
    catalogue.put(demo_products(), feed="demo")
    embedder = open_multilingual(EmbedSettings(weights=read(os.environ).weights, threads=args.threads))
    try:
        yield Messages(Understander(catalogue, embedder), args)
    finally:
        engine.dispose()


METRICS = (
    Metric("classes", of=CLASSES, better=""),
    Metric("accuracy", of="plain", bar=0.90),
    Metric("perturbed.accuracy", of="perturbed", bar=0.85),
    Metric("out_of_scope.recall", of="out_of_scope", bar=0.90),
    Metric("held_out.accuracy", of="held_out.plain"),
    Metric("held_out.perturbed.accuracy", of="held_out.perturbed"),
    *(Metric(f"perturbed.{kind}.accuracy", of=f"perturbed.{kind}") for kind in KINDS),
    *(Metric(f"{part}.accuracy", of=part) for part in (*SEVERAL, "sentiment", "urgency")),
    *(Metric(f"recall.{theirs}", of=f"recall.{theirs}") for theirs in sorted(mapping())),
    Metric("p50_ms", of="understood_ms", reduce=quantile(0.5), better="less"),
    Metric("p95_ms", of="understood_ms", reduce=quantile(0.95), better="less"),
)

TASK = Task(
    name="intents",
    promise="how well wishes, feelings and urgency are understood in messages to customer service",
    opened=opened,
    scorers=(understood,),
    metrics=METRICS,
    add_arguments=add_arguments,
    notes=confusion,
)
