"""Whether a message asks which of what is looked for has the most of something, or is chosen most by others.

"The roomiest", "which boils fastest?", "the best reviewed one please", "which is most popular?". Searches nothing.
"""

from __future__ import annotations

import re

from assistant.conversation.intention.asking_of import takes
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.wishing import POPULAR
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

_BEST = re.compile(r"\b(?:best|highest|top)[- ](?:rated|reviewed|reviews|ratings?)\b|评分最高|评价最[好高]|口碑最好")
_OF_SHOWN = re.compile(
    r"\b(?:which|of (?:these|those|them|the \w+)|among (?:these|those|them)|is the most|the most popular one)\b|"
    r"哪[一]?[个款件双条台]|(?:这|那)(?:些|几[个款件双])|(?:里面?|当中|之中)"
)
_OVERALL = re.compile(
    r"\b(?:overall|in general|in your (?:shop|store)|in the (?:shop|store)|over all)\b|全店|店里|整个店"
)
POPULAR_KIND = re.compile(
    r"\b(?:popular|best[- ]?selling|trending)\s+(?!(?:items?|products?|things?|ones?|gifts?|at|right|now|in|"
    r"with|among|of|for|this|these|"
    r"those|today|here|and|or|but|please|currently|lately|stuff|presents?|choices?|brands?)\b)[a-z]{3,}"
)
"""A kind of thing that most people choose: "most popular toasters"."""
_LIKED = re.compile(
    r"\b(?:which|what)\b.*\b(?:(?:people|others|customers|buyers|most|everyone|shoppers)\b.*\b(?:like|love|"
    r"prefer|choose|buy|pick|go for)|"
    r"sells? (?:the )?(?:best|most)|(?:is|are) (?:the )?(?:most bought|most chosen|favou?rites?))\b|"
    r"哪[一]?[个款件双条台].{0,4}(?:买的?人?最多|卖得?最好|最受欢迎|最火|最热销|最多人买)"
)
"""Asks which of some most people take."""


def asks_utmost(found: Understanding, state: State) -> bool:
    """Return whether a message asks for nothing but the end of a scale, over what is looked for."""
    if state.wish.empty or not state.shown or found.order_number or state.errand.intent or state.asked:
        return False
    if set(found.wish.categories) - set(state.wish.categories) or takes(found, ()):
        return False
    if any(one.which not in ("one", "best", "focus") for one in found.references):
        return False
    said = found.message.lower()
    utmost = [one.text for one in found.wish.preferences if one.utmost]
    left = _BEST.sub(" ", said)
    for text in utmost:
        left = left.replace(text.lower(), " ")
    return left != said and not content(left)


def asks_most_chosen(found: Understanding, state: State) -> bool:
    """Return whether it is asked which of those shown most people choose."""
    said = found.message.lower()
    if len(state.shown) < 2 or found.wish.categories or found.order_number or _OVERALL.search(said):
        return False
    return bool(_LIKED.search(said) or (POPULAR.search(said) and _OF_SHOWN.search(said)))
