"""How large a pack may be of what is wished for: the "biggest bottle" of sunscreen, "four are enough" of glasses.

Knows no product.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.conversation.reading.numerals import NUMBER
from assistant.conversation.reading.words import stem, stems
from assistant.conversation.state import MustHave

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


_ENOUGH = re.compile(
    rf"^\W*(?:(?:actually|ok|okay|oh|no|well|hm+|thinking about it|on second thoughts?|come to think of it|i think|"
    rf"i guess|maybe|wait|sorry)\W+)*(?:(?:a )?(?:set|pack|box) of )?({NUMBER})(?: of (?:them|those))? "
    r"(?:(?:is|are|will be|would be|should be) (?:enough|plenty|fine)|(?:will|would|should) do)\b[\w ]{0,12}\W*$",
    re.IGNORECASE,
)
_ENOUGH_HAN = re.compile(
    r"^(?:其实|想了(?:想|一?下)|想想|考虑了?一?下|算了|还是|那|要不|不对|哦|嗯|不用(?:那么|这么)多|用不了(?:那么|这么)多|[，,。 ])*"
    rf"(?:有|来|要|就|只要)*({NUMBER})[只个件条双片支瓶块把](?:一套|套装|装|套)?的?(?:就|也|应该|大概)*"
    r"(?:够|行|好|可以|成)(?:用|喝|吃|了|吧|的)*[。！! ]*$"
)
"""So many pieces are enough."""


def pieces_instead(message: str, wished: Iterable[MustHave]) -> str:
    """Return a message that so many are enough as the wish for as many pieces, where a number of them is wished for.

    >>> from assistant.conversation.state import Measure
    >>> six = [MustHave(text="set of 6", measure=Measure(unit="piece", low=6, high=6))]
    >>> pieces_instead("actually, 4 is enough", six), pieces_instead("想了想四只就够用了", six)
    ('a set of 4', '四件装的')
    >>> pieces_instead("4 is enough", [])
    '4 is enough'
    """
    if not any(must.measure and must.measure.unit == "piece" for must in wished):
        return message
    if han := _ENOUGH_HAN.match(message):
        return f"{han[1]}件装的"
    found = _ENOUGH.match(message)
    return f"a set of {found[1]}" if found else message
