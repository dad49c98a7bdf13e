"""Which of one product's own options a short answer names: "M", "size M please", "深蓝色". Knows no conversation."""

from __future__ import annotations

import re

from assistant.conversation.reading.options import options_in
from assistant.conversation.reading.questions import wanted
from assistant.conversation.reading.sizes import extreme, outermost
from assistant.conversation.reading.stating import naming
from index.product import Product

LONGEST = 40
"""Characters of an answer; what is longer is a message of its own."""
_SWAPS = re.compile(
    r"(?:^|[.;,!])\W*(?:(?:ok|okay|no|sorry|actually|oh|wait|please|can you|could you|would you|can i|could i|and|so|let'?s)"
    r"\W+)*"
    r"(?:(?:change|make|switch|swap|turn) (?:it|that|this|them|those|these|the (?:\w+ )?(?:one|size|colou?r))"
    r"(?: (?:one|size|colou?r))?(?: (?:to|into|for))?|i(?:'d| would) (?:rather|prefer)(?: have)?(?: it)? in)\b|"
    r"^(?:那|还是|帮我|给我|麻烦|能不能|可不可以|可以|能|想|颜色|尺码|大小|规格|[，, ])*(?:换成|改成|改为|改要|换)",
    re.IGNORECASE,
)
"""Another option of a thing: "make that L", 换成L码."""
MOST_WORDS = 8
"""Words of a loose answer."""
_LABELS = frozenset({"size", "colour", "color", "capacity", "style", "尺码", "尺寸", "颜色", "容量", "款式"})


_UNITS = frozenset(
    [
        "one",
        "ones",
        "pair",
        "pairs",
        "bag",
        "bags",
        "pack",
        "packs",
        "bottle",
        "bottles",
        "box",
        "boxes",
        "version",
        "guess",
        "装",
        "包装",
        "规格",
        "包",
        "瓶",
        "盒",
        "双",
        "只",
        "袋",
        "罐",
    ]
)
"""Words beside an option that name no other thing."""
_ONE_MORE = re.compile(
    r"^\W*(?:(?:ok|okay|oh|please|can you|could you|yes)\W+)*(?:and|also|plus|add|another|one more|\w+ more)\b"
    r"(?:\W*(?:also|add|another|one|two|three|a pair|a|an|more|the|same|of|it|in|size|as well)\b)*|"
    r"^(?:那|好的?|嗯|麻烦|帮我|给我|[，, ])*(?:再|另外?|多|还(?!是))(?:加|来|要|拿|买)?(?:[一两二三四五六\d]+[个件双条只瓶盒套把份罐包袋])?|"
    r"(?:\W+(?:too|as well|also))+\W*$",
    re.IGNORECASE,
)
"""The same thing once more, in another option: "also one in 38", 再加一瓶500的."""
_FRAME = re.compile(
    r"^(?:哦|噢|啊|嗯|那|就|我|他|她|孩子|是|一般|平时|平常|应该|大概|可能|还是|改成?|换成?|[，, ])*(?:穿|要|选|拿|来|买|用)?(?:的是)?|"
    r"(?:[，,。 ]*(?:帮我|麻烦|给我)?(?:改|换)(?:一?下|过来)?|的话|行不行|可以吗|好吗|行吗|就行|就好|就可以|谢谢|吧|的|哈)+[。！!？?]*$"
)
"""What is said around an option in Chinese: 哦我穿XL，帮我改一下."""
_RETAKEN = re.compile(
    r"^\W*(?:(?:ok|okay|no|oh|sorry|actually|wait|hm+|please)\W+)*"
    r"(?:i(?:'d| would)? (?:need|want|meant|mean|take|like|rather have|wear)|make (?:it|that|them)|rather|give me)?"
    r"(?: it)?(?: the| a| an| size)*\b|\b(?:instead|then|rather|please)\W*$|"
    r"^(?:不对|抱歉|不好意思|那|还是|就|我|我的意思是|我说的是|我要的是|应该是|[，, ])*(?:要|拿|选|穿)?|吧$",
    re.IGNORECASE,
)
"""What frames another option of the thing just taken: "I need 39 instead", 还是要黑色的."""
LOOSE = 2
"""Words that an answer to an open question may hold beside the option."""


def named_options(product: Product, answer: str) -> dict[str, tuple[str, ...]]:
    """Return the options of the product that an answer names, at its beginning at least: "M, my sister wears it, too"."""
    first = re.split(r"[,，。！!；;](?!\s*\d)", answer, maxsplit=1)[0]
    return _named(product, answer) or (_named(product, first) if first != answer else {})


def answered_options(product: Product, answer: str) -> dict[str, tuple[str, ...]]:
    """Return the options that an answer to an open question names, however loosely it is worded: "uh, the L I guess"."""
    if exact := named_options(product, answer):
        return exact
    if (bare := _FRAME.sub("", answer)) != answer and bare and (exact := named_options(product, bare)):
        return exact
    by = extreme(answer.lower())
    edge = outermost(product.options("size"), by=by) if by else None
    if edge is not None:
        return {"size": (edge,)}
    return _named(product, answer, loose=LOOSE) if len(answer.split()) <= MOST_WORDS else {}


def swapped_options(product: Product, message: str) -> dict[str, tuple[str, ...]]:
    """Return the options of the product that a message wants instead, and nothing else; else none."""
    match = _SWAPS.search(message)
    return named_options(product, message[match.end() :]) if match else {}


def retaken_options(product: Product, message: str) -> dict[str, tuple[str, ...]]:
    """Return the options that a message wants of the thing just taken in place of those it has: "39 instead"."""
    bare = _FRAME.sub("", message)
    framed = named_options(product, bare) if bare and bare != message else {}
    return named_options(product, _RETAKEN.sub(" ", message)) or swapped_options(product, message) or framed


def swaps(message: str) -> bool:
    """Return whether a message wants one thing in the place of another, by its words."""
    return bool(_SWAPS.search(message)) or bool(re.search(r"\binstead\b|\bi meant\b|不对|还是要", message.lower()))


def further_options(product: Product, message: str) -> dict[str, tuple[str, ...]]:
    """Return the options in which a message wants the thing just taken once more; else none."""
    said = _ONE_MORE.sub(" ", message)
    return named_options(product, said) if said != message else {}


def _named(product: Product, answer: str, *, loose: int = 0) -> dict[str, tuple[str, ...]]:
    """Return the options that an answer names, empty where it says more than `loose` other words besides."""
    if len(answer) > LONGEST or any(one.kind != "aspect" for one in wanted(answer.lower())):
        return {}
    found, rest = options_in(product, answer)
    left = [word for word in naming(rest) if word not in _LABELS and word not in _UNITS]
    return found if len(left) <= loose else {}
