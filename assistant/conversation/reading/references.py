"""What a message points at: "the second one", "the cheaper one", "both", "it", "第二个", "这个". Knows no product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.table import rows

Which = Literal["place", "middle", "last", "first_n", "all", "cheapest", "dearest", "best", "focus", "previous", "one"]

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6,
}  # fmt: skip
_WORDS = "|".join(_ORDINALS)
_MADE = "|".join(
    sorted({form for row in rows("materials.tsv") for form in row[1] if len(form) > 1 and form[-1] != "的"}, key=len)[
        ::-1
    ]
)
_COUNT = r"(\d|two|three|four|five|six|两|二|三|四|五|六)"
_PATTERNS: tuple[tuple[Which, str], ...] = (
    ("middle", r"\b(?:the )?(?:one in the middle|middle (?:one|option|item|product))\b|中间(?:的)?[那这]?(?:一)?[个款件双条]"),
    ("cheapest", rf"\bthe (?:cheaper|cheapest|less expensive)(?: one)? of (?:the {_COUNT}|these|those|them)\b"),
    ("first_n", rf"\b(?:the )?first {_COUNT}\b|\b(?:these|those|the) {_COUNT}\b(?!\s*-?\s*(?:inch|star|kg|kilo|g\b|gram|ml|l\b|lit(?:re|er)|cm|mm))|前{_COUNT}[个款件]|[这那]{_COUNT}[个款件双条台只把张顶套瓶支本块]|[这那]俩个?"),
    ("all", r"\b(?:both|all of them|them all|(?<!first of )(?<!second of )(?<!third of )(?<!fourth of )(?<!fifth of )(?<!sixth of )(?<!last of )(?:these|those|them))\b|[这那]几[个款件样双条台只把张顶套瓶支本块]|都(?=比|对|(?:加|放)(?:进|到|入|购|上)|(?:要|买)[了吧]*[。！!]*$)|全部?(?=加购|加入|放进)|两[个件双条款瓶]都|两个(?=比|对|有|哪|的区别)|这些|那些|它们|两者"),
    ("previous", r"\bthe (?:previous|earlier|one before)(?: one)?\b|上一个|之前那个|刚才那个|前一个"),
    ("place", rf"\b(?:the )?(?<!cheapest )(?<!priciest )(?<!rated )(?<!newest )(?<!lowest )(?<!highest )(?<!price )({_WORDS})\b(?! (?:time|months?|weeks?|years?|days?|few|flat|home|job|baby|birthday|name|thing|thoughts?|day|of all|aid))(?: (?:one|option|item|product|result|pick))?(?: of (?:these|those|them)\b)?"),
    ("place", r"\b(?:number|option)\s+(one|two|three|four|five|six)\b|\b(?:number|no\.?|option|item|#)\s*([1-9])\b|#\s?([1-9])(?!\d)|第\s*([一二两三四五六七八九\d])\s*[个款件条种只双台把张顶套瓶支本块副盏]?"),
    ("place", r"(?<=\bcompare )([1-9])(?= (?:and|with|to|vs) [1-9]\b)|(?<=\bput )([1-9])(?= and [1-9]\b)|(?<=[1-9] and )([1-9])(?= (?:side|next)\b)"),
    ("last", r"\b(?:the )?last (?:one|option|item|product|of (?:them|these|those))\b|\bthe last\b(?=\W*(?:$|[,.;!?]|(?:for me|please|pls|then|and|with|to|vs|or)\b))|最后[一那]?[个款件]"),
    ("cheapest", r"\bthe (?:cheaper|cheapest|less expensive|least expensive|lowest[- ]priced?)(?: (?:one|of|option))?\b|(?:最)?便宜(?:点|一点|些)?(?:的那?|那)[个款件双条只]|最便宜的"),
    ("dearest", r"\bthe (?:more|most) expensive(?: one)?\b|\bthe (?:dearer|dearest|pricier|priciest)(?: one)?\b|最?贵(?:点|一点|些)?(?:的那?|那)[个款件双条只]|最贵的"),
    ("best", r"\bthe (?:best|better|highest|top)[- ]?(?:rated|reviewed)(?: one)?\b|评分(?:更|最)?高的(?:那?[个款件])?|评价最好的"),
    ("one", r"\b(?:the|that|this) one (?:from|by|made by) [\w&']+(?: (?!(?:in|for|please|then|is|has|to|and|or|with|come)\b)[\w&']+)?|"
        rf"(?:{_MADE})(?:材质|款)?[那这]一?[个款件双条台只把]|"
        r"[a-z][a-z&' ]{2,20}(?:的|牌)?[那这]一?[个款件双条](?!牌|品牌|系列)|\b(?:the|that|this) (?:[\w'-]+ ){1,4}one\b|(?:那|这)[个款件](?:(?![是哪什怎多几有能会吗呢])[\u4e00-\u9fff]){1,6}的|(?:(?![是哪什怎吗呢])[a-z\d\u4e00-\u9fff]){1,6}(?:的|(?<=色)|(?<=最[\u4e00-\u9fff]))(?:那[个款件双条台只把张顶套瓶支本块副盏]|(?<=的)[个款件])"),
    ("focus", r"\b(?:it|its|it's|this one|that one|this|that|the product|the item)\b|[这那][个款件双条台只把顶套瓶支副盏](?!牌|品牌)|它|该商品|这东西"),
)  # fmt: skip
_COMPILED = tuple((which, re.compile(pattern)) for which, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Reference:
    """What is pointed at. `number` is a place from 1, or how many; `words` describe the one that is meant."""

    which: Which
    number: int = 0
    words: str = ""
    start: int = 0
    end: int = 0


def references(text: str) -> list[Reference]:
    """Return what a message in lower case points at, in order; the more exact reading wins where two overlap.

    >>> [(r.which, r.number) for r in references("compare the first and the third one")]
    [('place', 1), ('place', 3)]
    >>> [(r.which, r.number) for r in references("第二个有货吗")], references("second hand books, first aid kit")[1:]
    ([('place', 2)], [])
    """
    taken: list[Reference] = []
    for which, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if any(match.start() < r.end and match.end() > r.start for r in taken):
                continue
            words = match.group() if which == "one" else ""
            taken.append(Reference(which, _number(match), words, match.start(), match.end()))
    return sorted(taken, key=lambda r: r.start)


def _number(match: re.Match[str]) -> int:
    said = next((group for group in match.groups() if group), "")
    if said in _ORDINALS:
        return _ORDINALS[said]
    value = read_number(said) if said else None
    return int(value) if value is not None else 0
