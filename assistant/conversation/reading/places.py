"""Countries and cities as shoppers name them: "to Japan", "in Berlin", 寄到香港. Knows no rule and no address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN

_ALIKE = frozenset(
    {"georgia", "turkey", "jordan", "chad", "guernsey", "jersey", "china", "nice", "cork", "turin", "us"}
)
"""Names that are things, brands or other places as well: they count after "to", "in" or "from"."""
_TOWARDS = r"(?:to|in|into|for|from|towards|within) "


def countries_named(text: str) -> list[str]:
    """Return the two-letter codes of the countries that a text names, by themselves or by a city; "EU" for Europe.

    >>> countries_named("how long does delivery to Tokyo take?"), countries_named("寄到香港要多久")
    (['JP'], ['HK'])
    >>> countries_named("a Jersey sheet"), countries_named("do you ship to Jersey")
    ([], ['JE'])
    """
    english, chinese = _patterns()
    said = text.lower()
    found = [_codes()[one.group("name")] for one in english.finditer(said) if _counts(one)]
    return list(dict.fromkeys(found + [_codes()[one.group()] for one in chinese.finditer(said)]))


def _counts(found: re.Match[str]) -> bool:
    return bool(found["towards"]) or found["name"].lower() not in _ALIKE


@cache
def _codes() -> Mapping[str, str]:
    """Return the country of each name, in lower case."""
    named: dict[str, str] = {}
    for locale in ("en", "zh"):
        territories = Locale.parse(locale).territories
        named |= {name.lower(): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    for (code,), *columns in rows("places.tsv"):
        named |= {name.lower(): code for column in columns for name in column}
    return named


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = sorted(_codes(), key=len, reverse=True)
    english = "|".join(re.escape(name) for name in names if not HAN.search(name))
    chinese = "|".join(re.escape(name) for name in names if HAN.search(name))
    return re.compile(rf"(?P<towards>\b{_TOWARDS})?(?<!\w)(?P<name>{english})(?!\w)", re.IGNORECASE), re.compile(
        chinese
    )
