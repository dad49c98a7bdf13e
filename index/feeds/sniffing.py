"""Finds out a feed's format by looking at its first characters; the file's name is not trusted. Builds no product."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import BadFeed
from index.feeds.fields import meant
from index.feeds.json_products import is_agentic
from index.feeds.json_values import outline
from index.feeds.opening import encoding_of, open_text
from index.feeds.tables import delimiter_of

FORMATS = ("google", "google-xml", "shopify", "agentic", "jsonl")
"""What `sniff` answers and `read_feed` takes. Flat JSON objects are read as `jsonl`, one a line or in an array."""
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a feed is: its format, its encoding and, for JSON, whether it is lines or an array `under` a key."""

    format: str
    encoding: str
    lines: bool = False
    under: str | None = None


def examine(path: Path) -> Sniffed:
    """Return what a feed is.

    Raises:
        BadFeed: it is empty, or in no known format.
    """
    encoding = encoding_of(path)
    with open_text(path, encoding) as file:
        try:
            head = file.read(_HEAD)
        except (OSError, EOFError, UnicodeError) as error:
            raise BadFeed(path, f"its text cannot be read ({error})") from error
    start = head.lstrip("\ufeff \t\r\n")
    if not start:
        raise BadFeed(path, "it is empty")
    if start.startswith("<"):
        return Sniffed(_xml(path, start), encoding)
    if start[0] in "{[":
        return _json(path, start, encoding)
    return Sniffed(_table(path, start), encoding)


def sniff(path: Path) -> str:
    """Return the name of a feed's format, one of `FORMATS`.

    Raises:
        BadFeed: it is empty, or in no known format.
    """
    return examine(path).format


def _xml(path: Path, start: str) -> str:
    if start[:200].lower().startswith(("<!doctype html", "<html")):
        raise BadFeed(path, "it is a web page, not a feed: download the file that the page links to")
    return "google-xml"


def _json(path: Path, start: str, encoding: str) -> Sniffed:
    first = _first_line(start)
    if isinstance(first, dict) and not isinstance(first.get("products"), list):
        return Sniffed("agentic" if is_agentic(first) else "jsonl", encoding, lines=True)
    if start.startswith("{") and first is None and len(start.split("\n", 1)[0]) > 1 and "\n" in start:
        return _broken_lines(path, start, encoding)
    return _document(path, encoding)


def _first_line(start: str) -> Any:
    try:
        return json.loads(start.split("\n", 1)[0])
    except (ValueError, RecursionError):
        return None


def _broken_lines(path: Path, start: str, encoding: str) -> Sniffed:
    """The first line is no JSON: lines all the same where a later one is."""
    for line in start.split("\n")[1:20]:
        later = _first_line(line)
        if isinstance(later, dict):
            return Sniffed("agentic" if is_agentic(later) else "jsonl", encoding, lines=True)
    return _document(path, encoding)


def _document(path: Path, encoding: str) -> Sniffed:
    under, first = outline(path, encoding)
    if not isinstance(first, dict):
        raise BadFeed(path, "its JSON holds no list of products: name the path to them in a mapping file")
    return Sniffed("agentic" if is_agentic(first) else "jsonl", encoding, under=under)


def _table(path: Path, start: str) -> str:
    header = start.splitlines()[0]
    delimiter = delimiter_of(header)
    if delimiter is None:
        raise BadFeed(path, "it is no table, XML or JSON: its first line names no columns")
    written = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    names = {meant(name) for name in written}
    if "handle" in names and names & {"variant_price", "variant_sku", "option1_value", "body_(html)"}:
        return "shopify"
    if {"id", "title"} <= names:
        return "google"
    shown = ", ".join(written[:8])
    raise BadFeed(path, f"its columns ({shown}) name no id and title: say which they are in a mapping file")
