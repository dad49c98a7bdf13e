"""Items of a Google Merchant feed in XML, RSS and Atom alike, one by one in bounded memory.

    <item><g:id>LAMP-1</g:id><g:title>Desk lamp</g:title><g:price>15.00 USD</g:price></item>

Declared entities are refused, so that no bomb can be set off.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, iterparse

from index.errors import BadFeed
from index.feeds.opening import open_utf8

_ITEMS = frozenset({"item", "entry", "product"})
Values = list[tuple[str, Any]]


def read_items(path: Path, encoding: str | None = None) -> Iterator[tuple[int, Values]]:
    """Yield each item's number, counted from 1, and its fields.

    Raises:
        BadFeed: it is no well-formed XML, or declares entities.
    """
    count = 0
    try:
        with open_utf8(path, encoding) as file:
            for item in _elements(file):
                count += 1
                yield count, [_field(child) for child in item]
    except DefusedXmlException as error:
        raise BadFeed(path, "it declares XML entities, which could be a bomb: write the characters out") from error
    except (ParseError, EOFError, OSError) as error:
        raise BadFeed(path, f"it is no well-formed XML after item {count} ({error})") from error


def _elements(file: Any) -> Iterator[Element]:
    """Yield items, and forget each one when the next is asked for."""
    parser = DefusedXMLParser(encoding="utf-8", forbid_dtd=False, forbid_entities=True, forbid_external=True)
    open_elements: list[Element] = []
    for event, element in iterparse(file, events=("start", "end"), parser=parser):
        if event == "start":
            open_elements.append(element)
            continue
        open_elements.pop()
        inside = any(_name(parent) in _ITEMS for parent in open_elements)
        if _name(element) in _ITEMS and not inside and len(element):
            yield element
        if not inside:
            element.clear()
            for parent in open_elements[-1:]:
                parent.remove(element)


def _field(element: Element) -> tuple[str, Any]:
    name = _name(element)
    if name == "link" and not (element.text or "").strip():
        return name, element.get("href", "")  # Atom's form
    if len(element) and name != "description":
        return name, {_name(child): _text(child) for child in element}
    return name, _text(element)


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
