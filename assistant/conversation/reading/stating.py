"""Whether the words left of a message name a thing, or only frame what must be so: "it has to be …", "最多花 …".

Knows no catalogue.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from assistant.conversation.reading.framing import STOP, content
from assistant.conversation.reading.words import HAN, common_words

COMMON = 10_000
"""A word that is one of this many most frequent ones is no slip of another."""
ALIKE = 74.0
"""From this likeness on (0 to 100) an unusual word is taken for a framing one that was mistyped ("newd")."""
_HAN_FRAMES = re.compile(
    r"大概|大约|差不多|最多|至多|至少|最少|必须|一定|只要|需要|要求|预算|材质|材料|面料|质地|评分|评价|星级|星|以上|以下|以内|左右|牌子|品牌|牌|尺码|尺寸|码|号|急用|赶时间|快点?|"
    r"麻烦|感谢|谢谢|多谢|非常|不好意思|不对|不行|不合适|都|说错|说|再|遍|改主意|改成|改为|换成|算了|还是|这些|这几|那些|重新|您|你们|才|只|岁|"
    r"孩子|小孩|宝宝|用|适合|花|付|价|选|挑|除了?|别|最好|优先|也?行|或者?|"
    r"[她他它]们?(?:自己|本人)?(?:平时|一般|现在)?(?:穿|戴|喜欢|爱|想要?|要|是)?|(?<![\u4e00-\u9fff])(?:[高宽长穿戴带最]|喜欢)(?![\u4e00-\u9fff])"
)


@cache
def framing_words() -> frozenset[str]:
    """Return the English words that say how something must be, and name nothing."""
    text = files("assistant.conversation.reading").joinpath("framing.toml").read_text(encoding="utf-8")
    return STOP | frozenset(str(tomllib.loads(text)["stating"]).split())


def naming(text: str) -> list[str]:
    """Return the words of a text that may name a thing.

    >>> naming("it must cost"), naming("I newd"), naming("最多花"), naming("a turntable")
    ([], [], [], ['turntable'])
    """
    return [word for word in content(_HAN_FRAMES.sub(" ", text)) if HAN.search(word) or not _frames(word)]


def _frames(word: str) -> bool:
    if word in framing_words():
        return True
    if common_words().get(word, COMMON) < COMMON:
        return False
    return any(fuzz.ratio(word, known) >= ALIKE for known in framing_words() if abs(len(known) - len(word)) < 2)
