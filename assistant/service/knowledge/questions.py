"""Tells questions: whether a text is one, whether anybody could have asked it, and whether two are the same.

Knows no store and no model.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from assistant.service.knowledge.anonymous import has_marks
from assistant.service.policy_words import is_weak, words_of

ALIKE = {"en": 88.0, "zh": 82.0}
"""From how many of 100 two questions count as the same by their letters (`tests/service/knowledge/alike.tsv`)."""
LONGEST = 300
"""Characters of a question that is kept."""
_TWICE_MISSPELLED = 7
"""Letters from which on a word may differ in two."""
_ASKS = re.compile(
    r"[?？]|^(?:how|what|when|where|which|who|why|can|could|do|does|is|are|will|would|may|should|did)\b"
    r"|吗|呢|怎么|怎样|如何|什么|多久|多少|哪|是否|能不能|可不可以|有没有|可以.{0,12}么",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bmy (?:\w+ )?(?:orders?|parcel|package|delivery|refund|return|account|payment|card|invoice|address|ticket)\b"
    r"|\bwhere(?:'s| is) my\b|\b(?:a|real) (?:person|human|agent)\b"
    r"|我的?(?:那个)?(?:订单|包裹|快递|退款|账户|账号|地址|发票)|人工|真人",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?。！？])\s*|\n+")


def is_general(text: str) -> bool:
    """Return whether a text asks something that is not about one person's own order or account.

    >>> is_general("Do you engrave rings?"), is_general("Where is my order?"), is_general("thanks")
    (True, False, False)
    """
    return bool(_ASKS.search(text.strip())) and not _OWN.search(text) and not has_marks(text)


def asked_in(text: str) -> str:
    """Return the sentences of a message that ask something anybody could ask, empty where none does."""
    found = [one.strip() for one in _SENTENCES.split(text) if one.strip() and is_general(one)]
    return " ".join(found)[:LONGEST]


def same_question(one: str, other: str, language: str) -> bool:
    """Return whether two questions ask the same: in the same words, or nearly, with the same numbers in them.

    >>> same_question("Do you engrave rings?", "do you engrave ring", "en")
    True
    >>> same_question("Is the 10 W lamp dimmable?", "Is the 20 W lamp dimmable?", "en")
    False
    """
    plain = normal(one), normal(other)
    if plain[0] == plain[1]:
        return True
    if re.findall(r"\d+", plain[0]) != re.findall(r"\d+", plain[1]):
        return False
    words = [frozenset(words_of(text, language)) for text in plain]
    if words[0] == words[1] and sum(not is_weak(word, language) for word in words[0]) > 1:
        return True
    if language == "zh":
        return bool(fuzz.ratio(*plain) >= ALIKE["zh"])
    return bool(fuzz.token_sort_ratio(*plain) >= ALIKE["en"]) and _spelled_alike(*plain)


def _spelled_alike(one: str, other: str) -> bool:
    """Return whether the words in which two questions differ are spellings of each other: "Bern" is not "Berlin"."""
    left, right = set(one.split()) - set(other.split()), set(other.split()) - set(one.split())
    fewer, more = sorted((left, right), key=len)
    return all(any(_spelling(word, near) for near in more) for word in fewer)


def _spelling(word: str, other: str) -> bool:
    wrong = 2 if min(len(word), len(other)) >= _TWICE_MISSPELLED else 1
    return DamerauLevenshtein.distance(word, other, score_cutoff=wrong) <= wrong


def normal(question: str) -> str:
    """Return a question in lower case without punctuation.

    >>> normal("  Do you  ENGRAVE rings?! ")
    'do you engrave rings'
    """
    plain = unicodedata.normalize("NFKC", question).lower()
    return " ".join(re.sub(r"[^\w\s]+", " ", plain).split())
