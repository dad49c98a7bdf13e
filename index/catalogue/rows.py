"""What filters ask of a product, spread into rows of the catalogue's tables. Knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from index.catalogue.folding import fold, parts, spoken
from index.product import Product, Words

Row = dict[str, Any]


class Term(NamedTuple):
    """A brand, a category level or an attribute as one language says it, and as the feed's own language does."""

    kind: str
    name: str
    value: str
    main_name: str
    main_value: str


def product_row(product: Product) -> Row:
    """Return what the products table says of a product, without the columns of its record."""
    heard = [words.title for words in product.words.values()]
    heard += [value for words in product.words.values() for value in words.attributes.values()]
    return {
        "id": product.id,
        "currency": product.currency,
        "rating": product.rating,
        "spoken": spoken([*heard, product.brand or ""]),
    }


def variant_rows(product: Product) -> list[Row]:
    """Return a row for each variant, in the feed's order."""
    return [
        {
            "product_id": product.id,
            "position": position,
            "id": variant.id,
            "price_minor": variant.price_minor,
            "in_stock": variant.in_stock,
            "spoken": spoken(form for value in variant.options.values() for form in _forms(product, value)),
        }
        for position, variant in enumerate(product.variants)
    ]


def option_rows(product: Product) -> list[Row]:
    """Return a row for each value of each variant's options, in every language and for every part of it."""
    found: dict[tuple[int, str, str], Row] = {}
    spelled: dict[tuple[str, str], str] = {}
    for position, variant in enumerate(product.variants):
        for name, option in variant.options.items():
            for value, main in _option_values(product, name, option):
                key = (fold(name), fold(value))
                found.setdefault(
                    (position, *key),
                    {
                        "product_id": product.id,
                        "position": position,
                        "name": key[0],
                        "value_key": key[1],
                        "value": spelled.setdefault(key, value),
                        "main_value": main,
                        "is_main": value == main,
                    },
                )
    return list(found.values())


def term_rows(product: Product) -> list[Row]:
    """Return a row for the brand, each category level and each attribute, in every language."""
    found: dict[tuple[str, str, str], Row] = {}
    for term in _terms(product):
        key = (term.kind, fold(term.name), fold(term.value))
        found.setdefault(
            key,
            {
                "product_id": product.id,
                "kind": term.kind,
                "name_key": key[1],
                "value_key": key[2],
                "name": term.name,
                "value": term.value,
                "main_name": term.main_name,
                "main_value": term.main_value,
                "is_main": (term.name, term.value) == (term.main_name, term.main_value),
            },
        )
    return list(found.values())


def _forms(product: Product, value: str) -> list[str]:
    others = (words.option_values.get(value) for words in product.words.values())
    return list(dict.fromkeys([value, *(other for other in others if other)]))


def _option_values(product: Product, name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield each form and part of an option's value with the part of the main language that it stands for."""
    for form in _forms(product, value):
        pairs = zip_longest(parts(name, form), parts(name, value), fillvalue="")
        yield from ((part, main or value) for part, main in pairs if part)


def _terms(product: Product) -> Iterator[Term]:
    main = product.words[product.language]
    if product.brand:
        yield Term("brand", "", product.brand, "", product.brand)
    for words in (main, *(words for words in product.words.values() if words is not main)):
        yield from _categories(words, main)
        yield from _attributes(words, main)


def _categories(words: Words, main: Words) -> Iterator[Term]:
    """Levels of two paths of one length are each other's translation; other paths stand for themselves."""
    aligned = main.category if len(main.category) == len(words.category) else words.category
    for level, main_level in zip(words.category, aligned, strict=True):
        yield Term("category", "", level, "", main_level)


def _attributes(words: Words, main: Words) -> Iterator[Term]:
    """Attributes of two languages are each other's translation where they come in the same number, in order."""
    aligned = main.attributes if len(main.attributes) == len(words.attributes) else words.attributes
    for (name, value), (main_name, main_value) in zip(words.attributes.items(), aligned.items(), strict=True):
        yield Term("attribute", name, value, main_name, main_value)
