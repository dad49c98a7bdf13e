"""Which of the kinds of thing that a message names is wished for, and where it wishes for several.

"A lamp for my desk" is no desk, "my kid" no kids' clothing, "a mat and a bottle" are two wishes. Knows no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.conversation.reading.framing import PERSONS, content
from assistant.conversation.reading.term import Found

_PURPOSE = re.compile(r"\b(?:for|to|with|of|on|in|at|into|from|that|which|while|when|as)\b")
_ASKS_FOR = re.compile(r"\b(?:looking|look|searching|search|shopping|asking|after|going) (?:for|to)\b")
_ANEW = re.compile(
    r"[.!?。！？]|[,;]\s*(?:and |so |but )?(?:which|what|i|we|so)\b|\b(?:and|plus|also) (?:also )?(?:an?|some|one|another)\b"
)
"""Where what is said before ends, and something else is asked for."""
_BELONGS = re.compile(
    r"(?<![\w-])(?:for|to|with|of|on|in|at|into) (?:my |the |a |an |his |her |our |their )?(?:[\w-]+ )?$", re.IGNORECASE
)
_SOMEBODY_S = re.compile(r"\b(?:my|our|his|her|their|your)\s+(?:\w+\s+)?$", re.IGNORECASE)
_SOMETHING = re.compile(r"\b(?:something|anything) (?:to|that|which)\b", re.IGNORECASE)
"""What is sought is something else than what it is to be used with."""
_DESCRIBES = re.compile(r"的(?:有吗|有没有|有么|吗|呢|吧|款|就行|也行)?\s*(?:[,，。？?！!]|$)")
_JOINS = re.compile(
    r"^\W*(?:and|&|plus|as well as|also|和|与|跟|及|以及|还有|还要|加上|再来|再要|另外|顺便|顺带|顺手)|"
    r"^\s*[,，、;；]\s*(?:and|also|plus|还|再|另|顺)",
    re.IGNORECASE,
)
_CARRY_ON = re.compile(r"\bcarry on\b", re.IGNORECASE)
_AT_HOME = re.compile(
    r"\b(?:from|at|back|come|comes|came|get|gets|got|go|goes|going|stay|stays|arrive|way|drive|drives|cycle|walk) $",
    re.IGNORECASE,
)
"""What stands before "home" where it is a place, not a department."""
_SHADES = frozenset({"light", "lights", "pastel"})
_BETWEEN = 24
"""Characters between two things of which each is wished for; more where "and a" begins the second."""
AND_A = re.compile(r"\b(?:and|plus|also) (?:also )?(?:an?|some|one|another)\b|还[要有想]")
_MORE = re.compile(
    r"^\s*(?:,\s*)?(?:and|plus|&)\s+(?:also\s+)?(?:an?|some)\s+(?P<name>[a-z-]+(?: (?!please|too|also|as\b|for\b)[a-z-]+)?)"
    r"(?:\s+(?:please|too|as well|for (?:me|him|her|us|my \w+)))*\W*$|"
    r"^\s*(?:和|跟|还有|还要|以及)\s*(?:一?[个款件双条台只把]|些)?(?P<han>[\u4e00-\u9fff]{2,5}?)(?:吗|吧|呢)?\W*$",
    re.IGNORECASE,
)
"""Something else that is wished for beside a thing that we know."""
_NO_THING = re.compile(
    r"\b(?:price|discount|question|refund|return|gift|deal|code|bit|look|way|good|great|better|nice|answer|link|picture|"
    r"photo|invoice|receipt|quote|voucher|coupon|few|lot|warranty|sale)\b"
)


def things(text: str, found: Sequence[Found]) -> list[Found]:
    """Return the terms without kinds of thing that only say what the wish is for, whose it is, or how it must be."""
    kinds = [one for one in found if one.term.kind == "category"]
    kept: list[Found] = []
    for one in found:
        earlier = [other for other in kept if other.term.kind == "category" and other.end <= one.start]
        if one.term.kind != "category" or not _aside(text, one, kinds, earlier, found=found):
            kept.append(one)
    return kept


def _aside(text: str, one: Found, kinds: Sequence[Found], earlier: Sequence[Found], *, found: Sequence[Found]) -> bool:
    text = _CARRY_ON.sub("carry-on", text)
    before, after = text[: one.start], text[one.end :]
    if one.form.lower() in PERSONS and _SOMEBODY_S.search(before):
        return True
    if _SOMETHING.search(before):
        return True
    if re.match(r"\s+ones?\b", after.lower()):
        return True  # "glass ones" are of glass
    if one.form.lower() in _SHADES and any(
        other.term.name == "color" and other.start == one.end + 1 for other in found
    ):
        return True  # "light blue" is no lamp
    if one.form.lower() == "home" and _AT_HOME.search(before):
        return True
    if len(kinds) < 2:
        return len(one.form) <= 2 and _stands_alone(before) and bool(_DESCRIBES.match(after))
    modifies = any(other.start == one.end for other in kinds) and bool(re.search(r"[\u3400-\u9fff]$", one.form))
    if modifies or _BELONGS.search(_ASKS_FOR.sub(" ", before)):
        return True
    between = _ASKS_FOR.sub(" ", text[earlier[-1].end : one.start].lower()) if earlier else ""
    return bool(_PURPOSE.search(between)) and not _ANEW.search(between)


def _stands_alone(before: str) -> bool:
    return not re.search(r"[\u3400-\u9fff]", before) or bool(re.search(r"(?:有|要|来|是|只)$", before))


def head(found: Sequence[Found]) -> tuple[str, ...]:
    """Return the categories of the thing that is wished for: in both languages the last one said."""
    heads = [one for one in found if one.term.kind == "category"]
    return heads[-1].term.values if heads else ()


def wishes(text: str, found: Sequence[Found]) -> list[str]:
    """Return the parts of a message that wish for a thing each; empty where it wishes for one.

    >>> from assistant.conversation.reading.term import Term
    >>> mat, cup = (Found(Term("category", "", (v,), v), *place, v) for v, place in (("mat", (2, 5)), ("cup", (12, 15))))
    >>> wishes("a mat and a cup", [mat, cup])
    ['a mat', 'a cup']
    """
    kinds = [one for one in found if one.term.kind == "category"]
    pairs = list(pairwise(kinds))
    if not pairs or any(set(one.term.values) & set(other.term.values) for one, other in pairs):
        return []
    if not all(_joined(text[one.end : other.start]) for one, other in pairs):
        return []
    cuts = [0, *(one.end + _cut(text[one.end : other.start]) for one, other in pairs), len(text)]
    return [_JOINS.sub("", text[start:end]).strip() for start, end in pairwise(cuts)]


def named_beside(text: str, found: Sequence[Found]) -> str:
    """Return what else a message wishes for beside the one thing that is known, empty where it names nothing else.

    >>> from assistant.conversation.reading.term import Term
    >>> named_beside("a mat and a toaster please", [Found(Term("category", "", ("mat",), "mat"), 2, 5, "mat")])
    'toaster'
    """
    kinds = [one for one in found if one.term.kind == "category"]
    more = _MORE.match(text[kinds[-1].end :]) if kinds else None
    name = (more["name"] or more["han"]).strip().lower() if more else ""
    inside = any(one.end > kinds[-1].end for one in found) if kinds else True
    if kinds and (inside or not name):
        return _listed(text, found)
    return "" if inside or _NO_THING.search(name) else name


_ITEM = re.compile(
    r"(?:(?:.*\b(?:need|want|like|looking for|after|get|buy|have|sell|things?(?: please)?|both|items?)\b[\s:,]*)|(?:and |also |plus )*)"
    r"\b(?:an?|some) (?P<name>[a-z][a-z-]+(?: [a-z-]+)?)(?: please| too| as well)?\W*"
)
_ITEMS = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|plus|&)\s+(?=(?:also )?(?:an?|some)\b)|[.;?!]\s+")


def _listed(text: str, found: Sequence[Found]) -> str:
    """Return what a list names beside the kinds of thing that are known: "a kettle, a toaster and a grinder"."""
    said, at, names, known = text.lower(), 0, list[str](), 0
    for cut in (*_ITEMS.finditer(said), None):
        end = cut.start() if cut else len(said)
        kinds = [one for one in found if one.term.kind == "category" and at <= one.start < end]
        item = _ITEM.fullmatch(said[at:end].strip())
        known += bool(kinds and re.search(r"\b(?:an?|some)\b", said[at:end]))
        if item and not any(at <= one.start < end for one in found) and not _NO_THING.search(item["name"]):
            names.append(item["name"])
        at = cut.end() if cut else end
    return names[0] if known and len(names) == 1 and not content(names[0])[1:2] else ""


def _joined(between: str) -> bool:
    return (len(between) <= _BETWEEN or bool(AND_A.search(between))) and any(
        _JOINS.search(between[at:]) for at in range(len(between))
    )


def _cut(between: str) -> int:
    return next(at for at in range(len(between)) if _JOINS.search(between[at:]))
