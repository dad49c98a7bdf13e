"""A change of the cart that calls the thing by its name: "take out the honey", "change the honey to 4 jars", 把蜂蜜拿掉.

Reads a message in lower case; whether the cart holds a thing of that name is not known here.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.changes import EN_N, LEAD, TAIL, UNIT, ZH_LEAD, ZH_TAIL, Change, ChangeKind
from assistant.conversation.reading.numerals import read_number

_NAME = r"(?P<name>(?!(?:it|that|this|them|those|these|one|ones|filters?|conditions?)\b)[\w'&% -]{2,40}?)"
_TO = r"(?: down| up| back)? (?:to|into)"
_ENGLISH: tuple[tuple[ChangeKind, str], ...] = (
    ("set", rf"(?:change|set|make|increase|reduce|update|bring|raise|lower|put) (?:the |my )?(?:(?:quantity|number|amount) of (?:the )?)?{_NAME}{_TO} {EN_N}(?: {UNIT})?"),
    ("set", rf"(?:only|just|make it|make that) {EN_N}(?: {UNIT})? of the {_NAME}"),
    ("set", rf"make the {_NAME} {EN_N}(?: {UNIT})?"),
    ("more", rf"(?:add )?(?:another|{EN_N} more)(?: {UNIT})? of the {_NAME}"),
    ("fewer", rf"(?:remove|take out|take off|drop|take away) {EN_N}(?: {UNIT})? of the {_NAME}"),
    ("drop", rf"(?:remove|delete|take out|take off|get rid of|scratch|lose|kick out|leave out) (?:the |my ){_NAME}(?: again| out| off)?"),
    ("drop", rf"take (?:the |my ){_NAME} (?:back )?(?:out|off|away)(?: again)?"),
    ("drop", rf"(?:i )?(?:don'?t|do not|no longer) (?:want|need) the {_NAME}(?: after all| any ?more)"),
)  # fmt: skip
_NAME_ZH = r"(?P<name>(?![这那它第全都])[\u4e00-\u9fffa-z&' ]{1,12}?)"
_ZH_AWAY = r"(?:拿掉|去掉|删了|删掉?|删除|撤掉|拿走|取消掉|移掉|移除|拿出来|拿出去)"
_CHINESE: tuple[tuple[ChangeKind, str], ...] = (
    ("drop", rf"(?:从?购物车里?的?)?{_NAME_ZH}(?:我|先|还是|就)*(?:{_ZH_AWAY}|不要了|不买了)"),
    ("drop", rf"{_ZH_AWAY}(?:购物车里的?)?{_NAME_ZH}"),
)
_FROM_CART = re.compile(r"(?:\W*\b(?:from|in|of|out of|into|to) (?:the |my )(?:cart|basket|trolley|bag)\b)+")
_PATTERNS = (
    *((kind, re.compile(rf"{LEAD}(?:just )?(?:{pattern}){TAIL}")) for kind, pattern in _ENGLISH),
    *((kind, re.compile(rf"{ZH_LEAD}(?:{pattern}){ZH_TAIL}")) for kind, pattern in _CHINESE),
)


def named_change(message: str) -> Change | None:
    """Return the change of what a message in lower case calls by its name, `None` where it is none.

    >>> [(c.kind, c.quantity, c.name) for c in map(named_change, ("change the honey to 4 jars", "把蜂蜜拿掉")) if c]
    [('set', 4, 'honey'), ('drop', None, '蜂蜜')]
    >>> named_change("take out the tea again").name, named_change("remove it"), named_change("the red one")
    ('tea', None, None)
    """
    said = _FROM_CART.sub(" ", message).strip()
    for kind, pattern in _PATTERNS:
        if match := pattern.search(said):
            number = match.groupdict().get("n")
            value = read_number({"a couple": "2", "a dozen": "12", "an": "1"}.get(number, number)) if number else None
            count = int(value) if value is not None else None
            return Change(kind, count, name=match["name"].strip())
    return None
