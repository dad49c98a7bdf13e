"""Shopify's product export: rows that share a Handle are one product; the first carries its words.

    Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src
    wool-coat,Wool coat,<p>Warm.</p>,Acme,Size,M,WC-M,89.00,https://…
    wool-coat,,,,,L,WC-L,89.00,

A row without price, SKU and options carries one more picture. What is not active and published is not sold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from index.errors import BadProduct
from index.feeds.fields import Defaults, Fields
from index.feeds.grouping import Groups
from index.feeds.offers import category_path, telling_attributes, unknown_columns
from index.feeds.plain import language_of, plain
from index.feeds.tables import TableRow
from index.product import Availability, Product, Variant, Words

OPTION_NAMES = {
    "colour": "color",
    "颜色": "color",
    "尺码": "size",
    "尺寸": "size",
    "材质": "material",
    "材料": "material",
}
"""What options are called elsewhere → the name that filters ask for."""
_VARIANT = (
    "sku grams inventory_qty inventory_policy inventory_tracker price compare_at_price barcode image "
    "fulfillment_service requires_shipping taxable weight_unit tax_code"
)
_UNDERSTOOD = frozenset(
    [
        "handle",
        "title",
        "body_(html)",
        "brand",
        "product_category",
        "type",
        "tags",
        "published",
        "status",
        "gift_card",
        "option1_name",
        "option1_value",
        "option2_name",
        "option2_value",
        "option3_name",
        "option3_value",
        "image_src",
        "image_position",
        "image_alt_text",
        "seo_title",
        "seo_description",
        "cost_per_item",
    ]
) | {f"variant_{name}" for name in _VARIANT.split()}
_ALONE = "default title"
_METAFIELD = re.compile(r"\s*\((?:product\.)?metafields\.[^)]*\)", re.IGNORECASE)


def products(rows: Iterable[TableRow | BadProduct], defaults: Defaults) -> Iterator[Product | BadProduct]:
    """Yield the products of an export's rows, after the rows that cannot be used."""
    with closing(Groups()) as groups:
        for row in rows:
            if isinstance(row, BadProduct):
                yield row
                continue
            cells = [(_METAFIELD.sub("", header), value) for header, value in row.cells]
            handle = Fields(row.number, cells).text("handle")
            if handle is None:
                yield BadProduct(row.number, "Handle", None, "is missing")
                continue
            groups.add(handle, row.number, cells)
        for handle, group in groups:
            yield from _product(handle, [Fields(number, cells) for number, cells in group], defaults)


def _product(handle: str, rows: Sequence[Fields], defaults: Defaults) -> Iterator[Product | BadProduct]:
    first = rows[0]
    reason = _unsold(first)
    if reason is not None:
        yield reason
        return
    title = first.text("title")
    if title is None:
        yield first.bad("Title", None, "is missing in the first row of its handle")
        return
    language = defaults.language or language_of(title)
    names = [_option_name(first.text(f"option{n}_name")) for n in (1, 2, 3)]
    variants: list[Variant] = []
    for row in rows:
        if not _is_variant(row) and variants:
            continue
        try:
            variants.append(_variant(row, names, _free_id(row, handle, variants), defaults))
        except BadProduct as problem:
            yield problem
    if not variants:
        return
    yield Product(
        id=handle,
        words={language: _words(first, title)},
        language=language,
        brand=first.text("brand"),
        currency=defaults.currency,
        variants=tuple(variants),
        images=tuple(dict.fromkeys(link for row in rows for link in row.links("image_src"))),
        extra=unknown_columns(first, _UNDERSTOOD),
    )


def _unsold(row: Fields) -> BadProduct | None:
    status, published = row.text("status"), row.text("published")
    if status is not None and status.lower() != "active":
        return row.bad("Status", status, "is not active, so the product is not sold")
    if published is not None and published.lower() in ("false", "no", "0"):
        return row.bad("Published", published, "is not true, so the product is not sold")
    return None


def _is_variant(row: Fields) -> bool:
    return any(row.all(name) for name in ("variant_sku", "variant_price", "option1_value", "variant_barcode"))


def _free_id(row: Fields, handle: str, before: Sequence[Variant]) -> str:
    """A variant's SKU, or its handle and number where it has none or an earlier variant has the same."""
    sku = row.text("variant_sku")
    taken = {variant.id for variant in before}
    number = len(before) + 1
    return sku if sku is not None and sku not in taken else f"{handle}-{number}"


def _variant(row: Fields, names: Sequence[str], identity: str, defaults: Defaults) -> Variant:
    price = row.price("variant_price", defaults.currency)
    before = row.price("variant_compare_at_price", defaults.currency)
    stock = row.count("variant_inventory_qty")
    values = [row.text(f"option{n}_value") for n in (1, 2, 3)]
    options = {name: value for name, value in zip(names, values, strict=True) if name and value}
    images = row.links("variant_image")
    return Variant(
        id=identity,
        options={} if [v.lower() for v in options.values()] == [_ALONE] else options,
        price_minor=price[0] if price else None,
        list_price_minor=before[0] if before and price and before[0] > price[0] else None,
        stock=max(stock, 0) if stock is not None and _is_counted(row) else None,
        availability=_availability(row, stock),
        sku=row.text("variant_sku"),
        barcode=row.text("variant_barcode"),
        image=images[0] if images else None,
    )


def _is_counted(row: Fields) -> bool:
    """Without a tracker Shopify does not count; exports without that column count whatever has a quantity."""
    return bool(row.all("variant_inventory_tracker")) or not row.has_column("variant_inventory_tracker")


def _availability(row: Fields, stock: int | None) -> Availability:
    """A variant that is not counted can always be ordered; one whose policy is "continue" can be ordered ahead."""
    if stock is None and row.has_column("variant_inventory_qty") and _is_counted(row):
        return Availability.UNKNOWN
    if stock is None or stock > 0 or not _is_counted(row):
        return Availability.IN_STOCK
    sells_on = (row.text("variant_inventory_policy") or "deny").lower() == "continue"
    return Availability.BACKORDER if sells_on else Availability.OUT_OF_STOCK


def _words(row: Fields, title: str) -> Words:
    path = category_path(row.all("product_category"))
    kind = row.text("type")
    return Words(
        title=title,
        description="\n".join(plain(str(text)) for text in row.all("body_(html)")),
        category=path if kind is None or kind in path else (*path, kind),
        attributes={**telling_attributes(row, _UNDERSTOOD), **_tags(row)},
    )


def _tags(row: Fields) -> dict[str, str]:
    tags = row.text("tags")
    return {"Tags": tags} if tags else {}


def _option_name(name: str | None) -> str:
    lowered = (name or "").lower()
    return OPTION_NAMES.get(lowered, lowered)
