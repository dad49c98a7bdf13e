"""A product as plain JSON and back: the form that the catalogue stores and that our own JSON Lines feed carries.

Knows no file and no table. What is empty or unknown is left out, so that a record reads well:

    {"id": "LAMP-1", "language": "en", "words": {"en": {"title": "Desk lamp"}}, "variants": [{"id": "LAMP-1"}]}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from index.product import Availability, Product, Variant, Words

Record = dict[str, Any]


def to_record(product: Product) -> Record:
    """Return the product as JSON values; `from_record` gives it back.

    >>> to_record(Product(id="1", words={"en": Words(title="T")}, variants=(Variant(id="1"),)))
    {'id': '1', 'language': 'en', 'words': {'en': {'title': 'T'}}, 'variants': [{'id': '1'}]}
    """
    kept = {
        "id": product.id,
        "language": product.language,
        "words": {language: _words_record(words) for language, words in product.words.items()},
        "brand": product.brand,
        "currency": product.currency,
        "variants": [_variant_record(variant) for variant in product.variants],
        "images": list(product.images) or None,
        "url": product.url,
        "rating": product.rating,
        "rating_count": product.rating_count,
        "extra": dict(product.extra) or None,
    }
    return _without_unknown(kept)


def from_record(record: Mapping[str, Any]) -> Product:
    """Return the product of a record that `to_record` made.

    Raises:
        KeyError: a field that every record has is missing; `TypeError` or `ValueError` where a value has another form.
    """
    return Product(
        id=record["id"],
        language=record.get("language", "en"),
        words={language: _words(words) for language, words in record["words"].items()},
        brand=record.get("brand"),
        currency=record.get("currency"),
        variants=tuple(_variant(variant) for variant in record["variants"]),
        images=tuple(record.get("images", ())),
        url=record.get("url"),
        rating=record.get("rating"),
        rating_count=record.get("rating_count"),
        extra=dict(record.get("extra", {})),
    )


def record_hash(record: Mapping[str, Any]) -> str:
    """Return the hash of everything in a record: a feed's row is unchanged when it is equal."""
    return _hash(record)


def words_hash(record: Mapping[str, Any]) -> str:
    """Return the hash of what is indexed of a record: its words, brand and options; prices and stock leave it alone."""
    options = [variant.get("options", {}) for variant in record["variants"]]
    return _hash([record["language"], record["words"], record.get("brand"), options])


def _hash(value: Any) -> str:
    return hashlib.blake2b(json.dumps(value, separators=(",", ":")).encode("ascii"), digest_size=16).hexdigest()


def _words_record(words: Words) -> Record:
    return _without_unknown(
        {
            "title": words.title,
            "description": words.description or None,
            "highlights": list(words.highlights) or None,
            "category": list(words.category) or None,
            "attributes": dict(words.attributes) or None,
            "option_values": dict(words.option_values) or None,
        }
    )


def _words(record: Mapping[str, Any]) -> Words:
    return Words(
        title=record["title"],
        description=record.get("description", ""),
        highlights=tuple(record.get("highlights", ())),
        category=tuple(record.get("category", ())),
        attributes=dict(record.get("attributes", {})),
        option_values=dict(record.get("option_values", {})),
    )


def _variant_record(variant: Variant) -> Record:
    known = variant.availability is not Availability.UNKNOWN
    return _without_unknown(
        {
            "id": variant.id,
            "options": dict(variant.options) or None,
            "price_minor": variant.price_minor,
            "list_price_minor": variant.list_price_minor,
            "stock": variant.stock,
            "availability": variant.availability.value if known else None,
            "sku": variant.sku,
            "barcode": variant.barcode,
            "image": variant.image,
        }
    )


def _variant(record: Mapping[str, Any]) -> Variant:
    return Variant(
        id=record["id"],
        options=dict(record.get("options", {})),
        price_minor=record.get("price_minor"),
        list_price_minor=record.get("list_price_minor"),
        stock=record.get("stock"),
        availability=Availability(record.get("availability", Availability.UNKNOWN)),
        sku=record.get("sku"),
        barcode=record.get("barcode"),
        image=record.get("image"),
    )


def _without_unknown(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}
