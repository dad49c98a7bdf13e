"""Whether what a page would draw holds code: reads the markup as a browser does. Knows no attack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

_CODE = frozenset({"script", "iframe", "object", "embed", "base", "form", "meta", "link"})
_LINKS = frozenset({"href", "src", "action", "formaction", "srcset"})


class _Reader(HTMLParser):
    """Notes every tag and attribute that would run something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        if tag in _CODE:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            target = "".join((value or "").split()).lower()
            runs = name in _LINKS and target.startswith(("javascript:", "data:", "vbscript:", "//"))
            if name.startswith("on") or runs:
                self.found.append(f"<{tag} {name}={value!r}>")


def code_in(markup: str) -> list[str]:
    """Return what of a piece of markup would run.

    >>> code_in('<p onclick="x()">a</p>'), code_in("<p>&lt;script&gt;</p>"), code_in('<a href="java\\nscript:x">b</a>')
    (["<p onclick='x()'>"], [], ["<a href='java\\\\nscript:x'>"])
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.found


def hostile(patches: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what would run of the patches that a page is sent; only their `html` is drawn as markup."""
    return [found for patch in patches for found in code_in(str(patch.get("html", "")))]
