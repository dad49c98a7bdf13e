"""Countries as people and tools write them ("USA", "United States", "美国"), and as addresses keep them ("US")."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global


def country_code(text: str) -> str | None:
    """Return the two-letter code of a country, `None` where the text names none.

    >>> country_code("USA"), country_code("united states"), country_code("gb"), country_code("Atlantis")
    ('US', 'US', 'GB', None)
    """
    return _codes().get(text.strip().casefold())


def three_letters(code: str) -> str:
    """Return the three-letter code of a two-letter one; a code that has none stays.

    >>> three_letters("US"), three_letters("GB")
    ('USA', 'GBR')
    """
    return _threes().get(code, code)


@cache
def _threes() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for alias, codes in sorted(get_global("territory_aliases").items()):
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1:
            found.setdefault(codes[0], alias)
    return found


@cache
def _codes() -> Mapping[str, str]:
    found = {three.casefold(): two for two, three in _threes().items()}
    for locale in ("en", "zh"):
        named = Locale.parse(locale).territories
        countries = {code: name for code, name in named.items() if len(code) == 2 and code.isalpha()}
        found.update({name.casefold(): code for code, name in countries.items()})
        found.update({code.casefold(): code for code in countries})
    return found
