"""The words for what things are sold in, which name no thing where one is wished for: the "biggest bottle" of sunscreen.

Knows no product.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.words import stem, stems

_PACK = r"bags?|sacks?|packs?|packets?|packages?|bottles?|box(?:es)?|tins?|jars?|tubes?|cans?|cartons?|pouch(?:es)?|pots?|tubs?|sizes?"
_SIZED = re.compile(
    rf"^(?P<before>\W*(?:[a-z']+\W+){{0,4}}?)(?P<size>biggest|largest|smallest|bigger|larger|smaller|big|large|small) (?P<pack>{_PACK})"
    r"(?P<after>\W*(?:(?:that )?(?:you|there|they) (?:have|got|sell|are|is)|(?:you'?ve )?got|possible|available|please|then|of (?:it|them|that))*\W*)$",
    re.IGNORECASE,
)
_SIZED_HAN = re.compile(
    r"^(?P<before>.{0,4}?)(?P<size>最大|最小|大|小|更大|更小)(?:的)?(?P<pack>[袋瓶盒罐包桶])(?P<after>装?(?:的|有吗|呢)?[？?。]?)$"
)
_FRAMES = frozenset(
    [
        "the",
        "a",
        "what",
        "what's",
        "whats",
        "show",
        "me",
        "give",
        "i",
        "want",
        "need",
        "i'd",
        "like",
        "do",
        "you",
        "have",
        "got",
        "and",
        "ok",
        "then",
        "just",
        "your",
        "is",
        "there",
        "in",
    ]
)


def unpacked(message: str, wished: str) -> str:
    """Return a message about how large a pack may be of what is wished for without the word for the pack.

    >>> unpacked("the biggest bag you have", "cat food"), unpacked("biggest bag", "tote bag")
    ('the biggest one you have', 'biggest bag')
    """
    if han := _SIZED_HAN.match(message):
        return f"{han['size']}的" if wished and han["pack"] not in wished else message
    found = _SIZED.match(message)
    if found is None or not wished or stem(found["pack"].lower()) in stems(wished):
        return message
    framing = all(word in _FRAMES for word in re.findall(r"[a-z']+", found["before"].lower()))
    return f"{found['before']}{found['size']} one{found['after']}" if framing else message
