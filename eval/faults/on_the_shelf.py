"""Faults of catalogue, cards and search: wrong prices, stock that is not there, filters ignored, a stale index."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch
from zlib import crc32

from assistant.conversation.parts import Card
from eval.faults.fault import Fault
from index.catalogue import Catalogue
from index.money import price_text
from index.product import Product
from index.query import Filters

TALK = ("--engine", "script", "--limit", "60")
ALL = ("--engine", "script")
"""Every conversation, where a fault touches few of them."""
VISITS = ("--engine", "script", "--limit", "30")


def _cards(**changed: Any) -> AbstractContextManager[object]:
    return patch("assistant.conversation.cards.Card", lambda **fields: Card(**{**fields, **changed}))


def _dearer() -> AbstractContextManager[object]:
    def raised(**fields: Any) -> Card:
        if fields["price_minor"] is not None:
            fields["price_minor"] = round(fields["price_minor"] * 0.9)
            fields["price_text"] = price_text(fields["price_minor"], fields["currency"], "en")
        return Card(**fields)

    return patch("assistant.conversation.cards.Card", raised)


def _unfiltered() -> AbstractContextManager[object]:
    matching = Catalogue.matching

    def all_of_them(self: Catalogue, filters: Filters) -> dict[str, tuple[str, ...]]:
        return matching(self, Filters(excluded_ids=filters.excluded_ids, only_ids=filters.only_ids))

    return patch.object(Catalogue, "matching", all_of_them)


def _yesterday() -> AbstractContextManager[object]:
    get = Catalogue.get

    def stale(self: Catalogue, ids: Iterable[str]) -> dict[str, Product]:
        return {id_: _as_it_was(product) for id_, product in get(self, ids).items()}

    return patch.object(Catalogue, "get", stale)


def _as_it_was(product: Product) -> Product:
    """Return a third of the products with yesterday's prices."""
    if crc32(product.id.encode()) % 3:
        return product
    older = (replace(v, price_minor=v.price_minor and round(v.price_minor * 1.1)) for v in product.variants)
    return replace(product, variants=tuple(older))


def _half() -> AbstractContextManager[object]:
    matching = Catalogue.matching

    def older(self: Catalogue, filters: Filters) -> dict[str, tuple[str, ...]]:
        return {id_: own for id_, own in matching(self, filters).items() if crc32(id_.encode()) % 2}

    return patch.object(Catalogue, "matching", older)


FAULTS = (
    Fault(
        name="wrong_price_shown",
        harm="cards show prices a tenth below the record's",
        task="conversations",
        words=TALK,
        planted=_dearer,
    ),
    Fault(
        name="sold_out_shown_as_there",
        harm="every card says that the product is in stock",
        task="conversations",
        words=ALL,
        planted=lambda: _cards(in_stock=True, stock_text="In stock"),
    ),
    Fault(
        name="filter_ignored",
        harm="conditions of price, colour and size select nothing",
        task="visits",
        words=VISITS,
        planted=_unfiltered,
    ),
    Fault(
        name="stale_prices",
        harm="a third of the products has yesterday's prices everywhere in the assistant",
        task="conversations",
        words=ALL,
        planted=_yesterday,
    ),
    Fault(
        name="stale_index",
        harm="half of the products cannot be found, because the index is an old one",
        task="known_items",
        words=("--limit", "100"),
        planted=_half,
    ),
    Fault(
        name="reason_invented",
        harm="cards give a reason that no record bears out",
        task="grounding",
        words=("--engine", "script", "--turns", "40"),
        planted=lambda: patch("assistant.conversation.answers.showing._why", lambda *_: "Bestseller: 50% off today"),
    ),
)
