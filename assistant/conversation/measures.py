"""Whether an amount that a record states is the one asked for: ages, numbers of people, lengths, weights, capacities.

Reads one text at a time; knows no product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.reading.amounts import QUANTITY, UNITS
from assistant.conversation.reading.numerals import read_number
from assistant.conversation.state import Measure

NEAR = 0.05
"""Share by which an amount may differ and still be the one named; of contents and weights `ROUGHLY`."""
ROUGHLY = 0.1
_ROUGH = frozenset({"litre", "kg"})
_SPREAD = re.compile(r"dimension|packed size|尺寸|收纳", re.IGNORECASE)
"""Attributes that name several lengths, none of which is the size of the thing."""
_AGES = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:[-–~至到]|to)\s*(\d+)\s*(?:years?|yrs?|岁|周岁)"
    r"|(?:ages?\s*)?(\d+)\s*(?:\+|years? and up|岁以上|岁起|岁\+|years?\+)"
    r"|(?:from|ages?)\s+(\d+)\s*(?:years?|yrs?)|(?:up to|under)\s*(\d+)\s*years?",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"(from )?(\d+)\s*(?:months?|个月)(以上)?", re.IGNORECASE)
_OF_AGE = re.compile(r"\b(?:age|size)|年龄|尺码", re.IGNORECASE)
_BIRTH = re.compile(r"from birth|新生儿起|出生", re.IGNORECASE)
_SIZED_MONTHS = 0.25
"""Years by which something sized for an age in months may be too large."""
_PEOPLE = re.compile(r"(\d+)(?:\s*[-–~至到]\s*(\d+))?[\s-]*(?:persons?|people|players?|人)", re.IGNORECASE)


_ACROSS = re.compile(r"(\d+(?:\.\d+)?)\s*[×x]\s*(?=(?:\d[\d.]*\s*[×x]\s*)*\d[\d.]*\s*(cm|mm|m|厘米|毫米|米)(?![a-z]))")
"""The lengths of "140 × 245 cm" before the last."""

_DEGREES = re.compile(r"(?<![\d–-])([-−]?\d+(?:\.\d+)?)\s*°\s*C\b", re.IGNORECASE)


def age_fits(measure: Measure, text: str) -> bool | None:
    """Return whether something is for somebody of this age; `None` where the text tells no age.

    >>> [age_fits(Measure(unit="year", low=2), text) for text in ("98 (2–3 years), 110 (4–5 years)", "From 3 years")]
    [True, False]
    """
    if measure.low is None:
        return None
    found = [*_in_years(measure.low, text), *(_in_months(measure.low, text) if _OF_AGE.search(text) else ())]
    if _BIRTH.search(text):
        found.append(True)
    return any(found) if found else None


def _in_years(age: float, text: str) -> Iterator[bool]:
    for match in _AGES.finditer(text):
        low, high, at_least, from_, most = (float(group) if group else None for group in match.groups())
        least = at_least if at_least is not None else from_
        if low is not None and high is not None:
            yield low <= age <= high
        elif least is not None:
            yield age >= least
        elif most is not None:
            yield age <= most


def _in_months(age: float, text: str) -> Iterator[bool]:
    for match in _MONTHS.finditer(text):
        years = int(match[2]) / 12
        yield age >= years if match[1] or match[3] else years - _SIZED_MONTHS < age <= years


def people_fit(measure: Measure, text: str) -> bool | None:
    """Return whether something is for so many people; `None` where it is for more, or the text tells no number.

    >>> [people_fit(Measure(unit="person", low=4, high=4), t) for t in ("4 persons", "2–6 players", "3人", "6 people")]
    [True, True, False, None]
    """
    if measure.low is None:
        return amount_fits(measure, text)
    verdicts: list[bool | None] = []
    for match in _PEOPLE.finditer(text):
        least, most = int(match[1]), int(match[2] or match[1])
        larger = None if match[2] is None and measure.high is not None else True
        verdicts.append(True if least <= measure.low <= most else larger if most > measure.low else False)
    return next((one for one in (True, None, False) if one in verdicts), None)


def same_amount(measure: Measure, name: str, text: str) -> bool | None:
    """Return whether a text states just this amount; `None` where it states none of the kind, or several lengths."""
    if _SPREAD.search(name) or measure.low is None:
        return None
    slack = measure.low * (ROUGHLY if measure.unit in _ROUGH else NEAR)
    found = [abs(amount - measure.low) <= slack for amount in amounts_in(measure.unit, text)]
    return any(found) if found else None


def amount_fits(measure: Measure, text: str) -> bool | None:
    """Return whether the largest amount of that kind is within the bounds; `None` where there is none."""
    amounts = list(amounts_in(measure.unit, text))
    if not amounts:
        return None
    slack = 1e-6
    if measure.low is not None and max(amounts) < measure.low - slack:
        return False
    return measure.high is None or max(amounts) <= measure.high + slack


def amounts_in(unit: str, text: str) -> Iterator[float]:
    """Yield the amounts of a unit that a text states."""
    if unit == "degree":
        yield from (float(match[1].replace("−", "-")) for match in _DEGREES.finditer(text))
        return
    for pattern in (QUANTITY, _ACROSS):
        for match in pattern.finditer(text.lower()):
            known, factor = UNITS.get(match[2], ("", 0.0))
            value = read_number(match[1])
            if known == unit and value is not None:
                yield float(value) * factor
