"""Whether a product meets a must-have, read off its record: met, not met, or not stated. Asks no model.

An attribute decides ("Waterproof: No"); then the title and the highlights; then the description. A word that is denied
("not waterproof", "不防水") is never taken for a yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.conversation.reading.must_haves import QUANTITY, UNITS
from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.words import HAN, stems
from assistant.conversation.state import Measure, MustHave
from assistant.wording.evidence import Fact, Need
from assistant.wording.phrases import say
from index.product import Product, Words

_NO = re.compile(
    r"^\s*(?:no|none|not?\b.*|false|n/a|never|without.*|0)\s*$|^\s*(?:否|不.*|无|没有.*|非.*)\s*$", re.IGNORECASE
)
_YES = re.compile(r"^\s*(?:yes|true|✓|fully|是|有|支持|可以)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|no|non|isn'?t|never|without|aren'?t|don'?t|doesn'?t|cannot|can'?t|nor)\b[\s-]*(?:[\w-]+\s+){0,2}"
    r"|\b(?:vegan|faux|imitation|fake|artificial|synthetic|pu)[\s-]+|[不无非未没]有?|人造|仿|素食?|合成|不能|不可|并非)$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n")
_AGES = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:[-–~至到]|to)\s*(\d+)\s*(?:years?|yrs?|岁|周岁)"
    r"|(?:ages?\s*)?(\d+)\s*(?:\+|years? and up|岁以上|岁起|岁\+|years?\+)"
    r"|(?:from|ages?)\s+(\d+)\s*(?:years?|yrs?)|(?:up to|under)\s*(\d+)\s*years?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One line of a record: the fact where it is one in the reply's language, its name and its text."""

    name: str
    text: str
    fact: Fact | None
    weight: int


def check(must: MustHave, product: Product, language: str) -> Need:
    """Return whether a product meets a must-have, and the fact that decides."""
    lines = list(_lines(product, language))
    if must.measure is not None:
        met, fact = _measured(must, must.measure, lines)
    else:
        met, fact = _said(must, lines)
    if must.absent and met is not None:
        met = not met
    return Need(must.text, met, fact)


def _lines(product: Product, language: str) -> Iterator[Stated]:
    """Yield what the record states, the reply's language first, attributes before texts."""
    order = sorted(product.words, key=lambda key: key != language)
    for key in order:
        words, shown = product.words[key], key == language or language not in product.words
        yield from _attributes(product, words, shown)
    for key in order:
        words, shown = product.words[key], key == language or language not in product.words
        yield Stated("title", words.title, None, 2)
        yield Stated("", " / ".join(words.category), None, 2)
        for number, text in enumerate(words.highlights, start=1):
            source = f"product:{product.id}#highlight-{number}"
            yield Stated(
                "", text, Fact("highlight", say("label_highlight", language), text, source) if shown else None, 2
            )
        for text in filter(None, map(str.strip, _SENTENCE.split(words.description))):
            fact = Fact("description", say("label_description", language), text, f"product:{product.id}#description")
            yield Stated("", text, fact if shown and len(text) <= 240 else None, 1)


def _attributes(product: Product, words: Words, shown: bool) -> Iterator[Stated]:
    main = product.words[product.language]
    aligned = tuple(main.attributes) if len(main.attributes) == len(words.attributes) else tuple(words.attributes)
    for key, (name, text) in zip(aligned, words.attributes.items(), strict=True):
        fact = Fact(key.lower(), name, text, f"product:{product.id}#{key.lower()}") if shown else None
        yield Stated(name, text, fact, 3)
    for name in dict.fromkeys(n for v in product.variants for n in v.options):
        values = ", ".join(words.option_values.get(v, v) for v in product.options(name))
        yield Stated(name, values, None, 3)


def _said(must: MustHave, lines: list[Stated]) -> tuple[bool | None, Fact | None]:
    other: tuple[bool | None, Fact | None] = (None, None)
    for line in lines:
        if must.names and line.weight < 2:
            break
        for form in must.forms:
            verdict = _verdict(form, line)
            if verdict is not None:
                return verdict, line.fact or _named_alike(lines, line)
        if other[1] is None and line.fact and line.fact.key in {name.lower() for name in must.names}:
            other = (False, line.fact)
    return other


def _named_alike(lines: list[Stated], line: Stated) -> Fact | None:
    """Return the fact in the reply's language that stands at the same place as an attribute in another language."""
    attributes = [one for one in lines if one.weight == 3]
    if line not in attributes:
        return None
    half = [one for one in attributes if one.fact]
    others = [one for one in attributes if not one.fact]
    at = others.index(line) if line in others else -1
    return half[at].fact if 0 <= at < len(half) else None


def _verdict(form: str, line: Stated) -> bool | None:
    """Return what one line says of a form: yes, no, or nothing."""
    if line.weight == 3 and _holds(line.name, form) is not None:
        if _NO.match(line.text):
            return False
        if _YES.match(line.text) or _holds(line.text, form):
            return True
        return None if _verdict_in(form, line.text) is None else _verdict_in(form, line.text)
    return _verdict_in(form, line.text)


def _verdict_in(form: str, text: str) -> bool | None:
    at = _holds(text, form)
    if at is None:
        return None
    before, after = text[max(0, at - 30) : at], text[at + len(form) : at + len(form) + 6].lower()
    denied = bool(_DENIED.search(re.split(r"[,;:，；：]", before)[-1])) or bool(re.match(r"s?[\s-]free\b", after))
    return not denied


def _holds(text: str, form: str) -> int | None:
    """Return where a text holds a form as words of its own, plural or not; `None` where it does not."""
    if HAN.search(form):
        at = text.find(form)
        return at if at >= 0 else None
    if match := _pattern(form).search(text):
        return match.start()
    wanted = _stems_of(form)
    return 0 if len(wanted) > 1 and wanted <= _stems_of(text) else None


@lru_cache(maxsize=2000)
def _pattern(form: str) -> re.Pattern[str]:
    parts = r"[\s-]*".join(re.escape(part) for part in re.split(r"[\s-]+", form))
    return re.compile(rf"(?<![a-z]){parts}(?:e?s)?(?![a-z])", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _measured(must: MustHave, measure: Measure, lines: list[Stated]) -> tuple[bool | None, Fact | None]:
    for line in lines:
        if must.forms and not any(_holds(f"{line.name} {line.text}", form) is not None for form in must.forms):
            continue
        if measure.unit == "year":
            met = _age_fits(measure, f"{line.name} {line.text}")
        elif line.weight == 3 or must.forms:
            met = _amount_fits(measure, line.text)
        else:
            met = None
        if met is not None:
            return met, line.fact
    return None, None


def _age_fits(measure: Measure, text: str) -> bool | None:
    match = _AGES.search(text)
    if not match or measure.low is None:
        return None
    low, high, at_least, from_, most = (float(group) if group else None for group in match.groups())
    least = at_least if at_least is not None else from_
    if low is not None and high is not None:
        return low <= measure.low <= high
    if least is not None:
        return measure.low >= least
    return most is not None and measure.low <= most


def _amount_fits(measure: Measure, text: str) -> bool | None:
    """Return whether the largest amount of that kind is within the bounds; `None` where there is none."""
    amounts = []
    for match in QUANTITY.finditer(text.lower()):
        unit, factor = UNITS[match[2]]
        value = read_number(match[1])
        if unit == measure.unit and value is not None:
            amounts.append(float(value) * factor)
    if not amounts:
        return None
    slack = 1e-6
    if measure.low is not None and max(amounts) < measure.low - slack:
        return False
    return measure.high is None or max(amounts) <= measure.high + slack
