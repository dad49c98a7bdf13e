"""Stock and prices as they change between two feeds: a table or a list of changes, applied to the catalogue at once.

    SKU,Available,Price            {"variant": "MUG-1-RED", "stock": 3, "price": "9.50"}

A variant is named by its id, which in Shopify's exports is its SKU. Stock of several places is added up. What a change
does not name stays. The next import of the feed says again what the feed says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from assistant.service.exports.columns import Brought, Columns, Row, columns, read_rows
from index.errors import BadProduct
from index.money import parse_price
from index.product import Availability, Variant

NAMES: Mapping[str, tuple[str, ...]] = {
    "variant": ("variant", "variant_id", "SKU", "Variant SKU", "id", "item_id"),
    "stock": ("stock", "Variant Inventory Qty", "Available", "Available (not editable)", "On hand", "quantity", "qty"),
    "price": ("price", "Variant Price", "sale_price"),
    "list_price": ("list_price", "Variant Compare At Price", "compare_at_price"),
    "location": ("location",),
}
MOST_STOCK = 10**9


class Changes(Protocol):
    """Changes variants."""

    def change_variants(self, changes: Mapping[str, Callable[[Variant], Variant]], /) -> set[str]:
        """Change variants by id, and return the ids of those that are sold."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a variant has and costs from now on; `None` leaves it as it is."""

    stock: int | None = None
    price_minor: int | None = None
    list_price_minor: int | None = None

    def applied(self, variant: Variant) -> Variant:
        """Return the variant with this stock and price; what can be ordered ahead stays so."""
        changed = variant
        if self.stock is not None:
            ahead = variant.availability in (Availability.PREORDER, Availability.BACKORDER)
            stands = Availability.IN_STOCK if self.stock else Availability.OUT_OF_STOCK
            changed = replace(changed, stock=self.stock, availability=variant.availability if ahead else stands)
        if self.price_minor is not None:
            changed = replace(changed, price_minor=self.price_minor, list_price_minor=self.list_price_minor)
        return changed


def import_stock(
    path: Path, catalogue: Changes, *, mapping: Path | None = None, currency: str | None = None
) -> Brought:
    """Apply the changes of a table.

    Raises:
        BadFeed, BadMapping: the table or the mapping file cannot be read.
    """
    known = columns(NAMES, mapping)
    return apply(read_rows(path, known), catalogue, Columns(known.names, known.currency or currency))


def stock_rows(told: Iterable[Any]) -> Iterable[Row | BadProduct]:
    """Yield the rows of a list of objects, as they come over HTTP."""
    for number, one in enumerate(told):
        if isinstance(one, dict):
            yield Row(number, {name: str(value) for name, value in one.items() if value not in (None, "")})
        else:
            yield BadProduct(number, "change", str(one)[:80], "is not an object such as {variant, stock, price}")


def apply(rows: Iterable[Row | BadProduct], catalogue: Changes, known: Columns) -> Brought:
    """Apply changes; what cannot be used is told, and the rest is done."""
    offers: dict[str, tuple[int, Offer]] = {}
    rejects: list[BadProduct] = []
    for row in rows:
        if isinstance(row, BadProduct):
            rejects.append(row)
            continue
        try:
            offer = _offer(row, known.currency)
        except BadProduct as problem:
            rejects.append(problem)
            continue
        before = offers.get(row.text("variant"))
        if before and before[1].stock is not None and offer.stock is not None and row.text("location"):
            offer = replace(offer, stock=before[1].stock + offer.stock)
        offers[row.text("variant")] = (row.number, offer)
    sold = (
        catalogue.change_variants({name: offer.applied for name, (_row, offer) in offers.items()}) if offers else set()
    )
    rejects += [
        BadProduct(number, "variant", name, "is no variant that the shop sells")
        for name, (number, _offer) in offers.items()
        if name not in sold
    ]
    return Brought(len(sold), tuple(rejects))


def _offer(row: Row, currency: str | None) -> Offer:
    if not row.text("variant"):
        raise BadProduct(row.number, "variant", None, "is missing")
    offer = Offer(_stock(row), _price(row, "price", currency), _price(row, "list_price", currency))
    if offer == Offer():
        raise BadProduct(row.number, "stock", None, "is missing, and so is a price: one of them is needed")
    return offer


def _stock(row: Row) -> int | None:
    text = row.text("stock")
    if not text or text.lower() == "not stocked":
        return None
    if not text.isdecimal() or int(text) > MOST_STOCK:
        raise BadProduct(row.number, "stock", text, "is not a whole number from 0")
    return int(text)


def _price(row: Row, name: str, currency: str | None) -> int | None:
    text = row.text(name)
    try:
        return parse_price(text, currency)[0] if text else None
    except ValueError as error:
        raise BadProduct(row.number, name, text, str(error)) from error
