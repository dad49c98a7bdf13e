"""Visits of the running app, timed from outside: what is asked, and when each part of the answer came.

Knows the app's HTTP API (`eval.speed.app`), nothing of how figures are made of times.
"""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from eval.shops import demo_products
from eval.speed.app import App

FIRST_AHEAD_S = 0.7
"""How long before the second shopper the first one asks: their reply is being worded by then."""
WISHES = {
    "en": ("can you recommend {thing}?", "I'm looking for {thing} under ${limit}"),
    "zh": ("推荐一下{thing}", "想买{thing}，{limit}美元以下"),
}
LATER = {"en": "which of them would you take, and why?", "zh": "有便宜点的吗？"}


def messages(count: int, seed: int) -> list[tuple[str, str]]:
    """Return wishes for kinds of things of which the demo store has several, half in each language."""
    chance = random.Random(seed)
    products = [p for p in demo_products() if p.prices_minor() and p.in_stock]
    made = []
    for number in range(count):
        language = "zh" if number % 2 else "en"
        product = chance.choice(products)
        thing = product.said(language).category[-1]
        prices = product.prices_minor()
        limit = round((prices[1] if prices else 10_000) * 1.3 / 100) + 1
        form = WISHES[language][number // 2 % 2]
        made.append((language, form.format(thing=thing.lower() if language == "en" else thing, limit=limit)))
    return made


def pair(app: App, message: str, language: str) -> dict[str, Any]:
    """Return how long a shopper's cards take alone, and while the model words the reply to another one."""
    alone = timed(app, f"alone-{time.time_ns()}", message, language)["cards_ms"]
    first = threading.Thread(target=timed, args=(app, f"first-{time.time_ns()}", message, language))
    first.start()
    time.sleep(FIRST_AHEAD_S)
    beside = timed(app, f"second-{time.time_ns()}", message, language)["cards_ms"]
    first.join()
    return {"alone_ms": alone, "beside_ms": beside}


def timed(app: App, session: str, message: str, language: str) -> dict[str, Any]:
    """Return when cards, the first worded sentence and the end of an answer came, and how many products it words."""
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
