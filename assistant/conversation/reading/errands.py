"""Several wishes in one message: where each begins and ends, and what it is for.

"Cancel order 1042 and where is my refund?" holds two. Cuts a message at the ends of sentences and at words that join;
knows no model: what a piece is for is told by whoever hands in `guessed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.conversation.reading.families import services
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.words import words

CLEAR = 0.5
"""A piece that is less surely of one intent belongs to the piece before it."""
MOST = 5
"""Pieces of a message that are looked at."""
_VERBS = r"cancel|change|return|exchange|refund|send|tell|track|check|add|remove|delete|close|update|reset|give|talk|speak|connect|order|pay|subscribe|unsubscribe|file|leave|get|download|show|find|see|switch|ship|help|stop"
_CUT = re.compile(
    r"[.!?;。！？；\n]+\s*|,?\s+(?:and then|and also|but also|as well as|and|also|plus|besides|additionally|then|after that)\s+"
    rf"(?=(?:also |please |then |to )*(?:i\b|i'|my\b|can\b|could\b|would\b|will\b|please\b|where\b|when\b|what\b|whats?\b|what's\b|how\b|why\b|is\b|are\b|do\b|does\b|did\b|has\b|have\b|(?:want|need|like|love|wanted) to (?:know|ask)\b|it (?:has|needs|must|should)\b|(?:{_VERBS})\b))"
    rf"|,\s*(?=(?:also|please|and|then|plus|whats?|do you|is|are|does|can|could|where|when|what|how|i want|i need|i'd)\b)|[，,、]\s*(?=\S*[\u4e00-\u9fff])|(?:另外|还有|顺便|同时|然后|以及|再帮我)[，,]?",
    re.IGNORECASE,
)  # fmt: skip
_OWN = frozenset({"human", "order_status", "ask_policy", "checkout", "cart_show", "compare"})
"""The conversation's own intents that count as a wish of their own; the others depend on the talk so far."""


_COUNTS = re.compile(
    r"^\W*(?:我们|一共|大概|差不多)*(?:\d+|[一二两三四五六七八九十几]+)\s*个?(?:大?人|小孩|孩子)(?:用|住|睡|撑|玩|吃|坐|穿|左右)*\W*$|"
    r"^\W*(?:for )?(?:\d+|two|three|four|five|six) (?:people|persons|of us|adults|kids)\W*$",
    re.IGNORECASE,
)
"""Says for how many a thing is, and calls none of them."""


_WEIGHS = re.compile(
    r"[哪谁比]|区别|不同|更|选|\b(?:which|compar\w*|differ\w*|between|better|versus|vs)\b", re.IGNORECASE
)
_SWAPS = re.compile(r"^\W*(?:想|要|帮我|给我|得)*换(?:掉|了)?(?:新的|一?[个条双件把台款]新?的?)(?:吧|呗|了)?\W*$")
"""Wants another thing of a kind: no order is spoken of."""
SHORT_HAN, SURELY = 4, 0.9
"""Chinese characters up to which a piece is a wish for service only from this sureness on: 收起来小."""


_HELPLESS = re.compile(
    r"\W*(?:(?:那|我|现在|该|请问){0,2}(?:怎么办|咋办|咋整|怎么弄)[呢啊呀]?|what (?:now|(?:can|should|do|shall) i do(?: now)?)|"
    r"(?:please )?help(?: me)?)\W*$",
    re.IGNORECASE,
)
"""Asks what to do about what was said before, and wishes for nothing of its own."""


_WROTE = re.compile(
    r"\b(?:i|we)(?:'ve| have| had| did|'d)? (?:already |just |even |also )*(?:writ\w+|wrote|e-?mail(?:ed)?|mailed|call(?:ed)?|"
    r"rang|rung|phon(?:e|ed)|messag(?:e|ed)|contact(?:ed)?|sent|filled)\b(?! me\b)|"
    r"^\W*(?:\w+,? )?(?:times,? )?(?:by|via|over|through) (?:e-?mail|phone|post|chat|the (?:form|website|phone))\W*$|"
    r"\b(?:no|any|without) (?:reply|answer|response)\b|\bheard (?:nothing|back)\b|"
    r"(?:发|写|打|寄)[了过].{0,6}(?:邮件|邮箱|信|电话|消息)|没(?:有)?(?:人|任何)?(?:回|理|答)",
    re.IGNORECASE,
)
"""Tells how the shop was written to, and wishes for no letters."""
_LETTERS = frozenset({"newsletter", "unsubscribe", "contact"})


def _hardly(piece: str, sure: float) -> bool:
    """Return whether a piece only reads like a wish for service: how many it is for, another one, how a thing is."""
    short = len(re.findall(r"[\u3400-\u9fff]", piece)) <= SHORT_HAN and bool(re.search(r"[\u3400-\u9fff]", piece))
    return bool(_COUNTS.match(piece) or _SWAPS.match(piece) or _HELPLESS.match(piece)) or (short and sure < SURELY)


@dataclass(frozen=True, slots=True)
class Errand:
    """One wish of a message: its intent, its words, their place, and how sure it is."""

    intent: str
    text: str
    start: int
    end: int
    sure: float


def pieces(message: str) -> list[tuple[int, int]]:
    """Return where the pieces of a message lie that may each be a wish.

    >>> said = "Cancel order 1042 and where is my refund?"
    >>> [said[a:b] for a, b in pieces(said)]
    ['Cancel order 1042', 'where is my refund']
    """
    found, start = [], 0
    for cut in _CUT.finditer(message):
        found.append((start, cut.start()))
        start = cut.end()
    found.append((start, len(message)))
    return [(a, b) for a, b in found if words(message[a:b])][:MOST]


def errands(message: str, guessed: Callable[[Sequence[str]], Sequence[Guess]]) -> tuple[Errand, ...]:
    """Return the wishes of a message in order; none where it holds fewer than two.

    `guessed` tells what each of several texts is for.
    """
    places = pieces(message)
    if len(places) < 2:
        return ()
    found: list[Errand] = []
    for (start, end), guess in zip(places, guessed([message[a:b] for a, b in places]), strict=True):
        wish = guess.exact in services() or guess.exact in _OWN
        if not wish or guess.exact_sure < CLEAR or _hardly(message[start:end], guess.exact_sure):
            continue
        if guess.exact in _LETTERS and _WROTE.search(message[start:end]):
            continue
        if guess.exact == "compare" and not _WEIGHS.search(message[start:end]):
            continue  # 跟我想的不一样 weighs nothing against another thing
        if found and found[-1].intent == guess.exact:
            start = found.pop().start
        found.append(Errand(guess.exact, message[start:end].strip(), start, end, round(guess.exact_sure, 3)))
    return tuple(found) if len({one.intent for one in found}) > 1 else ()


_JOINS = re.compile(
    r"^(?:[\s,;.，。；、!?！？]|\b(?:and|also|but|so|then|plus|besides|as well)\b|另外|还有|顺便|同时|以及)+|"
    r"(?:[\s,;，；、?!？！]|\b(?:and|also|but|so|then|plus|besides|as well(?: as)?)\b|另外|还有|顺便|同时|以及)+$",
    re.IGNORECASE,
)


def apart(message: str, guessed: Callable[[Sequence[str]], Sequence[Guess]]) -> tuple[str, list[str]]:
    """Return what a message says beside its wishes for service, and each of these wishes; none where it holds but one.

    `guessed` tells what each of several texts is for.
    """
    places = pieces(message)
    if len(places) < 2:
        return message, []
    served, rest, last = list[str](), "", 0
    for (start, end), guess in zip(places, guessed([message[a:b] for a, b in places]), strict=True):
        wish = guess.exact in services() or guess.exact in ("ask_policy", "order_status", "human")
        if wish and guess.exact_sure >= CLEAR and not _hardly(message[start:end], guess.exact_sure):
            rest += _JOINS.sub("", message[last:start]) + " "
            served.append(message[start:end].strip())
            last = end
    rest = f"{rest}{message[last:]}"
    return _JOINS.sub("", rest).strip(), served
