"""Amounts that a thing must have: "fits a 15 inch laptop", "at least 20 litres", "20000 mAh", for how many, how old.

Only reads them out of a message; whether a product has them is `fitting`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.reading.numerals import NUMBER, read_number
from assistant.conversation.reading.parties import parties
from assistant.conversation.reading.wishing import YOUNG
from assistant.conversation.state import Measure, MustHave

Placed = tuple[MustHave, int, int]

UNITS: dict[str, tuple[str, float]] = {
    '"': ("inch", 1), "inch": ("inch", 1), "inches": ("inch", 1), "in": ("inch", 1), "寸": ("inch", 1),
    "英寸": ("inch", 1), "cm": ("inch", 1 / 2.54), "厘米": ("inch", 1 / 2.54), "公分": ("inch", 1 / 2.54),
    "mm": ("inch", 1 / 25.4), "毫米": ("inch", 1 / 25.4), "m": ("inch", 39.37), "米": ("inch", 39.37), "ft": ("inch", 12), "feet": ("inch", 12),
    "kg": ("kg", 1), "公斤": ("kg", 1), "千克": ("kg", 1), "g": ("kg", 0.001), "克": ("kg", 0.001), "斤": ("kg", 0.5),
    "gram": ("kg", 0.001), "grams": ("kg", 0.001), "gramme": ("kg", 0.001), "grammes": ("kg", 0.001),
    "kilo": ("kg", 1), "kilos": ("kg", 1), "kilogram": ("kg", 1), "kilograms": ("kg", 1), "kgs": ("kg", 1),
    "centimetre": ("inch", 1 / 2.54), "centimetres": ("inch", 1 / 2.54), "centimeter": ("inch", 1 / 2.54),
    "centimeters": ("inch", 1 / 2.54), "millimetres": ("inch", 1 / 25.4), "millimeters": ("inch", 1 / 25.4),
    "metre": ("inch", 39.37), "metres": ("inch", 39.37), "meter": ("inch", 39.37), "meters": ("inch", 39.37),
    "millilitre": ("litre", 0.001), "millilitres": ("litre", 0.001), "milliliter": ("litre", 0.001),
    "milliliters": ("litre", 0.001), "ounce": ("kg", 0.02835), "ounces": ("kg", 0.02835),
    "lb": ("kg", 0.4536), "lbs": ("kg", 0.4536), "oz": ("kg", 0.02835), "l": ("litre", 1), "litre": ("litre", 1),
    "litres": ("litre", 1), "liter": ("litre", 1), "liters": ("litre", 1), "升": ("litre", 1),
    "ml": ("litre", 0.001), "毫升": ("litre", 0.001), "mah": ("mah", 1), "毫安": ("mah", 1), "毫安时": ("mah", 1),
    "w": ("watt", 1), "watt": ("watt", 1), "watts": ("watt", 1), "瓦": ("watt", 1), "gb": ("gb", 1), "tb": ("gb", 1024),
    "hours": ("hour", 1), "hour": ("hour", 1), "hrs": ("hour", 1), "小时": ("hour", 1), "days": ("hour", 24), "day": ("hour", 24), "天": ("hour", 24), "weeks": ("hour", 168), "week": ("hour", 168),
    "星期": ("hour", 168), "周": ("hour", 168),
    "minutes": ("minute", 1), "minute": ("minute", 1), "mins": ("minute", 1), "分钟": ("minute", 1),
    "lm": ("lumen", 1), "lumen": ("lumen", 1), "lumens": ("lumen", 1), "流明": ("lumen", 1),
    "db": ("decibel", 1), "decibels": ("decibel", 1), "分贝": ("decibel", 1), "dpi": ("dpi", 1),
    "pieces": ("piece", 1), "piece": ("piece", 1), "pcs": ("piece", 1), "片": ("piece", 1), "件套": ("piece", 1),
    **dict.fromkeys(("只装", "件装", "条装", "瓶装", "包装", "片装", "支装", "块装", "粒装", "枚装", "双装"), ("piece", 1)),
    "people": ("person", 1), "person": ("person", 1), "persons": ("person", 1), "人": ("person", 1),
}  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
QUANTITY = re.compile(rf"({NUMBER})\s*-?\s*({_UNIT})(?![a-z])")
_LOW = r"(?:(?<!not )(?<!no )(?:bigger|larger|longer|taller|wider|higher|heavier|brighter) than|at least|more than|over|min(?:imum)?(?: of)?|≥|>=?|至少|不少于|不低于|超过|大于)"
_HIGH = r"(?:at most|less than|under|below|up to|max(?:imum)?(?: of)?|(?:no|not) (?:more|bigger|larger|longer|taller|wider|higher|heavier) than|(?:not|nothing) (?:over|above)|(?:smaller|shorter|lighter|narrower|lower) than|≤|<=?|不超过|少于|小于|低于|最多)"
_BOUND = re.compile(
    rf"(?:({_LOW})|({_HIGH}))\s*({NUMBER})\s*-?\s*({_UNIT})(?![a-z])"
    rf"|({NUMBER})\s*-?\s*({_UNIT})(?![a-z])(?:\s*(以上|or more|and up|\+)|\s*(以下|以内|or less|or under|max(?:imum)?\b|at most|tops))"
    rf"|({NUMBER})\s*(?:\+|or more)\s*-?({_UNIT})(?![a-z])"
)
_STRICT = re.compile(
    r"(?:less|smaller|shorter|lighter|narrower|lower|bigger|larger|longer|taller|wider|higher|heavier|brighter) than|under|below"
)
"""Words that leave out the amount itself: "lighter than 70 g"."""
_BEYOND = 1e-4
"""Share by which an amount must differ to be less or more."""
_COMPARED = {"lighter": ("weight", "重量"), "heavier": ("weight", "重量"), "brighter": ("brightness", "亮度")}
"""What an amount is of where the word that bounds it says so."""
_LASTING = ("battery", "续航", "burn", "燃烧", "keeps", "保温")
_LASTS = re.compile(
    rf"(?:\bbattery(?: life)?|续航|电池)(?: (?:of|that|which|lasting|lasts|should|must|has to|last|for|is|be|time)){{0,4}}[时间能要]{{0,4}}\s*"
    rf"(?:at least|over|more than|min(?:imum)?|about|至少|超过)?\s*({NUMBER})\s*\+?\s*-?({_UNIT})(?![a-z])(?:\s*(?:or more|and up|\+|以上))?"
    rf"|({NUMBER})\s*\+?\s*-?({_UNIT})(?![a-z])(?:\+|'|s')?\s*(?:of |worth of |or more of )?(?:battery(?: life)?|playtime|play time|playback|续航)"
    rf"|\b(?:last|lasts|lasting|run|runs|going) (?:for )?(?:at least |over |more than |about )?({NUMBER})\s*-?({_UNIT})(?![a-z])"
)
"""How long a thing lasts, by its battery or otherwise: "two weeks of battery", "lasts 10 hours"."""
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
_TURNING = re.compile(
    rf"\b(?:turn(?:s|ing|ed)?|aged?|going on|about to be|who(?:'s| is)) ({NUMBER})\b"
    rf"(?!\s*(?:-?year|yrs?\b|yo\b|y/o|cm|kg|m\b|months?|weeks?|%|\$|dollars|euros|pounds|bucks))"
    rf"|(?:快|马上|刚)?(?:满|过)({NUMBER})岁"
)
"""How old a child is or gets, without the word: "my niece is turning 2"."""
_LOOSE = frozenset(
    {
        "in",
        "m",
        "hours",
        "hour",
        "hrs",
        "小时",
        "days",
        "day",
        "天",
        "weeks",
        "week",
        "星期",
        "周",
        "minutes",
        "minute",
        "mins",
        "分钟",
        "people",
        "person",
        "persons",
        "人",
    }
)
"""Units that are also words, or that deliveries are told in: with a bound alone they say what a thing must have."""
_EXACT = re.compile(
    rf"(?<![×x*\d.]\s)(?<![×x*\d.])({NUMBER})\s*-?\s*({_UNIT})(?![a-z])(?:\s*-?\s*的?(laptops?|notebooks?|macbooks?|tablets?|笔记本电脑|笔记本|电脑|本子|平板))?"
)
_OF_BODY = re.compile(
    r"(?:身高|个子|体重)(?:是|有|大[概约]|差不多)?\s*$|\b(?:i'?m|i am|(?:s?he)(?:'s| is))\s+(?:about\s+|around\s+)?$"
)
_OF_BED = re.compile(r"\s*(?:的|宽的?|大)?床")
"""What is measured of somebody, or of the bed that a thing is for, is no measure of the thing."""
_BORNE = re.compile(
    r"(?:猫|狗|宠物|宝宝|孩子|小孩|娃|儿子|女儿|主子)咪?(?:现在|已经|大概|大约|差不多|快|约|有|重|是|体重|都){0,3}\s*$|"
    r"\b(?:cat|kitten|dog|puppy|pet|kid|child|son|daughter|baby|toddler)(?: (?:is|weighs|now|about|around|almost|nearly|over)){1,3}\s+$"
)
"""Whose weight a thing must bear: 我家猫12斤, "my dog weighs 30 kg"."""
LOAD = ("load", "承重")
_SETS = re.compile(
    rf"\b(?:set|pack|box) of ({NUMBER})\b|({NUMBER})\s*件(?=套|装|的(?!吗|么))|"
    rf"(?:一套|一组)(?:有|是|要)?({NUMBER})[只个件把支条]|({NUMBER})[只个件把支条](?:一套|一组|套装|成套)"
)
MOST_PEOPLE = 30
FEWEST = 3
"""Pieces from which on a set is asked for; fewer are as often a quantity."""
_GRADES = re.compile(
    r"(?<![a-z])(spf|ipx?)\s*-?\s*(\d{1,2})(?!\d)\+?(?:\s*(?:以上|and (?:up|above)|or (?:more|higher)))?"
)
_HALF_YEARS = re.compile(rf"半岁|({NUMBER})岁半")
_MONTHS = re.compile(rf"({NUMBER})[\s-]*months?(?:[\s-]*olds?)\b|({NUMBER})\s*个?月(?:大|的?宝宝|的?婴儿|龄)")
_BABIES = re.compile(rf"({NUMBER})[\s-]*months?\b(?!\s*old)|({NUMBER})\s*个月(?!大|的?宝宝|的?婴儿|龄)")
_BABY = re.compile(r"\b(?:baby|babies|infant|toddler|newborn)\b|宝宝|婴儿|婴幼儿|新生儿")
_NEWBORN = re.compile(r"\bnew[- ]?borns?\b|新生儿|刚出生|刚生|初生")
_PEOPLE = re.compile(
    rf"({NUMBER})[\s-]*(?:people|persons?|players?|adults?|campers?|guests?|of us)\b"
    r"|\bfor ([2-8]|two|three|four|five|six|seven|eight)(?=\s*(?:[.,;!?]|$|please\b|(?:and|with|in|under|that|to)\b))"
    rf"|\b(?:family|party|group|household) of ({NUMBER})"
    rf"|({NUMBER})\s*个?人(?!民|气|生|造|工|体|物|士|员|类|性)|一家([三四五六两])口|([三四五六])口(?:之家|人)"
)


def amounts(text: str) -> Iterator[Placed]:
    """Yield the amounts that a message in lower case bounds, ages and numbers of people among them.

    >>> [m.text for m, _, _ in amounts("a tent for 4 people, at most 5 kg")]
    ['at most 5 kg', '4 people']
    """
    for found in (_graded(text), _lasting(text), _bounded(text), _people(text), _ages(text)):
        yield from found


def exact_amounts(text: str) -> Iterator[Placed]:
    """Yield the amounts that a message just names: what holds as much as a laptop has may be larger.

    >>> [(m.text, m.measure.low, m.measure.high) for m, _, _ in exact_amounts("a 20000mah power bank")]
    [('20000mah', 20000.0, 20000.0)]
    """
    for match in _SETS.finditer(text):
        if (count := read_number(next(filter(None, match.groups())))) is not None and count >= FEWEST:
            measure = Measure(unit="piece", low=float(count), high=float(count))
            yield MustHave(text=match.group(), measure=measure), *match.span()
    for match in _EXACT.finditer(text):
        if _OF_BODY.search(text[: match.start()]) or _OF_BED.match(text[match.end() :]):
            continue
        amount = _amount(match[1], match[2])
        if amount and amount[0] == "kg" and _BORNE.search(text[: match.start()]):
            measure = Measure(unit="kg", low=amount[1])
            yield MustHave(text=match.group().strip(), forms=LOAD, measure=measure), *match.span()
            continue
        if amount and match[2] not in _LOOSE and (amount[0] != "piece" or amount[1] >= FEWEST):
            held = match[3] is not None
            measure = Measure(unit=amount[0], low=amount[1], high=None if held else amount[1])
            forms = _held(match[3]) if held else ()
            yield MustHave(text=match.group().strip(), forms=forms, measure=measure), *match.span()


def _graded(text: str) -> Iterator[Placed]:
    """Yield the grades that a message asks for: "SPF 50", "IP67"."""
    for match in _GRADES.finditer(text):
        yield MustHave(text=match.group().strip(), forms=(f"{match[1]} {match[2]}",)), *match.span()


def _people(text: str) -> Iterator[Placed]:
    counted = [(read_number(next(filter(None, match.groups()))), match) for match in _PEOPLE.finditer(text)]
    for count, match in (*counted, *parties(text)):
        if count is not None and 0 < count < MOST_PEOPLE:
            measure = Measure(unit="person", low=float(count), high=float(count))
            yield MustHave(text=match.group().strip(), measure=measure), *match.span()


def _bounded(text: str) -> Iterator[tuple[MustHave, int, int]]:
    for match in _FITS.finditer(text):
        amount, held = _amount(match[1], match[2]), _held(match[3])
        if amount and amount[0] != "person":
            must = MustHave(text=match.group(), forms=held, measure=Measure(unit=amount[0], low=amount[1]))
            yield must, *match.span()
    for match in _BOUND.finditer(text):
        low_word, high_word, number, unit, number2, unit2, low_after, _, number3, unit3 = match.groups()
        amount = _amount(number or number2 or number3, unit or unit2 or unit3)
        if amount:
            word = low_word or high_word or ""
            low = bool(low_word or low_after or number3)
            edge = amount[1] * (1 + _BEYOND * (1 if low else -1)) if _STRICT.fullmatch(word) else amount[1]
            measure = Measure(unit=amount[0], low=edge if low else None, high=None if low else edge)
            forms = _COMPARED.get(word.split()[0], ()) if word else ()
            yield MustHave(text=match.group(), forms=forms, measure=measure), *match.span()


def _lasting(text: str) -> Iterator[Placed]:
    """Yield how long a thing must last: whatever its record calls that."""
    for match in _LASTS.finditer(text):
        number, unit = next((match[at], match[at + 1]) for at in (1, 3, 5) if match[at])
        amount = _amount(number, unit)
        if amount and amount[0] in ("hour", "minute"):
            measure = Measure(unit=amount[0], low=amount[1])
            yield MustHave(text=match.group().strip(), forms=_LASTING, measure=measure), *match.span()


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
    if YOUNG.search(text):
        for match in _TURNING.finditer(text):
            age = read_number(match[1] or match[2])
            if age is not None and age < 19 and not _AGE.match(text, match.start()):
                measure = Measure(unit="year", low=float(age), high=float(age))
                yield MustHave(text=match.group().strip(), measure=measure), *match.span()
    for match in _HALF_YEARS.finditer(text):
        years = 0.5 + float((match[1] and read_number(match[1])) or 0)
        must = MustHave(text=match.group().strip(), measure=Measure(unit="year", low=years, high=years))
        yield must, *match.span()
    babies = _BABIES.finditer(text) if _BABY.search(text) else ()
    for match in (*_MONTHS.finditer(text), *babies):
        months = read_number(match[1] or match[2])
        if months is not None:
            years = float(months) / 12
            must = MustHave(text=match.group().strip(), measure=Measure(unit="year", low=years, high=years))
            yield must, *match.span()
    for match in _NEWBORN.finditer(text):
        yield MustHave(text=match.group(), measure=Measure(unit="year", low=0.0, high=0.0)), *match.span()
