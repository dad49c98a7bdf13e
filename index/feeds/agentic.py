"""Agentic Commerce feeds: products with their variants as JSON, in an array, under "products", or one a line.

    {"id": "coat", "title": "Wool coat", "variants": [{"id": "coat-m", "title": "Wool coat M",
     "price": {"amount": 8900, "currency": "EUR"}, "availability": {"available": true, "status": "in_stock"},
     "variant_options": [{"name": "Size", "value": "M"}]}]}

A whole number as amount counts minor units, as the protocol has it; one with decimals, or a text, is an amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.errors import BadProduct
from index.feeds.fields import Defaults, Fields, as_text
from index.feeds.offers import category_path, telling_attributes, unknown_columns
from index.feeds.plain import language_of, plain
from index.feeds.shopify import OPTION_NAMES
from index.product import Availability, Product, Variant, Words

_UNDERSTOOD = frozenset(
    [
        "id",
        "title",
        "description",
        "link",
        "media",
        "variants",
        "brand",
        "seller",
        "product_type",
        "attributes",
        "rating",
        "rating_count",
    ]
)


def agentic_product(number: int, value: Mapping[str, Any], defaults: Defaults) -> Iterator[Product | BadProduct]:
    """Yield the product of an object; what cannot be used of it, a variant or the whole, is complained of."""
    fields = Fields(number, value.items())
    sold: list[Variant] = []
    currencies: list[str | None] = []
    given = [variant for variant in fields.all("variants") if isinstance(variant, Mapping)]
    for one in given:
        try:
            variant, currency = _variant(number, one, defaults)
        except BadProduct as problem:
            yield problem
            continue
        sold.append(variant)
        currencies += [currency] if variant.price_minor is not None else []
    try:
        yield _whole(fields, given, sold, _one_currency(fields, currencies) or defaults.currency)
    except BadProduct as problem:
        yield problem


def _one_currency(fields: Fields, currencies: Sequence[str | None]) -> str | None:
    if len(set(currencies)) > 1:
        raise fields.bad("price", sorted(map(str, set(currencies))), "names several currencies for one product")
    return currencies[0] if currencies else None


def _whole(
    fields: Fields, given: Sequence[Mapping[str, Any]], sold: Sequence[Variant], currency: str | None
) -> Product:
    if not sold:
        raise fields.bad("variants", as_text(fields.one("variants"))[:80], "holds no variant that can be sold")
    title = fields.text("title") or as_text(given[0].get("title")) or fields.needed("title")
    language = language_of(title)
    return Product(
        id=fields.needed("id"),
        words={language: _words(fields, title, given)},
        language=language,
        brand=fields.text("brand"),
        currency=currency,
        variants=tuple(sold),
        images=tuple(dict.fromkeys([*_pictures(fields), *(variant.image for variant in sold if variant.image)])),
        url=next(iter(fields.links("link")), None),
        rating=fields.rating(),
        rating_count=fields.count("rating_count"),
        extra=unknown_columns(fields, _UNDERSTOOD),
    )


def _variant(number: int, given: Mapping[str, Any], defaults: Defaults) -> tuple[Variant, str | None]:
    """Return a variant and the currency of its price."""
    fields = Fields(number, given.items())
    price = fields.price("price", defaults.currency, whole_is_minor=True)
    before = fields.price("list_price", defaults.currency, whole_is_minor=True)
    reduced = price is not None and before is not None and before[0] > price[0]
    stock = fields.count("stock")
    pictures = _pictures(fields)
    variant = Variant(
        id=fields.needed("id"),
        options=_options(fields),
        price_minor=price[0] if price else None,
        list_price_minor=before[0] if before and reduced else None,
        stock=max(stock, 0) if stock is not None else None,
        availability=_availability(fields),
        sku=fields.text("sku"),
        barcode=_barcode(fields),
        image=pictures[0] if pictures else None,
    )
    return variant, price[1] if price else None


def _options(fields: Fields) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in fields.all("variant_options"):
        if isinstance(option, Mapping):
            name, value = as_text(option.get("name")).lower(), as_text(option.get("value"))
            if name and value:
                found[OPTION_NAMES.get(name, name)] = value
    return found


def _availability(fields: Fields) -> Availability:
    """The status says more than the flag; a flag alone says whether it can be had now."""
    said = next(iter(fields.all("availability")), None)
    if not isinstance(said, Mapping):
        return fields.availability()
    status, flag = said.get("status"), said.get("available")
    told = Fields(fields.row, [("availability", status if status else flag)])
    return told.availability()


def _barcode(fields: Fields) -> str | None:
    first = next(iter(fields.all("barcodes")), None)
    return (as_text(first.get("value")) if isinstance(first, Mapping) else as_text(first)) or fields.text("gtin")


def _pictures(fields: Fields) -> list[str]:
    """Addresses of pictures among the media, videos and models left out."""
    media = [one for one in fields.all("media") if not isinstance(one, Mapping) or one.get("type", "image") == "image"]
    return Fields(fields.row, [("image_link", media)]).links("image_link")


def _words(fields: Fields, title: str, given: Sequence[Mapping[str, Any]]) -> Words:
    first = Fields(fields.row, given[0].items())
    return Words(
        title=title,
        description=_description(fields) or _description(first),
        category=category_path(fields.all("product_type")) or _category(first),
        attributes=telling_attributes(fields, _UNDERSTOOD),
    )


def _description(fields: Fields) -> str:
    for value in fields.all("description"):
        forms = value if isinstance(value, Mapping) else {"plain": value}
        text = next((forms[form] for form in ("plain", "html", "markdown") if forms.get(form)), "")
        return plain(str(text))
    return ""


def _category(fields: Fields) -> tuple[str, ...]:
    """Categories are texts, or objects with the path as their value."""
    values = [one.get("value") if isinstance(one, Mapping) else one for one in fields.all("product_type")]
    return category_path(values)
