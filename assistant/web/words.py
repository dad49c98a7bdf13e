"""Every word of the page's own, by language, from the files under `words/`.

Knows no page: what products, policies and replies say comes with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh")
_FOLDER = Path(__file__).parent / "words"
_GAP = re.compile(r"\{(\w+)\}")


@cache
def words(language: str) -> Mapping[str, str]:
    """Return all words of one language by key; a language that the page does not have reads as English."""
    name = language if language in LANGUAGES else "en"
    read: dict[str, str] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def say(key: str, language: str, **values: object) -> str:
    """Return the words of `key` with its `{names}` filled in; a `count` of 1 takes the form `key.one` if there is one.

    >>> say("products_found", "en", count=1)
    '1 product shown.'
    >>> say("products_found", "zh", count=3)
    '显示了 3 件商品。'
    """
    known = words(language)
    form = known[f"{key}.one"] if values.get("count") == 1 and f"{key}.one" in known else known[key]
    return _GAP.sub(lambda gap: str(values[gap[1]]), form)
