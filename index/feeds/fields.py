"""The fields of one row of a feed, asked for by what they mean. Knows no file format and builds no product.

Names are Google Merchant's, in lower case with underscores; what other tools call them is in `ALIASES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from index.errors import BadProduct
from index.feeds.plain import line
from index.money import is_currency, parse_price, to_amount, to_minor
from index.product import Availability

ALIASES = {
    "id": ("item_id", "product_id", "sku_id", "商品id"),
    "title": ("name", "product_name", "product_title"),
    "description": ("product_description", "body", "long_description"),
    "link": ("url", "product_url", "product_link"),
    "image_link": ("image", "image_url", "main_image", "picture", "thumbnail"),
    "additional_image_link": ("images", "additional_image_links", "additional_images", "image_urls"),
    "product_type": ("category", "categories", "category_path"),
    "product_highlight": ("bullet_points", "highlights", "features", "product_highlights"),
    "brand": ("vendor", "manufacturer"),
    "color": ("colour",),
    "gtin": ("barcode", "ean", "upc", "isbn"),
    "sku": ("merchant_sku", "item_number"),
    "stock": ("quantity", "inventory", "qty", "stock_quantity", "sell_on_google_quantity", "inventory_quantity"),
    "rating": ("average_rating", "product_rating", "star_rating", "product_review_rating"),
    "rating_count": ("review_count", "number_of_reviews", "ratings_count", "product_review_count", "reviews_count"),
    "list_price": ("compare_at_price", "original_price", "regular_price", "msrp"),
    "item_group_id": ("group_id", "parent_id", "parent_sku"),
    "currency": ("currency_code", "price_currency"),
}
_MEANT = {alias: name for name, aliases in ALIASES.items() for alias in aliases}

_AVAILABILITY = {
    Availability.IN_STOCK: "in_stock instock available limited_availability yes true 1 有货 现货 已上架",
    Availability.OUT_OF_STOCK: "out_of_stock outofstock sold_out soldout unavailable no false 0 缺货 无货 售罄 已下架",
    Availability.PREORDER: "preorder pre_order presale 预售 预订",
    Availability.BACKORDER: "backorder back_order 可订货",
    Availability.UNKNOWN: "unknown",
}
_AVAILABLE = {word: availability for availability, words in _AVAILABILITY.items() for word in words.split()}
_SPLIT_LINKS = re.compile(r"\s*[,|\s]\s*(?=https?://|//)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a feed leaves unsaid: the currency of bare numbers, and the language (told from the title where `None`).

    `now` decides whether a sale that is bounded in time is on.
    """

    currency: str | None = None
    language: str | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


@lru_cache(maxsize=4096)
def meant(header: str) -> str:
    """Return the field that a column's header means, or the header in our spelling.

    >>> meant("Image URL"), meant("g:image_link"), meant("Battery Life")
    ('image_link', 'image_link', 'battery_life')
    """
    name = "_".join(header.strip().lower().removeprefix("g:").replace("-", " ").replace("_", " ").split())
    return _MEANT.get(name, name)


class Fields:
    """One row: field → its values. A field that is given under two names keeps the values of both."""

    def __init__(self, row: int, given: Iterable[tuple[str, Any]]) -> None:
        self.row = row
        self._values: dict[str, list[Any]] = {}
        self._columns: set[str] = set()
        for header, value in given:
            self._columns.add(meant(header))
            values = value if isinstance(value, list) else [value]
            said = [one for one in values if one is not None and one != "" and one != {}]
            if said and header.strip():
                self._values.setdefault(meant(header), []).extend(said)

    def names(self) -> Iterable[str]:
        """Return the names of the fields that have a value."""
        return self._values.keys()

    def has_column(self, name: str) -> bool:
        """Return whether the row has this field at all, empty or not."""
        return name in self._columns

    def all(self, name: str) -> list[Any]:
        """Return the values of a field, none where it is not given."""
        return self._values.get(name, [])

    def one(self, name: str) -> Any:
        """Return the value of a field, the list of them where there are several, `None` where there is none."""
        values = self.all(name)
        return values if len(values) > 1 else next(iter(values), None)

    def text(self, name: str) -> str | None:
        """Return the first value of a field as one line of plain text."""
        return next(filter(None, map(as_text, self.all(name))), None)

    def bad(self, name: str, value: object, reason: str) -> BadProduct:
        """Return the complaint about a value of this row."""
        return BadProduct(self.row, name, value, reason)

    def needed(self, name: str) -> str:
        """Return a text that every row has to have."""
        text = self.text(name)
        if text is None:
            raise self.bad(name, None, "is missing")
        return text

    def price(self, name: str, currency: str | None, *, whole_is_minor: bool = False) -> tuple[int, str | None] | None:
        """Return a price in minor units with its currency, `None` where no price is given.

        `whole_is_minor` reads the whole numbers of amounts as minor units.
        """
        value = next(iter(self.all(name)), None)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return _price(value, currency, whole_is_minor=whole_is_minor)
        except (ValueError, InvalidOperation, TypeError) as error:
            raise self.bad(name, value, str(error) if isinstance(error, ValueError) else "is not a price") from None

    def covers(self, name: str, now: datetime) -> bool:
        """Return whether a span of time, "START/END" in ISO 8601, has begun and not ended; true without one."""
        said = self.text(name)
        if said is None:
            return True
        try:
            start, end = (datetime.fromisoformat(part.strip()) for part in said.split("/"))
        except ValueError:
            raise self.bad(name, said, "is not two ISO 8601 dates parted by a slash") from None
        return _aware(start) <= now <= _aware(end)

    def currency(self) -> str | None:
        """Return the row's own currency code."""
        code = self.text("currency")
        if code is not None and not is_currency(code.upper()):
            raise self.bad("currency", code, "is not an ISO 4217 code such as EUR")
        return code.upper() if code else None

    def availability(self) -> Availability:
        """Return the row's availability, unknown where none is given."""
        said = self.text("availability")
        if said is None:
            return Availability.UNKNOWN
        word = said.rsplit("schema.org/", 1)[-1].lower().replace(" ", "_").replace("-", "_")
        if word not in _AVAILABLE:
            raise self.bad("availability", said, "is none of in_stock, out_of_stock, preorder, backorder")
        return _AVAILABLE[word]

    def number(self, name: str) -> Decimal | None:
        """Return a number that is not negative, with a point or a comma."""
        said = self.text(name)
        if said is None:
            return None
        try:
            number = Decimal(said.replace(",", ".") if said.count(",") == 1 and "." not in said else said)
        except InvalidOperation:
            raise self.bad(name, said, "is not a number") from None
        if not number.is_finite():
            raise self.bad(name, said, "is not a number")
        return number

    def count(self, name: str) -> int | None:
        """Return a whole number; thousands may be parted ("1,024")."""
        said = self.text(name)
        if said is None:
            return None
        try:
            number = Decimal(said.replace(",", "").replace(" ", ""))
        except InvalidOperation:
            raise self.bad(name, said, "is not a whole number") from None
        if not number.is_finite() or number != int(number):
            raise self.bad(name, said, "is not a whole number")
        return int(number)

    def rating(self) -> float | None:
        """Return the mean rating in stars."""
        number = self.number("rating")
        if number is not None and not 0 <= number <= 5:
            raise self.bad("rating", str(number), "is not between 0 and 5")
        return float(number) if number is not None else None

    def links(self, name: str) -> list[str]:
        """Return the web addresses of a field; what is no http(s) address is left out."""
        pieces = [piece for value in self.all(name) for piece in _SPLIT_LINKS.split(_address(value))]
        return [link for link in map(web_link, pieces) if link]


def as_text(value: Any) -> str:
    """Return a value of JSON or a table as one line.

    >>> as_text(True), as_text(Decimal("29.970")), as_text(["a", "b"])
    ('yes', '29.970', 'a, b')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return line(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{line(str(key))}: {as_text(one)}" for key, one in value.items() if as_text(one))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(as_text, value)))
    return "" if value is None else str(value)


def web_link(text: str) -> str | None:
    """Return an http(s) address, `None` for anything else (no script hides behind a link).

    >>> web_link("//cdn.example/a.jpg"), web_link("javascript:alert(1)")
    ('https://cdn.example/a.jpg', None)
    """
    link = text.strip()
    link = f"https:{link}" if link.startswith("//") else link
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"]", link) else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _address(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("url") or value.get("src") or "")
    return str(value).strip()


def _price(value: Any, currency: str | None, *, whole_is_minor: bool) -> tuple[int, str | None]:
    if isinstance(value, bool):
        raise ValueError("is not a price")
    if isinstance(value, int | float | Decimal):
        amount = Decimal(str(value))
        if whole_is_minor and isinstance(value, int):
            amount = to_amount(value, currency)
        return to_minor(amount, currency), currency
    if isinstance(value, Mapping):
        named = str(value.get("currency") or value.get("currency_code") or currency or "").upper() or None
        if named is not None and not is_currency(named):
            raise ValueError("names a currency that is not an ISO 4217 code")
        inner = value.get("amount", value.get("value"))
        if inner is None:
            raise ValueError("has no amount")
        return _price(inner, named, whole_is_minor=whole_is_minor)
    return parse_price(str(value), currency)
