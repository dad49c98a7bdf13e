"""What records say of things that are for a season among others: what is for all year is for the winter too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.state import MustHave

SEASON = ("Season", "Seasons", "适用季节", "季节")
"""Attributes that say for which season a thing is."""
_WORN_HAN = re.compile(
    r"([春夏秋冬])(?:天|季|日)?(?:穿着?|用|盖|戴|睡|款)|([春夏秋冬])[天季]的(?!时候|话)|适合([春夏秋冬])[天季]"
)
"""For which season a thing is: 夏天穿的, 冬天的."""
_NAMES = frozenset({"season", "seasons", "季节", "适用季节"})
_OF = {
    "winter": ("all year", "four-season", "四季"),
    "summer": ("all year", "spring to autumn", "四季", "春至秋", "春夏秋"),
    "spring": ("all year", "spring to autumn", "spring and autumn", "四季", "春至秋", "春秋"),
    "autumn": ("all year", "spring to autumn", "spring and autumn", "四季", "春至秋", "春秋"),
}
_CALLED = {"冬": "winter", "夏": "summer", "春": "spring", "秋": "autumn", "fall": "autumn"}


def in_season(said: str, name: str) -> tuple[str, ...]:
    """Return what else records say of what is for a season, where an attribute of the seasons is meant.

    >>> in_season("winter", "Season")[0], in_season("冬季", "Season")[0], in_season("winter", "Scent")
    ('all year', 'all year', ())
    """
    named = said.lower()
    key = next((key for form, key in _CALLED.items() if form in named), named)
    return _OF.get(key, ()) if name.lower() in _NAMES else ()


def seasonal(text: str) -> Iterator[tuple[MustHave, int, int]]:
    """Yield for which season a Chinese message says that a thing must be.

    >>> [(must.text, must.forms[:2]) for must, _, _ in seasonal("夏天穿的裙子")]
    [('夏天穿', ('夏季', 'summer'))]
    """
    for match in _WORN_HAN.finditer(text):
        season = match[1] or match[2] or match[3]
        forms = (f"{season}季", _CALLED[season], *_OF[_CALLED[season]])
        yield MustHave(text=match.group().removesuffix("的"), forms=forms, names=SEASON), *match.span()
