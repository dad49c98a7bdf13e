"""Several questions of one message, each for itself: "is it waterproof and how loud is it?". Answers none.

What begins like no question ("the first one looks nice", "and the dishwasher?") belongs to the question beside it.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.words import words

MOST = 4
"""Questions of a message that are answered each."""
_BEGINS = (
    r"(?:what|what's|whats|how|how's|hows|is|isn't|are|does|doesn't|do|can|could|will|would|has|have|which|where|who|"
    r"when|was|should)\b(?!'d)"
)
_CUT = re.compile(
    r"[.!?;,\n]+\s*(?:(?:and|but|also|plus|oh|so|then)\b,?\s+)*(?=\W*" + _BEGINS + r")|"
    r",?\s+(?:and also|and|also|plus|as well as|but|&|\+)\s+(?:also\s+)?(?=" + _BEGINS + r")|"
    r"[，,。；;？?！!]+\s*(?:还有|另外|顺便(?:问下?|问一下)?|然后|以及|那|而且|同时)?[，,]?(?=[^，,。；;？?！!]*[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|please|hi|hello|also|hey|well|great|cool|nice|thanks)\W+)*" + _BEGINS, re.IGNORECASE
)
_ASKS_HAN = re.compile(
    r"多[久少大重长高宽厚深亮快]|几|哪|什么|啥|怎么|如何|会不会|能不能|可不可以|是不是|有没有|[吗么呢]|(.)不\1"
)
_ELLIPSIS = 2
"""Words of what is no question alone: "how about"."""


def each_question(message: str) -> list[str]:
    """Return the questions of a message, what is no question with the one that follows or else the one before.

    >>> each_question("The first looks nice. How long does it last and how loud is it?")
    ['The first looks nice. How long does it last', 'how loud is it?']
    >>> each_question("can it go in the oven? and the dishwasher?"), each_question("它防水吗，多重")
    (['can it go in the oven? and the dishwasher?'], ['它防水吗', '多重'])
    """
    ends = [cut.span() for cut in _CUT.finditer(message)] + [(len(message), len(message))]
    found: list[str] = []
    start = since = 0
    for end, after in ends:
        if _asks(message[start:end]):
            found.append(message[since:end].strip())
            since = after
        start = after
    rest = message[since:].strip()
    if found and words(rest):
        found[-1] = message[message.rindex(found[-1]) :].strip()
    return found[:MOST]


def _asks(said: str) -> bool:
    return (bool(_ASKS.search(said)) and len(words(said)) > _ELLIPSIS) or bool(_ASKS_HAN.search(said))
