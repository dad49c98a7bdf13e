"""The written words of the demo shop, read from the YAML files in `vocabulary/` into frozen values.

Every text is written as `English | 中文` and read as a pair, so that no language can be forgotten. Knows how the files
are written; knows nothing of chance, prices or products.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).parent / "vocabulary"
SHARED = ("attributes", "shared", "reviews", "people", "tastes")
"""Files of the folder that are not departments."""

LANGUAGES = ("en", "zh")


class Pair(NamedTuple):
    """One text in both languages."""

    en: str
    zh: str

    def map(self, change: Any) -> Pair:
        """Return the pair with `change(text)` applied to both sides."""
        return Pair(change(self.en), change(self.zh))


class VocabularyError(ValueError):
    """A text of the vocabulary that cannot be used, with its place."""

    def __init__(self, where: str, value: object, expected: str) -> None:
        self.where, self.value, self.expected = where, value, expected
        super().__init__(f"{where}: {value!r} cannot be used: {expected}")


def pair(text: str, where: str = "vocabulary") -> Pair:
    """Split `English | 中文`.

    >>> pair("Red | 红色")
    Pair(en='Red', zh='红色')
    """
    parts = [part.strip() for part in str(text).split(" | ")]
    if len(parts) != 2 or not all(parts):
        raise VocabularyError(where, text, "write it as `English | 中文`")
    return Pair(*parts)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that can be said of a product: its label, the sentences that word it, and the words of its keys."""

    key: str
    label: Pair
    sentences: tuple[Pair, ...] = ()
    values: Mapping[str, Pair] = field(default_factory=dict)
    value_sentences: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of an axis: what it adds to the title, the facts that follow from it, and a sentence of its own."""

    words: Pair | None
    facts: Mapping[str, Any]
    line: Pair | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type of product: everything that its products are grown from.

    `lasts_days` is how long one of them lasts until it is used up, 0 where it lasts for years.
    """

    key: str
    name: Pair
    plural: bool
    category: tuple[Pair, ...]
    price_minor: tuple[int, int]
    facts: Mapping[str, Any]
    axes: tuple[tuple[Choice, ...], ...]
    about: tuple[Pair, ...]
    colors: tuple[str, ...] = ()
    tints: tuple[str, ...] = ()
    sizes: tuple[tuple[Pair, float], ...] = ()
    aspects: tuple[str, ...] = ()
    count: int = 13
    brands: tuple[str, ...] = ()
    titled: Pair | None = None
    serial: bool = True
    lasts_days: int = 0


@dataclass(frozen=True, slots=True)
class Department:
    """One department of the shop with its brands (each with its level of price) and its types of product."""

    key: str
    code: str
    name: Pair
    brands: Mapping[str, float]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that was written by hand."""

    attributes: Mapping[str, Attribute]
    colors: Mapping[str, tuple[Pair, str]]
    units: Mapping[str, str]
    series: tuple[Pair, ...]
    departments: tuple[Department, ...]

    def kinds(self) -> Iterator[tuple[Department, Kind]]:
        """Walk over all types of product with their departments."""
        return ((department, kind) for department in self.departments for kind in department.kinds)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read all files of the folder, once."""
    shared = read("shared")
    bundles = {axis: {k: _choice(v, k) for k, v in found.items()} for axis, found in shared["bundles"].items()}
    names = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem not in SHARED)
    return Vocabulary(
        attributes={key: _attribute(key, entry) for key, entry in read("attributes").items()},
        colors={key: (pair(words, key), tone) for key, (words, tone) in shared["colors"].items()},
        units=shared["units"],
        series=tuple(Pair(*one.split("|")) for one in re.findall(r"[A-Z][a-z]+\|\S+", shared["series"])),
        departments=tuple(_department(name, read(name), bundles) for name in names),
    )


def read(name: str) -> Any:
    """Return one file of the folder with all keys and yes/no as text."""
    return _plain(yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def _plain(value: Any) -> Any:
    """Turn YAML's booleans back into the words that were written, and keys into text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list) else value


def _attribute(key: str, entry: Mapping[str, Any]) -> Attribute:
    values, sentences = {}, {}
    for name, written in entry.get("values", {}).items():
        first, *rest = written if isinstance(written, list) else [written]
        values[name] = pair(first, f"attributes.{key}.{name}")
        sentences[name] = tuple(pair(text, f"attributes.{key}.{name}") for text in rest)
    general = tuple(pair(text, f"attributes.{key}") for text in entry.get("say", ()))
    return Attribute(key, pair(entry["label"], key), general, values, sentences)


def _choice(written: list[Any], where: str) -> Choice:
    words, facts, line = [*written, None][:3]
    return Choice(pair(words, where) if words else None, facts or {}, pair(line, where) if line else None)


def _department(key: str, entry: Mapping[str, Any], bundles: Mapping[str, Mapping[str, Choice]]) -> Department:
    name = pair(entry["name"], key)
    kinds = tuple(_kind(k, found, name, bundles) for k, found in entry["types"].items())
    return Department(key, entry["code"], name, entry["brands"], kinds)


def _kind(key: str, entry: Mapping[str, Any], department: Pair, bundles: Mapping[str, Any]) -> Kind:
    low, _, high = str(entry["price"]).partition("-")
    levels = zip(*(side.split(" > ") for side in pair(entry["category"], key)), strict=True)
    facts = dict(entry.get("facts", {}))
    if "warranty" in entry:
        facts["warranty"] = f"{entry['warranty']} months"
    return Kind(
        key=key,
        name=pair(entry["name"], key),
        plural=entry.get("plural") == "yes",
        category=(department, *(Pair(*level) for level in levels)),
        price_minor=(round(float(low) * 100), round(float(high) * 100)),
        facts=facts,
        axes=tuple(_axis(axis, written, bundles) for axis, written in entry.get("axes", {}).items()),
        about=tuple(pair(text, key) for text in entry["about"]),
        colors=tuple(entry.get("colors", "").split()),
        tints=tuple(entry.get("tints", "").split()),
        sizes=_sizes(entry.get("sizes", "")),
        aspects=tuple(entry.get("aspects", "quality").split()),
        count=entry.get("count", 13),
        brands=tuple(entry["brands"].split(", ")) if "brands" in entry else (),
        titled=pair(entry["title"], key) if "title" in entry else None,
        serial=entry.get("series", "yes") == "yes",
        lasts_days=int(entry.get("lasts", 0)),
    )


def _axis(axis: str, written: Any, bundles: Mapping[str, Mapping[str, Choice]]) -> tuple[Choice, ...]:
    if isinstance(written, str):
        return tuple(bundles[axis][name] for name in written.split())
    return tuple(_choice(one, axis) for one in written)


def _sizes(written: Any) -> tuple[tuple[Pair, float], ...]:
    """Read sizes: a line of words that are the same in both languages, or texts with their factor of the price."""
    if isinstance(written, str):
        return tuple((Pair(size, size), 1.0) for size in written.split())
    return tuple((pair(size), float(factor)) for size, factor in written.items())
