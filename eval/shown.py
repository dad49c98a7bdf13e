"""Whether what was shown of products is what their records say: cards, carts, and the reasons on cards.

The records are read from what was imported, by plain SQL and JSON; nothing here asks the code that makes cards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy

from eval.harness.scores import Score
from eval.harness.turns import Kept

Record = Mapping[str, Any]


class Records:
    """The imported records of a shop's products, by id."""

    def __init__(self, database: sqlalchemy.Engine) -> None:
        query = sqlalchemy.text("SELECT product_id, record FROM catalogue_carried")
        with database.connect() as connection:
            self._by_id: dict[str, Record] = {id_: json.loads(record) for id_, record in connection.execute(query)}

    def __getitem__(self, product_id: str) -> Record:
        return self._by_id[product_id]

    def __contains__(self, product_id: str) -> bool:
        return product_id in self._by_id

    def faults(self, card: Kept) -> Iterator[str]:
        """Yield what a card says otherwise than its record, a sentence each."""
        record = self._by_id.get(card["product_id"])
        if record is None:
            yield f"a card shows {card['product_id']!r}, which no feed carries"
            return
        variant = next((v for v in record["variants"] if v["id"] == card["variant_id"]), None)
        if variant is None:
            yield f"a card of {card['product_id']!r} offers {card['variant_id']!r}, which it does not have"
            return
        yield from _differences(card, record, variant)


def cards_true(records: Records, turns: Sequence[Kept]) -> Score:
    """Return the share of cards of a conversation that agree with their records in all that they show."""
    cards = [card for turn in turns for card in turn["cards"]]
    found = [list(records.faults(card)) for card in cards]
    if not cards:
        return Score("cards_true", 1.0, "no card was shown", weight=0.0)
    right = sum(not faults for faults in found)
    told = "; ".join(fault for faults in found for fault in faults)
    return Score("cards_true", right / len(cards), told or f"all {len(cards)} cards agree", weight=float(len(cards)))


def _differences(card: Kept, record: Record, variant: Record) -> Iterator[str]:
    name = card["product_id"]
    titles = {words["title"] for words in record["words"].values()}
    if card["title"] not in titles:
        yield f"{name}: the title {card['title']!r} is not the record's"
    if card["brand"] != record["brand"]:
        yield f"{name}: the brand {card['brand']!r} where the record has {record['brand']!r}"
    if card["price_minor"] != variant["price_minor"] or card["currency"] != record["currency"]:
        yield f"{name}: {card['price_minor']} {card['currency']} where the record has {variant['price_minor']}"
    if not _says(card["price_text"], variant["price_minor"]):
        yield f"{name}: {card['price_text']!r} is not the price {variant['price_minor']}"
    if card["in_stock"] != _can_be_bought(variant):
        yield f"{name}: in stock {card['in_stock']} where the record has {variant['availability']!r}"
    if card["rating"] != record["rating"] or card["rating_count"] != record["rating_count"]:
        yield f"{name}: rated {card['rating']} by {card['rating_count']}, not as the record has it"


def _says(shown: str, price_minor: int | None) -> bool:
    """True where the digits shown are those of the price; a price that is not known shows none.

    >>> _says("$1,039.00", 103900), _says("US$39.9", 3990), _says("$41.00", 3990)
    (True, True, False)
    """
    figures = "".join(c for c in shown if c.isdigit() or c == ".")
    if price_minor is None:
        return not any(c.isdigit() for c in shown)
    return bool(figures) and round(float(figures) * 100) == price_minor


def _can_be_bought(variant: Record) -> bool:
    return bool(variant["availability"] == "in_stock" and variant["stock"] != 0)
