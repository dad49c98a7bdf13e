"""Reads a feed in any format that is known, or through a mapping file. Rows that cannot be used are yielded, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.errors import BadFeed, BadProduct
from index.feeds import google, json_products, shopify
from index.feeds.fields import Defaults
from index.feeds.google_xml import read_items
from index.feeds.json_values import read_array, read_lines
from index.feeds.mapping import read_mapped, read_mapping
from index.feeds.sniffing import FORMATS, Sniffed, examine
from index.feeds.tables import read_table
from index.money import is_currency
from index.product import Product


def read_feed(
    path: Path, *, format: str = "auto", mapping: Path | None = None, currency: str | None = None
) -> Iterator[Product | BadProduct]:
    """Yield a feed's products, and a complaint for each row that cannot be used.

    `currency` is that of prices which name none. A `mapping` says which columns are what, whatever the format.

    Raises:
        BadFeed: the file cannot be read; raised at once where that shows at its start, else where it breaks off.
        BadMapping: the mapping file cannot be used.
    """
    path = Path(path)
    if currency and not is_currency(currency.upper()):
        raise BadFeed(path, f"the currency {currency!r} is not an ISO 4217 code such as EUR")
    defaults = Defaults(currency=currency.upper() if currency else None)
    if mapping is not None:
        return read_mapped(path, read_mapping(mapping), defaults)
    if format not in ("auto", *FORMATS):
        raise BadFeed(path, f"the format {format!r} is none of auto, {', '.join(FORMATS)}")
    found = examine(path)
    return _products(path, found, found.format if format == "auto" else format, defaults)


def _products(path: Path, found: Sniffed, format: str, defaults: Defaults) -> Iterator[Product | BadProduct]:
    if format == "google":
        return google.products(read_table(path, found.encoding), defaults)
    if format == "google-xml":
        return google.products(read_items(path, found.encoding), defaults)
    if format == "shopify":
        return shopify.products(read_table(path, found.encoding), defaults)
    if found.lines or found.format not in ("agentic", "jsonl"):
        return json_products.products(read_lines(path, found.encoding), defaults)
    return json_products.products(read_array(path, found.under, found.encoding), defaults)
