"""What says only how the things wished for should be: "big over ear ones", "white for both", "same in black"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.intention.asking_of import questions, takes
from assistant.conversation.intention.goingon import returning
from assistant.conversation.reading.describing import asks_bare
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding

_BOTH = re.compile(r"\bfor both\b|\bboth (?:in|of them in)\b|两[个样]都")


def only_says_how(found: Understanding, state: State) -> bool:
    """Return whether a message says only how what is looked for should be, or goes back to how it was."""
    if state.wish.empty or found.wish.categories or takes(found, ()):
        return False
    if state.others and _BOTH.search(found.message.lower()):
        return replace(found.wish, text="", sort="relevance", labels={}) != Wish()
    if found.order_number or state.errand.intent or state.asked or found.references or questions(found.message):
        return False
    return asks_bare(found.message.lower()) or returning(found.message)
