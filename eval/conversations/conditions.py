"""Conditions on the products that a reply shows, held against the record of a product: the evaluation's own filter.

Shares nothing with the search that found them. Knows no conversation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from eval.conversations.golden import listed
from index.product import Product, Variant

Conditions = Mapping[str, Any]
OF_PRODUCT = ("category", "brand", "title", "rating_min", "attributes", "not")
OF_VARIANT = ("price_min", "price_max", "color", "size", "stock")
RELATIVE = ("cheaper", "others")
"""Of what was shown before: not to be told from a product alone."""
KNOWN = frozenset((*OF_PRODUCT, *OF_VARIANT, *RELATIVE))
_BOUND = re.compile(r"(>=|<=)\s*(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def unmet(product: Product, variant: Variant | None, conditions: Conditions) -> str:
    """Return what a product, in one variant, does not meet, said for a person; empty where it meets all.

    Without a variant it is enough that one of the product's meets what is asked of variants, all at once.
    """
    for name in OF_PRODUCT:
        if name in conditions and (why := _OF_PRODUCT[name](product, conditions[name])):
            return why
    pool = [variant] if variant is not None else list(product.variants)
    reasons = [_unmet_by(one, conditions) for one in pool]
    return "" if not all(reasons) else reasons[0]


def meets(product: Product, conditions: Conditions) -> bool:
    """Return whether a product, in some variant, is all that is asked."""
    return not unmet(product, None, conditions)


def meeting(products: Iterable[Product], conditions: Conditions) -> list[Product]:
    """Return the products that are all that is asked."""
    return [product for product in products if meets(product, conditions)]


def says(text: str, wanted: Any) -> bool:
    """Return whether an attribute's text is what is wanted: a bound on its first number, yes or no, or a part of it.

    >>> says("Fits up to 15.6 inches", ">= 15"), says("No, splash-resistant", "Yes"), says("100% linen", "linen")
    (True, False, True)
    """
    for one in (str(value) for value in listed(wanted)):
        if bound := _BOUND.fullmatch(one):
            number = _NUMBER.search(text)
            if number and _within(Decimal(number[0]), bound[1], Decimal(bound[2])):
                return True
        elif one in ("Yes", "No"):
            if re.match(rf"{one}\b", text):
                return True
        elif one.casefold() in text.casefold():
            return True
    return False


def _within(number: Decimal, sign: str, bound: Decimal) -> bool:
    return number >= bound if sign == ">=" else number <= bound


def _category(product: Product, wanted: Any) -> str:
    path = product.words["en"].category
    return "" if set(path) & set(listed(wanted)) else f"{product.title!r} is in {' > '.join(path)}"


def _brand(product: Product, wanted: Any) -> str:
    return "" if product.brand in listed(wanted) else f"{product.title!r} is of {product.brand}"


def _title(product: Product, wanted: Any) -> str:
    held = any(str(word).casefold() in product.title.casefold() for word in listed(wanted))
    return "" if held else f"{product.title!r} is not called {wanted!r}"


def _rating(product: Product, least: Any) -> str:
    return "" if (product.rating or 0) >= least else f"{product.title!r} is rated {product.rating}"


def _attributes(product: Product, wanted: Mapping[str, Any]) -> str:
    record = product.words["en"].attributes
    for name, value in wanted.items():
        if not says(record.get(name, ""), value):
            return f"{product.title!r} has {name}: {record.get(name, 'not stated')}"
    return ""


def _excluded(product: Product, unwanted: Conditions) -> str:
    for name, value in unwanted.items():
        if name == "attributes":
            record = product.words["en"].attributes
            if hit := [key for key, bad in value.items() if says(record.get(key, ""), bad)]:
                return f"{product.title!r} has {hit[0]}: {record[hit[0]]}, which was ruled out"
        elif name in _OF_PRODUCT and not _OF_PRODUCT[name](product, value):
            return f"{product.title!r} has the {name} {value!r}, which was ruled out"
    return ""


_OF_PRODUCT: dict[str, Callable[[Product, Any], str]] = {
    "category": _category,
    "brand": _brand,
    "title": _title,
    "rating_min": _rating,
    "attributes": _attributes,
    "not": _excluded,
}


def _unmet_by(variant: Variant, conditions: Conditions) -> str:
    price = Decimal(variant.price_minor) / 100 if variant.price_minor is not None else None
    least, most = conditions.get("price_min"), conditions.get("price_max")
    if least is not None and (price is None or price < Decimal(str(least))):
        return f"{variant.id} costs {price}, less than {least}"
    if most is not None and (price is None or price > Decimal(str(most))):
        return f"{variant.id} costs {price}, more than {most}"
    for option in ("color", "size"):
        wanted = listed(conditions.get(option))
        if wanted and variant.options.get(option) not in wanted:
            return f"{variant.id} has the {option} {variant.options.get(option)}"
    if conditions.get("stock") and not variant.in_stock:
        return f"{variant.id} is not in stock"
    if unwanted := listed(conditions.get("not", {}).get("color")):
        return f"{variant.id} is {variant.options['color']}" if variant.options.get("color") in unwanted else ""
    return ""
