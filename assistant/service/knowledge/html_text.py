"""Reads a page of HTML into sections by its headings: lists and tables as lines, menus and scripts left out.

What a page hides from people's eyes is left out, too: only what they could read may be quoted. Knows no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.service.policy_text import Section
from index.feeds.plain import tidy

# Characters that no text uses (Unicode's private ones): they mark where lines and headings begin until it is one text.
_BREAK, _HEADING, _HEADING_END = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile("[\ue000-\ue002]")
_DROPPED = (
    "script, style, noscript, template, iframe, object, embed, svg, math, nav, footer, aside, form, button, select, "
    "input, textarea, dialog, head > *, title, [hidden], [aria-hidden=true], [role=navigation], [role=search], "
    "[role=banner], [role=contentinfo], [style*='display:none'], [style*='display: none'], "
    "[style*='visibility:hidden'], [style*='visibility: hidden']"
)
_BLOCKS = (
    "p, div, br, ul, ol, table, tr, td, th, caption, section, article, header, blockquote, dt, dd, pre, hr, h5, h6, "
    "figure, figcaption, address, details, main"
)
_HEADINGS = "h1, h2, h3, h4, summary"
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "summary": 4}
_NUMBER_ALONE = re.compile(r"\d+\.")
_HAN = r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN}) (?={_HAN})")
_ID = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it reads: its `<title>`, the language that it states (empty where none), and its sections."""

    title: str
    language: str
    sections: tuple[Section, ...]


def read_page(html: str) -> Page:
    """Return what a page says under each of its headings, entities decoded and markup gone.

    >>> read_page("<h1>Care</h1><script>x()</script><ul><li>Wash &amp; dry</ul>").sections
    (Section(level=0, heading='', text=''), Section(level=1, heading='Care', text='Wash & dry'))
    """
    tree = LexborHTMLParser(_MARKS.sub("", html))
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    named = tree.css_first("head > title")
    title = _one_line(named.text()) if named else ""
    for node in tree.css(_DROPPED):
        if node.tag not in ("html", "head", "body"):  # a page whose root says "hidden" shows itself by a script
            node.decompose()
    body = _body(tree)
    if body is None:
        return Page(title, language, ())
    _mark(body)
    return Page(title, language, tuple(_sections(body.text())))


def _body(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the part of a page that is its own text, not the site's frame."""
    for wanted in ("main", "[role=main]", "article"):
        found = tree.css(wanted)
        if len(found) == 1 and found[0].text(strip=True):
            return found[0]
    return tree.body or tree.root


def _mark(body: LexborNode) -> None:
    for table in body.css("table"):
        _flatten(table)
    for item in body.css("ol > li"):
        item.insert_before(f"{_BREAK}{_place(item)}. ")
        item.insert_after(_BREAK)
    for item in body.css("ul > li, menu > li"):
        item.insert_before(_BREAK)
        item.insert_after(_BREAK)
    for node in body.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    for heading in body.css(_HEADINGS):
        anchor = heading.attributes.get("id") or ""
        marked = f" {{#{anchor}}}" if _ID.fullmatch(anchor) else ""
        text = _one_line(heading.text(separator=" "))
        heading.replace_with(f"{_BREAK}{_HEADING}{_LEVELS[str(heading.tag)]}{text}{marked}{_HEADING_END}{_BREAK}")


def _flatten(table: LexborNode) -> None:
    """Put a table's rows in its place, a line each. One that only lays out a page (headings or tables in it) stays."""
    if table.css_first("h1, h2, h3, h4, table table, td table, th table") is not None:
        return
    rows = []
    for row in table.css("tr"):
        cells = (_one_line(cell.text(separator=" ")) for cell in row.css("td, th"))
        rows.append(" · ".join(filter(None, cells)))
    caption = table.css_first("caption")
    lines = [_one_line(caption.text()) if caption else "", *rows]
    table.replace_with(_BREAK + _BREAK.join(lines) + _BREAK)


def _place(item: LexborNode) -> int:
    """Return the number that a browser shows before an item of an ordered list."""
    start = (item.parent.attributes.get("start") or "1") if item.parent else "1"
    before, at = item.prev, int(start) if start.isascii() and start.isdigit() else 1
    while before is not None:
        at += before.tag == "li"
        before = before.prev
    return at


def _sections(text: str) -> Iterator[Section]:
    level, heading, lines = 0, "", list[str]()
    for raw in text.split(_BREAK):
        line = _one_line(raw)
        if line.startswith(_HEADING):
            yield Section(level, heading, "\n".join(lines))
            level, heading, lines = int(line[1]), line[2:].removesuffix(_HEADING_END), []
        elif line and lines and _NUMBER_ALONE.fullmatch(lines[-1]):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    yield Section(level, heading, "\n".join(lines))


def _one_line(text: str) -> str:
    return _BETWEEN_HAN.sub("", " ".join(tidy(text).split()))
