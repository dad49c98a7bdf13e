"""Numbers as shoppers write them: digits, English words and Chinese numerals. Knows no unit and no currency."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)} | {"a": 1}
_LARGE = {"hundred": 100, "thousand": 1000, "grand": 1000}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000, "萬": 10000}

_WORD = "|".join(sorted([*_SMALL, *_LARGE], key=len, reverse=True)).replace("|a|", "|")
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?k\b)?"
ENGLISH = rf"(?:\b(?:a\s+(?=hundred|thousand|grand))?(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{_WORD}))*\b)"
CHINESE = r"(?:\d+(?:\.\d+)?[十百千万萬]|[零〇一二两兩三四五六七八九十百千万萬]+)"
NUMBER = rf"(?:{CHINESE}|{DIGITS}|{ENGLISH})"


def read_number(text: str) -> Decimal | None:
    """Return the number that `text` writes, `None` where it writes none.

    >>> [read_number(t) for t in ("1,299.50", "1.2k", "fifty five", "a hundred", "三百五", "一千二百", "两万")]
    [Decimal('1299.50'), Decimal('1200'), Decimal('55'), Decimal('100'), Decimal('350'), Decimal('1200'), Decimal('20000')]
    """
    text = text.strip().lower()
    if match := re.fullmatch(r"([\d,]+(?:\.\d+)?)\s?(k?)", text):
        value = Decimal(match[1].replace(",", ""))
        return (value * 1000).quantize(Decimal(1)) if match[2] else value
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)([十百千万萬])", text):
        return (Decimal(match[1]) * _UNITS[match[2]]).normalize().quantize(Decimal(1))
    if text and all(c in _DIGITS or c in _UNITS for c in text):
        return Decimal(_chinese(text))
    return _english(text)


def _chinese(text: str) -> int:
    """Read Chinese numerals; a last digit after a unit counts tenths of that unit (三百五 is 350)."""
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    last = 1
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            last = 1 if digit == 0 else last
        elif _UNITS[c] == 10000:
            total, section, digit, last = total + (section + digit) * 10000, 0, 0, 10000
        else:
            section, digit, last = section + (digit or 1) * _UNITS[c], 0, _UNITS[c]
    return total + section + digit * (last // 10 if last >= 100 else 1)


def _english(text: str) -> Decimal | None:
    total = current = 0
    words = [w for w in re.split(r"[\s-]+", text) if w and w != "and"]
    if not words:
        return None
    for word in words:
        if word in _SMALL:
            current += _SMALL[word]
        elif word in _LARGE:
            current = (current or 1) * _LARGE[word]
            if _LARGE[word] == 1000:
                total, current = total + current, 0
        else:
            return None
    return Decimal(total + current)


_HALF_HOUR, _HALF, _WHOLE = (
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:a |an )?half[- ](?:an )?hour\b|半个?小时",
        r"\b(?:a |an )?half[- ](?:an? )?(kilo(?:gram)?|kg|lit(?:er|re)|pound)s?\b",
        r"\b(?:an?|(?:one|a) (?:whole|full)|whole|full|entire) (kilo(?:gram)?|kg|lit(?:er|re)|hour|week)\b(?! mug)",
    )
)
_HALVES = {"k": "500 g", "l": "500 ml", "p": "0.5 lb"}


def in_numbers(text: str) -> str:
    """Return a text in which amounts said without a number have one.

    >>> in_numbers("half an hour tops"), in_numbers("a whole kilo"), in_numbers("half a litre"), in_numbers("玩半小时的")
    ('30 minutes tops', '1 kilo', '500 ml', '玩30分钟的')
    """
    text = _HALF_HOUR.sub(lambda found: "30分钟" if "半" in found.group() else "30 minutes", text)
    text = _HALF.sub(lambda found: _HALVES[found[1][0].lower()], text)
    return _WHOLE.sub(lambda found: f"1 {found[1]}", text)
