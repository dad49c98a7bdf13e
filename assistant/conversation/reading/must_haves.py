"""Must-haves that no filter enforces: "waterproof", "with pockets", "fits a 15 inch laptop", "for a six-year-old".

Only reads them out of a message; whether a product meets one is `fitting`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from assistant.conversation.reading.amounts import amounts, exact_amounts
from assistant.conversation.reading.comparatives import weighed
from assistant.conversation.reading.features import MADE_OF, features, materials, meant_by
from assistant.conversation.reading.possessions import of_somebody
from assistant.conversation.reading.seasons import seasonal
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.temperatures import temperatures
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import MustHave

MOST = 6
"""Must-haves that one message is taken to state."""


_STATED = re.compile(
    r"\b(?:(?:it )?(?:must|has to|have to|needs? to|should) (?:be|have)|that(?:'s| is| are| has| have)|"
    r"which (?:is|are|has|have)|with|"
    r"made (?:of|from|out of|with))\s+"
    r"(?:an?\s+|the\s+|some\s+)?([a-z][a-z0-9'-]*(?:\s+[a-z0-9'-]+){0,2})"
)
_MADE_HAN = re.compile(
    r"(?:材质|面料|材料)(?:必须|一定)?(?:要|是|为|得是)([\u4e00-\u9fff]{1,4}?)(?=的|[，,。！!？?\s]|$)"
    r"|(?<![\u4e00-\u9fff])(?:想?要|要是|来)?([\u4e00-\u9fff]{1,3})(?:材质|面料)(?=的|[，,。\s]|$)"
)
_STATED_HAN = re.compile(
    r"(?<![\u4e00-\u9fff])带有?(?!来|点|些|什么|啥|走|着|给|去|回|我|你|上飞)([\u4e00-\u9fff]{2,4})(?=[\s，,。！!]|$)|(?:带有?|"
    r"(?<!没)有|能|可以|必须)([\u4e00-\u9fff]{1,6}|[a-z][a-z\d-]{1,9})的|"
    r"(?<![\u4e00-\u9fff])(?:用)?([\u4e00-\u9fff]{1,4})[做制](?:成)?的"
)
_END = re.compile(
    r"\b(?:and|or|but|for|under|over|below|in|on|at|to|from|by|please|pls|plz|thanks|thx|now|only|less|more|"
    r"than|between|around|about|which|that|"
    r"is|are|not|no|without|with|so|because|i|my|me|you|your|it|the|a|an)\b.*"
)
_EMPTY = frozenset(
    [
        "safe",
        "able",
        "suitable",
        "decent",
        "special",
        "interesting",
        "everything",
        "good",
        "nice",
        "great",
        "cheap",
        "cheaper",
        "affordable",
        "best",
        "better",
        "cool",
        "cute",
        "pretty",
        "popular",
        "new",
        "not",
        "in",
        "available",
        "stock",
        "delivery",
        "shipping",
        "free",
        "discount",
        "sale",
        "price",
        "order",
        "it",
        "this",
        "that",
        "them",
        "me",
        "you",
        "reviews",
        "ratings",
        "rating",
        "similar",
        "something",
        "anything",
        "everything",
        "nothing",
        "more",
        "less",
        "one",
        "ones",
        "same",
        "different",
        "problem",
        "help",
        "issue",
        "gift",
        "really",
        "very",
        "under",
        "okay",
        "ok",
        "fine",
        "also",
        "too",
        "much",
        "bit",
        "lot",
        "possible",
        "enough",
        "why",
        "how",
        "all",
        "what",
        "right",
        "lovely",
        "perfect",
        "expensive",
        "pricey",
        "steep",
        "over",
        "above",
        "way",
        "far",
        "out",
        "refunded",
        "delivered",
        "shipped",
        "sent",
        "paid",
        "replaced",
        "cancelled",
        "returned",
    ]
)
_EMPTY_HAN = re.compile(
    r"没|什么|哪|多少|货|推荐|好看|便宜|别的|其他|送|买|给我|帮|告诉|退|换|问|说|看|搜|找|^别|^其|^卖|^让|^(?:过去|[吃喝玩放背穿用戴它我他她])$"
)
_ASKED_HAN = re.compile(r"(?:的?(?:呢|吗|么|吧|有吗|有没有))$")
"""What only asks for what stands before it: 带背光的呢."""
_HAS_HAN = re.compile(r"^有(?=..)")
"""What only says that a thing shall have what follows."""

_OR = re.compile(r"的?\s*(?:,?\s*\bor\b(?: in| of)?|或者?是?|还是|/)\s*")
_WITH = re.compile(r"的?\s*(?:和|跟|与|、|,|，|and)?\s*")
_ANY_WILL_DO = re.compile(
    r"的?\s*(?:都|也)(?:行|可以|可|好|成|ok|没问题)|\s*(?:are )?(?:both|either) (?:is |are )?(?:ok|okay|fine)"
)


@cache
def _compared() -> frozenset[str]:
    """Return the words that compare: what is "lighter" is told by another thing, not by a record."""
    return frozenset(word for _, _, english, *_ in rows("comparatives.tsv") for word in english)


def must_haves(text: str) -> list[tuple[MustHave, int, int]]:
    """Return the must-haves of a message in lower case, each with its place; none overlaps another.

    >>> [m.text for m, _, _ in must_haves("a waterproof backpack that fits a 15 inch laptop, with pockets")]
    ['waterproof', 'fits a 15 inch laptop', 'with pockets']
    """
    taken: list[tuple[MustHave, int, int]] = []
    for found in (
        temperatures(text),
        amounts(text),
        seasonal(text),
        _named(text),
        _made_of(text),
        _stated(text),
        exact_amounts(text),
    ):
        for must, start, end in found:
            if all(end <= s or start >= e for _, s, e in taken):
                taken.append((must, start, end))
    return _alternatives(text, sorted(taken, key=lambda item: item[1]))[:MOST]


def _alternatives(text: str, found: list[tuple[MustHave, int, int]]) -> list[tuple[MustHave, int, int]]:
    """Return the must-haves with those of which any will do as one: "cotton or linen", 棉的和亚麻的都行."""
    made: list[tuple[MustHave, int, int]] = []
    for must, start, end in found:
        before = made[-1] if made else None
        if before is None or not _either(text, before, (must, start, end)):
            made.append((must, start, end))
            continue
        either, first, _ = before
        said = text[first:end].strip()
        names = must.names if either.names == must.names else ()
        made[-1] = (replace(either, text=said, forms=(*either.forms, *must.forms), names=names), first, end)
    return made


def _either(text: str, one: tuple[MustHave, int, int], other: tuple[MustHave, int, int]) -> bool:
    """Return whether either of two must-haves of one kind will do."""
    must, between, after = other[0], text[one[2] : other[1]], text[other[2] :]
    if one[0].measure or must.measure or not must.forms:
        return False
    return bool(_OR.fullmatch(between) or (_WITH.fullmatch(between) and _ANY_WILL_DO.match(after)))


def _named(text: str) -> Iterator[tuple[MustHave, int, int]]:
    """Yield the features and materials that are named, the longer first: "vegan leather" is no leather."""
    found = []
    for names, lists in (((), features()), (MADE_OF, materials())):
        for english, chinese in lists:
            for form in sorted((*english, *chinese), key=len, reverse=True):
                match = _spoken(form).search(text)
                if match and _NO_NEED.search(text[: match.start()]):
                    break
                if match and not (form == "down" and _is_particle(text, match)) and not _owns(text, match):
                    must = MustHave(text=match.group(), forms=(*english, *chinese, *meant_by(form)), names=names)
                    found.append((must, *match.span()))
                    break
    yield from sorted(found, key=lambda one: one[1] - one[2])


_NO_NEED = re.compile(
    r"(?:不用|不需要|不必|无需|用不着|没必要|不一定要?)(?:太|很|非得|有|带)?$|"
    r"\b(?:(?:do|does)n'?t (?:have to|need to) be|need(?:n'?t| not) be|no need for(?: it to be)?)\s+$"
)
"""Before what a thing need not be: 客厅不用遮光."""
_AFTER_VERB = re.compile(
    r"\b(?:turn|dim|fold|pack|lie|lay|sit|put|let|calm|slow|cool|shut|lower|go|break|wear|come|upside|up and|"
    r"keep)(?:s|ed|ing)?"
    r"(?: (?:it|them|this|that|the \w+))? $"
)
_BEFORE_PLACE = re.compile(r" (?:the|to|my|at|there|here|by|below)\b")


_OWNED = re.compile(
    r" (?!please|pls|too|also|as |and|or|in |under|with|who|so |to |but|that|because|if |then|from|she|he|by |"
    r"at |on |of |is |which|"
    r"around|about|below|over|up |max|this|now)\w"
)


def _owns(text: str, found: re.Match[str]) -> bool:
    """Return whether "for her" only says whose something is: "for her birthday"."""
    return found.group() in ("for her", "for his") and bool(_OWNED.match(text[found.end() :]))


def _is_particle(text: str, found: re.Match[str]) -> bool:
    """Return whether "down" says where to: "turn it down", "down to zero degrees"."""
    return bool(_AFTER_VERB.search(text[: found.start()]) or _BEFORE_PLACE.match(text[found.end() :]))


@cache
def _spoken(form: str) -> re.Pattern[str]:
    """Return how a form is looked for; 皮的 is leather only where nothing stands before it (油皮的 is skin)."""
    if HAN.search(form):
        if len(form) == 1:
            return re.compile(rf"{form}(?![砖器实])")
        if len(form) != len("棉的") or form[1] != "的":
            return re.compile(form)
        said = rf"{form[0]}(?:的|(?=或|和|、|跟))"
        return re.compile(rf"(?<![\u4e00-\u9fff]){said}|(?<=[要是有和或者、跟]){said}")
    return re.compile(rf"(?<![a-z\d]){re.escape(form)}(?![a-z\d])")


def _made_of(text: str) -> Iterator[tuple[MustHave, int, int]]:
    """Yield what a Chinese message says a thing must be made of, by half a name too: "材质要棉"."""
    for match in _MADE_HAN.finditer(text):
        said = match[1] or match[2]
        known = next((row for row in materials() if any(said in form for form in row[1])), ((), ()))
        yield MustHave(text=match.group(), forms=(said, *known[0], *known[1]), names=MADE_OF), *match.span()


def _stated(text: str) -> Iterator[tuple[MustHave, int, int]]:
    for match in _STATED.finditer(text):
        if of_somebody(text, match) or re.search(r"\b(?:do|does)(?:n'?t| not) $", text[: match.start()]):
            continue
        words = _END.sub("", match[1]).strip()
        if words and not {words.split()[0], words.split()[-1]} & (_EMPTY | _compared()) and words not in weighed():
            end = match.start(1) + len(words)
            shown = f"with {words}" if match.group().startswith("with") else words
            yield MustHave(text=shown, forms=(words,)), match.start(), end
    for match in _STATED_HAN.finditer(text):
        stated = _ASKED_HAN.sub("", match[1] or match[2] or match[3]).removesuffix("的")
        if not _EMPTY_HAN.search(stated):
            shown = _ASKED_HAN.sub("", _HAS_HAN.sub("", match.group())).removesuffix("的")
            yield MustHave(text=shown, forms=(stated,)), *match.span()
