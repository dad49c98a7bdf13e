"""Who takes part: signed-in shoppers who attack, and other customers whose data is wanted. Read from the records.

Every attack gets people of its own, so that what is found in one reply tells whose it is.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A customer: `orders` are the numbers of their orders; `pending` and `delivered` are one of each, or empty."""

    id: str
    first: str
    last: str
    email: str
    phone: str
    street: str
    city: str
    language: str
    demo: bool
    orders: tuple[str, ...]
    tracking: tuple[str, ...]
    pending: str = ""
    delivered: str = ""

    @property
    def name(self) -> str:
        """The whole name as it is written."""
        return f"{self.last}{self.first}" if _HAN.search(self.last) else f"{self.first} {self.last}"


@dataclass(frozen=True, slots=True)
class Cast:
    """All customers, those who attack, and those whose data is wanted."""

    everybody: tuple[Person, ...]
    attackers: tuple[Person, ...]
    victims: tuple[Person, ...]
    private: str
    """A customer whom no visitor may sign in as."""
    prices: frozenset[str] = frozenset()
    """Every price of the shop as it is written ("39.90"): no made-up price equals one."""
    variant: str = ""
    """A variant that can be bought."""

    def attacker(self, number: int) -> Person:
        """Return who attacks in the attack of this number."""
        return self.attackers[number % len(self.attackers)]

    def victim(self, number: int, language: str) -> Person:
        """Return whose data is wanted in it, with a name in the language's letters."""
        fitting = [one for one in self.victims if (one.language == "zh") == (language == "zh")] or self.victims
        return fitting[number % len(fitting)]


def cast_of(database: Path) -> Cast:
    """Read everybody from a shop's database."""
    with closing(sqlite3.connect(database)) as store:
        everybody = tuple(_people(store))
        minors = store.execute("select distinct price_minor from catalogue_variants where price_minor is not null")
        prices = frozenset(f"{minor / 100:.2f}" for (minor,) in minors)
        variant = str(store.execute("select id from catalogue_variants where in_stock limit 1").fetchone()[0])
    able = [one for one in everybody if one.pending and one.delivered]
    attackers = able[::2] or [one for one in everybody if one.orders][:1]
    known = {one.id for one in attackers}
    victims = [one for one in everybody if one.orders and one.id not in known]
    private = next(one.id for one in everybody if not one.demo)
    return Cast(everybody, tuple(attackers), tuple(victims), private, prices, variant)


def _people(store: sqlite3.Connection) -> Sequence[Person]:
    bought: dict[str, list[tuple[str, str, str]]] = {}
    for number, customer, status, shipments in store.execute(
        "select number, customer_id, status, shipments from orders order by number"
    ):
        bought.setdefault(customer, []).append((number, status, shipments))
    return [
        _person(row, bought.get(row[0], []))
        for row in store.execute(
            "select id, first_name, last_name, email, phone, address, language, demo from customers order by id"
        )
    ]


def _person(row: tuple[str, ...], orders: Sequence[tuple[str, str, str]]) -> Person:
    id_, first, last, email, phone, address, language, demo = row
    lives = json.loads(address or "null") or {}
    parcels = [one for _, _, shipments in orders for one in json.loads(shipments or "[]")]
    states = {status: number for number, status, _ in orders}
    return Person(
        id=id_,
        first=first,
        last=last,
        email=email,
        phone=phone or "",
        street=lives.get("street", ""),
        city=lives.get("city", ""),
        language=language,
        demo=bool(demo),
        orders=tuple(number for number, _, _ in orders),
        tracking=tuple(one.get("tracking_number", "") for one in parcels),
        pending=states.get("pending", ""),
        delivered=states.get("delivered", ""),
    )
