"""Intents: how well messages to customer service are understood, as they are and worn, and what else is told of them.

Takes a folder with `customer_support.csv.gz` (columns `instruction` and `intent`, the 27 intents of Bitext). Which of
our intents each means is written in `bitext_intents.csv`. The assistant's whole understanding is asked, beside the
demo store's catalogue, without a conversation. Nothing of the folder is learned from; the development third, told by a
checksum of each message, was looked at in sums alone, and the rest has figures of its own (`held_out.…`).

    python -m eval intents --data ../shared/data/bitext
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from sqlalchemy import create_engine
from tqdm import tqdm

from assistant.conversation.reading.letters import letters
from assistant.conversation.reading.meaning import layer
from assistant.conversation.reading.sentiment import sentiment
from assistant.conversation.reading.urgency import urgency
from assistant.conversation.state import State
from assistant.conversation.understand import Understander
from assistant.errors import SettingError
from assistant.settings import read
from eval.perturbing import KINDS, SETS
from eval.ranking_metrics import bootstrap
from eval.result import Result
from eval.shops import demo_products
from index.catalogue import Catalogue
from index.embed import EmbedSettings
from index.embed.default import open_multilingual

FILE = "customer_support.csv.gz"
MAPPING = Path(__file__).with_name("bitext_intents.csv")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A message and the intents of ours that are right; `part` says what it belongs to."""

    part: str
    message: str
    right: frozenset[str]
    theirs: str = ""
    third: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--threads", type=int, default=0, help="threads of the embedder, 0 for all cores")
    parser.add_argument("--third", choices=("development", "held_out"), help="only this part of the folder")


def run(args: argparse.Namespace) -> Result:
    """Ask, compare, count.

    Raises:
        SettingError: the folder lacks its file, or names an intent that the mapping does not.
    """
    if args.data is None:
        raise SettingError("--data", None, f"a folder with {FILE} is expected")
    plain = [one for one in messages(args.data) if args.third in (None, one.third)]
    if args.limit is not None:
        plain = random.Random(args.seed).sample(plain, min(args.limit, len(plain)))
    asked = [*plain, *worn(plain, args.seed), *strange()]
    with _understander(args.threads) as understander:
        rows, took = _understood(understander, asked)
        rows += _wishes(understander)
    rows += _moods()
    values = _values(rows)
    metrics = {"classes": float(len({one.right for one in plain})), **{k: float(np.mean(v)) for k, v in values.items()}}
    return Result(
        task="intents",
        data=args.data.name,
        metrics={**metrics, **took},
        intervals={name: bootstrap(found, seed=args.seed, draws=2_000) for name, found in values.items()},
        settings={
            "taught": letters().taught,
            "embedder": layer().embedder,
            "mapping": MAPPING.name,
            "third": args.third or "all",
            "confusion": _confusion(rows),
            "seed": args.seed,
        },
        rows=rows,
    )


def mapping() -> dict[str, frozenset[str]]:
    """Return which of our intents each of theirs means, as it is written down."""
    with MAPPING.open(encoding="utf-8", newline="") as file:
        return {row["theirs"]: frozenset(row["ours"].split("|")) for row in csv.DictReader(file)}


def messages(folder: Path) -> Iterator[Asked]:
    """Yield the messages of a folder with what is right."""
    path, means = Path(folder) / FILE, mapping()
    if not path.is_file():
        raise SettingError("--data", str(folder), f"a folder with {FILE} is expected")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["intent"] not in means:
                raise SettingError(str(path), row["intent"], f"an intent of {MAPPING.name} is expected: add it there")
            yield Asked("plain", row["instruction"], means[row["intent"]], row["intent"], third(row["instruction"]))


def third(message: str) -> str:
    """Return which part a message belongs to, by its checksum.

    >>> third("where is my order") in ("development", "held_out")
    True
    """
    return "held_out" if crc32(message.encode()) % 3 else "development"


def worn(plain: Sequence[Asked], seed: int) -> Iterator[Asked]:
    """Yield every message once more, each kind of wear in its turn."""
    kinds = list(KINDS)
    for number, one in enumerate(plain):
        kind = kinds[number % len(kinds)]
        message = KINDS[kind](one.message, random.Random(f"{seed} {number}"))
        yield Asked(f"perturbed.{kind}", message, one.right, one.theirs, one.third)


def strange() -> Iterator[Asked]:
    """Yield messages that are beyond a shop's assistant."""
    for line in (SETS / "out_of_scope.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield Asked("out_of_scope", line, frozenset({"out_of_scope"}))


@contextmanager
def _understander(threads: int) -> Iterator[Understander]:
    """Understand as the demo store does: its catalogue's words, in memory, and the multilingual embedder."""
    engine = create_engine("sqlite://")
    catalogue = Catalogue(engine)
    catalogue.create()
    catalogue.put(demo_products(), feed="demo")
    embedder = open_multilingual(EmbedSettings(weights=read(os.environ).weights, threads=threads))
    try:
        yield Understander(catalogue, embedder)
    finally:
        engine.dispose()


def _understood(understander: Understander, asked: Sequence[Asked]) -> tuple[list[Row], dict[str, float]]:
    """Return a row a message, and how long understanding took."""
    rows: list[Row] = []
    times = []
    understander.prepare()
    for one in tqdm(asked, desc="messages", mininterval=2):
        began = time.perf_counter()
        found = understander.understand(one.message, State(), language=None)
        times.append(1000 * (time.perf_counter() - began))
        rows.append({
            "part": one.part, "third": one.third, "message": one.message, "theirs": one.theirs,
            "right": sorted(one.right), "intent": found.intent, "sure": round(found.sure, 3),
            "errands": [errand.intent for errand in found.errands], "score": float(found.intent in one.right),
        })  # fmt: skip
    return rows, {"p50_ms": float(np.percentile(times, 50)), "p95_ms": float(np.percentile(times, 95))}


def _wishes(understander: Understander) -> list[Row]:
    """Return a row a message of several wishes (all found in order, and nothing else), and one a message of one."""
    rows = []
    for message, wanted in _table("wishes.tsv"):
        found = [errand.intent for errand in understander.understand(message, State()).errands]
        rows.append({"part": "wishes", "message": message, "right": wanted.split(", "), "errands": found,
                     "score": float(found == wanted.split(", "))})  # fmt: skip
    for (message,) in _table("single.txt"):
        found = [errand.intent for errand in understander.understand(message, State()).errands]
        rows.append({"part": "single_wish", "message": message, "errands": found, "score": float(not found)})
    return rows


def _moods() -> list[Row]:
    """Return a row a message whose feeling and urgency are written down."""
    rows = []
    for message, feeling, level in _table("moods.tsv"):
        felt, pressing = sentiment(message), urgency(message)
        rows.append({"part": "sentiment", "message": message, "right": feeling, "found": felt.feeling,
                     "value": felt.score, "score": float(felt.feeling == feeling)})  # fmt: skip
        rows.append({"part": "urgency", "message": message, "right": level, "found": pressing.level,
                     "reasons": pressing.reasons, "score": float(pressing.level == level)})  # fmt: skip
    return rows


def _table(name: str) -> Iterator[list[str]]:
    for line in (SETS / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _values(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """Return the scores that each figure is the mean of."""
    chosen: dict[str, Callable[[Mapping[str, Any]], bool]] = {
        "accuracy": lambda r: r["part"] == "plain",
        "perturbed.accuracy": lambda r: r["part"].startswith("perturbed"),
        "out_of_scope.recall": lambda r: r["part"] == "out_of_scope",
        "held_out.accuracy": lambda r: r["part"] == "plain" and r["third"] == "held_out",
        "held_out.perturbed.accuracy": lambda r: r["part"].startswith("perturbed") and r["third"] == "held_out",
    }
    chosen |= {f"perturbed.{kind}.accuracy": _of(f"perturbed.{kind}") for kind in KINDS}
    chosen |= {f"{part}.accuracy": _of(part) for part in ("wishes", "single_wish", "sentiment", "urgency")}
    for theirs in sorted({row["theirs"] for row in rows if row.get("theirs")}):
        chosen[f"recall.{theirs}"] = lambda r, name=theirs: r["part"] == "plain" and r["theirs"] == name  # type: ignore[misc]
    found = {name: [row["score"] for row in rows if wanted(row)] for name, wanted in chosen.items()}
    return {name: scores for name, scores in found.items() if scores}


def _of(part: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda row: row["part"] == part


def _confusion(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Return, for each of their intents, how often each of ours was understood in its messages as they are."""
    counted = Counter((row["theirs"], row["intent"]) for row in rows if row["part"] == "plain")
    table: dict[str, dict[str, int]] = {}
    for (theirs, ours), times in counted.most_common():
        table.setdefault(theirs, {})[ours] = times
    return dict(sorted(table.items()))
