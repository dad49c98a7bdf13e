"""Feed text as plain words: markup and entities resolved, scripts dropped, spaces tidied. Knows no format."""

from __future__ import annotations

import html
import re
import unicodedata

from selectolax.lexbor import LexborHTMLParser

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--|!doctype[^<>]*)>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
_DROPPED = ["script", "style", "noscript", "template", "iframe", "object", "head title"]
_BLOCKS = "p, div, br, li, ul, ol, tr, table, h1, h2, h3, h4, h5, h6, section, article, blockquote, dt, dd, pre, hr"
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


def plain(text: str) -> str:
    """Return text without markup, its paragraphs on lines of their own.

    >>> plain("<p>Soft &amp; warm</p><script>alert(1)</script><ul><li>Wool</li></ul>"), plain("size < 5 cm")
    ('Soft & warm\\nWool', 'size < 5 cm')
    """
    for _ in range(2):  # some feeds escape their markup twice
        if _TAG.search(text):
            text = _without_tags(text)
        elif _ENTITY.search(text):
            text = html.unescape(text)
        else:
            break
    return tidy(text)


def tidy(text: str) -> str:
    """Return text without control characters, with single spaces and no empty lines.

    >>> tidy("  Desk \\u00a0 lamp \\r\\n\\r\\n LED ")
    'Desk lamp\\nLED'
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return "\n".join(filter(None, (" ".join(line.split()) for line in seen.splitlines())))


def line(text: str) -> str:
    """Return plain text on one line, for titles and values.

    >>> line("Red<br>lamp")
    'Red lamp'
    """
    return " ".join(plain(text).split())


def language_of(text: str) -> str:
    """Return "zh" for text of which a third of the letters are Chinese, else "en".

    >>> language_of("美的（Midea）电热水器 F6033"), language_of("Desk lamp")
    ('zh', 'en')
    """
    letters = len(_LETTER.findall(text))
    return "zh" if letters and 3 * len(_CJK.findall(text)) >= letters else "en"


def _without_tags(text: str) -> str:
    tree = LexborHTMLParser(text)
    for tag in _DROPPED:
        for node in tree.css(tag):
            node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    body = tree.body or tree.root
    return body.text() if body is not None else ""
