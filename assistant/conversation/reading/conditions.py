"""Conditions said in so many words: rating, stock, exclusions, quantity, order numbers, and steps such as "cheaper".

Reads a message in lower case; knows no catalogue. Each finding has its place, so that it is not read twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.conversation.reading.numerals import read_number

Step = Literal[
    "", "cheaper", "dearer", "bigger", "smaller", "other_brand", "any_colour", "any_price", "any_size", "any_brand"
]

_COUNT = r"([1-5](?:\.\d)?|one|two|three|four|five|一|二|两|三|四|五)"
_RATING = re.compile(
    rf"(?:at least|over|above|more than|min(?:imum)?|>=?|≥|rated|评分(?:要|在|至少|高于|超过|不低于)?|至少|超过|不低于)?\s*{_COUNT}\s*[- ]?(?:\+\s*)?(?:stars?|★|星)(?:级)?\s*"
    rf"(?:and up|and above|or (?:more|higher|better|above)|\+|plus|以上|及以上)?"
    rf"|(?:rating|rated|评分)\s*(?:of|is|above|over|at least|>=?|高于|大于|超过|在|不低于)?\s*([1-5](?:\.\d)?)(?:\s*(?:and up|or more|\+|分?以上|分))?"
)
_STOCK = re.compile(
    r"\b(?:only )?(?:(?:the )?ones? )?(?:that (?:is|are) )?in[- ]stock(?: only)?\b|\bavailable (?:now|today|right now|immediately)\b"
    r"|\bthat you (?:do|actually|really|still) have(?: there| left)?\b|\bonly available(?: ones)?\b|\b(?:in|from) stock\b"
    r"|\bready to ship\b|只?[要看]?(?:有货|现货)的?|有现货的?"
)
_GUARD = r"(?!\s*(?:for (?:it|that|this|him|her|them|me|us)\b|actually|wait|sorry|maybe|perhaps|rather|let|make|go|hang|better|please|ok|more|over|under|than|sure|problem|idea|thanks|thank|worries|good|bad|that|too|very|really|so|only|just|yet|i\b|need|matter|want|like|know|really|much|many|spend|expensive|cheap|heavy\b|loud\b|in stock|too|higher|taller|longer|bigger|larger|wider|heavier|smaller|shorter))"
_EXCLUDE = re.compile(
    r"\b(?:not|no|none|isn'?t|aren'?t|without|except(?: for)?|excluding|but not|don'?t want|do not want|don'?t like|other than|instead of|rather than|neither|anything but|nothing|avoids?|hates?|(?:doesn'?t|does not) like|(?:wo|do|does|ca)n'?t (?:eat|drink|touch)(?! out\b)|(?:will not|do not|does not|cannot|can not|refuses? to) (?:eat|drink|touch)(?! out\b))\b"
    rf"{_GUARD}\s+(?:in |from |by |with |made of |any |an? |the |it in |it |to be )*([a-z][\w'-]*(?:\s+[a-z][\w'-]*)?)"
    r"|\bnon[- ]([a-z]+)\b|\b([a-z]+)[- ]free\b"
    r"|(?:不要|不想要|别是|不能是|别要|别买|别选|别给我|除了|不(?:喜欢|爱)[吃喝穿用]?|(?<=[它他她猫狗])(?:从|都|也)?不(?:肯|能|会)?[吃喝碰]|讨厌|排除|不带|不含|(?<!有)没有(?!就|的话|关系|问题|事)|(?<!是)不是|非(?!常))([\u4e00-\u9fffa-z0-9]{1,8}?)(?:的|以外|之外|，|,|。|\s|$|了)"
)
_OR = re.compile(
    r"\s*,?\s*\b(?:or|nor)\s+(?:(?:any|an?|the|in|by|from|with|no|not)\s+)*([a-z][\w'-]*)(?! less| more| so\b)"
)
_TOO = re.compile(
    r"\b(?:not|isn'?t|aren'?t|nothing) (?:too|very|overly|so|that) "
    r"(?!expensive|pricey|dear|much|many|big|large|small|long|bad|good|far|late|sure|old|young|ones?\b)([a-z]{3,})\b"
    r"|(?:不要|别|不能|不)太(花[哨俏]|老气|幼稚|复杂|[短长厚薄亮暗浓甜辣苦酸花紧松])"
)
"""What a thing should be less of: "not too dark", 不要太短."""
_EXCLUDED_END = re.compile(
    r"\s+(?:and|or|but|please|one|ones|for|in|with|under|over|below|above|between|around|about|at|to|from|on|is|are|the|"
    r"a|an|if|because|thanks|color|colour|brand|made|version|instead|anymore|again)\b.*| (?:ones?|please)$"
)
_EXCLUDED_BEHIND = re.compile(
    r"(?<![\u4e00-\u9fff])(?![这那我你他她第太贵便别全])(?:([\u4e00-\u9fff]{1,4})的|([\u4e00-\u9fff]{1,3})[味色款])(?:[都就也]|一律)?(?:不要|别要|不考虑|不喜欢|免了)了?(?=$|[\s，,。！!])"
)
"""What is refused behind its name: 乳胶的不要."""
_TOGETHER = re.compile(r"(?<=[\u4e00-\u9fff])(?:和|、|或者?|跟|与|还有)(?=[\u4e00-\u9fff])")
"""What joins words that are refused together: 不要塑料和金属的."""
_NOT_EXCLUDED = frozenset(
    [
        "is",
        "are",
        "was",
        "will",
        "would",
        "else",
        "where",
        "these",
        "this",
        "those",
        "them",
        "that",
        "it",
        "me",
        "you",
        "one",
        "ones",
        "of",
        "now",
        "here",
        "today",
        "working",
        "interested",
        "necessary",
        "important",
        "must",
        "essential",
        "required",
        "needed",
        "dealbreaker",
        "fussed",
        "fussy",
        "bothered",
        "picky",
        "keen",
        "into",
        "mind",
        "bad",
        "waiting",
        "money",
        "price",
        "order",
        "problem",
        "这个",
        "这些",
        "那个",
        "什么",
        "钱",
        "问题",
        "关系",
        "太贵",
        "货",
    ]
)
_ORDER = re.compile(r"(?<![a-z0-9])([a-z]{1,3}-?\d{3,10})(?![a-z0-9])|(?:order|订单|单号|number|no\.?|编号)\s*(?:号|number|no\.?|#|:|：|is|是)*\s*#?\s*([a-z]{0,3}-?\d{3,12})|#\s?(\d{4,12})")  # fmt: skip
_QUANTITY = re.compile(
    r"\b(?:add|take|have|want|buy|get|put|pop|stick|throw|toss|chuck|make it|make that|order|quantity(?: to| of)?|to|set)\s+(?:me\s+)?(\d{1,6}|two|three|four|five|six|ten|a dozen)\b(?!\s*(?:inch|cm|star|year))"
    r"|\b(\d{1,6}|one|two|three|four|five|six)\s+(?:\w+ )?of (?:these|those|them|it|the (?:first|second|third|fourth|fifth|sixth|last))\b"
    r"|\b(\d{1,6}|two|three|four|five|six)\s+(?:of the|pieces|pcs|units|more|x\b)|\b(?:x|×)\s?(\d{1,4})\b|\b(one) more\b|\bonly (one)\b"
    r"|(?:来|要|买|加|改成|改为|换成|拿|数量(?:改成|改为|是)?|再加|只要)\s*(\d{1,6}|[一两二三四五六七八九十]+)\s*[个件双条只台瓶盒套把款本张]?"
)
_STEPS: tuple[tuple[Step, str], ...] = (
    ("any_price", r"price (?:doesn'?t|does not|is not|isn'?t) (?:matter|important)|forget (?:the |about the )?price|any price|never mind the (?:price|budget)|价格无所谓|不限价格|价格不限|预算不限"),
    ("any_colour", r"any (?:colou?r|shade)s?\b|colou?r (?:doesn'?t|does not) matter|never mind the colou?r|forget the colou?r|颜色无所谓|什么颜色都|颜色不限|不限颜色"),
    ("any_size", r"any size|size (?:doesn'?t|does not) matter|尺码无所谓|不限尺码"),
    ("any_brand", r"any brand|brand (?:doesn'?t|does not) matter|牌子无所谓|品牌不限|不限品牌"),
    ("cheaper", r"\b(?:cheaper|less expensive|lower(?:[- ]priced| price)|more affordable|too (?:expensive|pricey|dear|much money)|(?:pretty|rather|a bit) pricey|(?:a bit|a little) (?:too )?much|too steep|costs? too much|out of my (?:budget|price range)|(?:above|over|beyond) (?:my|the) budget|(?:can'?t|cannot) afford)\b|\btoo much\b(?=\W*$|\s*[.,;!?]|\s+for (?:me|us|my|that|it)\b)|便宜(?:一?点|一?些|点儿|一半|得?多|很多|好多)|更便宜|比[^，,。]{1,8}便宜|再便宜|太贵|贵了"),
    ("dearer", r"\b(?:more expensive|higher end|high[- ]end|more premium|can spend more|pricier|fancier)\b|贵一?点(?:也|的)|高档(?:一?点)|更高端|更好一?点"),
    ("bigger", r"\b(?:bigger|larger)\b(?! than \d)|\b(?:size up|too small|roomier)\b|大(?:一?点|一?些|一码|一号)|更大|太小"),
    ("smaller", r"\bsmaller\b(?! than \d)|\b(?:size down|too (?:big|large)|more compact)\b|小(?:一?点|一?些|一码|一号)|更小|太大"),
    ("other_brand", r"\b(?:an?other|different|other) (?:brands?|makes?|manufacturers?)\b|(?:换个?|别的|其他|其它|另外的?)(?:的)?(?:牌子|品牌)"),
)  # fmt: skip
_SORTS = (
    (
        "price_low",
        r"\bcheapest\b|lowest price|sort(?:ed)? by price|price low|low to high|按价格|最便宜|便宜的?(?:就|就可|就可以)[行好]|越便宜越好|the cheaper the better|(?:[从由]|价格)低(?:到|往|至)高|价格升序|便宜的(?:排|放|在)[最前]|价格从低",
    ),
    (
        "price_high",
        r"most expensive|high to low|highest price|最贵|(?:[从由]|价格)高(?:到|往|至)低|价格降序|贵的(?:排|放|在)[最前]|价格从高",
    ),
    (
        "rating",
        r"\b(?:best|top|highest)[- ](?:rated|reviewed|reviews|ratings?)\b|better (?:rated|reviews)|sort(?:ed)? by (?:rating|reviews)|按评分|评分(?:最|更)?高|评价最好|好评",
    ),
)

_SORTED = re.compile(
    r"(?:按|把)?(?:价格|价钱|价位)?(?:[从由]?(?:低(?:到|往|至)高|高(?:到|往|至)低)|升序|降序)(?:的?顺序)?来?(?:给我)?(?:排(?:一下|一排|个序|序|列|下)?)?"
    r"|按(?:价格|价钱|评分|好评)来?(?:给我)?排(?:一下|一排|个序|序|列|下)?"
)
"""Asks for an order and names no thing."""


@dataclass(frozen=True, slots=True)
class Span:
    """A finding: its value and its place."""

    value: str
    start: int
    end: int


def rating(text: str) -> Span | None:
    """Return the least rating asked for.

    >>> rating("4 stars and up"), rating("评分4.5以上").value, rating("5 starfish")
    (Span(value='4', start=0, end=14), '4.5', None)
    >>> rating("at least 4 stars please")
    Span(value='4', start=0, end=16)
    """
    for match in _RATING.finditer(text):
        after = text[match.end() : match.end() + 1]
        if after.isascii() and after.isalpha() and not match.group()[-1].isspace():
            continue
        value = read_number(match[1] or match[2])
        if value is not None and 1 <= value <= 5:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            return Span(str(value), start, match.end() - len(match.group()) + len(match.group().rstrip()))
    return None


def stock(text: str) -> Span | None:
    """Return where only what is in stock is asked for."""
    match = _STOCK.search(text)
    return Span("in_stock", *match.span()) if match else None


def excluded(text: str) -> list[Span]:
    """Return the words that a product must not carry.

    >>> [s.value for s in excluded("a jacket without a hood, not leather please")], [s.value for s in excluded("不要红色的")]
    (['hood', 'leather'], ['红色'])
    """
    found = []
    for match in _EXCLUDE.finditer(text):
        value = next(group for group in match.groups() if group)
        value = _EXCLUDED_END.sub("", f"{value} ".rstrip()).strip().removesuffix("的")
        for one in filter(None, _TOGETHER.split(value)):
            if one.split()[0] not in _NOT_EXCLUDED:
                found.append(Span(one.removesuffix("的"), *match.span()))
                found += _as_well(text, match)
    found += [Span(match[1] or match[2], *match.span()) for match in _EXCLUDED_BEHIND.finditer(text)]
    much = [Span(match[1] or match[2], *match.span()) for match in _TOO.finditer(text)]
    return [one for one in found if all(one.end <= too.start or one.start >= too.end for too in much)] + much


def _as_well(text: str, refused: re.Match[str]) -> list[Span]:
    """Return what is joined by "or" to a word refused: "no fish or lamb"."""
    at = refused.start(1) if refused[1] else refused.end()
    end = at + len(refused[1].split()[0]) if refused[1] else at
    found = []
    while match := _OR.match(text, end):
        found.append(Span(match[1], *match.span()))
        end = match.end()
    return found


def order_number(text: str) -> Span | None:
    """Return the order number as it was typed.

    >>> order_number("where is r-10423?").value, order_number("status of order 10423").value
    ('r-10423', '10423')
    >>> order_number("我的r-10423呢").value
    'r-10423'
    """
    for match in _ORDER.finditer(text):
        value = match[1] or match[2] or match[3]
        if value and any(c.isdigit() for c in value):
            return Span(value, *match.span())
    return None


def quantity(text: str) -> int | None:
    """Return how many are wanted, `None` where it is not said.

    >>> quantity("add 2 of them"), quantity("来三件"), quantity("make it two"), quantity("the second one")
    (2, 3, 2, None)
    """
    match = _QUANTITY.search(text)
    said = next((group for group in match.groups() if group), "") if match else ""
    value = read_number(said.replace("a dozen", "12")) if said else None
    return int(value) if value is not None else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern compiled once: the module that compiles keeps too few of them."""
    return re.compile(pattern)


def step(text: str) -> tuple[Step, int, int]:
    """Return the direction in which the shopper wants to go from what was shown, and its place.

    >>> step("something cheaper please"), step("a red lamp")
    (('cheaper', 10, 17), ('', 0, 0))
    """
    for name, pattern in _STEPS:
        if match := _compiled(pattern).search(text):
            return name, *match.span()
    return "", 0, 0


def sort(text: str) -> str:
    """Return the order that is asked for; "relevance" where none is."""
    return next((name for name, pattern in _SORTS if _compiled(pattern).search(text)), "relevance")


def sorting(text: str) -> Span | None:
    """Return where an order of what is shown is asked for in so many words.

    >>> sorting("价格从低到高排一下"), sorting("a cheap lamp") is None
    (Span(value='price_low', start=0, end=9), True)
    """
    match = _SORTED.search(text)
    return Span(sort(text), *match.span()) if match else None
