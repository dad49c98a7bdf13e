"""Which script a text is written in, Chinese or Latin, by counting: own rules, apart from those of the turn.

A Chinese character and a Latin word count one each. Knows two languages, and no words of either.

>>> language_of("have you got 雨靴 in my size, please?"), language_of("第一个有货吗"), language_of("???")
('', 'zh', '')
>>> wrongly_written("The Kitewire 峡湾 is in stock.", "zh", ["Kitewire 峡湾"])
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}(?:['’][a-z]+)?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|《[^》]*》|‘[^’]*’")
FEW = 3
"""Words from which on a text has a language."""


def chinese_share(text: str) -> float | None:
    """Return the share of Chinese characters among characters and words, `None` where there are neither."""
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    return han / (han + words) if han + words else None


def language_of(message: str) -> str:
    """Return "zh" or "en", empty where a message is in neither or in both."""
    share = chinese_share(message)
    if share is None or 0.1 < share < 0.5:
        return ""
    return "zh" if share >= 0.5 else "en"


def wrongly_written(text: str, wanted: str, names: Iterable[str] = ()) -> bool:
    """True where a text is in the other language than "en" or "zh"; names and quotations may be in any."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    text = _QUOTED.sub(" ", text)
    share = chinese_share(text)
    if share is None:
        return False
    if wanted == "zh":
        return len(_WORD.findall(text)) >= FEW and share < 0.5
    return len(_HAN.findall(text)) >= FEW and share > 0.25
