"""What records say of things that are for a season among others: what is for all year is for the winter too."""

from __future__ import annotations

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
