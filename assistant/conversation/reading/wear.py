"""Wears phrases as people do who type in haste or with manners: slips of the finger, greetings before, thanks after.

Only what the classifier learns from is worn here; the evaluation wears messages by code and words of its own.
"""

from __future__ import annotations

import random

from assistant.conversation.reading.words import HAN

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OPENINGS = {
    "en": (
        "hi", "hello", "hey", "hi there", "good day", "dear team", "hello, i hope all is well",
        "sorry to bother you but", "quick question", "ok so", "hi, i'm a customer of yours", "listen", "well",
        "excuse me", "hey, me again", "hello, first time here", "i have been a customer for years and",
        "my daughter told me to ask you this", "hi, i'm writing because", "so i was sitting here thinking",
    ),
    "zh": ("你好", "您好", "亲", "在吗", "打扰一下", "那个", "你好，我是老顾客了", "麻烦问下", "不好意思", "嗨"),
}  # fmt: skip
CLOSINGS = {
    "en": (
        "please", "thanks", "thank you", "pls", "asap", "thank you in advance", "if possible", "many thanks",
        "it is urgent", "i would be grateful", "cheers", "can you do that", "today", "i'm in a hurry", "ok?",
        "that's all i need", "let me know", "greetings from here", "lol",
    ),
    "zh": ("谢谢", "麻烦了", "急", "谢谢啦", "辛苦了", "快点", "拜托", "可以吗", "感谢"),
}  # fmt: skip


def worn(phrase: str, language: str, chance: random.Random) -> str:
    """Return a phrase with an opening, a closing or both, and often a slip or two in its longer words."""
    framed = phrase
    if chance.random() < 0.6:
        framed = f"{chance.choice(OPENINGS[language])}, {framed}"
    if chance.random() < 0.6:
        framed = f"{framed}, {chance.choice(CLOSINGS[language])}"
    return slipped(framed, chance) if language == "en" and chance.random() < 0.7 else framed


def slipped(phrase: str, chance: random.Random) -> str:
    """Return a phrase in which every third longer word has one slip.

    >>> slipped("a pen", random.Random(1))
    'a pen'
    """
    return " ".join(
        _slip(word, chance) if len(word) > 3 and not HAN.search(word) and chance.random() < 0.34 else word
        for word in phrase.split()
    )


def _slip(word: str, chance: random.Random) -> str:
    """Return a word with a letter lost, doubled, changed, or two of them in the wrong order."""
    at = chance.randrange(1, len(word) - 1)
    before, here, after = word[:at], word[at], word[at + 1 :]
    return chance.choice((
        before + after,
        before + here + here + after,
        before + chance.choice(LETTERS) + after,
        before + after[0] + here + after[1:],
    ))  # fmt: skip
