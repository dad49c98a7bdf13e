"""What may fit where no thing is named: "I have dry hands", "a gift for my mom", 叔叔喜欢爬山, 见家长带点啥好.

Reads a message in lower case; whether the shop has what may fit is the catalogue's to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.conversation.reading.framing import PERSONS, PERSONS_HAN
from assistant.conversation.reading.table import rows

_GIVES = re.compile(
    r"\b(?:no (?:idea|clue)|ideas?|inspiration|stuck|help|struggling|not sure)\b[^.?!]*\bto (?:get|buy|give|"
    r"bring|choose|pick)\b|"
    r"\b(?:what|something) (?:to|can i|should i|could i|do i|would you|shall i) (?:get|buy|give|"
    r"bring)\b(?! (?:it|them|one|for it)\b)|"
    r"\b(?:bring|get|buy|give|send) (?:him|her|them|my [\w-]+(?: [\w-]+)?) (?:something|a little something|anything)\b|"
    r"\b(?:spoil|treat|surprise) (?:my|him|her|them|our|the)\b|\ba (?:little )?treat for\b|\ba little something\b|"
    r"\b(?:impossible|hard|difficult|tricky|so hard) to (?:buy|shop) for\b|"
    r"\b(?:colleague|boss|co-?worker|teacher|manager|friend|neighbou?r)\b[^.?!]*\b(?:is|are|'s) leaving\b(?! (?:me|us|it|him|her|the|a|no|early|late|for the day)\b)|"
    r"\bleaving (?:gift|present|do|party)\b|"
    r"\bwe(?:'ve| have)? (?:all )?(?:collected|chipped in|clubbed together|put together)\b|"
    r"\bsecret santa\b|\bstocking (?:fillers?|stuffers?)\b|\bhouse ?warming\b|\bbaby shower\b|\bgraduat(?:es?|"
    r"ing|ion)\b|"
    r"\b(?:is|are|'s) (?:getting married|retiring)\b|\bretires?\b|\bretirement\b|\bmother'?s day\b|\bfather'?s day\b|"
    r"\b(?:is|'s) turning (?:\d+|[a-z]+ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|"
    r"\bjust (?:moved|had a baby)\b.*\b(?:bring|get|give|something)\b|"
    r"\b(?:what|anything|something)\b[^.?!]*\b(?:get|buy|give|bring)\b(?: for)? (?:him|her|them|my|our|his|a)\b|"
    r"\bwhat\b[^.?!]*\bbring\b|\bsomething (?:nice |good |small |special )?for\b|"
    r"\b(?:gifts?|presents?|birthday|christmas|anniversary|valentine'?s?)\b"
    r"(?! (?:cards?|wrap\w*|box(?:es)?|bags?|vouchers?|receipts?|baskets?|cakes?|candles?|party|parties|"
    r"balloons?|trees?)\b)|"
    r"送(?!货|到|达|来|去|不)|礼[物品]|生日(?!蛋糕|贺卡|帽|蜡烛|派对)|过节|情人节|母亲节|父亲节|教师节|圣诞节?(?!树)|"
    r"[带买](?:点|些)?(?:什么|啥)|给[^，。,]{1,10}(?:买|挑|选|带|准备)(?:了?一?[个份件样]|点|些)(?:小?(?:东西|玩意儿?|礼)|$|[，。,])"
)
"""Somebody is to be given something."""
_OWNS = re.compile(r"['’]s (?!birthday\b|gift\b|present\b|wedding\b|\d)[a-z]+", re.IGNORECASE)
"""Behind whoever only belongs to whom it is for: "my son's teacher"."""
_SOMEBODY = re.compile(
    rf"\b(?:{'|'.join(sorted(PERSONS))}|who|he|she|they)\b|{PERSONS_HAN.pattern}|谁|的人|爱好者", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was said, where, and what may fit then, in words that a shopper would ask for it with."""

    when: str
    fitting: tuple[str, ...]
    start: int
    end: int


def liked(text: str) -> list[Occasion]:
    """Return everything that a message of a gift says somebody likes, each with what may fit."""
    if not _GIVES.search(text):
        return []
    found = ((when, fitting, pattern.search(text)) for when, pattern, fitting in _known() if when == "like")
    return [Occasion(when, fitting, *one.span()) for when, fitting, one in found if one]


def gives(text: str) -> bool:
    """Return whether a message in lower case is of something to be given."""
    return bool(_GIVES.search(text))


def occasion(text: str) -> Occasion | None:
    """Return what a message tells that something may fit: a need first, then what somebody likes, then whom it is for.

    >>> occasion("i have dry hands").fitting, occasion("手总是干裂").fitting, occasion("a lamp") is None
    (('hand cream',), ('hand cream',), True)
    >>> occasion("a gift for my mom, she loves cooking").fitting[0], occasion("my mom ordered it") is None
    ('frying pan', True)
    """
    gives = bool(_GIVES.search(text))
    told = gives or bool(_SOMEBODY.search(text))
    for when, pattern, fitting in _known():
        if (when == "like" and not told) or (when == "for" and not gives):
            continue
        if found := next((one for one in pattern.finditer(text) if not _OWNS.match(text, one.end())), None):
            return Occasion(when, fitting, *found.span())
    return None


@cache
def _known() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """Return when something may fit, how that is said, and what."""
    return tuple(
        (when[0], re.compile("|".join([*(rf"\b(?:{form})" for form in english), *chinese])), fitting)
        for when, english, chinese, fitting in rows("occasions.tsv")
    )
