"""How much a message presses, and why: a deadline, haste, money, safety, a repeated contact, anger; or no hurry at all.

Rules in both languages. Knows no opening hours and no queue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["low", "normal", "high"]
Reason = Literal["safety", "money", "deadline", "haste", "repeated", "anger", "no_hurry"]
_DAY = r"(?:tomorrow|tonight|today|this (?:evening|morning|afternoon|week|weekend|friday|saturday|sunday)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|christmas|noon|the weekend|the end of the (?:day|week))"
_NO_HURRY = re.compile(
    r"\bno (?:rush|hurry|stress|pressure)\b|\bnot (?:urgent|in a (?:hurry|rush)|pressing|that urgent)\b|\bisn'?t urgent\b|"
    r"\bwhenever (?:you|it|there)\b|\bjust (?:curious|wondering|asking|browsing)\b|\btake your time\b|\bwhen you (?:have|get) (?:time|a moment|a minute|a chance)\b|"
    r"\bsome ?(?:day|time) (?:next|later)\b|\bout of (?:curiosity|interest)\b|\bcan wait\b|"
    r"不(?:着|用)?急|不赶(?:时间)?|随便问问|慢慢来|有空(?:的时候|再)?|什么时候都(?:行|可以)|先了解|就是好奇|只是(?:问问|好奇)|不忙"
)
_PRESSING: Mapping[Reason, re.Pattern[str]] = {
    "safety": re.compile(
        r"\b(?:fire(?! ?(?:trucks?|place|pit|works?|engine|alarm|fighter|wood|extinguisher|stick|proof|man))|flames?|smok(?:e|ing)|burn(?:t|ed|ing|s)?|explod\w+|spark(?:s|ed|ing)|electric shock|shocked me|injur\w+|hurt (?:my|himself|herself|me)|bleeding|"
        r"allergic reaction|rash|swollen|chok\w+|poison\w*|overheat\w*|hospital|emergency room|dangerous|unsafe|gas leak|leaking acid|swallowed|glass in)\b|"
        r"着火|起火|冒烟|烧(?:焦|坏|伤|起来)|爆炸|漏电|触电|电到|受伤|流血|过敏(?:了|反应)|起疹|中毒|住院|医院|烫伤|割伤|危险|漏气|发烫|吞(?:下|了)"
    ),
    "money": re.compile(
        r"\b(?:charged|billed|paid|debited) (?:me )?(?:twice|two times|three times|double)\b|\bdouble[- ]charged\b|\bcharged (?:me )?(?:the wrong|too much|without)|"
        r"\b(?:unauthori[sz]ed|fraudulent|unknown) (?:charge|payment|transaction|purchase|order)|\b(?:stolen|hacked|compromised)\b|\bstole my\b|\bmoney (?:is |has )?(?:gone|disappeared|vanished|was taken)|"
        r"\bdidn'?t (?:make|authori[sz]e|place) this (?:payment|purchase|order)|\bout of pocket\b|\btook (?:the )?money\b|\boverdrawn\b|"
        r"(?:扣|收|付|刷)了?(?:我)?(?:两|2|三|3)(?:次|遍|笔)|重复(?:扣款|扣费|付款|收费)|多扣|乱扣|盗刷|被盗|钱(?:没了|不见了)|不是我(?:买|付|下)的|扣了(?:钱|款)"
    ),
    "deadline": re.compile(
        rf"\b(?:by|before|until|due|not later than|needed?(?: it| them| this)?(?: for)?|have to have it|must (?:arrive|be here)|in time for) {_DAY}|\b(?:leav(?:e|ing)|fly(?:ing)?|travel(?:l?ing)?|mov(?:e|ing)|going away|deadline|expires?) (?:is )?(?:{_DAY}|in (?:two|three|a few|\d+) (?:hours|days))|"
        rf"\b(?:wedding|birthday|party|funeral|exam|interview|trip|flight|event|anniversary|graduation|deadline|move)\b[^.!?]{{0,30}}\b{_DAY}|\bin time for (?:my|the|our|her|his)\b|\b(?:within|in) (?:the next )?(?:an|one|two|\d+) hours?\b|\blast day\b|\bneeds? to be (?:here|delivered|there) (?:by|before)\b|"
        r"(?:今天|明天|后天|今晚|明早|周[一二三四五六日末]|这周|下午|月底|\d+号)(?:之?前|以前|就要|要用|必须|就得|一定要|结婚|过生日|出发|出差|搬家|考试|面试|到期|截止)|赶(?:在|着|不上|时间)|来不及|最后一天|截止|婚礼|急用|等着用|要出(?:国|差)"
    ),
    "haste": re.compile(
        r"\b(?:urgent(?:ly)?|asap|a\.s\.a\.p|immediate(?:ly)?|right (?:now|away)|at once|straight ?away|emergency|hurry|quickly as|as soon as|as quickly as|without delay|top priority|this minute|this instant)\b|"
        r"急(?!不)|马上|立刻|立即|赶紧|尽快|火速|紧急|十万火急|越快越好|现在就|快点"
    ),
    "repeated": re.compile(
        r"\b(?:second|third|fourth|fifth|tenth|2nd|3rd|4th|5th|umpteenth) (?:time|email|message|call|request|attempt|complaint)\b|\b(?:already|have) (?:written|wrote|called|emailed|contacted|asked|complained|messaged|told you|reported)\b|\b(?:again and again|over and over|how many times|several times|many times|multiple times|twice already|three times|countless times|keep asking|kept asking)\b|"
        r"\b(?:still|yet) (?:no|waiting for (?:an answer|a reply|a response)|haven'?t heard|have not heard|nobody)\b|\bno(?:body|one| one) (?:has )?(?:answer|repl|respond|call|got back|gets back)\w*|\bnever (?:got|received|heard) (?:an answer|a reply|a response|back)|\bwaiting for (?:two|three|four|\d+|several|many) (?:days|weeks|months)|"
        r"第[二三四五六七八九十几\d]+(?:次|遍)|(?:说|问|打|联系|催|投诉|反映)(?:了|过)(?:[好很]?[几多]|[两三四五六七八\d]+)(?:次|遍|回)|(?:一直|还是|到现在|都)(?:没人|没有人|不|没)(?:理|回|答复|处理|联系|解决|接)|反复|一再|等了(?:[好很几]|[两三四五六七八\d]+)(?:天|周|个?星期|个?月|久)|又(?:来|是|一次)"
    ),
    "anger": re.compile(
        r"\b(?:lawyer|attorney|sue|suing|court|legal action|police|trading standards|consumer (?:protection|rights)|ombudsman|chargeback|dispute (?:the|this) charge|report you|press|social media|one star|furious|outrage\w*|unacceptable|livid|last straw|had enough|ridiculous|scam\w*|fraud|disgrace\w*)\b|"
        r"律师|起诉|法院|报警|消协|12315|工商|曝光|举报|媒体|忍无可忍|气死|太过分|骗子|退一赔三|岂有此理|欺诈|黑店"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Urgency:
    """How much a message presses, and by which reasons."""

    level: Level = "normal"
    reasons: tuple[Reason, ...] = ()


def urgency(message: str) -> Urgency:
    """Return how much a message presses.

    >>> urgency("I need it by Friday, it's a gift"), urgency("no rush, just curious how you wrap gifts").level
    (Urgency(level='high', reasons=('deadline',)), 'low')
    >>> urgency("充电器冒烟了").reasons, urgency("where is my order").level
    (('safety',), 'normal')
    """
    said = message.lower().replace("’", "'")
    calm = bool(_NO_HURRY.search(said))
    said = _NO_HURRY.sub(" ", said)
    reasons = tuple(reason for reason, pattern in _PRESSING.items() if pattern.search(said))
    if reasons:
        return Urgency("high", reasons)
    return Urgency("low", ("no_hurry",)) if calm else Urgency()
