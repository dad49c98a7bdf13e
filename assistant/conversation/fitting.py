"""Whether a product meets a must-have, read off its record: met, not met, or not stated. Asks no model.

An attribute decides ("Waterproof: No"); then the title and the highlights; then the description. A word that is denied
("not waterproof", "不防水") is never taken for a yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.conversation.measures import age_fits, amount_fits, people_fit, same_amount
from assistant.conversation.reading.needs import declared
from assistant.conversation.reading.words import HAN, singular, stems
from assistant.conversation.state import Measure, MustHave
from assistant.wording.evidence import Fact, Need
from assistant.wording.phrases import say
from index.product import Product, Words

_NO = re.compile(
    r"^\s*(?:no|none|(?:not?|partly)\b.*|false|n/a|never|without.*|0)\s*$|^\s*(?:否.*|不.*|无|没有.*|非.*|部分.*)\s*$",
    re.IGNORECASE,
)
_YES = re.compile(r"^\s*(?:yes|true|✓|fully|built[- ]in|是|有|支持|可以|内置)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[1-9]")
"""How an attribute begins that states how much there is, or which version: "Bluetooth: 5.2"."""
_DENIED = re.compile(
    r"(?:\b(?:all but|except|except for|not for) (?:[\w-]+\s+)?"
    r"|\b(?:not|no|non|isn'?t|never|without|aren'?t|don'?t|doesn'?t|cannot|can'?t|nor)\b[\s-]*(?:[\w-]+\s+){0,2}"
    r"|\b(?:vegan|faux|imitation|fake|artificial|synthetic|pu)[\s-]+|[不无非未没][有含]?|人造|仿|素食?|合成|不能|不可|并非)$",
    re.IGNORECASE,
)
_ALLERGEN_FREE = re.compile(
    r"\b(?:free of|none of) (?:the |all )?(?:\d+ )?(?:major )?allergens\b|不含(?:\d+类)?主要过敏原", re.IGNORECASE
)
_ALLERGENS = re.compile(r"allergens?$|过敏原$", re.IGNORECASE)
"""The attribute that lists what must be declared: what it does not list is not in the thing."""
_KIDS = r"\b(?:kids?|child(?:ren)?|toddlers?|bab(?:y|ies)|infants?|boys?|girls?)\b|儿童|童装|童鞋|宝宝|婴"
_OTHERS = {
    "for women": re.compile(rf"{_KIDS}|\bmen\b|男[士式装款]", re.IGNORECASE),
    "for men": re.compile(rf"{_KIDS}|\bwomen\b|女[士式装款]", re.IGNORECASE),
    "for adults": re.compile(_KIDS, re.IGNORECASE),
    "for kids": re.compile(r"\b(?:wo)?men\b|[男女][士式装]", re.IGNORECASE),
}
"""Whom a thing is for that is not for these."""
_LENGTHS = re.compile(r"\b(?:length|dimensions|packed size|height|width)\b|长|尺寸|高|宽", re.IGNORECASE)
"""Attributes that say how large a thing is, folded or not."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n")

_FREED = {"caffeine": re.compile(r"\bdecaf|低咖啡因|低因|脱因|脱咖啡因", re.IGNORECASE)}
"""Words that say of what a thing was freed."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One line of a record: the fact where it is one in the reply's language, its name and its text."""

    name: str
    text: str
    fact: Fact | None
    weight: int
    option: bool = False


def check(must: MustHave, product: Product, language: str) -> Need:
    """Return whether a product meets a must-have, and the fact that decides."""
    lines = [line for line in _lines(product, language) if not must.absent or line.name != "category"]
    if must.measure is not None:
        met, fact = _measured(must, must.measure, lines)
    else:
        met, fact = _said(must, lines)
    if met is None and _for_others(must, lines):
        met = False
    if must.absent and met is not None:
        met = not met
    if must.absent and (freed := _freed_of(must, lines)):
        return Need(must.text, True, freed.fact)
    if must.absent and met is None and declared() & set(must.forms):
        met, fact = _declared_free(lines, harmful=must.harmful)
    return Need(must.text, met, fact)


def _freed_of(must: MustHave, lines: Sequence[Stated]) -> Stated | None:
    """Return the line that says by one word that what must not be in it was taken out: "decaffeinated"."""
    patterns = [pattern for form, pattern in _FREED.items() if form in must.forms]
    return next((line for line in lines if any(pattern.search(line.text) for pattern in patterns)), None)


def _for_others(must: MustHave, lines: Sequence[Stated]) -> bool:
    """Return whether a thing is called one for other people: children's rainwear for women."""
    others = [pattern for form, pattern in _OTHERS.items() if form in must.forms]
    called = " ".join(line.text for line in lines if line.name in ("title", "category"))
    return any(pattern.search(called) for pattern in others)


def _lines(product: Product, language: str) -> Iterator[Stated]:
    """Yield what the record states, the reply's language first, attributes before texts."""
    order = sorted(product.words, key=lambda key: key != language)
    for key in order:
        words, shown = product.words[key], key == language or language not in product.words
        yield from _attributes(product, words, shown)
    for key in order:
        words, shown = product.words[key], key == language or language not in product.words
        yield Stated("title", words.title, None, 2)
        yield Stated("category", " / ".join(words.category), None, 2)
        for number, text in enumerate(words.highlights, start=1):
            source = f"product:{product.id}#highlight-{number}"
            yield Stated(
                "", text, Fact("highlight", say("label_highlight", language), text, source) if shown else None, 2
            )
        for text in filter(None, map(str.strip, _SENTENCE.split(words.description))):
            fact = Fact("description", say("label_description", language), text, f"product:{product.id}#description")
            yield Stated("", text, fact if shown and len(text) <= 240 else None, 1)


def _declared_free(lines: Sequence[Stated], *, harmful: bool) -> tuple[bool | None, Fact | None]:
    """Return whether a record says that nothing that must be declared is in the thing, and where.

    For whom nothing of it harms, a list of what is declared that does not name it says so too.
    """
    told = [line for line in lines if line.weight == 3]
    listed = [line for line in told if not harmful and _ALLERGENS.match(line.name)]
    free = next((line for line in (*told, *listed) if line in listed or _ALLERGEN_FREE.search(line.text)), None)
    return (True, free.fact) if free else (None, None)


def _attributes(product: Product, words: Words, shown: bool) -> Iterator[Stated]:
    main = product.words[product.language]
    aligned = tuple(main.attributes) if len(main.attributes) == len(words.attributes) else tuple(words.attributes)
    for key, (name, text) in zip(aligned, words.attributes.items(), strict=True):
        fact = Fact(key.lower(), name, text, f"product:{product.id}#{key.lower()}") if shown else None
        yield Stated(name, text, fact, 3)
    for name in dict.fromkeys(n for v in product.variants for n in v.options):
        values = ", ".join(words.option_values.get(v, v) for v in product.options(name))
        yield Stated(name, values, None, 3, option=True)


def _said(must: MustHave, lines: list[Stated]) -> tuple[bool | None, Fact | None]:
    other: tuple[bool | None, Fact | None] = (None, None)
    for line in lines:
        if must.names and line.weight < 2:
            break
        if other[1] is not None and line.name == "category":
            continue  # "Small leather goods" may be of cork
        for form in must.forms:
            verdict = _verdict(form, line)
            if verdict is not None:
                return verdict, line.fact or _named_alike(lines, line)
        if other[1] is None and line.fact and line.fact.key in {name.lower() for name in must.names}:
            other = (False, line.fact)
    return other


def _named_alike(lines: list[Stated], line: Stated) -> Fact | None:
    """Return the fact in the reply's language that stands at the same place as an attribute in another language."""
    attributes = [one for one in lines if one.weight == 3 and not one.option]
    if line not in attributes:
        return None
    half = [one for one in attributes if one.fact]
    others = [one for one in attributes if not one.fact]
    at = others.index(line) if line in others else -1
    return half[at].fact if 0 <= at < len(half) else None


def _verdict(form: str, line: Stated) -> bool | None:
    """Return what one line says of a form: yes, no, or nothing."""
    named = _verdict_in(form, line.name) if line.weight == 3 else None
    if named is not None:
        if _NO.match(line.text):
            return not named
        if _YES.match(line.text) or (form.lower() == line.name.lower() and _NUMBER.match(line.text)):
            return named
    return _verdict_in(form, line.text)


def _verdict_in(form: str, text: str) -> bool | None:
    at = _holds(text, form)
    if at is None:
        return None
    before, after = text[max(0, at - 30) : at], text[at + len(form) : at + len(form) + 6].lower()
    denied = bool(_DENIED.search(re.split(r"[,;:，；：]", before)[-1])) or bool(
        re.match(r"s?[\s-]free\b|.{0,2}除外", after)
    )
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
    *before, last = re.split(r"[\s-]+", form)
    parts = r"[\s-]*".join(re.escape(part) for part in (*before, singular(last)))
    return re.compile(rf"(?<![a-z\d]){parts}(?:e?s)?(?![a-z\d])", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _measured(must: MustHave, measure: Measure, lines: list[Stated]) -> tuple[bool | None, Fact | None]:
    other: tuple[bool | None, Fact | None] = (None, None)
    for line in _bounding(must, measure, lines):
        if must.forms and not any(_holds(f"{line.name} {line.text}", form) is not None for form in must.forms):
            continue
        met = _met(measure, line, named=bool(must.forms))
        if met or (met is False and not _exact(measure)):
            return met, line.fact
        if met is False and other[0] is None:
            other = (met, line.fact)
    return other


def _bounding(must: MustHave, measure: Measure, lines: list[Stated]) -> list[Stated]:
    """Return the lines that tell of an amount, first those of its length that meet "at most 30 cm", where one does."""
    if must.forms or measure.unit != "inch" or measure.low is not None:
        return lines
    meeting = [one for one in lines if _LENGTHS.search(one.name) and _met(measure, one, named=False)]
    return meeting + [one for one in lines if one not in meeting]


def _exact(measure: Measure) -> bool:
    """Return whether just this amount is asked for, so that one line may say what another does not."""
    return measure.low is not None and measure.low == measure.high


def _met(measure: Measure, line: Stated, *, named: bool) -> bool | None:
    """Return whether a line states an amount within the bounds; `None` where it states none of the kind."""
    if measure.unit == "year":
        return age_fits(measure, f"{line.name} {line.text}")
    if line.weight != 3 and not named:
        return None
    if measure.unit == "person":
        return people_fit(measure, line.text)
    return same_amount(measure, line.name, line.text) if _exact(measure) else amount_fits(measure, line.text)


def fitting_variants(musts: Sequence[MustHave], product: Product, ids: Sequence[str]) -> tuple[str, ...]:
    """Return those of a product's variants whose own options meet what is asked, all where no option tells."""
    kept = tuple(ids)
    for must in musts:
        fits = [
            v.id for v in product.variants if v.id in kept and _option_fits(must, product, tuple(v.options.values()))
        ]
        kept = tuple(fits) or kept
    return kept


def _option_fits(must: MustHave, product: Product, values: Sequence[str]) -> bool:
    said = [words.option_values.get(value, value) for words in product.words.values() for value in values]
    lines = [Stated("size", text, None, 3) for text in (*values, *said)]
    return (_measured(must, must.measure, lines) if must.measure else _said(must, lines))[0] is True
