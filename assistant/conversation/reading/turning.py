"""Calls a thing by its name where a message says what it is for, or that one takes its place: "a bed for my dog".

Knows the catalogue by its words alone.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.words import singular

_FOR_USE = re.compile(
    r"\b(?P<thing>[a-z]{3,}) (?:for|to go) (?:(?:my|the|our|his|her|an?) )?(?P<use>[a-z]{3,})\b(?! ?['’-])",
    re.IGNORECASE,
)
"""A thing and what it is for: "boots for hiking", "a bed for my dog"."""
_USES_HAN = "喝装泡煮烧切浇洗擦晾挂穿戴遛盖睡放盛炒煎"
_FOR_USE_HAN = re.compile(
    rf"(?P<verb>[{_USES_HAN}])(?P<use>[\u4e00-\u9fff]{{1,3}}?)用?的(?P<thing>[\u4e00-\u9fff]{{1,2}})|"
    rf"(?P<does>[\u4e00-\u9fff]{{1,3}}?)(?:时|的时候)?[用穿戴喝盖睡]的(?P<worn>[\u4e00-\u9fff]{{1,2}})"
)
"""The same in Chinese: 喝红酒的杯子, 浇花的壶, 跑步穿的鞋."""


_RENEWS = re.compile(
    r"\b(?:need|want|looking for|after|get|buy|find|fancy|time for)(?: me| myself| us)? (?:an? |the )?"
    r"(?P<how>(?:(?!some\b)[a-z-]+ )?)(?:some )?(?:new ones?|another one|replacements?)\b(?! (?:in|as) the order)",
    re.IGNORECASE,
)
_SERVED = re.compile(
    r"\b(?:orders?|ordered|refund\w*|money|warranty|guarantee|exchange\w*|returns?|arrived|delivered|came|sent|bought|[a-z]{1,3}-\d{3,})\b|"
    r"订单|退|换货|保修|质保|收到|到货|你们",
    re.IGNORECASE,
)
"""Speaks of what this shop sold: who wants a new one of that wants service."""
_OWN = re.compile(r"\b(?:my|our|his|her|their|the) (?:[\w-]+ ){0,2}$", re.IGNORECASE)
_RENEWS_HAN = re.compile(r"(?:换|买|要|来|找)(?:一?[个把双条件台只款床套张顶])?新的")


_OF_SERVICE = re.compile(
    r"\b[a-z]{1,3}-?\d{4,}\b|\b(?:refund\w*|money|warranty|exchange|arrived|received|from you|you (?:sent|delivered))\b|"
    r"退|换货|订单|保修|收到",
    re.IGNORECASE,
)
"""Speaks of an order or of one's rights, so that a new one is what the shop is to send."""


def renewed(message: str, lexicon: Lexicon) -> str:
    """Return a message in which what takes the place of a thing one has is called by its name.

    >>> from index.catalogue.vocabulary import Vocabulary
    >>> words = Lexicon(Vocabulary(categories={"Kettles": 3}, forms={"水壶": "Kettles"}))
    >>> renewed("my kettle broke and I need a new one, under $50", words), renewed("水壶坏了，想换个新的", words)
    ('I need a new kettle, under $50', '想换个新的水壶')
    """
    if _OF_SERVICE.search(message):
        return message
    wish = _RENEWS.search(message) or _RENEWS_HAN.search(message)
    if wish is None or _SERVED.search(message):
        return message
    before = message[: wish.start()]
    things = [one for one in lexicon.find(before) if one.term.kind == "category"]
    if wish.re is _RENEWS:
        things = [one for one in things if _OWN.search(before[: one.start])]
    if not things:
        return message
    named, tail = things[-1].form, message[wish.end() :]
    if wish.re is _RENEWS_HAN:
        clause = max(before.rfind(mark) for mark in "，,。；;！! ") + 1
        return f"{before[max(clause, things[-1].end) :]}{wish.group()}{named}{tail}".lstrip("，,。 ")
    return f"I need a {wish['how']}new {named}{tail}"


def turned(message: str, lexicon: Lexicon) -> str:
    """Return a message in which "a bed for my dog" is a dog bed, where the shop has what is called so.

    >>> from index.catalogue.vocabulary import Vocabulary
    >>> words = Lexicon(Vocabulary(categories={"Hiking boots": 3}))
    >>> turned("boots for hiking", words), turned("boots for work", words)
    ('hiking boots', 'boots for work')
    """

    def called(said: re.Match[str]) -> str:
        for use in (said["use"], singular(said["use"].lower())):
            name = f"{use} {said['thing']}"
            found = lexicon.find(name)
            if len(found) == 1 and found[0].term.kind == "category" and found[0].form == name:
                return name
        return said.group()

    def called_han(said: re.Match[str]) -> str:
        for name, after in _names_han(said):
            found = lexicon.find(name)
            if len(found) == 1 and found[0].term.kind == "category" and found[0].form == name:
                return f"{name}{after}"
        return said.group()

    return _FOR_USE_HAN.sub(called_han, _FOR_USE.sub(called, message))


def _names_han(said: re.Match[str]) -> list[tuple[str, str]]:
    """Return what a thing that is told by what it is for may be called, and what then follows: 喝红酒的杯子 is 红酒杯."""
    use, thing = said["use"] or said["does"], said["thing"] or said["worn"]
    called = [(thing, "")]
    if len(thing) > 1:
        called.append((thing[0], "" if thing[1] == "子" else thing[1]))
    verbs = dict.fromkeys((said["verb"] or "", ""))
    return [(f"{verb}{use}{name}", after) for name, after in called for verb in verbs]
