"""Learns what to expect of visits, customers and stock: `python -m assistant forecast`, by night, beside a running app.

Opens the database and the catalogue alone. Knows no model.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy
from tqdm import tqdm

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.features import traits_of
from assistant.behaviour.forecasts.kept import keep, last_read
from assistant.behaviour.forecasts.learning import Known, Learned, Progress, learn
from assistant.behaviour.forecasts.outlook import FOLDER
from assistant.importing import opened_database
from assistant.settings import Settings
from assistant.store.events import Events
from assistant.store.forecasts import ForecastBook
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM
from assistant.store.records import Order, OrderStatus
from index.catalogue import Catalogue

COMMAND = "forecast"
_BACK = {OrderStatus.RETURNED, OrderStatus.REFUNDED}


def add_command(kinds: Any) -> None:
    """Add the command."""
    kinds.add_parser(COMMAND, help="learn what to expect of visits, customers and stock; takes half a minute and more")


def run(settings: Settings, _given: Namespace) -> int:
    """Learn, keep, and say what was learned; 0 also where nothing is new."""
    with opened_database(settings) as database, tqdm(file=sys.stderr, delay=1, unit="step") as bar:

        def told(step: str, done: int, total: int | None) -> None:
            bar.set_description(step, refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        made = forecast(database, settings.home / FOLDER, zone=settings.timezone, progress=told)
    if made is None:
        print("nothing new to learn from: nothing has happened since the last training")
        return 0
    print(summary(made))
    return 0


def forecast(
    database: sqlalchemy.Engine, folder: Path, *, zone: str = "UTC", progress: Progress | None = None
) -> Learned | None:
    """Learn from all that the shop knows and keep it; `None` where no event came since the last training."""
    catalogue = Catalogue(database)
    catalogue.create()
    events = list(Events(database).all(SYSTEM))
    latest = max((event.number for event in events), default=0)
    if latest and latest == last_read(folder):
        return None
    history = [*events, *_purchases(Orders(database).all(SYSTEM), {event.order_number for event in events})]
    products = catalogue.get(catalogue.ids()).values()
    made = learn(Known(history, traits_of(products), datetime.now(UTC), zone), progress=progress)
    off = Events(database).all_off()
    made.rows["customer"] = {who: row for who, row in made.rows["customer"].items() if who not in off}
    book = ForecastBook(database)
    for kind in ("customer", "category", "segment", "shop"):
        book.replace(kind, made.rows[kind], SYSTEM)
    keep(folder, made.models, read=latest)
    return made


def summary(made: Learned) -> str:
    """Return what was learned, a line for each thing."""
    lines = [
        f"{name}: AUC {told['auc']:.3f} on what it had not seen, usual chance {told['usual']:.1%}"
        for name, told in made.rows["shop"]["learned"]["chances"].items()
    ]
    lines += [f"{len(made.rows['segment'])} segments, demand of {len(made.rows['category'])} categories"]
    lines += [f"not learned, {name}: {why}" for name, why in made.missing.items()]
    return "\n".join(lines)


def _purchases(orders: Iterable[Order], known: set[str | None]) -> list[Event]:
    """Return the orders that no event told of as purchases, and as refunds where the goods came back."""
    made: list[Event] = []
    for order in orders:
        if order.number in known or order.status is OrderStatus.CANCELLED:
            continue
        made.append(_event(order, Kind.PURCHASE, order.placed_at))
        if order.status in _BACK:
            made.append(_event(order, Kind.REFUND, order.updated_at))
    return made


def _event(order: Order, kind: Kind, at: datetime) -> Event:
    items = tuple(
        EventItem(
            product_id=line.product_id, variant_id=line.variant_id, quantity=line.quantity, price_minor=line.price_minor
        )
        for line in order.lines
    )
    return Event(
        id=f"order:{order.number}:{kind}",
        kind=kind,
        at=at,
        customer_id=order.customer_id,
        items=items,
        order_number=order.number,
    )
