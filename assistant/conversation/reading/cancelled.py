"""Whether a message tells of an order that is cancelled already. Knows no order."""

from __future__ import annotations

import re

_CANCELLED = re.compile(
    r"\b(?:was|were|is|are|has been|have been|had been|got|gets?|being|been) (?:\w+ly |just |already |\w+ )?cancell?ed\b|"
    r"\b(?:you|they|somebody|someone) (?:guys |have |had |just |'ve )*cancell?ed (?:my|the|it|that|this|on)\b|"
    r"\bcancell?ed (?:order|one|purchase)\b|被取消|(?:给|把).{0,8}取消了|(?:订单|单子?).{0,4}(?:已|自动)取消|取消了?的(?:那|订单|单)"
)
_TO_CANCEL = re.compile(
    r"\b(?:want|like|need|get|have|please)\b[^.?!]{0,30}\b(?:be |it |that |this |order |r-?\d+ )+cancell?ed\b|"
    r"\bcancel\b|(?:想|要|帮我|请)(?:把)?.{0,8}取消(?!的)|怎么取消"
)


def tells_of_cancelling(message: str) -> bool:
    """Return whether a message tells of an order that is cancelled already, and wants none cancelled.

    >>> tells_of_cancelling("why was it cancelled?"), tells_of_cancelling("I want it cancelled"), tells_of_cancelling("被取消了")
    (True, False, True)
    """
    said = message.lower().replace("’", "'")
    return bool(_CANCELLED.search(said)) and not _TO_CANCEL.search(said)
