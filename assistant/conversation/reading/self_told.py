"""What shoppers say of themselves: "I am vegan", "my size is 42", "I don't like leather", "我穿42码".

Only what is said in the first person and of lasting taste counts: "my dad is vegan" and "I like the second one" do not.
Knows the catalogue's brands and our words for colours and materials; remembers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.features import materials
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN

_SIZE = r"(\d{1,2}(?:\.5)?|x{0,3}[sl]|m|small|medium|large|extra (?:small|large))(?![\w.])"
_SIZES = (
    re.compile(rf"\bmy (?:\w+ )?size is (?:an? )?(?:eu |us |uk )?{_SIZE}"),
    re.compile(rf"\bi(?:'m| am| wear| take)(?: usually| always| normally)? (?:an? )?size (?:eu |us |uk )?{_SIZE}"),
    re.compile(
        r"\bi(?: usually| always| normally| now)? wear (?:an? )?(\d{2}(?:\.5)?|x{0,3}[sl]|m)(?= now\b|[^\w.]*$|[,;]| and\b| in\b)"
    ),
    re.compile(rf"\bmy (?:\w+ )?size\W+(?:it'?s |i'?m |that'?s )?(?:an? )?(?:eu |us |uk )?{_SIZE}"),
    re.compile(
        rf"\bi(?: usually| always| normally| generally)? (?:take|wear) (?:an? )?(?:size )?{_SIZE}"
        r"(?= now\b|[^\w.]*$|[,;]| and\b| in\b)"
    ),
    re.compile(r"\bi(?:'m| am) an? (x{0,3}[sl]|m|small|medium|large)(?= now\b|[^\w.']*$|[,;]| and\b| in\b)"),
    re.compile(r"我(?:平时|一般|通常|都)?(?:是)?穿\s*(\d{1,2}(?:\.5)?|x{0,3}[sl]|m)\s*[码号]"),
    re.compile(r"我(?:自己|本人)?是(?:穿)?\s*(x{0,3}[sl]|m|\d{2}(?:\.5)?)\s*[码号]?[的吧哈。！]*$"),
    re.compile(r"我的?(?:鞋码|尺码|码数|鞋号|衣服码)(?:是|为)?\s*(\d{1,2}(?:\.5)?|x{0,3}[sl]|m)\s*[码号]?"),
)
_SIZED = rf"(?:an? )?(?:size )?{_SIZE}"
_HAN_SIZED = r"(\d{2}|x{0,3}[sl]|m)\s*[码号]?"
_CORRECTS = (
    (re.compile(rf"\b(?:meant|mean|am|i'm|it'?s|it is|wear|take|make (?:it|that)|is)\s+{_SIZED}\W+(?:and )?(?:not|rather than|instead of)\s+{_SIZED}"), 1, 2),
    (re.compile(rf"\bnot {_SIZED}\W+(?:but|it'?s|i'?m|i meant|i mean|rather)\s+{_SIZED}"), 2, 1),
    (re.compile(rf"[是穿]\s*{_HAN_SIZED}[，, ]*(?:而)?不是\s*{_HAN_SIZED}"), 1, 2),
    (re.compile(rf"不是\s*{_HAN_SIZED}[，, ]*(?:而)?是\s*{_HAN_SIZED}"), 2, 1),
)  # fmt: skip
"""A size in place of another: "sorry, I meant 43, not 42"."""
_WORN = re.compile(r"3[3-9]|4\d|5[0-8]|x*[sml]|small|medium|large|extra (?:small|large)")
_AM = re.compile(
    r"\bi(?:'m| am| only (?:buy|eat|wear|use|go for))(?: an?| strictly| a strict)? (?P<what>[a-z-]+(?: [a-z-]+)?)|我(?P<han>(?:是|只?吃|有)[\u4e00-\u9fff]{1,6})"
)
_LIKES = re.compile(
    r"\bi(?: really| absolutely| always| usually| mostly| only)? (?:like|love|prefer|adore|wear|buy) (?P<what>[^.,;!?]+?)(?=\s+(?:and|but) (?:my|i|i'm)\b|[.,;!?]|$)"
    r"|\bmy favou?rite (?:colou?r|brand|material|fabric)s? (?:is|are) (?P<fav>[^.,;!?]+)"
    r"|我(?:很|最|特别|比较|一直|只)?(?:喜欢|爱穿|爱用|偏爱|偏好)(?P<han>[^。，,；;！!？?]+)"
    r"|我最喜欢的(?:颜色|品牌|牌子|材质)是(?P<hanfav>[^。，,；;！!？?]+)"
)
_DISLIKES = re.compile(
    r"\bi(?: really| absolutely)? (?:don'?t|do not|can'?t|cannot|can not|won'?t|never|hate to|hate)"
    r"(?: really)?(?: like| love| eat| wear| use| buy| stand| tolerate)? (?P<what>[^.,;!?]+)"
    r"|\bi(?:'m| am) allergic to (?P<ill>[^.,;!?]+)"
    r"|我(?:不(?:喜欢|吃|穿|用|爱|能吃)|讨厌|受不了)(?P<han>[^。，,；;！!？?]+)"
    r"|(?:(?<![\u4e00-\u9fff])|我)对(?P<hanill>[^。，,；;！!？?]{1,8}?)过敏"
)
_AND = re.compile(r"\s*(?:,|\band\b|\bor\b|&|、|和|或|跟)\s*")
_BARE_AM = re.compile(r"\bim\b(?! (?:looking|after|searching|not sure))")
_ELIDED = re.compile(
    r"(?<=\w)(\s+(?:and|but)) (?:i )?(hate|dislike|can'?t stand|don'?t like|do not like|love|prefer|never wear|am allergic)\b(?<!my)"
)
"""A second taste without its "I": "I like green and hate wool"."""
_FILLER = re.compile(
    r"^(?:the |a |an |any |anything |things |stuff |everything |made |of |in |with |from |to |colou?r |brand )+|"
    r"(?: things| clothes| stuff| colou?rs?| products?| brand| fabric| material| a lot| very much| most| best| too much)+$|"
    r"(?:的?(?:东西|衣服|产品|颜色|牌子|品牌|材质|商品))$|[的了啊呢]$"
)
LONGEST = 24
"""Characters of something avoided that no list of ours names; longer ones are no name of a thing."""
_NO_THING = re.compile(
    r"\b(?:it|that|this|them|these|those|one|ones|know|think|need|to|you|me|what|why|how)\b|[这那它些个太]|贵|便宜"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing said of oneself: `key` is "size", "diet", "brand", "color", "material" or "avoid"."""

    key: str
    value: str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Diet:
    """A way of living: its name, how it is said, and what contradicts it in a record."""

    name: str
    chinese: str
    forms: tuple[str, ...]
    against: tuple[str, ...]


@cache
def diets() -> dict[str, Diet]:
    """Return every way of living that we have words for, by its name."""
    listed = rows("diets.tsv")
    return {en[0]: Diet(en[0], zh[0], (*en, *zh), (*not_en, *not_zh)) for en, zh, not_en, not_zh in listed}


def self_told(message: str, lexicon: Lexicon) -> list[Told]:
    """Return what a message says of the shopper, each once, in order.

    >>> from index.catalogue.vocabulary import Vocabulary
    >>> [(t.key, t.value, t.wanted) for t in self_told("I'm vegan and my size is 42", Lexicon(Vocabulary()))]
    [('diet', 'vegan', True), ('size', '42', True)]
    """
    said = _ELIDED.sub(r"\1 i \2", _BARE_AM.sub("i'm", message.lower().replace("’", "'")))
    found = [*_diets(said), *_sizes(said)]
    for match in _DISLIKES.finditer(said):
        found += _things(match, lexicon, wanted=False)
    for match in _LIKES.finditer(said):
        found += _things(match, lexicon, wanted=True)
    return list(dict.fromkeys(found))


def corrected_size(message: str) -> list[Told]:
    """Return the size that a message puts in place of another; none where it puts none.

    >>> [t.value for t in corrected_size("sorry I meant 43, not 42")], corrected_size("two, not three")
    (['43'], [])
    """
    said = message.lower().replace("’", "'")
    for pattern, right, wrong in _CORRECTS:
        if (found := pattern.search(said)) and _WORN.fullmatch(found[right]) and _WORN.fullmatch(found[wrong]):
            return [Told("size", _shown_size(found[right]))]
    return []


def _shown_size(said: str) -> str:
    return said.upper() if len(said) <= len("XXXL") else said


def _diets(said: str) -> Iterator[Told]:
    for match in _AM.finditer(said):
        what = match["what"] or match["han"]
        for diet in diets().values():
            if any(what.startswith(form) or (HAN.search(form) and form in what) for form in diet.forms):
                yield Told("diet", diet.name)
                break


def _sizes(said: str) -> Iterator[Told]:
    for pattern in _SIZES:
        for match in pattern.finditer(said):
            yield Told("size", _shown_size(match[1]))


def _things(match: re.Match[str], lexicon: Lexicon, *, wanted: bool) -> list[Told]:
    """Return what a liked or disliked phrase names; a phrase of which any part is no taste tells nothing."""
    groups = {name: text for name, text in match.groupdict().items() if text}
    phrase = next(iter(groups.values()))
    ill = bool({"ill", "hanill"} & set(groups))
    if (whole := _thing(_trimmed(phrase), lexicon, wanted=wanted, ill=ill)) is not None:
        return [whole]
    told = [_thing(_trimmed(part), lexicon, wanted=wanted, ill=ill) for part in _AND.split(phrase) if part.strip()]
    return [one for one in told if one is not None] if all(told) else []


def _trimmed(part: str) -> str:
    before = ""
    while before != part:
        before, part = part, _FILLER.sub("", part.strip())
    return part


def _shade(part: str, lexicon: Lexicon) -> str | None:
    """Return the catalogue's own name of a colour that we have no word for ("olive", "橄榄绿")."""
    vocabulary = lexicon.vocabulary
    named = {value.lower(): value for value in vocabulary.options.get("color", {})}
    return named.get(part) or named.get(vocabulary.forms.get(part, "").lower())


def _thing(part: str, lexicon: Lexicon, *, wanted: bool, ill: bool) -> Told | None:
    for colour in colours().values():
        if part in (*colour.english, *colour.chinese):
            return Told("color", colour.key, wanted)
    if (shade := _shade(part, lexicon)) is not None:
        return Told("color", shade, wanted)
    for english, chinese in materials():
        if part in (*english, *chinese):
            return Told("material", english[0]) if wanted else Told("avoid", english[0], False)
    brand = next((b for b in lexicon.vocabulary.brands if b.lower() == part), None)
    if brand is not None:
        return Told("brand", brand, wanted)
    if wanted or not part or _NO_THING.search(part):
        return None
    names = bool(HAN.search(part)) or (len(part) > 1 and (part.isalpha() or (ill and len(part.split()) == 2)))
    return Told("avoid", part, False) if names and len(part) <= LONGEST else None
