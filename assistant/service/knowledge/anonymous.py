"""Takes out of a text what tells of one person: names, e-mails, numbers of phones and orders, addresses.

By patterns, and by the values that the shop knows of that person; every other name would need a reader. What is taken
out leaves a mark ("[name]"), so that whoever edits the text sees where something was. The patterns are in
`anonymous.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_MARKS = {
    "name": {"en": "[name]", "zh": "[姓名]"},
    "email": {"en": "[e-mail]", "zh": "[邮箱]"},
    "phone": {"en": "[phone]", "zh": "[电话]"},
    "order": {"en": "[order number]", "zh": "[订单号]"},
    "number": {"en": "[number]", "zh": "[号码]"},
    "address": {"en": "[address]", "zh": "[地址]"},
    "link": {"en": "[link]", "zh": "[链接]"},
}
_EVERY_MARK = re.compile("|".join(re.escape(mark) for marks in _MARKS.values() for mark in marks.values()))


def anonymous(text: str, language: str, *, known: Iterable[tuple[str, str]] = ()) -> str:
    """Return a text without what tells of a person; `known` are (kind, value) that are surely theirs.

    >>> anonymous("I'm Ada, ada@example.org, about order R-10001", "en")
    "I'm [name], [e-mail], about order [order number]"
    """
    spoken = language if language == "zh" else "en"
    for kind, value in sorted(known, key=lambda pair: -len(pair[1])):
        text = _value(value).sub(_MARKS[kind][spoken], text) if len(value.strip()) > 1 else text
    for kind, pattern in _patterns():
        text = pattern.sub(_MARKS[kind][spoken], text)
    return text


def has_marks(text: str) -> bool:
    """Return whether something was taken out of a text and nothing put in its place.

    >>> has_marks("Dear [name]"), has_marks("Use [cold] water")
    (True, False)
    """
    return bool(_EVERY_MARK.search(text))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return mark and pattern of each thing that is taken out, in order."""
    table = tomllib.loads(files("assistant.service.knowledge").joinpath("anonymous.toml").read_text(encoding="utf-8"))

    def filled(form: str) -> str:
        return form.replace("{name}", table["name"]).replace("{surname}", table["surname"])

    return tuple((one["mark"], re.compile("|".join(map(filled, one["forms"])))) for one in table["found"])


def _value(value: str) -> re.Pattern[str]:
    """Return what finds a value; a single word as it is written or all in capitals ("Will", never "will")."""
    words = value.split()
    inner = r"[\s,]+".join(map(re.escape, words))
    one = len(words) == 1 and value.isascii() and value.isalpha()
    either = f"{inner}|{re.escape(value.upper())}" if one else inner
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])", 0 if one else re.IGNORECASE)
