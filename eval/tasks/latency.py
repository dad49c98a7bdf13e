"""Latency: starts the app as its users do and times what a shopper waits for.

Cards, the first sentence that the model worded, and whole replies that recommend two products or more; later turns; a
second shopper beside the first; memory; a second start. `--busy` keeps one core busy, begun after the app.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any

from assistant.prepare import fill_shop
from eval.harness.metrics import Metric
from eval.harness.reducers import counted, quantile
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Stage, Task
from eval.shops import home_settings
from eval.speed import visits
from eval.speed.app import App, busy_core, running_app

VISITS, PAIRS = 20, 6
BUSY = "busy visit"
SLOWER = 3
"""How many times slower it may be while one core is kept busy."""
TWO = 2
SETTLING_S = 3
"""What is waited after the start, so that nothing of it is timed."""
APP = "app"


class Visits(Stage):
    """The running app, pairs of shoppers, and visits."""

    def __init__(self, app: App, args: argparse.Namespace) -> None:
        self._app = app
        count = args.limit or VISITS
        self._examples = [
            *_asking("second shopper", visits.messages(PAIRS, args.seed + 1)),
            *_asking(BUSY if args.busy else "visit", visits.messages(count, args.seed)),
            Example(id=APP, given={"part": APP}),
        ]
        self.data = "demo, with one core kept busy" if args.busy else "demo"
        self.settings = {"busy": args.busy, "visits": count, "seed": args.seed}

    @property
    def examples(self) -> Sequence[Example]:
        """Pairs of shoppers, visits of two messages, and last the app itself: its memory is read after them."""
        return self._examples

    async def play(self, example: Example, trial: int) -> Output:
        """Return the times of a pair or of a visit, or what the app costs."""
        part, given = example.given["part"], example.given
        if part == APP:
            app = self._app
            starts = {"start_s": app.page_s, "model_ready_s": app.model_s, "prompts_read_s": app.warmed_s}
            return {"memory_mb": app.memory_mb(), **starts}
        if part in ("visit", BUSY):
            session = f"visit-{time.time_ns()}"
            first = visits.timed(self._app, session, given["message"], given["language"])
            return {
                "first": first,
                "later": visits.timed(self._app, session, visits.LATER[given["language"]], given["language"]),
            }
        return visits.pair(self._app, given["message"], given["language"])


def _asking(part: str, messages: Sequence[tuple[str, str]]) -> list[Example]:
    return [
        Example(id=f"{part} {number}", given={"part": part, "language": language, "message": message})
        for number, (language, message) in enumerate(messages)
    ]


def waits(example: Example, output: Output) -> Iterator[Score]:
    """Yield what a shopper waited for; of replies, those that recommend two products or more."""
    part = example.given["part"]
    if part == APP:
        yield from (Score(name, value, "of this start of the app") for name, value in output.items())
    elif part in ("visit", BUSY):
        # What holds beside a busy core has bars of its own.
        before = "busy." if part == BUSY else ""
        yield from (replace(one, name=f"{before}{one.name}") for one in _of_visit(output["first"], output["later"]))
    else:
        yield _known("alone_cards_ms", output["alone_ms"], "alone")
        yield _known("second_shopper_cards_ms", output["beside_ms"], "beside another shopper")
        if None not in (output["alone_ms"], output["beside_ms"]):
            longer = output["beside_ms"] - output["alone_ms"]
            yield Score("second_shopper_longer_ms", longer, "longer than alone")


def _of_visit(first: Mapping[str, Any], later: Mapping[str, Any]) -> Iterator[Score]:
    said = f"{first['recommended']} products recommended"
    yield Score("visits", 1.0, said)
    yield _known("cards_ms", first["cards_ms"], "first message")
    yield _known("cards_ms", later["cards_ms"], "later message")
    yield _known("later_first_token_ms", later["first_token_ms"], "later message")
    if first["recommended"] >= TWO:
        yield _known("first_sentence_ms", first["first_sentence_ms"], said)
        yield Score("reply_ms", first["reply_ms"], said)


def _known(name: str, value: float | None, said: str) -> Score:
    return Score(name, value, said if value is not None else f"{said}: there were none")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--busy", action="store_true", help="keep one core busy, begun after the app")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Start the app twice; the second start is the one that is timed.

    Raises:
        AppDidNotStart: the app does not answer.
    """
    args.out.mkdir(parents=True, exist_ok=True)
    log = args.out / "latency.app.log"
    settings = home_settings("demo")
    fill_shop(settings)
    with running_app(settings.home, log, wait_for_model=False):
        pass
    with running_app(settings.home, log) as app, busy_core() if args.busy else nullcontext():
        time.sleep(SETTLING_S)
        yield Visits(app, args)


def _percentiles(name: str, **bars: float | None) -> Iterator[Metric]:
    for percent, bar in bars.items():
        share = int(percent.removeprefix("p")) / 100
        yield Metric(f"{name}_{percent}_ms", of=f"{name}_ms", reduce=quantile(share), better="less", bar=bar)


def _waits(before: str = "", times: int = 1) -> Iterator[Metric]:
    yield Metric(f"{before}visits", of=f"{before}visits", reduce=counted, better="")
    yield Metric(f"{before}two_product_replies", of=f"{before}reply_ms", reduce=counted, better="")
    yield from _percentiles(f"{before}cards", p50=None, p95=300 * times)
    yield from _percentiles(f"{before}first_sentence", p50=2_500 * times)
    yield from _percentiles(f"{before}later_first_token", p50=None)
    yield from _percentiles(f"{before}reply", p50=6_000 * times, p95=12_000 * times)


METRICS = (
    *_waits(),
    *_waits("busy.", SLOWER),
    Metric("second_shopper_cards_ms", of="second_shopper_cards_ms", reduce=quantile(0.5), better="less"),
    Metric("alone_cards_ms", of="alone_cards_ms", reduce=quantile(0.5), better="less"),
    Metric("second_shopper_longer_ms", of="second_shopper_longer_ms", reduce=quantile(0.5), better="less", bar=300),
    Metric("memory_mb", of="memory_mb", better="less", bar=3_500),
    Metric("start_s", of="start_s", better="less", bar=10),
    Metric("model_ready_s", of="model_ready_s", better="less"),
    Metric("prompts_read_s", of="prompts_read_s", better="less"),
)

TASK = Task(
    name="latency",
    promise="how soon cards, sentences and whole replies come, and what it costs in memory",
    opened=opened,
    scorers=(waits,),
    metrics=METRICS,
    add_arguments=add_arguments,
)
