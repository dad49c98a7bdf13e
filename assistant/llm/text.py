"""What a prompt may hold before a model is given it. Knows no model."""

from __future__ import annotations


def encodable(text: str) -> str:
    """Return the text with what UTF-8 cannot hold replaced by U+FFFD.

    >>> encodable("a\\ud83d!")
    'a\ufffd!'
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
