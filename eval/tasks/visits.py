"""Visits: simulated shoppers play whole visits, and what became of their goals is read from the records.

python -m eval visits                          the shop's own model words, rules decide what shoppers do and say
python -m eval visits --engine script          nobody words: all from the record, in minutes
python -m eval visits --shopper model          a language model words what shoppers do: the shop's own
python -m eval visits --shopper model --shopper-llm openai:http://HOST:PORT#MODEL
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assistant.llm.choose import LlmSettings, choose
from assistant.settings import read
from assistant.shop import Shop
from eval.harness.guard import silent_or_canned
from eval.harness.metrics import Metric
from eval.harness.reducers import quantile
from eval.harness.task import Row, Task
from eval.talking import add_engine, demo_copy
from eval.visits.phrases import MOODS
from eval.visits.scoring import SCORERS
from eval.visits.stage import LANGUAGES, VISITS, Visits
from eval.visits.worded import Wording


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add who words replies, and who words what shoppers say."""
    add_engine(parser)
    parser.add_argument("--shopper", choices=("rules", "model"), default="rules", help="who words what shoppers say")
    parser.add_argument("--shopper-llm", default="", help="the shoppers' model, as SHOP_LLM names one; the shop's own")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Visits]:
    """Open a copy of the demo store.

    Raises:
        SettingError: the shoppers' model cannot be had under this name.
    """
    with demo_copy(engine=args.engine, seed=args.seed) as shop:
        wording = _wording(args, shop) if args.shopper == "model" else None
        yield Visits(shop, engine=args.engine, seed=args.seed, count=args.limit or VISITS, wording=wording)


def _wording(args: argparse.Namespace, shop: Shop) -> Wording:
    if not args.shopper_llm and args.engine == "default":
        return Wording(shop.engine, own=False, seed=args.seed)
    own = read(os.environ)
    asked = LlmSettings(llm=args.shopper_llm, llm_key=own.llm_key, weights=own.weights, threads=own.threads)
    return Wording(choose(asked), own=True, seed=args.seed)


def _of(name: str, value: str) -> Metric:
    """Return the figure of the goals of one language, mood or kind of goal."""

    def where(row: Row) -> bool:
        given = row["given"]
        return bool((given["goal"]["kind"] if name == "goal" else given[name]) == value)

    return Metric(f"{value}.goal_reached", of="goal_reached", where=where)


def canned(rows: Sequence[Row]) -> Iterator[str]:
    """Tell where the shop's own model was to word, and was silent or always said the same."""
    if any(row["output"]["turns"] and row["output"]["turns"][0]["trace"].get("engine") != "scripted" for row in rows):
        yield from silent_or_canned(rows)


TASK = Task(
    name="visits",
    promise="whether simulated shoppers get what they came for, and every must-have is met or said to be unmet",
    opened=opened,
    scorers=SCORERS,
    metrics=(
        Metric("goal_reached", of="goal_reached", bar=0.8, no_answer=0.0),
        Metric("must_haves_honoured", of="must_haves_honoured", bar=1.0),
        Metric("must_haves_met", of="must_haves_met"),
        Metric("constraint_recall", of="constraint_recall"),
        Metric("right_thing", of="right_thing"),
        Metric("recovered_preferences", of="recovered_preferences"),
        Metric("abandoned", of="abandoned", better="less"),
        Metric("turns", of="turns", better="less"),
        Metric("turns_p90", of="turns", reduce=quantile(0.9), better="less"),
        *(_of("language", language) for language in LANGUAGES),
        *(_of("mood", mood) for mood in MOODS),
        *(_of("goal", kind) for kind in ("find", "gift", "compare", "worry", "nothing")),
    ),
    add_arguments=add_arguments,
    guards=(canned,),
)
