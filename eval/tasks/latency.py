"""Latency: starts the app as its users do and times what a shopper waits for.

Cards, the first sentence that the model worded, and whole replies that recommend two products or more; later turns; a
second shopper beside the first; memory; a second start. `--busy` keeps one core busy, begun after the app.
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from assistant.prepare import fill_shop
from eval.harness.metrics import Metric
from eval.harness.reducers import counted, quantile
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Stage, Task
from eval.shops import demo_products, home_settings
from eval.speed.app import App, busy_core, running_app

VISITS, PAIRS = 20, 6
TWO = 2
SETTLING_S = 3
"""What is waited after the start, so that nothing of it is timed."""
FIRST_AHEAD_S = 0.7
"""How long before the second shopper the first one asks: their reply is being worded by then."""
APP = "app"
WISHES = {
    "en": ("can you recommend {thing}?", "I'm looking for {thing} under ${limit}"),
    "zh": ("推荐一下{thing}", "想买{thing}，{limit}美元以下"),
}
LATER = {"en": "which of them would you take, and why?", "zh": "有便宜点的吗？"}


class Visits(Stage):
    """The running app, pairs of shoppers, and visits."""

    def __init__(self, app: App, args: argparse.Namespace) -> None:
        self._app = app
        visits = args.limit or VISITS
        self._examples = [
            *_asking("second shopper", _messages(PAIRS, args.seed + 1)),
            *_asking("visit", _messages(visits, args.seed)),
            Example(id=APP, given={"part": APP}),
        ]
        self.data = "demo, with one core kept busy" if args.busy else "demo"
        self.settings = {"busy": args.busy, "visits": visits, "seed": args.seed}

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
        if part == "visit":
            session = f"latency-{example.id}-{time.time_ns()}"
            first = _timed(self._app, session, given["message"], given["language"])
            return {"first": first, "later": _timed(self._app, session, LATER[given["language"]], given["language"])}
        return _pair(self._app, given["message"], given["language"])


def _asking(part: str, messages: Sequence[tuple[str, str]]) -> list[Example]:
    return [
        Example(id=f"{part} {number}", given={"part": part, "language": language, "message": message})
        for number, (language, message) in enumerate(messages)
    ]


def _messages(count: int, seed: int) -> list[tuple[str, str]]:
    """Return wishes for kinds of things of which the demo store has several, half in each language."""
    chance = random.Random(seed)
    products = [p for p in demo_products() if p.prices_minor() and p.in_stock]
    messages = []
    for number in range(count):
        language = "zh" if number % 2 else "en"
        product = chance.choice(products)
        thing = product.said(language).category[-1]
        prices = product.prices_minor()
        limit = round((prices[1] if prices else 10_000) * 1.3 / 100) + 1
        form = WISHES[language][number // 2 % 2]
        messages.append((language, form.format(thing=thing.lower() if language == "en" else thing, limit=limit)))
    return messages


def _pair(app: App, message: str, language: str) -> dict[str, Any]:
    """Return how long a shopper's cards take alone, and while the model words the reply to another one."""
    alone = _timed(app, f"alone-{time.time_ns()}", message, language)["cards_ms"]
    first = threading.Thread(target=_timed, args=(app, f"first-{time.time_ns()}", message, language))
    first.start()
    time.sleep(FIRST_AHEAD_S)
    beside = _timed(app, f"second-{time.time_ns()}", message, language)["cards_ms"]
    first.join()
    return {"alone_ms": alone, "beside_ms": beside}


def _timed(app: App, session: str, message: str, language: str) -> dict[str, Any]:
    times: dict[str, Any] = {"cards_ms": None, "first_sentence_ms": None, "sentences": []}
    subjects, trace = set(), {}
    for at_ms, part in app.turn(session, message, language):
        kind = part["type"]
        if kind == "cards" and times["cards_ms"] is None:
            times["cards_ms"] = at_ms
        if kind == "sentence":
            times["sentences"].append(part["text"])
            if part["by"] == "model":
                subjects.add(part["subject_id"])
                times["first_sentence_ms"] = times["first_sentence_ms"] or at_ms
        if kind == "done":
            trace = part["trace"]
        times["reply_ms"] = at_ms
    return {**times, "recommended": len(subjects), "first_token_ms": trace.get("first_token_ms")}


def waits(example: Example, output: Output) -> Iterator[Score]:
    """Yield what a shopper waited for; of replies, those that recommend two products or more."""
    part = example.given["part"]
    if part == APP:
        yield from (Score(name, value, "of this start of the app") for name, value in output.items())
    elif part == "visit":
        yield from _of_visit(output["first"], output["later"])
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


METRICS = (
    Metric("visits", of="visits", reduce=counted, better=""),
    Metric("two_product_replies", of="reply_ms", reduce=counted, better=""),
    *_percentiles("cards", p50=None, p95=300),
    *_percentiles("first_sentence", p50=2_500),
    *_percentiles("later_first_token", p50=None),
    *_percentiles("reply", p50=6_000, p95=12_000),
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
