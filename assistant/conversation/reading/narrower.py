"""What a word of many things is called in records: no "citrus" means no lemon either. Knows no product."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assistant.conversation.reading.table import rows


def narrower(word: str) -> tuple[str, ...]:
    """Return what else a word that is refused stands for; empty where it stands for itself alone.

    >>> narrower("citrus")[:2], narrower("cotton"), narrower("海洋")[0]
    (('orange', 'lemon'), (), 'sea')
    """
    return _known().get(word.strip().lower(), ())


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    return {
        form: (*english, *chinese) for forms, han, english, chinese in rows("narrower.tsv") for form in (*forms, *han)
    }
