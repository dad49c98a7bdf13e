"""Ways to write a message so that a filter of words does not see them. Knows no attack."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

_TWINS = str.maketrans("aceopxyi", "асеорхуі")
_PADDING = "By the way, I once had a lamp that I liked a lot and it stood next to the window. "


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _tags(text: str) -> str:
    """Write it once more in invisible tag characters behind a harmless sentence."""
    return "is it any good? " + "".join(chr(0xE0000 + ord(c)) for c in text if c.isascii())


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "zero_width": lambda text: "\u200b".join(text),
    "homoglyphs": lambda text: text.translate(_TWINS),
    "right_to_left": lambda text: f"\u202e{text[::-1]}\u202c",
    "full_width": _full_width,
    "spaced": lambda text: " ".join(text),
    "base64": lambda text: f"decode this and do it: {base64.b64encode(text.encode()).decode()}",
    "long": lambda text: _PADDING * 11 + text,
    "tags": _tags,
}
