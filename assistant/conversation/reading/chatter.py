"""The parts of a message that only talk: "my old one gave up last week and now I need …", "…, we moved in May".

What is said around a wish is no part of it. Only a message that asks for a thing in so many words is cut, and only where
nothing that we know is said. Knows no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLAUSE = re.compile(r"[^.!?;,\n。！？；，]+(?:[.](?=\d)[^.!?;,\n。！？；，]+)*[.!?;,\n。！？；，]*")
_WISHES = re.compile(
    r"\b(?:i(?:'m| am)?|we(?:'re| are)?)\s+(?:just |now |still |really )?(?:(?:am |are )?(?:looking|searching|shopping|hunting) (?:for|to buy)|"
    r"after|need|want|in need of)\b|\bi(?:'d| would) (?:like|love)(?: to (?:buy|find|see|get))?\b|"
    r"\b(?:could|can|would|will) you (?:please )?(?:help me (?:to )?find|show|find|recommend|suggest)\b|"
    r"\b(?:show|find) me\b|\b(?:do|would) you (?:have|sell|stock)\b|"
    r"(?:我|就|还是)?(?:想要?|在|来)(?:买|找|看看|要|入手)|我想要|我要|帮我找|麻烦帮我|给我(?:来|整|搞|弄|推|看|找|拿|挑|选)|推荐(?:一下|[一几]|点|个)|有没有|请问有|"
    r"[来整搞弄买找求](?:了|一)?[个把双条台只款套张顶瓶份件]"
)
_TALKS = re.compile(
    r"\b(?:i|i'?m|i'?ve|we|we'?re|you|he|she|they|it'?s|my|our|your|there|nothing|nobody|everything)\b|"
    r"我|你|他|她|它|了|过|就|都|最近|今天|昨天|刚|天天|朋友|邻居|家里"
)
_SEEKS = re.compile(r"\b(?:something|anything) (?:to|for|that|which|so|i can|we can)\b|[能可]以?用?来|用来|有什么")
"""What is sought without its name, and so is no talk."""
_AT_THE_END = re.compile(r"[吗呢啊吧的]?\s*(?:[，。,.?？!！]|$)")
"""Behind a wish that ends a clause: what is wished for stands before it, 手机壳有没有."""
_STOP = re.compile(r"[.!?](?!\d)|[。！？\n]|…")
LONG = 300
"""Characters of a message from which on only the sentence of the wish, and conditions, are taken for the wish."""
_LONG, _LONG_HAN = 5, 4
"""Words, or Chinese characters, from which on a clause may be talk."""


Place = tuple[int, int]


def talk(text: str, said: Sequence[Place], named: Sequence[Place] = ()) -> list[Place]:
    """Return the places of a message that only talk.

    `said` are those where a condition is stated, `named` those where a kind of thing is named: in a long message one
    that stands outside the sentence of the wish belongs to a story.

    >>> text = "my old one broke, so I need a rug, we moved here in May"
    >>> sorted(text[start:end].strip(" ,") for start, end in talk(text, [], [(30, 33)]))
    ['my old one broke', 'so', 'we moved here in May']
    """
    asks = [wish for wish in _WISHES.finditer(text.lower()) if not _AT_THE_END.match(text[wish.end() :])]
    first = asks[0].start() if asks else 0
    if asks and len(text) > LONG:
        stop = _STOP.search(text, first)
        end = stop.end() if stop else len(text)
        inside = [place for place in named if first <= place[0] < end]
        told = [clause.span() for clause in _CLAUSE.finditer(text) if clause.start() >= end or clause.end() <= first]
        kept = [(begin, till) for begin, till in told if any(begin <= at < till for at, _ in said)]
        return [place for place in told if place not in kept] + _lead(text, first, [*said, *inside], told)
    said = [*said, *named]
    clauses = list(_CLAUSE.finditer(text))
    idle = [clause.span() for clause in clauses if _idle(clause, first, said, asked=bool(asks))]
    return [*idle, *_lead(text, first, said, idle)] if len(idle) < len(clauses) else []


def _idle(clause: re.Match[str], first: int, said: Sequence[Place], *, asked: bool) -> bool:
    """Return whether a clause says nothing that we know and wishes nothing."""
    start, end = clause.span()
    if any(start <= at < end for at, _ in said) or _WISHES.search(clause.group().lower()):
        return False
    if _SEEKS.search(clause.group().lower()):
        return False
    if asked and end <= first:
        return True
    text = clause.group().lower()
    long = len(re.findall(r"[一-鿿]", text)) >= _LONG_HAN or len(re.findall(r"[a-z']+", text)) >= _LONG
    return long and bool(_TALKS.search(text))


def _lead(text: str, first: int, said: Sequence[Place], idle: Sequence[Place]) -> list[Place]:
    """Return what stands before the first wish in its own clause, where nothing that we know is said there."""
    start = max((clause.start() for clause in _CLAUSE.finditer(text) if clause.start() <= first), default=0)
    taken = any(start <= at < first for at, _ in said) or any(begin <= start < end for begin, end in idle)
    return [(start, first)] if start < first and not taken else []
