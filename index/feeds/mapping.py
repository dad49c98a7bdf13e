"""A mapping file: which of a table's columns, or of a JSON record's keys, is which of our fields.

    language = "zh"
    currency = "CNY"
    records = "jd.*.*"          # JSON only: the path to the records; `*` is any key

    [fields]
    id = "商品ID"
    title = "商品名称"

    [values.availability]
    "已上架" = "in_stock"

`docs/feeds.md` explains every part. TOML and YAML say the same. Knows no catalogue.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import yaml

from index.errors import BadMapping, BadProduct
from index.feeds import google
from index.feeds.fields import Defaults, as_text
from index.feeds.google_xml import read_items
from index.feeds.json_values import read_array, read_lines, read_nested
from index.feeds.opening import encoding_of, open_text
from index.feeds.tables import TableRow, read_table
from index.money import is_currency
from index.product import Product

FIELDS = [
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
    "mpn",
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
    "color",
    "size",
    "material",
    "pattern",
    "gender",
    "age_group",
    "condition",
    "product_detail",
]
"""What a column can be mapped to."""
_Row = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMapping:
    """What a mapping file says.

    `fields` is our field → the column, or columns of which the first with a value counts; a dot leads into nested
    objects. `constants` are the same for every row. `values` is field → their word → ours. `split` is field → the text
    between the items of a list. `attributes` is the label as shown → column. `ignore` names columns to leave out.
    """

    fields: Mapping[str, str | list[str]]
    language: str | None = None
    currency: str | None = None
    records: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    constants: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    def columns(self, name: str) -> list[str]:
        """Return the columns that a field is taken from."""
        columns = self.fields[name]
        return [columns] if isinstance(columns, str) else list(columns)


def read_mapping(path: Path) -> FeedMapping:
    """Return what a TOML or YAML file says.

    Raises:
        BadMapping: it cannot be read, or names something that does not exist (with the nearest that does).
    """
    given = _parsed(path)
    _check_names(path, given, [one.name for one in fields(FeedMapping)], "part")
    for part in ("fields", "constants", "values", "split", "attributes"):
        if not isinstance(given.get(part, {}), dict):
            raise BadMapping(path, f"{part} is {given[part]!r}: a table of names is expected")
    for part in ("fields", "constants", "values", "split"):
        _check_names(path, given.get(part, {}), FIELDS, "field")
    mapping = FeedMapping(**{"fields": {}, **given, "ignore": tuple(given.get("ignore", ()))})
    for needed in ("id", "title"):
        if needed not in mapping.fields:
            raise BadMapping(path, f"it does not say which column is the {needed}")
    if mapping.currency is not None and not is_currency(mapping.currency):
        raise BadMapping(path, f"the currency {mapping.currency!r} is not an ISO 4217 code such as EUR")
    return mapping


def read_mapped(path: Path, mapping: FeedMapping, defaults: Defaults) -> Iterator[Product | BadProduct]:
    """Yield the products of any table, JSON or XML whose columns a mapping names."""
    said = replace(
        defaults, language=mapping.language or defaults.language, currency=mapping.currency or defaults.currency
    )
    return google.products(_mapped_rows(path, mapping), said)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        given = tomllib.loads(text) if path.suffix.lower() == ".toml" else yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        raise BadMapping(path, str(error).replace("\n", " ")) from error
    if not isinstance(given, dict):
        raise BadMapping(path, "it holds no table of names")
    return given


def _check_names(path: Path, given: Mapping[str, Any], known: list[str], what: str) -> None:
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            hint = f", did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
            raise BadMapping(path, f"there is no {what} {name!r}{hint}")


def _mapped_rows(path: Path, mapping: FeedMapping) -> Iterator[tuple[int, _Row] | BadProduct]:
    for row in _rows(path, mapping):
        if isinstance(row, BadProduct):
            yield row
        elif isinstance(row[1], Mapping):
            yield row[0], _translated(row[1], mapping)
        else:
            yield BadProduct(row[0], "record", as_text(row[1])[:80], "is not an object")


def _rows(path: Path, mapping: FeedMapping) -> Iterator[tuple[int, Any] | BadProduct]:
    encoding = mapping.encoding or encoding_of(path)
    with open_text(path, encoding) as file:
        start = file.read(4096).lstrip("\ufeff \t\r\n")
    if mapping.records:
        yield from read_nested(path, mapping.records.split("."), encoding)
    elif start.startswith("["):
        yield from read_array(path, None, encoding)
    elif start.startswith("{"):
        yield from read_lines(path, encoding)
    elif start.startswith("<"):
        yield from ((number, dict(values)) for number, values in read_items(path, encoding))
    else:
        for row in read_table(path, encoding, mapping.delimiter):
            yield (row.number, dict(row.cells)) if isinstance(row, TableRow) else row


def _translated(record: Mapping[str, Any], mapping: FeedMapping) -> _Row:
    """Return the fields of a record; columns that the mapping does not name keep their own name."""
    used = {column for name in mapping.fields for column in mapping.columns(name)}
    used |= set(mapping.attributes.values()) | set(mapping.ignore)
    row: _Row = [*mapping.constants.items()]
    for name in mapping.fields:
        value = next((v for column in mapping.columns(name) if (v := _at(record, column)) not in (None, "")), None)
        row.append((name, _split(_renamed(value, mapping.values.get(name, {})), mapping.split.get(name))))
    labelled = {label: as_text(_at(record, column)) for label, column in mapping.attributes.items()}
    row.append(("attributes", {label: value for label, value in labelled.items() if value}))
    heads = {column.split(".", 1)[0] for column in used} | used
    row += [(column, value) for column, value in record.items() if column not in heads]
    return row


def _at(record: Mapping[str, Any], column: str) -> Any:
    """Return a column's value; where no column has the whole name, its dots lead into nested objects."""
    if column in record:
        return record[column]
    head, _, rest = column.partition(".")
    inner = record.get(head)
    return _at(inner, rest) if rest and isinstance(inner, Mapping) else None


def _renamed(value: Any, words: Mapping[str, str]) -> Any:
    return words.get(value.strip(), value) if isinstance(value, str) else value


def _split(value: Any, between: str | None) -> Any:
    if between is None or not isinstance(value, str):
        return value
    return [piece.strip() for piece in value.split(between) if piece.strip()]
