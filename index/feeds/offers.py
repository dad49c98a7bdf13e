"""A row's fields as a product of one variant, and rows of one group joined to one product of several.

Shared by every format whose rows are offers: Google Merchant's, flat objects and mapped tables. Knows no file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import takewhile
from typing import Any

from index.errors import BadProduct
from index.feeds.fields import Defaults, Fields, as_text, web_link
from index.feeds.plain import language_of, plain
from index.product import Availability, Product, Variant, Words

# Always an option of the variant, as shoppers choose by them.
_OPTIONS = ("color", "size")
# An option where the rows of a group differ in it, else an attribute of the product. Labels as shown.
_EITHER = {
    "material": {"en": "Material", "zh": "材质"},
    "pattern": {"en": "Pattern", "zh": "图案"},
    "gender": {"en": "Gender", "zh": "适用性别"},
    "age_group": {"en": "Age group", "zh": "适用年龄"},
}
_ATTRIBUTES = {
    "condition": {"en": "Condition", "zh": "成色"},
    "size_system": {"en": "Size system", "zh": "尺码标准"},
    "size_type": {"en": "Size type", "zh": "版型"},
    "energy_efficiency_class": {"en": "Energy class", "zh": "能效等级"},
}
_UNDERSTOOD = frozenset(
    [
        "id",
        "title",
        "description",
        "link",
        "image_link",
        "additional_image_link",
        "product_type",
        "product_highlight",
        "brand",
        "gtin",
        "sku",
        "stock",
        "rating",
        "rating_count",
        "price",
        "sale_price",
        "list_price",
        "sale_price_effective_date",
        "item_group_id",
        "currency",
        "availability",
        "attributes",
        "product_detail",
        "color",
        "size",
        "mpn",
        "google_product_category",
    ]
) | frozenset(_EITHER)
# Understood, and kept as they were written, too.
_KEPT = frozenset({"mpn", "google_product_category", "sale_price_effective_date"})
# Kept with the product but never shown as a property of it: what runs a shop's advertising, shipping and margins.
_SILENT = re.compile(
    r"^(ads_|custom_label|shipping|tax|promotion|min_handling|max_handling|transit|excluded_|included_|mobile_link"
    r"|canonical|identifier_exists|is_bundle|adult|pause|external_seller|display_ads|unit_pricing|availability_date"
    r"|expiration|auto_pricing|loyalty|subscription|installment|lifestyle|virtual_model|short_title|seo|parent|internal"
    r"|is_eligible|seller|store_|target_|return_|popularity|update|created|modified|status|published|row|index)"
    r"|cost|margin|wholesale|supplier|purchase|note|_url$|_link$|_id$|^id_|code$|label$"
)
_LONGEST_ATTRIBUTE = 120
_CODE = re.compile(r"\d{7,}|[0-9a-f-]{20,}", re.IGNORECASE)
_NEXT_DETAIL = re.compile(r",(?=[^,:]*:[^,:]+:)")
_EDGE = " \t-–—,;:|/(["


def offer(fields: Fields, defaults: Defaults) -> Product:
    """Return a row as a product of one variant, under the row's own id.

    Raises:
        BadProduct: a field that is needed is missing, or one cannot be used.
    """
    identity, title = fields.needed("id"), fields.needed("title")
    language = defaults.language or language_of(title)
    price, list_price, currency = _prices(fields, defaults)
    images = list(dict.fromkeys([*fields.links("image_link"), *fields.links("additional_image_link")]))
    rating_count = fields.count("rating_count")
    variant = Variant(
        id=identity,
        options={name: value for name in _OPTIONS if (value := fields.text(name))},
        price_minor=price,
        list_price_minor=list_price,
        **_stock(fields),
        sku=fields.text("sku") or fields.text("mpn"),
        barcode=fields.text("gtin"),
        image=images[0] if images else None,
    )
    return Product(
        id=identity,
        words={language: _words(fields, title, language)},
        language=language,
        brand=fields.text("brand"),
        currency=currency,
        variants=(variant,),
        images=tuple(images),
        url=next(iter(fields.links("link")), None),
        rating=fields.rating(),
        rating_count=rating_count,
        extra=unknown_columns(fields, (_UNDERSTOOD | _ATTRIBUTES.keys()) - _KEPT),
    )


def join(group: str, offers: Sequence[tuple[int, Product]]) -> Iterator[Product | BadProduct]:
    """Yield the product that the rows of a group make together, after a complaint for each row that does not fit."""
    kept: dict[str, Product] = {}
    for row, one in offers:
        first = next(iter(kept.values()), one)
        if one.id in kept:
            yield BadProduct(row, "id", one.id, "is carried by an earlier row of this feed too")
        elif one.currency != first.currency:
            yield BadProduct(row, "price", one.currency, f"is another currency than {first.currency} of the same group")
        elif one.language != first.language:
            yield BadProduct(row, "title", one.title, "is in another language than the first row of the same group")
        else:
            kept[one.id] = one
    yield _joined(group, list(kept.values()))


def _joined(group: str, offers: Sequence[Product]) -> Product:
    first = offers[0]
    if len(offers) == 1:
        return replace(first, id=group)
    differing = _differing(offers)
    chosen_by = {label: name for label, name in _either(first.language).items() if label in differing}
    variants = tuple(
        replace(v, options={**v.options, **_taken(one, chosen_by)}) for one in offers for v in one.variants
    )
    words = first.words[first.language]
    attributes = {name: value for name, value in words.attributes.items() if name not in differing}
    title = _common_title([one.title for one in offers])
    return replace(
        first,
        id=group,
        words={first.language: replace(words, title=title, attributes=attributes)},
        variants=variants,
        images=tuple(dict.fromkeys(image for one in offers for image in one.images)),
        rating=next((one.rating for one in offers if one.rating is not None), None),
        rating_count=next((one.rating_count for one in offers if one.rating_count is not None), None),
        extra=_joined_extra(offers, differing),
    )


def _either(language: str) -> dict[str, str]:
    """Label as shown → option's name."""
    return {labels.get(language, labels["en"]): name for name, labels in _EITHER.items()}


def _differing(offers: Sequence[Product]) -> frozenset[str]:
    """Labels of attributes in which the offers differ: said of the product they would be false of some variants."""
    said = [one.words[one.language].attributes for one in offers]
    labels = {label for attributes in said for label in attributes}
    return frozenset(label for label in labels if len({attributes.get(label) for attributes in said}) > 1)


def _taken(one: Product, chosen_by: Mapping[str, str]) -> dict[str, str]:
    attributes = one.words[one.language].attributes
    return {name: attributes[label] for label, name in chosen_by.items() if label in attributes}


def _joined_extra(offers: Sequence[Product], differing: frozenset[str]) -> dict[str, str]:
    """What each row says beside the rest, and the attributes in which the rows differ."""
    said = [{**_only(one.words[one.language].attributes, differing), **one.extra} for one in offers]
    names = dict.fromkeys(name for extra in said for name in extra)
    return {name: " | ".join(dict.fromkeys(extra[name] for extra in said if name in extra)) for name in names}


def _only(attributes: Mapping[str, str], labels: frozenset[str]) -> dict[str, str]:
    return {label: value for label, value in attributes.items() if label in labels}


def _common_title(titles: Sequence[str]) -> str:
    """What the titles of a group share at their start, as long as it still says what the thing is.

    >>> _common_title(["Wool coat - Red - M", "Wool coat - Blue - L"]), _common_title(["Lamp", "Torch"])
    ('Wool coat', 'Lamp')
    """
    if len(set(titles)) == 1:
        return titles[0]
    padded = [f"{title} " for title in titles]
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*padded, strict=False))
    shared = "".join(letters[0] for letters in same)
    if language_of(titles[0]) == "en":
        shared = shared[: shared.rfind(" ") + 1]
    shared = shared.rstrip(_EDGE)
    return shared if len(shared) * 3 >= len(min(titles, key=len)) and len(shared) > 2 else titles[0]


def _prices(fields: Fields, defaults: Defaults) -> tuple[int | None, int | None, str | None]:
    """Return what is asked now, the price before a reduction, and the currency."""
    currency = fields.currency() or defaults.currency
    price, sale = fields.price("price", currency), fields.price("sale_price", currency)
    if not fields.covers("sale_price_effective_date", defaults.now):
        sale = None
    before = fields.price("list_price", currency)
    if price is not None and sale is not None and sale[1] != price[1]:
        raise fields.bad("sale_price", fields.text("sale_price"), f"is in another currency than the price, {price[1]}")
    if price is None:
        price, sale = sale, None
    if price is None:
        return None, None, currency
    if sale is not None and sale[0] < price[0]:
        return sale[0], price[0], price[1]
    reduced = before is not None and before[0] > price[0] and before[1] == price[1]
    return price[0], before[0] if before is not None and reduced else None, price[1]


def _stock(fields: Fields) -> dict[str, Any]:
    stock, availability = fields.count("stock"), fields.availability()
    if stock is not None:
        stock = max(stock, 0)  # oversold counts below zero
    if availability is Availability.UNKNOWN and stock is not None:
        availability = Availability.IN_STOCK if stock else Availability.OUT_OF_STOCK
    return {"stock": stock, "availability": availability}


def _words(fields: Fields, title: str, language: str) -> Words:
    return Words(
        title=title,
        description="\n".join(filter(None, (plain(str(text)) for text in fields.all("description")))),
        highlights=tuple(_highlights(fields)),
        category=category_path(fields.all("product_type")) or category_path(fields.all("google_product_category")),
        attributes=_attributes(fields, language),
    )


def category_path(values: Sequence[Any]) -> tuple[str, ...]:
    """Return the levels of a category: of a list they are its items, of a text they are parted by ">".

    >>> category_path(["Home > Lighting"]), category_path(["Home", "Lighting"]), category_path(["2045"])
    (('Home', 'Lighting'), ('Home', 'Lighting'), ())
    """
    texts = [as_text(value) for value in values]
    first = next((text for text in texts if ">" in text), None)
    levels = first.split(">") if first is not None else texts
    return tuple(level.strip() for level in levels if level.strip() and not level.strip().isdigit())


def _highlights(fields: Fields) -> Iterator[str]:
    for value in fields.all("product_highlight"):
        text = plain(as_text(value) if not isinstance(value, str) else value)
        pieces = _quoted(text) if '","' in text else text.split("\n")
        yield from (piece.strip() for piece in pieces if piece.strip())


def _quoted(text: str) -> list[str]:
    return next(csv.reader([text.replace("\n", " ")], skipinitialspace=True), [])


def _attributes(fields: Fields, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, labels in {**_EITHER, **_ATTRIBUTES}.items():
        if value := fields.text(name):
            found[labels.get(language, labels["en"])] = value
    for value in fields.all("product_detail"):
        found.update(_details(value))
    for value in fields.all("attributes"):
        if isinstance(value, Mapping):
            found.update({as_text(name): as_text(one) for name, one in value.items() if as_text(one)})
    return {**telling_attributes(fields, _UNDERSTOOD | _ATTRIBUTES.keys()), **found}


def telling_attributes(fields: Fields, understood: Set[str]) -> dict[str, str]:
    """Return the columns that nobody knows and that may be told to shoppers, under a readable name."""
    return {
        name.replace("_", " ").capitalize() if name.isascii() else name: as_text(fields.one(name))
        for name in fields.names()
        if name not in understood and _is_telling(name, fields.one(name))
    }


def unknown_columns(fields: Fields, understood: Set[str]) -> dict[str, str]:
    """Return the columns that nobody knows, whatever they hold."""
    return {name: value for name in fields.names() if name not in understood and (value := as_text(fields.one(name)))}


def _details(value: Any) -> dict[str, str]:
    """Google's product_detail: section, name and value as elements, or "Section:Name:Value" parted by commas."""
    if isinstance(value, Mapping):
        name, said = as_text(value.get("attribute_name")), as_text(value.get("attribute_value"))
        return {name: said} if name and said else {}
    triples = (piece.split(":", 2) for piece in _NEXT_DETAIL.split(as_text(value)))
    return {name.strip(): said.strip() for _, name, said in (t for t in triples if len(t) == 3) if said.strip()}


def _is_telling(name: str, given: Any) -> bool:
    """True for what a shopper may be told: short words under a name that is not the shop's own business."""
    items = given if isinstance(given, list) else [given]
    if any(isinstance(item, Mapping | list) for item in items):
        return False
    value = as_text(given)
    short = 0 < len(value) <= _LONGEST_ATTRIBUTE and not _CODE.fullmatch(value)
    return short and not _SILENT.search(name) and web_link(value) is None and not value.startswith("data:")
