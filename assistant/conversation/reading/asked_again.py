"""What was just asked of one product, asked of another: "and the second?", "same for the third", 第二款呢.

Knows no product; what was asked is the message before.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.references import references
from assistant.conversation.reading.words import HAN

_PLACE = (
    r"(?:the )?(?:first|second|third|fourth|fifth|sixth|last|other|1st|2nd|3rd|4th|5th|6th)(?: one| two)?|"
    r"(?:number|no\.?|#) ?(?:\d|one|two|three|four|five|six)"
)
_AGAIN = re.compile(
    r"^\W*(?:(?:ok|okay|so|hm+|oh|right|great|thanks)\W+)*"
    r"(?:(?P<lead>and(?: what about| how about| for)?|(?:what|how) about|(?:and )?(?:the )?same (?:question |thing )?"
    r"(?:again )?(?:for|with|about|of)|(?:is|does) (?:it|that) (?:the )?same (?:for|with)|ditto(?: for)?)\s+)?"
    rf"(?P<of>{_PLACE})(?: too| as well| then)?\s*(?P<mark>\?)?\W*$",
    re.IGNORECASE,
)
_AGAIN_HAN = re.compile(
    r"^(?:那么?|还有)?(?P<of>第[一二两三四五六\d][个款件双条台只把种]?|最后一?[个款件双条]|另(?:外)?一[个款件双条])"
    r"(?:呢|也(?:一样|是(?:这样|吗)?)?[吗么]?|一样[吗么])[？?。！!]*$"
)
_ASKS = re.compile(
    r"\?\s*$|^\W*(?:(?:and|so|ok|okay|but|hi)\W+)*(?:what|what's|whats|how|is|are|does|do|did|can|could|will|has|have|which|"
    r"where|who)\b|\b(?:is it|does it|can it)\b|[吗么呢不没][？?]*$|多[少久大重长高宽厚]|什么|几|哪"
)
_ALL = re.compile(r"\b(?:they|these|those|them)\b", re.IGNORECASE)
_POINTS = frozenset({"place", "last", "focus", "one", "all", "other", "previous"})


def asked_again(message: str, before: str) -> str:
    """Return the question before, asked of the product that a message names alone; the message where it asks nothing anew.

    >>> asked_again("and the second?", "how heavy is the first one"), asked_again("same for the third", "is it waterproof?")
    ('how heavy is the second', 'is the third waterproof?')
    >>> asked_again("第二款呢", "第一款防水吗"), asked_again("the second", "show me kettles")
    ('第二款防水吗', 'the second')
    """
    again = _AGAIN_HAN.match(message.strip()) or _AGAIN.match(message)
    if again is None or not _ASKS.search(before.lower()) or bool(HAN.search(message)) != bool(HAN.search(before)):
        return message
    of = again["of"]
    if again.re is _AGAIN and not (again["lead"] or again["mark"]):
        return message
    pointed = [one for one in references(before.lower()) if one.which in _POINTS]
    if len(pointed) > 1:
        return message  # two are weighed already
    if pointed:
        return f"{before[: pointed[0].start]}{of}{before[pointed[0].end :]}"
    if all_ := _ALL.search(before):
        return f"{before[: all_.start()]}{of}{before[all_.end() :]}"
    return f"{of}{before}" if HAN.search(before) else f"{before.rstrip(' ?')} for {of}?"
