"""Must-haves that no filter enforces: "waterproof", "with pockets", "fits a 15 inch laptop", "for a six-year-old".

Only reads them out of a message; whether a product meets one is `fitting`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.conversation.reading.numerals import NUMBER, read_number
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import Measure, MustHave

MOST = 6
"""Must-haves that one message is taken to state."""

MADE_OF = ("Material", "Upper", "Fabric", "Shell", "材质", "面料", "鞋面")
"""Attributes that say what a thing is made of: another value there than the one asked for is a no."""

UNITS: dict[str, tuple[str, float]] = {
    '"': ("inch", 1), "inch": ("inch", 1), "inches": ("inch", 1), "in": ("inch", 1), "寸": ("inch", 1),
    "英寸": ("inch", 1), "cm": ("inch", 1 / 2.54), "厘米": ("inch", 1 / 2.54), "公分": ("inch", 1 / 2.54),
    "mm": ("inch", 1 / 25.4), "m": ("inch", 39.37), "米": ("inch", 39.37), "ft": ("inch", 12), "feet": ("inch", 12),
    "kg": ("kg", 1), "公斤": ("kg", 1), "千克": ("kg", 1), "g": ("kg", 0.001), "克": ("kg", 0.001), "斤": ("kg", 0.5),
    "lb": ("kg", 0.4536), "lbs": ("kg", 0.4536), "oz": ("kg", 0.02835), "l": ("litre", 1), "litre": ("litre", 1),
    "litres": ("litre", 1), "liter": ("litre", 1), "liters": ("litre", 1), "升": ("litre", 1),
    "ml": ("litre", 0.001), "毫升": ("litre", 0.001), "mah": ("mah", 1), "毫安": ("mah", 1), "毫安时": ("mah", 1),
    "w": ("watt", 1), "watt": ("watt", 1), "watts": ("watt", 1), "瓦": ("watt", 1), "gb": ("gb", 1), "tb": ("gb", 1024),
    "hours": ("hour", 1), "hour": ("hour", 1), "hrs": ("hour", 1), "小时": ("hour", 1), "days": ("hour", 24),
    "people": ("person", 1), "person": ("person", 1), "persons": ("person", 1), "人": ("person", 1),
}  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
QUANTITY = re.compile(rf"({NUMBER})\s*-?\s*({_UNIT})(?![a-z])")
_LOW = r"(?:at least|more than|over|min(?:imum)?(?: of)?|≥|>=?|至少|不少于|不低于|超过|大于)"
_HIGH = r"(?:at most|less than|under|below|up to|max(?:imum)?(?: of)?|no (?:more|bigger|heavier) than|≤|<=?|不超过|少于|小于|低于|最多)"
_BOUND = re.compile(rf"(?:({_LOW})|({_HIGH}))\s*({NUMBER})\s*-?\s*({_UNIT})(?![a-z])|({NUMBER})\s*-?\s*({_UNIT})(?:\s*(以上|or more|and up|\+)|\s*(以下|以内|or less))")  # fmt: skip
_FITS = re.compile(
    rf"(?:fits?|for|holds?|carry|carries|能?放得?下|能?装得?下?|适合|放)\s*(?:an?\s+|my\s+|up to\s+)?({NUMBER})\s*-?\s*({_UNIT})(?![a-z])"
    r"(?:\s*的?(laptops?|notebooks?|macbooks?|tablets?|tvs?|screens?|monitors?|笔记本电脑|笔记本|电脑|平板|电视|屏幕))?"
)
_HELD: dict[str, tuple[str, ...]] = {
    "laptop": ("laptop", "notebook", "macbook", "电脑", "笔记本"), "tablet": ("tablet", "ipad", "平板"),
    "tv": ("tv", "television", "电视"), "screen": ("screen", "monitor", "显示器", "屏幕"),
}  # fmt: skip
_AGE = re.compile(
    rf"(?:for\s+)?(?:an?\s+|my\s+)?({NUMBER})[\s-]*(?:years?|yrs?|yo|y/o)[\s-]*(?:olds?)?(?!\s*(?:warranty|guarantee))\b"
    rf"|(?:适合|给)?\s*({NUMBER})\s*(?:岁|周岁)"
)
_STATED = re.compile(
    r"\b(?:(?:it )?(?:must|has to|have to|needs? to|should) (?:be|have)|that(?:'s| is| are| has| have)|which (?:is|are|has|have)|with)\s+"
    r"(?:an?\s+|the\s+|some\s+)?([a-z][a-z0-9'-]*(?:\s+[a-z0-9'-]+){0,2})"
)
_MADE_HAN = re.compile(
    r"(?:材质|面料|材料)(?:必须|一定)?(?:要|是|为|得是)([\u4e00-\u9fff]{1,4}?)(?=的|[，,。！!？?\s]|$)"
    r"|(?<![\u4e00-\u9fff])(?:想?要|要是|来)?([\u4e00-\u9fff]{1,3})(?:材质|面料)(?=的|[，,。\s]|$)"
)
_STATED_HAN = re.compile(r"(?:带有?|有|能|可以|必须)([\u4e00-\u9fff]{1,6})的")
_END = re.compile(
    r"\b(?:and|or|but|for|under|over|below|in|on|at|to|from|by|please|pls|plz|thanks|thx|now|only|less|more|than|between|around|about|which|that|"
    r"is|are|not|no|without|with|so|because|i|my|me|you|your|it|the|a|an)\b.*"
)
_EMPTY = frozenset(
    [
        "good",
        "nice",
        "great",
        "cheap",
        "cheaper",
        "affordable",
        "best",
        "better",
        "cool",
        "cute",
        "pretty",
        "popular",
        "new",
        "not",
        "in",
        "available",
        "stock",
        "delivery",
        "shipping",
        "free",
        "discount",
        "sale",
        "price",
        "order",
        "it",
        "this",
        "that",
        "them",
        "me",
        "you",
        "reviews",
        "ratings",
        "rating",
        "similar",
        "something",
        "anything",
        "everything",
        "nothing",
        "more",
        "less",
        "one",
        "ones",
        "same",
        "different",
        "problem",
        "help",
        "issue",
        "gift",
        "really",
        "very",
        "under",
        "okay",
        "ok",
        "fine",
        "also",
    ]
)
_EMPTY_HAN = re.compile(r"没|什么|哪|多少|货|推荐|好看|便宜|别的|其他|送|买|给我|帮|告诉|退|换|问|说|看|搜|找|^别|^其")


@cache
def features() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the features that shoppers ask for by name: their English and their Chinese forms."""
    return tuple((row[0], row[1]) for row in rows("features.tsv"))


@cache
def materials() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the materials that shoppers ask for: their English and their Chinese forms."""
    return tuple((row[0], row[1]) for row in rows("materials.tsv"))


def must_haves(text: str) -> list[tuple[MustHave, int, int]]:
    """Return the must-haves of a message in lower case, each with its place; none overlaps another.

    >>> [m.text for m, _, _ in must_haves("a waterproof backpack that fits a 15 inch laptop, with pockets")]
    ['waterproof', 'fits a 15 inch laptop', 'with pockets']
    """
    taken: list[tuple[MustHave, int, int]] = []
    for found in (_measured(text), _ages(text), _named(text), _made_of(text), _stated(text)):
        for must, start, end in found:
            if all(end <= s or start >= e for _, s, e in taken):
                taken.append((must, start, end))
    return sorted(taken, key=lambda item: item[1])[:MOST]


def _measured(text: str) -> Iterator[tuple[MustHave, int, int]]:
    for match in _FITS.finditer(text):
        amount, held = _amount(match[1], match[2]), _held(match[3])
        if amount:
            must = MustHave(text=match.group(), forms=held, measure=Measure(unit=amount[0], low=amount[1]))
            yield must, *match.span()
    for match in _BOUND.finditer(text):
        low_word, _, number, unit, number2, unit2, low_after, _ = match.groups()
        amount = _amount(number or number2, unit or unit2)
        if amount:
            low = bool(low_word or low_after)
            measure = Measure(unit=amount[0], low=amount[1] if low else None, high=None if low else amount[1])
            yield MustHave(text=match.group(), measure=measure), *match.span()


def _amount(number: str, unit: str) -> tuple[str, float] | None:
    value, known = read_number(number), UNITS.get(unit)
    return (known[0], float(value) * known[1]) if value is not None and known else None


def _held(what: str | None) -> tuple[str, ...]:
    return next((forms for forms in _HELD.values() if what and any(what.startswith(f) for f in forms)), ())


def _ages(text: str) -> Iterator[tuple[MustHave, int, int]]:
    for match in _AGE.finditer(text):
        age = read_number(match[1] or match[2])
        if age is not None and age < 19:
            yield MustHave(text=match.group().strip(), measure=Measure(unit="year", low=float(age), high=float(age))), (
                match.start()), match.end()  # fmt: skip


def _named(text: str) -> Iterator[tuple[MustHave, int, int]]:
    for names, lists in (((), features()), (MADE_OF, materials())):
        for english, chinese in lists:
            for form in (*english, *chinese):
                pattern = re.escape(form) if HAN.search(form) else rf"\b{re.escape(form)}\b"
                if match := re.search(pattern, text):
                    yield MustHave(text=match.group(), forms=(*english, *chinese), names=names), *match.span()
                    break


def _made_of(text: str) -> Iterator[tuple[MustHave, int, int]]:
    """Yield what a Chinese message says a thing must be made of, by half a name too: "材质要棉"."""
    for match in _MADE_HAN.finditer(text):
        said = match[1] or match[2]
        known = next((row for row in materials() if any(said in form for form in row[1])), ((), ()))
        yield MustHave(text=match.group(), forms=(said, *known[0], *known[1]), names=MADE_OF), *match.span()


def _stated(text: str) -> Iterator[tuple[MustHave, int, int]]:
    for match in _STATED.finditer(text):
        words = _END.sub("", match[1]).strip()
        if words and words.split()[0] not in _EMPTY and words.split()[-1] not in _EMPTY:
            end = match.start(1) + len(words)
            shown = f"with {words}" if match.group().startswith("with") else words
            yield MustHave(text=shown, forms=(words,)), match.start(), end
    for match in _STATED_HAN.finditer(text):
        if not _EMPTY_HAN.search(match[1]):
            yield MustHave(text=match.group().removesuffix("的"), forms=(match[1],)), *match.span()
