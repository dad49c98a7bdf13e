"""Which language a message is in, English or Chinese, and the message made safe to read. Knows no shop."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from assistant.conversation.reading.hiding import without_secrets

LONGEST = 1000
"""Characters of a message that are read; the rest of a longer one is left out, and the reply says so."""

END = 300
"""Characters of them that are taken from the end of a longer message."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Marks without width: they part no words."""
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|(?<!\S)(?!-\d+\s*(?:°|deg|度|℃|c\b))(?:[*_#>-]+)(?=\s|\w)|\*\*")
_JOINTS = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_AGAIN = re.compile(r"^(.{5,}?)(?:\s*\1)+$")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?")
_SIZE = re.compile(r"X{0,3}[SML]|\d?XL|[A-Z]")
"""A letter that is a size or a name in any language: M码, T恤."""
_GRAMMAR = re.compile("[我你您的了吗呢吧有没要想给买个这那什么哪多少是不能可以和还把在帮推荐找请谢好]")
_ENGLISH = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "me",
        "my",
        "you",
        "your",
        "it",
        "is",
        "are",
        "was",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "will",
        "what",
        "which",
        "how",
        "who",
        "where",
        "when",
        "why",
        "have",
        "has",
        "had",
        "want",
        "need",
        "looking",
        "for",
        "with",
        "without",
        "under",
        "over",
        "between",
        "and",
        "or",
        "not",
        "of",
        "in",
        "on",
        "to",
        "from",
        "show",
        "find",
        "please",
        "thanks",
        "thank",
        "hello",
        "hi",
        "any",
        "some",
        "that",
        "this",
        "these",
        "those",
        "one",
        "ones",
        "cheaper",
        "bigger",
        "more",
        "less",
    ]
)


def simplified(message: str) -> str:
    """Return the message in simplified characters, in which our words are written.

    >>> simplified("有沒有便宜點的充電寶？"), simplified("a red bag")
    ('有没有便宜点的充电宝？', 'a red bag')
    """
    return str(_to_simplified().convert(message)) if _HAN.search(message) else message


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def clean(message: str) -> str:
    """Return the message in one Unicode form, without control characters and lone surrogates, at most `LONGEST` long.

    What nobody should type into a chat, such as card numbers, is blanked out, so that it is neither kept nor repeated.

    >>> clean("Ｕnder\\u3000５０\\x00 \\ud800块")
    'Under 50 块'
    """
    if len(message) > 4 * LONGEST:
        message = message[: 2 * LONGEST] + message[-2 * LONGEST :]
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", message))
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cs", "Co"))
    return _cut(without_secrets(re.sub(r"\s+", " ", text).strip()))


def _cut(text: str) -> str:
    """Return the beginning and the end of a text that is too long: what is wished for is said first or last."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - END - 3]} … {text[-END:]}"


def plain(message: str) -> str:
    """Return a cleaned message as it is read: without pictures and markup, once where it is the same over and over.

    >>> plain("show 🎁me <b>a red</b> bag🙏😊"), plain("red bag red bag red bag"), plain("🎁🎁")
    ('show me a red bag', 'red bag', '')
    """
    text = _MARKUP.sub(" ", message)
    text = "".join(" " if unicodedata.category(c) in ("So", "Sk") and c > "\u2190" else c for c in text)
    text = re.sub(r"\s+", " ", _JOINTS.sub(" ", text)).strip()
    return _AGAIN.sub(r"\1", text)


def language_of(message: str, before: str) -> str:
    """Return "en" or "zh"; `before` is kept where the message does not tell (a number, an emoji, a lone brand).

    >>> language_of("我想要一个 backpack", "en"), language_of("do you have 茶叶", "zh"), language_of("iPhone", "zh")
    ('zh', 'en', 'zh')
    >>> language_of("M码", "zh")
    'zh'
    """
    han, words = len(_HAN.findall(message)), [w.lower() for w in _LATIN.findall(message) if not _SIZE.fullmatch(w)]
    if not han and not words:
        return before
    if not han:
        known = sum(word in _ENGLISH for word in words)
        return "en" if known or len(words) > 2 else before
    if not words or _GRAMMAR.search(message):
        return "zh"
    names = before == "zh" and not any(word in _ENGLISH for word in words)  # M码: a size says nothing in English
    return "zh" if han * 0.6 >= len(words) or names else "en"


def has_words(message: str) -> bool:
    """Return whether there is a letter, a digit or a character of any script to read.

    >>> has_words("🎁🎁 !!"), has_words("鞋")
    (False, True)
    """
    return any(c.isalnum() for c in message)


_OTHER_LANGUAGE = re.compile(
    r"^\W*(?:(?:sorry|hi|hello|ok|okay|can you|could you|please|pls|would you|say|tell me|repeat|speak|write|answer|"
    r"reply|that|it|this|again|to me|i don'?t (?:speak|understand|read) chinese|switch to|continue)\W+)*"
    r"(?:in )?english(?: please| pls| instead| now)*\W*$|"
    r"^(?:不好意思|你好|请|麻烦|可以|能|能不能|你|用|再|说|讲|回答|回复|一下|一遍|改|换|成|切换|到|，|,)*"
    r"(?:中文|汉语|普通话)(?:说|讲|回答|回复|再说|一下|一遍|吗|吧|么|好吗|行吗|可以吗|，|,|谢谢)*[。！？!?]*$"
)


def wants_other_language(message: str) -> bool:
    """Return whether a message in lower case asks for nothing but another language.

    >>> wants_other_language("sorry, can you say that in english please"), wants_other_language("能用中文说吗")
    (True, True)
    >>> wants_other_language("english breakfast tea"), wants_other_language("有中文的书吗")
    (False, False)
    """
    return bool(_OTHER_LANGUAGE.search(message))
