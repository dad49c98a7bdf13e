"""How many events a second the app takes over HTTP in batches, each on disk before its answer, and counted afterwards.

Two senders, half of the batches GA4 bodies and half Segment batches, shoppers and times as they come on a busy day. The
senders run on the same machine as the app and have their share of its cores.
"""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from assistant.errors import RegularsError
from eval.shops import demo_products
from eval.speed.app import serving

BATCH, SENDERS, SHOPPERS = 250, 2, 3_000
PRODUCTS = 20
"""Products of a list that was viewed."""


class EventsLost(RegularsError):
    """Events were acknowledged and are not in the database, or were refused though nothing was wrong with them."""

    def __init__(self, sent: int, accepted: int, kept: int) -> None:
        self.sent, self.accepted, self.kept = sent, accepted, kept
        super().__init__(f"of {sent} events {accepted} were accepted and {kept} are kept: look at the app's log")


@dataclass(frozen=True, slots=True)
class Taken:
    """How fast events were taken: so many a second, and the milliseconds until each batch's answer."""

    per_s: float
    batches_ms: tuple[float, ...]


def measure(count: int, seed: int) -> Taken:
    """Return how fast `count` events are taken.

    Raises:
        AppDidNotStart: the app ended or stayed silent.
        EventsLost: what was acknowledged is not what is kept.
    """
    bodies = _bodies(count, random.Random(f"{seed}:events"))
    with tempfile.TemporaryDirectory(prefix="regulars-events-") as folder:
        home = Path(folder)
        with serving("eval.speed.event_server", home, home / "log") as url:
            _send(url, bodies[:2])  # the first batches open the store's statements and connections
            started = time.perf_counter()
            with ThreadPoolExecutor(SENDERS) as pool:
                shares = [bodies[2 + n :: SENDERS] for n in range(SENDERS)]
                answers = [one for share in pool.map(lambda share: _send(url, share), shares) for one in share]
            seconds = time.perf_counter() - started
        accepted, sent = sum(taken for taken, _ms in answers), (len(bodies) - 2) * BATCH
        kept = _kept(home / "shop.db") - 2 * BATCH
    if not sent == accepted == kept:
        raise EventsLost(sent, accepted, kept)
    return Taken(accepted / seconds, tuple(ms for _taken, ms in answers))


def _send(url: str, bodies: Sequence[bytes]) -> list[tuple[int, float]]:
    """Return for each body how many events were accepted, and the milliseconds until the answer."""
    answers = []
    with httpx.Client(base_url=url, timeout=60) as client:
        for body in bodies:
            started = time.perf_counter()
            told = client.post("/v1/events", content=body).raise_for_status().json()
            answers.append((int(told["accepted"]), (time.perf_counter() - started) * 1000))
    return answers


def _kept(path: Path) -> int:
    database = sqlite3.connect(path)
    try:
        return int(database.execute("SELECT count(*) FROM events").fetchone()[0])
    finally:
        database.close()


def _bodies(count: int, chance: random.Random) -> list[bytes]:
    ids = [product.id for product in demo_products()]
    now = datetime.now(UTC) - timedelta(days=1)
    made = []
    for number in range(count // BATCH + 2):
        kind = _ga4 if number % 2 else _segment
        made.append(json.dumps(kind(number, ids, now, chance)).encode())
    return made


def _ga4(number: int, ids: Sequence[str], now: datetime, chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "client_id": f"b-{chance.randrange(SHOPPERS)}",
            "timestamp_micros": int(_moment(now, chance).timestamp() * 1e6) + number * BATCH + n,
            "events": [{"name": name, "params": {"currency": "USD", "value": 19.9, "items": items}}],
        }
        for n in range(BATCH)
        for name, items in [_ga4_event(ids, chance)]
    ]


def _ga4_event(ids: Sequence[str], chance: random.Random) -> tuple[str, list[dict[str, Any]]]:
    name = chance.choice(("view_item", "view_item", "view_item", "add_to_cart", "view_item_list"))
    size = PRODUCTS if name == "view_item_list" else 1
    return name, [{"item_id": chance.choice(ids), "price": 19.9, "quantity": 1, "index": n} for n in range(size)]


def _segment(number: int, ids: Sequence[str], now: datetime, chance: random.Random) -> dict[str, Any]:
    names = ("Product Viewed", "Product Viewed", "Product Clicked", "Product Added")
    return {
        "batch": [
            {
                "type": "track",
                "messageId": f"m-{number}-{n}",
                "anonymousId": f"b-{chance.randrange(SHOPPERS)}",
                "event": chance.choice(names),
                "timestamp": _moment(now, chance).isoformat(),
                "properties": {"product_id": chance.choice(ids), "price": 19.9, "currency": "USD", "quantity": 1},
                "context": {"userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
            }
            for n in range(BATCH)
        ]
    }


def _moment(now: datetime, chance: random.Random) -> datetime:
    return now + timedelta(seconds=chance.random() * 3600)
