"""Latency: starts the app as its users do and times what a shopper waits for.

Cards, the first sentence that the model worded, and whole replies that recommend two products or more; later turns; a
second shopper beside the first; memory; a second start. `--busy` keeps one core busy, begun after the app.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np
from tqdm import tqdm

from assistant.prepare import fill_shop
from eval.result import Result, append_row
from eval.running import App, busy_core, running_app
from eval.shops import demo_products, home_settings

WISHES = {
    "en": ("can you recommend {thing}?", "I'm looking for {thing} under ${limit}"),
    "zh": ("推荐一下{thing}", "想买{thing}，{limit}美元以下"),
}
LATER = {"en": "which of them would you take, and why?", "zh": "有便宜点的吗？"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--busy", action="store_true", help="keep one core busy, begun after the app")


def run(args: argparse.Namespace) -> Result:
    """Start the app twice, time the second start, then play visits.

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
        time.sleep(3)
        second = _second_shopper(app, args)
        rows = _visits(app, args)
        memory_mb = app.memory_mb()
    return Result(
        task="latency",
        data="demo",
        metrics={
            **_metrics(rows),
            **second,
            "memory_mb": memory_mb,
            "start_s": app.page_s,
            "model_ready_s": app.model_s,
            "prompts_read_s": app.warmed_s,
        },
        settings={"busy": args.busy, "visits": len(rows), "seed": args.seed},
        rows=rows,
    )


def _visits(app: App, args: argparse.Namespace) -> list[dict[str, Any]]:
    """Play the visits one after the other; each is kept as it ends, so that a stopped run leaves what it has."""
    rows: list[dict[str, Any]] = []
    for number, (language, message) in enumerate(tqdm(_messages(args.limit or 20, args.seed), desc="visits")):
        session = f"latency-{args.seed}-{number}-{time.time_ns()}"
        first = _timed(app, session, message, language)
        later = _timed(app, session, LATER[language], language)
        rows.append({"language": language, "message": message, **first, "later": later})
        append_row(rows[-1], args.out / "latency.partial.jsonl", first=number == 0)
    return rows


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


def _timed(app: App, session: str, message: str, language: str) -> dict[str, Any]:
    times: dict[str, Any] = {"cards_ms": None, "first_sentence_ms": None, "recommended": 0, "sentences": []}
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


def _second_shopper(app: App, args: argparse.Namespace) -> dict[str, float]:
    """Return how long a second shopper's cards take while the model words the first one's reply, and alone."""
    pairs = _messages(6, args.seed + 1)
    alone = [_timed(app, f"alone-{time.time_ns()}", message, language)["cards_ms"] for language, message in pairs]
    beside = []
    for language, message in pairs:
        first = threading.Thread(target=_timed, args=(app, f"first-{time.time_ns()}", message, language))
        first.start()
        time.sleep(0.7)
        beside.append(_timed(app, f"second-{time.time_ns()}", message, language)["cards_ms"])
        first.join()
    return {
        "second_shopper_cards_ms": statistics.median(_known(beside)),
        "alone_cards_ms": statistics.median(_known(alone)),
    }


def _metrics(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    pairs = [row for row in rows if row["recommended"] >= 2]
    cards = _known([row["cards_ms"] for row in rows] + [row["later"]["cards_ms"] for row in rows])
    replies = _known([row["reply_ms"] for row in pairs])
    firsts = _known([row["first_sentence_ms"] for row in pairs])
    tokens = _known([row["later"]["first_token_ms"] for row in rows])
    return {
        "visits": len(rows),
        "two_product_replies": len(pairs),
        "cards_p50_ms": _quantile(cards, 50),
        "cards_p95_ms": _quantile(cards, 95),
        "first_sentence_p50_ms": _quantile(firsts, 50),
        "later_first_token_p50_ms": _quantile(tokens, 50),
        "reply_p50_ms": _quantile(replies, 50),
        "reply_p95_ms": _quantile(replies, 95),
    }


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _quantile(values: Sequence[float], percent: float) -> float:
    return float(np.percentile(values, percent)) if values else float("nan")
