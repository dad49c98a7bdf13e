"""Whether what reads like nothing of a shop's may still name a thing, or ask for what was bought. Searches nothing."""

from __future__ import annotations

import re

from assistant.conversation.reading.framing import content
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.words import HAN, common_words, words
from assistant.conversation.understanding import Understanding

_LOOKS = re.compile(
    r"\b(?:show|find|looking for|look for|search|recommend|suggest|i need|i want|i'd like|any)\b|"
    r"推荐|想买|想要|有没有|找|给我|看看|需要"
)
_BARE = re.compile(r"^\W*(?:an?|some) (?!joke|story|poem|song|recipe|essay|question|quick question|moment|minute)[a-z]")
"""What is named with an article and nothing before it is wished for: "a poster that makes me smile"."""
_PURCHASES = re.compile(r"\b(?:buy|purchase)\b|买[把个件条台双只点些]|[想要得该]买")
_BOUGHT = re.compile(
    r"\bwhat (?:did|have) i (?:just |last |recently |ever )?(?:buy|bought|order(?:ed)?|purchased?)\b|"
    r"我(?:最近|上次|之前|以前|上周|上个月|都|刚|已经|在你们这(?:里|儿)?){0,3}买(?:了|过)(?:些|的)?(?:什么|哪些|啥|东西)"
)
"""What asks for what was bought before."""
CLOSE, CLOSE_FINER = 0.3, 0.15
"""How little surer of a rule, or of one wish for service, than of what is beyond a shop is hardly sure."""
OUTSIDE = 0.8
"""So sure of what is beyond a shop, a word of the catalogue in it is by chance: "the world cup"."""


def may_be_outside(guess: Guess) -> bool:
    """Return whether what hardly reads like a rule's matter is as likely beyond the shop; a rule that speaks of it says
    so (`answers/ruled`)."""
    close = CLOSE if guess.exact == "ask_policy" else CLOSE_FINER
    ruled = guess.intent == "ask_policy" and guess.second == "out_of_scope"
    return ruled and guess.sure - guess.second_sure < close


def may_be_sold(reading: Reading, found: Understanding, *, sure: float) -> bool:
    """Return whether what reads like nothing of a shop's may still name a thing: the search then says what there is."""
    if names_something(reading, found) and sure < OUTSIDE:
        return True
    said = found.message.lower()
    looks = bool(_LOOKS.search(said) or _PURCHASES.search(said))
    if _BARE.search(said):
        return True
    if found.wish.categories:
        return looks or sure < OUTSIDE or only_thing(reading) or _mostly_thing(reading)
    return sure < OUTSIDE and bool(_PURCHASES.search(said))


def names_something(reading: Reading, found: Understanding) -> bool:
    """Return whether a message is one bare word, or words that no dictionary knows: that there is no such thing in the
    shop is said by the search."""
    said = content(found.message)
    if not said or any(HAN.search(word) for word in said):
        return False
    bare = len(words(found.message)) <= 2 and len(reading.rest()) == 1
    return bare or not any(word in common_words() for word in said)


def only_thing(reading: Reading) -> bool:
    """Return whether a message is nothing but the name of a kind of thing that the shop has: "show me pasta"."""
    forms = {word for f in reading.terms if f.term.kind == "category" for word in content(f.form)}
    rest = reading.rest()
    return bool(rest) and forms >= set(rest)


def _mostly_thing(reading: Reading) -> bool:
    """Return whether half of a Chinese message or more is the name of a kind of thing: 儿童平衡车 铝的."""
    said = HAN.findall(" ".join(content(reading.message)))
    forms = [f.form for f in reading.terms if f.term.kind == "category"]
    return bool(said) and 2 * max((len(form) for form in forms), default=0) >= len(said)


def asks_what_was_bought(message: str) -> bool:
    """Return whether a message asks for what its writer bought before.

    >>> asks_what_was_bought("what did I order last time"), asks_what_was_bought("我之前都买过哪些")
    (True, True)
    """
    return bool(_BOUGHT.search(message.lower()))
