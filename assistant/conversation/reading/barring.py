"""The catalogue's own words behind a word of refusal: "but not Pip & Plum", "anything but navy", "除了 Kupfer & Sohn".

`conditions` reads refusals of ordinary words; names with spaces and signs are found by the catalogue alone. Knows no
products.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.conditions import Span
from assistant.conversation.reading.lexicon import Lexicon

_REFUSES = re.compile(
    r"(?:\b(?:not|no|without|except(?: for)?|excluding|other than|(?:anything|everything) but|avoid|hate|"
    r"(?:don'?t|do not|does not|doesn'?t) (?:want|like|need|show me|give me))\b"
    r"(?:\s+(?:any(?:thing)?|the|from|by|in|made of|of|to be|one|ones))*\s*"
    r"|(?:不要|别要|别给我|别推荐|不想要|不喜欢|不买|不考虑|除了|除去|排除|不含|讨厌)(?:看|买|给我|这个)?\s*)$"
)


def barred(text: str, lexicon: Lexicon) -> list[Span]:
    """Return the words of the catalogue that a message refuses, each with its place from the word of refusal on."""
    found = []
    for one in lexicon.find(text):
        refusal = _REFUSES.search(text[: one.start].lower())
        if refusal is not None and one.term.kind in ("brand", "option", "attribute"):
            found.append(Span(one.form.lower(), refusal.start(), one.end))
    return found
