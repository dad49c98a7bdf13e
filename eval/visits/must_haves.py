"""Must-haves as shoppers state them, and whether a product meets one: a plain reading of its record.

Knows no conversation. Shares nothing with the assistant's filters, on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from index.product import Product, Variant

Kind = Literal["budget", "colour", "size", "brand", "rating", "stock", "feature", "material", "age", "without"]
OF_VARIANT: frozenset[Kind] = frozenset({"budget", "colour", "size", "stock"})
"""Kinds that one variant must meet together."""
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class MustHave:
    """One thing that must be so. `value` is the record's own ("Navy", "EU39", "4000" minor units, "waterproof").

    `without` bars a brand, a colour or a material: its value is "brand:Nordvik", "colour:Navy" or "material:wool".
    `chinese` is the value as one says it in Chinese, empty where it is said alike.
    """

    kind: Kind
    value: str
    chinese: str = ""

    @property
    def key(self) -> str:
        """Its name in figures and traces: `colour:Navy`."""
        return f"{self.kind}:{self.value}"


def met(must: MustHave, product: Product, variant: Variant) -> bool | None:
    """Return whether a product with this variant meets a must-have; `None` where its record does not say."""
    return _VERDICTS[must.kind](must.value, product, variant)


def meets_all(musts: Sequence[MustHave], product: Product, variant: Variant) -> bool:
    """Return whether a product with this variant surely meets every must-have."""
    return all(met(must, product, variant) for must in musts)


def _budget(value: str, _product: Product, variant: Variant) -> bool | None:
    return None if variant.price_minor is None else variant.price_minor <= int(value)


def _colour(value: str, _product: Product, variant: Variant) -> bool | None:
    named = variant.options.get("color")
    return None if named is None else named in shades().get(value, (value,))


def _size(value: str, _product: Product, variant: Variant) -> bool | None:
    named = variant.options.get("size")
    return None if named is None else named == value


def _brand(value: str, product: Product, _variant: Variant) -> bool | None:
    return None if product.brand is None else product.brand == value


def _rating(value: str, product: Product, _variant: Variant) -> bool | None:
    return None if product.rating is None else product.rating >= float(value)


def _stock(_value: str, _product: Product, variant: Variant) -> bool | None:
    return variant.in_stock


def _feature(value: str, product: Product, _variant: Variant) -> bool | None:
    """Return what the attribute says; where there is none, a record that uses the word settles it."""
    feature = features()[value]
    stated = product.words["en"].attributes
    said = [stated[name] for name in feature.attributes if name in stated]
    if said:
        return any(text.startswith(feature.beginnings) for text in said)
    words = product.words["en"]
    text = " ".join((words.title, *words.highlights)).lower()
    return True if re.search(rf"\b{value.replace(' ', '[ -]')}\b", text) else None


def _material(value: str, product: Product, _variant: Variant) -> bool | None:
    words = product.words["en"]
    said = [words.attributes[name] for name in ("Material", "Upper") if name in words.attributes]
    pattern = materials()[value].pattern
    if any(pattern.search(text.lower()) for text in (*said, words.title)):
        return True
    return False if said else None


def _age(value: str, product: Product, _variant: Variant) -> bool | None:
    stated = product.words["en"].attributes.get("Age", "")
    found = re.search(r"(\d+) (year|month)", stated)
    if "birth" in stated:
        return True
    if found is None:
        return None
    return int(value) >= (int(found[1]) if found[2] == "year" else int(found[1]) / 12)


def _without(value: str, product: Product, variant: Variant) -> bool | None:
    kind, _, barred = value.partition(":")
    if kind == "brand":
        return product.brand != barred
    if kind == "colour":
        return variant.options.get("color") not in shades().get(barred, (barred,))
    return not _material(barred, product, variant)


_VERDICTS = {
    "budget": _budget, "colour": _colour, "size": _size, "brand": _brand, "rating": _rating, "stock": _stock,
    "feature": _feature, "material": _material, "age": _age, "without": _without,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a record answers with yes or no: its Chinese name, its attributes, and how a yes begins."""

    chinese: str
    attributes: tuple[str, ...]
    beginnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What a thing may be made of: its Chinese name, and how a record reads where it is."""

    chinese: str
    pattern: re.Pattern[str]


@cache
def features() -> Mapping[str, Feature]:
    """Return the features that shoppers ask for, by their English name."""
    listed = ((row[0], row[1], row[2].split(", "), row[3].split("; ")) for row in rows("features.tsv"))
    return {name: Feature(chinese, tuple(names), tuple(begins)) for name, chinese, names, begins in listed}


@cache
def materials() -> Mapping[str, Material]:
    """Return the materials that shoppers ask for, by their English name."""
    return {name: Material(chinese, re.compile(pattern)) for name, chinese, pattern in rows("materials.tsv")}


@cache
def shades() -> Mapping[str, tuple[str, ...]]:
    """Return the colours of records that a shopper takes for a broad colour."""
    return {name: tuple(known.split(", ")) for name, known in rows("shades.tsv")}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table of this room."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def said_forms(must: MustHave) -> tuple[str, ...]:
    """Return how the value of a must-have is written in either language.

    >>> said_forms(MustHave("budget", "4000")), said_forms(MustHave("size", "EU39"))
    (('40',), ('39', 'EU39'))
    """
    if must.kind == "budget":
        return (f"{int(must.value) / 100:g}",)
    if must.kind == "size":
        return tuple(dict.fromkeys((must.value.removeprefix("EU"), must.value)))
    if must.kind == "without":
        kind, _, barred = must.value.partition(":")
        return (barred, materials()[barred].chinese) if kind == "material" else (barred,)
    return (must.value, must.chinese) if must.chinese else (must.value,)
