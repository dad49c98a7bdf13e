"""What stickiness is measured on: the demo store's events, or a folder of invoices read as purchases.

An invoice is one purchase at the time that it bears, by the clock of the shop; one that takes goods back is a refund.
Lines without a customer or that are no goods are left out as `eval.chances.invoices` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from assistant.behaviour.event import Event, Kind
from assistant.prepare import fill_shop
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import SYSTEM
from eval.chances.invoices import FILE, read_invoices
from eval.shops import home_settings
from eval.stickiness.persons import Raw

INVOICES_ZONE = "Europe/London"
"""Where the shop of Online Retail is, whose clock its invoices bear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Events under a name: `acts` is what the shop reads of them, `raws` what they say, which the reference reads."""

    name: str
    acts: Sequence[tuple[str, Kind, datetime]]
    raws: Sequence[Raw]
    zone: str
    inputs: tuple[Path, ...] = ()


def source(data: Path | None) -> Source:
    """Return the events of a folder of invoices, of the demo store where none is given.

    Raises:
        SettingError: the folder holds no invoices.
    """
    return demo() if data is None else invoices(data)


def demo() -> Source:
    """Return everything that the demo store knows of its visitors."""
    settings = home_settings("demo")
    fill_shop(settings)
    database = open_database(settings.database_url, settings.home)
    try:
        events = Events(database)
        return kept("demo", events, settings.timezone)
    finally:
        database.dispose()


def kept(name: str, events: Events, zone: str) -> Source:
    """Return what a store of events holds."""
    return Source(name=name, acts=events.acts(SYSTEM), raws=[_raw(one) for one in events.all(SYSTEM)], zone=zone)


def invoices(folder: Path) -> Source:
    """Return a folder's invoices as events."""
    known = read_invoices(folder, "--data").lines.select("order", "customer").unique().sort("order")
    at = pl.col("InvoiceDate").str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False).min()
    times = pl.read_csv(folder / FILE, columns=["InvoiceNo", "InvoiceDate"], infer_schema=False)
    dated = known.join(times.group_by(pl.col("InvoiceNo").alias("order")).agg(at), on="order").drop_nulls()
    place = ZoneInfo(INVOICES_ZONE)
    events = [_invoice(order, customer, at.replace(tzinfo=place)) for order, customer, at in dated.iter_rows()]
    return Source(
        name=folder.name,
        acts=[(event.person, event.kind, event.at) for event in events],
        raws=[_raw(event) for event in events],
        zone=INVOICES_ZONE,
        inputs=(folder / FILE,),
    )


def _invoice(order: str, customer: str, at: datetime) -> Event:
    kind = Kind.REFUND if order.startswith("C") else Kind.PURCHASE
    return Event(id=order, kind=kind, at=at, customer_id=customer, order_number=order)


def _raw(event: Event) -> Raw:
    return event.customer_id, event.anonymous_id, event.kind.value, event.at
