"""The clauses of a message that each ask something: 什么料子的？能机洗不, "what's it made of and can it be washed".

Reads words alone; finds no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.reading.framing import content
from assistant.conversation.reading.questions import wanted

_JOINTS = re.compile(r"[,，;；。.！!?？、]+(?=\D|$)|\b(?:and|also|plus)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^\W*(?:(?:so|but|ok|please|also|then)\W+)*(?:what|what's|whats|how|is|are|does|do|did|can|could|will|has|have|which|where|who)\b|"
    r"多[久少大重长高宽厚深亮快]|几|哪|什么|啥|怎么|如何|咋|会不会|能不能|可不可以|是不是|有没有|(.)[不没]\1|[吗呢么嘛不没]\W*$",
    re.IGNORECASE,
)
LEAST = 3
"""Words of a clause from which on it asks something, however common they are: "what's it made of"."""
_ONLY_LEADS = re.compile(
    r"\b(?:can|could|would) you (?:please )?(?:tell|help|show)(?: me)?\b|\bdo you know\b|请问|问一?下|想知道|帮我看看?|告诉我"
)
"""What only leads to a question."""


def question_clauses(text: str) -> list[tuple[int, int]]:
    """Return where each clause of a message stands that asks something.

    >>> text = "第二个什么料子的？能机洗不"
    >>> [text[start:end] for start, end in question_clauses(text)]
    ['第二个什么料子的', '能机洗不']
    >>> question_clauses("how heavy is it and the warranty")
    [(0, 16)]
    """
    return [(start, end) for start, end in clauses(text) if _asks(text[start:end])]


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each clause of a message stands, without what joins it to the next."""
    start = 0
    for joint in _JOINTS.finditer(text):
        if text[start : joint.start()].strip():
            yield start, joint.start()
        start = joint.end()
    if text[start:].strip():
        yield start, len(text)


def _asks(clause: str) -> bool:
    rest = _ONLY_LEADS.sub(" ", clause.lower())
    return bool(_ASKS.search(clause) and (content(rest) or wanted(clause.lower()) or len(rest.split()) >= LEAST))
