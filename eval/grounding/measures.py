"""Numbers with units: whether one measure says the same as another number of a record in another unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

_FACTORS = {
    "inch": 2.54,
    "inches": 2.54,
    '"': 2.54,
    "cm": 1.0,
    "centimetres": 1.0,
    "centimeters": 1.0,
    "mm": 0.1,
    "m": 100.0,
    "ft": 30.48,
    "feet": 30.48,
    "g": 1.0,
    "grams": 1.0,
    "kg": 1000.0,
    "kilograms": 1000.0,
    "oz": 28.35,
    "ounces": 28.35,
    "lb": 453.6,
    "lbs": 453.6,
    "pounds": 453.6,
    "ml": 1.0,
    "millilitres": 1.0,
    "l": 1000.0,
    "litre": 1000.0,
    "litres": 1000.0,
    "liters": 1000.0,
    "hours": 60.0,
    "hour": 60.0,
    "h": 60.0,
    "minutes": 1.0,
    "min": 1.0,
    "厘米": 1.0,
    "毫米": 0.1,
    "米": 100.0,
    "英寸": 2.54,
    "克": 1.0,
    "千克": 1000.0,
    "公斤": 1000.0,
    "毫升": 1.0,
    "升": 1000.0,
    "小时": 60.0,
    "分钟": 1.0,
}


def converts(value: Decimal, after: str, known_numbers: Iterable[Decimal]) -> bool:
    """True when the value in its unit is another number of the record in another unit, within 3 %."""
    factor = factor_of(after)
    if factor is None:
        return False
    said = float(value) * factor
    known = {float(number) * other for number in known_numbers for other in _FACTORS.values()}
    return any(abs(said - amount) <= 0.03 * amount for amount in known if amount)


def factor_of(after: str) -> float | None:
    """Return the factor of the unit that follows a number, `None` where none that is known does."""
    unit = re.match(r"\s*-?\s*([a-z]+|\"|[一-鿿]{1,2})", after)
    if unit is None:
        return None
    word = unit.group(1)
    return _FACTORS.get(word) if word.isascii() else _FACTORS.get(word, _FACTORS.get(word[:1]))
