"""Whether only what is reduced is asked for: "on sale", "any deals on watches", 打折的.

Reads a message in lower case. What asks for a code, a student's price or the rule about reduced things is no such wish.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.conditions import Span

_REDUCED = re.compile(
    r"\b(?:(?:is|are|that's|that are|currently|any|some|the|your|all|black friday|cyber monday|holiday|christmas|special|"
    r"with a|at a) )*(?:on sale|on offer|discounted|marked down|reduced(?: in price)?|deals|deal(?= (?:on|for)\b)|bargains?|clearance|"
    r"special offers?|(?:discounts?|offers|sales?|promotions?|savings)(?= (?:on|in|for|at|today|now|right now|this)\b)|"
    r"(?:discounts?|promotions?|offers)(?=\W*$)|at a discount|sale items?)(?: (?:on|in|for))?\b|"
    r"(?:正?在|有|最近|现在|什么|哪些|今天)*(?:打折|特价|降价|促销|减价|清仓|折扣|优惠)(?:活动|力度|商品)?(?:中|着)?"
)
_OTHERWISE = re.compile(
    r"\b(?:codes?|vouchers?|coupons?|students?|members?|loyalty|return|refund|exchange|combine|stack|first order|"
    r"newsletter|bulk|employee|staff|a deal\b.*\bwith)\b|\bdeal with\b|\bno deal\b|\bsounds like\b|"
    r"优惠[券码]|折扣[券码]|学生|会员|退|换|叠加|首单|新人|生日|批发|能便宜|讲价",
)


def reduced(text: str) -> Span | None:
    """Return where only what is reduced is asked for.

    >>> reduced("any deals on watches?").value, reduced("backpacks on sale").value, reduced("有打折的耳机吗").value
    ('any deals on', 'on sale', '有打折')
    >>> reduced("do you have a discount code?"), reduced("can i return sale items?")
    (None, None)
    """
    found = None if _OTHERWISE.search(text) else _REDUCED.search(text)
    return Span(found.group(), *found.span()) if found else None
