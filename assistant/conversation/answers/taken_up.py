"""Takes up again what a rule forbade, where another order is named for it: "then the one from last week".

Knows no rule.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.answers.wanting import LOOKS
from assistant.conversation.drafting.ordered import order_numbers
from assistant.conversation.drafting.told_apart import tells_apart

_WEAK = frozenset(
    {"find", "refine", "more", "ask_product", "smalltalk", "out_of_scope", "help", "told", "order_status", "order_fact"}
    | {"cart_add", "cart_change", "compare"}
)
"""What a few words that only name another order are taken for."""
_AND_THIS = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|hm+|well|then)\W+)*(?:what|how) about\b|^那.{1,12}呢[？?]?$", re.IGNORECASE
)
"""Asks the same of another: "what about the July one?", 那七月那单呢."""
MOST_WORDS, MOST_CHARACTERS = 10, 16


def taken_up(asked: Asked) -> Asked:
    """Return the message as one that wants of another order what was refused for the one before."""
    found, state = asked.found, asked.state
    if state.errand.text or not state.refused.text or state.refused_at != state.turns - 1:
        return asked
    short = len(found.message.split()) <= MOST_WORDS and (
        found.message.isascii() or len(found.message) <= MOST_CHARACTERS
    )
    names = tells_apart(found.message) or order_numbers(found.message)
    if not short or not names or LOOKS.search(found.message):
        return asked
    if not _AND_THIS.search(found.message) and (found.intent not in _WEAK or asks(found.message)):
        return asked
    held = replace(state.refused, lacks="", listed=())
    taken = replace(found, intent=held.intent, sure=1.0, errands=(), parts=())
    return replace(asked, found=taken, state=replace(state, errand=held))


def asks(message: str) -> bool:
    """Return whether a message asks something of the order that it names."""
    return message.rstrip().endswith(("?", "？", "吗", "呢", "没有"))
