"""Price conditions in a message: "under $50", "between 20 and 40", "三百元左右". Knows no catalogue.

Amounts are in major units; whoever knows the shop's currency turns them into minor ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_currency_precision

from assistant.conversation.reading.numerals import NUMBER, read_number

AROUND = Decimal("0.2")
"""How far "around" reaches to either side."""

_CODES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD",
    "美元": "USD", "美金": "USD", "刀": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "欧元": "EUR",
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "英镑": "GBP", "¥": "CNY", "rmb": "CNY",
    "cny": "CNY", "yuan": "CNY", "人民币": "CNY", "元人民币": "CNY", "块人民币": "CNY", "块钱人民币": "CNY",
}  # fmt: skip
_BEFORE = r"(?:us\$|\$|€|£|¥|\b(?:usd|eur|gbp|rmb|cny)\b)"
_AFTER = (
    r"(?:(?:dollars?|bucks?|usd|euros?|eur|pounds?|quid|gbp|yuan|rmb|cny)\b|美元|美金|刀|欧元|英镑|(?:元|块钱?)?人民币|"
    r"元钱?|块钱?|圆|\$|€|£)"
)
# What follows a bare number that is not money.
_UNIT = (
    r"(?!\s*-?\s*(?:\"|''|%|(?:inch(?:es)?|in|ft|feet|foot|cm|mm|m|km|kg|kgs|g|gram(?:me)?s?|lbs?|oz|ounces?|ml|"
    r"l|(?:milli)?lit(?:er|re)s?|"
    r"kilos?|kilogram(?:me)?s?|(?:centi|milli)?met(?:er|re)s?|"
    r"years?|yrs?|yo|y/o|months?|weeks?|days?|hours?|hrs?|h|min(?:ute)?s?|sec(?:ond)?s?|people|persons?|kids|stars?|"
    r"mah|wh?|watts?|lm|lumens?|db|decibels?|dpi|v|volts?|gb|tb|mb|mp|hz|pieces?|pcs|packs?|pairs?|items?|sets?|"
    r"reviews?|ratings?|th|st|nd|rd|x|"
    r"players?|cups?|seats?|degrees?|colou?rs?|options?|of)\b|"
    r"英?寸|厘米|公分|毫米|米|公里|公斤|千克|斤|克|升|毫升|岁|个|件|双|条|天|小时|分钟|人|星|分|码|号|瓦|毫安|年|月|度|"
    r"款|种|张|把|台|箱|盒|瓶|包|本|只|套|杯|片|次|流明|分贝|mah))"
)


_NO_GRADE = r"(?<!\d)(?<!\d[.,])(?<!spf)(?<!spf )(?<!\beu)(?<!\beu )(?<!size )(?<!\bipx)(?<!\bip)(?<!waist )"
"""What stands before a number that grades or sizes a thing: "SPF50以上" asks for no price."""


def _money(name: str) -> str:
    number = NUMBER.replace("(?P", "(?:P")
    # After "$" a number is money, whatever follows: "$19 in cotton" is no length.
    return (
        rf"(?P<b{name}>{_BEFORE})?\s*{_NO_GRADE}(?P<n{name}>{number})(?![\d.,]*\d)\s*"
        rf"(?:(?P<a{name}>{_AFTER})|(?(b{name})|{_UNIT}))"
    )


_ONE = _money("1")
_JOIN = r"\s*(?:and|to|or|-|–|—|~|到|至)\s*"
_DENIED = (
    r"\b(?:not|never|no|without|cannot|(?:ca|wo|do|does|should|would|must|could|is|are|did)n'?t)\b"
    r"(?:\s+(?:really|just|quite|want|wanna|wish|like|love|to|be|looking|look|willing|able|prepared|planning|go|"
    r"going|spend|spending|"
    r"pay|paying|cost|costing|costs|get|buy|have|it|this|that|they|anything|something|one|any|a|lot|much|for)){0,7}\s+"
    r"(?:more than|over|above|beyond|past|exceed(?:ing)?|higher than|pricier than|dearer than)"
)
"""A budget said with a negation: "I'd rather not spend more than …"."""
_DENIED_HAN = r"(?:不想|不愿意?|不要|不能|不会|不打算|不希望|不可以?|不得|别)(?:花|付|出|让|价格|总价)?(?:费|钱)?(?:超过|高于|多于|超出|贵过|超)"
_MAX = (
    rf"(?:{_DENIED}|{_DENIED_HAN}|"
    r"(?<![a-z])(?:under|below|beneath|less than|cheaper than|lower than|(?:no|not|nothing|none) (?:more|dearer|"
    r"higher) than|(?:not|nothing|none|no) (?:over|above)|at (?:the )?most|"
    r"max(?:imum)?(?: of| is| price)?:?|up to|within|<=?|≤|(?:my )?budget(?: is| of|:)?(?: about| around| only)?|my (?:price )?limit(?: is|:)|"
    r"can spend|spend up to|stretch (?:it |that )?to|(?:i can |could |can )go (?:up )?to|"
    r"(?:stretch|raise|increase|push|bump|extend|lift|up)(?: it| that)?(?: (?:the|my))? (?:budget|price|limit|"
    r"max(?:imum)?) to|"
    r"(?<!数量)(?<!件数)(?:预算|价格|上限)?(?:可以|能)?(?:放宽|提高|提升|提|放|加|涨|升|调|增加|追加|抬高|抬)到|(?:可以|能)到|不超过|不高于|低于|少于|小于|不到|"
    r"不要超过|别超过|(?:最多|最高|至多)(?:只?[能可]以?)?(?:花|付|出|给)?(?:得起)?|预算(?:改成|改为|是|为|大概|大约|在|只有)?|控制在))"
)
_DEARER = (
    r"(?:(?:贵|高|多花|多出?)一?[点些]儿?(?:也|都)?(?:行|可以|成|没事|没关系|无所谓|ok)?|"
    r"(?:a (?:bit|little) )?(?:more|dearer|pricier) (?:expensive )?is (?:ok|okay|fine|alright))"
)
"""That more may be spent, before how much: 贵点也行 150."""
_MIN = (
    r"(?<![a-z])(?:over|above|more than|at least|starting (?:at|from)|min(?:imum)?(?: of)?:?|>=?|≥|upwards of|"
    r"higher than|"
    r"超过|高于|大于|多于|至少|最少|起码|不低于|不少于)"
)
_NEAR = r"(?<!what )(?<!how )(?<![a-z])(?:around|about|approximately|approx\.?|roughly|circa|~|大概|大约|差不多|约)"

_FORMS: tuple[tuple[str, str], ...] = (
    ("range", rf"(?:between|from|price range:?|预算|价格|在)?\s*(?:in\s)?{_ONE.replace(_UNIT, '')}{_JOIN}{_money('2')}\s*(?:之间)?"),
    ("max", rf"预算[^，,。\d]{{1,6}}{_ONE}(?=块|元|[也都])"),
    ("max", rf"{_DEARER}[，,\s]*(?:到|最多|不超过)?\s*{_ONE}\s*(?:以内|以下|之内)?"),
    ("max", rf"{_MAX}\s*{_ONE}(?:\s*(?:tops|max(?:imum)?|at (?:the )?most|or (?:so|less))\b)?\s*(?:以内|以下|之内)?"),
    ("max", rf"{_ONE}\s*(?:(?:each|apiece|per (?:head|person|kid|child))\s*,?\s*)?(?:or less|or under|or below|or cheaper|and under|and below|max(?:imum)?\b|at most|tops|budget|is (?:about )?(?:the (?:very )?most|my (?:absolute |upper )?(?:limit|max(?:imum)?|budget|ceiling))\b|以下|以内|之内|之下|封顶)"),
    ("min", rf"{_MIN}\s*{_ONE}"),
    ("min", rf"{_ONE}\s*(?:or more|and up|and above|or above|\+|plus\b|upwards|以上|往上|起步)(?(b1)|(?(a1)|{_UNIT}))"),
    ("near", rf"{_NEAR}\s*{_ONE}\s*(?:左右|上下)?"),
    ("near", rf"{_ONE}\s*(?:-?ish\b|or so\b|左右|上下|的样子|出头)"),
    ("bare", rf"(?:for|at|price)?\s*{_ONE}"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
_SIZED = re.compile(r"\b(?:eu|size|sizes|uk|us|age|aged|years?|weight|height|pages?|from|orders?)\W*$")
_BARE_RANGE = re.compile(
    r"(?:^|[,;.]\s*)(?:around |about |say |budget |price )?(\d{2,4}) ?(?:-|–|to) ?(\d{2,4})(?=\s*(?:$|"
    r"[.,;!?](?!\d)))(?!\s*(?:cm|kg|inch))"
)
"""Two numbers that stand alone between commas: "something special, 50-80"."""
_SPOKEN_RANGE = re.compile(r"([一二两三四五六七八])([二两三四五六七八九])(十|百|千)(?:多)?(?:元|块钱?)")


@dataclass(frozen=True, slots=True)
class PriceWish:
    """A price condition in major units. `currency` is the one that was named, `start` and `end` the span of the text."""

    low: Decimal | None
    high: Decimal | None
    currency: str | None
    start: int
    end: int


def price_wish(text: str) -> PriceWish | None:
    """Return the price condition of a message in lower case, `None` where there is none.

    >>> w = price_wish("a backpack between 20 and $40"); (w.low, w.high, w.currency)
    (Decimal('20'), Decimal('40'), 'USD')
    >>> price_wish("a 15 inch laptop for 3 people") is None
    True
    """
    if match := _SPOKEN_RANGE.search(text):
        low, high = (read_number(match[n] + match[3]) for n in (1, 2))
        return PriceWish(low, high, None, match.start(), match.end())
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if wish := _read(kind, match):
                return wish
    if (match := _BARE_RANGE.search(text)) and not _SIZED.search(text[: match.start()]):
        low, high = sorted((Decimal(match[1]), Decimal(match[2])))
        return PriceWish(low, high, None, match.start(1), match.end())
    return None


def _read(kind: str, match: re.Match[str]) -> PriceWish | None:
    groups = match.groupdict()
    marked = [groups.get(f"{side}{n}") for n in "12" for side in "ba"]
    if not _is_money(kind, match.group(), any(marked)):
        return None
    first, second = read_number(groups["n1"]), read_number(groups.get("n2") or "")
    if first is None or (kind == "range" and second is None):
        return None
    low, high = _bounds(kind, first, second)
    codes = [_CODES[m] for m in marked if m and m in _CODES]
    return PriceWish(low, high, codes[0] if codes else None, *match.span())


def _is_money(kind: str, text: str, marked: bool) -> bool:
    """Return whether a bare number is meant as money: it has a currency, or words that are said of prices."""
    if marked:
        return True
    if kind == "range":
        return bool(re.search(r"between|from|price|预算|价格|之间", text))
    if kind == "bare" or not re.search(r"\d|[十百千万]|hundred|thousand|ty\b", text):
        return False
    if kind == "near":
        return bool(re.search(r"\d{2}|[十百千万]", text))
    return not re.search(r"最多|至少|at least|at most|over |\bplus|到|[点些]|\bto\b", text) or bool(
        re.search(r"\d{2}|[百千万]", text)
    )


def _bounds(kind: str, first: Decimal, second: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if kind == "range" and second is not None:
        return min(first, second), max(first, second)
    if kind == "near":
        return first * (1 - AROUND), first * (1 + AROUND)
    return (first, None) if kind == "min" else (None, first)


def minor_bounds(price: PriceWish | None, currency: str | None) -> tuple[int | None, int | None]:
    """Return the bounds in the shop's minor units."""
    if price is None:
        return None, None
    digits = get_currency_precision(currency) if currency else 2

    def minor(amount: Decimal | None) -> int | None:
        return None if amount is None else int(amount * 10**digits)

    return minor(price.low), minor(price.high)
