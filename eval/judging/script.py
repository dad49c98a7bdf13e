"""Which script a text is written in, Chinese or Latin, by counting: own rules, apart from those of the turn.

A Chinese character and a Latin word count one each. Knows two languages, and no words of either.

>>> language_of("have you got 防水雨靴 in my size, please?"), language_of("第一个有货吗"), language_of("???")
('', 'zh', '')
>>> wrongly_written("The Kitewire 峡湾 is in stock.", "zh", ["Kitewire 峡湾"])
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}(?:['’][a-z]+)?")
_LOWER = re.compile(r"\b[a-zß-ÿ]{2,}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|《[^》]*》|‘[^’]*’")
FEW = 3
"""Words of a script from which on a text is written in it, too."""


def language_of(message: str) -> str:
    """Return "zh" or "en", empty where a message is too short to be in either, or is in both."""
    han, words = len(_HAN.findall(message)), len(_WORD.findall(message))
    if han + words < 2 or (han >= FEW and words >= FEW):
        return ""
    return "zh" if han > words else "en"


def wrongly_written(text: str, wanted: str, names: Iterable[str] = ()) -> bool:
    """True where most of a text is in the other language than "en" or "zh".

    Names and quotations may be in any; Latin words with a capital count as names in a Chinese text.
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    text = _QUOTED.sub(" ", text)
    han = len(_HAN.findall(text))
    if wanted == "zh":
        return len(_LOWER.findall(text)) >= FEW and len(_LOWER.findall(text)) > han
    return han >= FEW and han > len(_WORD.findall(text))
