"""Conditions in force that a message takes back: "drop the quiet", "doesn't have to be black", "wired is fine too".

Knows the wish in force; what is not in force is not dropped. Searches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.features import MADE_OF, materials
from assistant.conversation.reading.words import HAN, stems
from assistant.conversation.state import Wish

_SAID = r"(?P<what>[^.,;:!?，。；！？]{2,48}?)"
_END = r"(?=\s*(?:[.,;:!?，。；！？]|$|\b(?:but|then|please|anymore|any more|after all|now|so|because|just|show|give|i)\b|\band (?:show|give|make|let|find|look|i|we|it)\b))"
_VERB = (
    r"(?P<verb>forget|drop|skip|ignore|remove|lose|scrap|ditch|never ?mind|disregard|leave out|get rid of|undo|lift|clear|cancel|"
    r"take (?:off|out|away))(?: about)?"
)
_THE = r"(?:(?:the|that|my|its?|being|a|an|any|whole|condition|requirement|bit|thing|part|filter|about|of|for|to be|to have) )*"
_DROPS = (
    re.compile(rf"\b{_VERB} {_THE}{_SAID}{_END}"),
    re.compile(
        rf"(?:不用管|别管|不管|忽略|去掉|取消|去除|不限制?){_SAID}(?<!的)(?:的?(?:要求|限制|条件))?了?(?=[，。；！,;!\s]|$)"
    ),
)
_NOT_NEEDED = (
    re.compile(
        r"(?<!\bi )(?<!\byou )(?<!\bwe )\b(?:(?:it|they|that|this|those) )?(?:(?:does|do)(?:n'?t| not) (?:really |actually |necessarily |even )*(?:have|need) to|"
        rf"need(?:n'?t| not)) (?:be |have |come with |come in )(?:an? |the |in )*{_SAID}{_END}"
    ),
    re.compile(rf"\b(?:not|isn'?t|aren'?t) necessarily {_THE}{_SAID}{_END}"),
)
_MAYBE = (
    re.compile(rf"\bno need (?:for|to be|to have|of) {_THE}{_SAID}{_END}"),
    re.compile(
        r"(?:它|这个)?(?:不一定|不必|没必要|不用非|不需要|不用)(?:非得?)?(?:要|是|得|带|有)?"
        + rf"{_SAID}(?:的|也行|也可以)?了?(?=[，。；！,;!\s]|$)"
    ),
    re.compile(
        rf"\b(?:i|we) (?:don'?t|do not) (?:really |actually |necessarily |even )*(?:need|care about|care if it'?s|mind about|insist on)(?: it)?(?: to be| to have)? {_THE}{_SAID}{_END}"
    ),
    re.compile(
        rf"(?:^|[.,;!]\s*|\b(?:and|but|actually|ok|okay|well|so) )(?:the )?{_SAID} (?:is|are)(?:n'?t| not) (?:really |that |so |all that )*(?:important|necessary|needed|required|essential|a must)\b(?: to me)?"
    ),
    re.compile(
        rf"(?:^|[.,;!]\s*|\b(?:and|but|actually|ok|okay|well|so) )(?:the )?{_SAID} (?:does|do)(?:n'?t| not) (?:really )?matter\b(?: to me)?"
    ),
    re.compile(rf"(?:^|[.,;!]\s*)(?:the )?{_SAID} is optional\b"),
    re.compile(rf"\b(?:rather than|instead of|in place of|as opposed to) {_THE}{_SAID}{_END}"),
    re.compile(
        rf"\b(?:without|with no) (?:the |a |any )?(?P<what>(?:price|budget|colou?r|size|brand|rating) ?(?:limit|cap|filter|condition)?){_END}"
    ),
    re.compile(rf"{_SAID}(?:就)?(?:无所谓|不重要|不要紧|没关系|随便)(?:了)?(?=[，。；！,;!\s]|$)"),
)
_WILL_DO = re.compile(
    r"(?:^|[.,;!，]\s*|\b(?:and|but|actually|ok|okay|well|so|or|maybe|even) )(?:an? |the |in )?(?P<what>[a-z][a-z '-]{2,24}?)(?: ones?)?(?: (?:is|are|would be|will be|'s)) "
    r"(?:also |totally |perfectly |absolutely )?(?:ok|okay|fine|good|alright|all right|acceptable|possible)(?: (?:too|as well|also|with me|for me|by me|after all))*"
    r"|(?:^|[.,;!]\s*)(?:or )?(?P<what2>[a-z][a-z '-]{2,24}?) (?:also works|works(?: for me)? too|would (?:also )?(?:do|work)(?: too| as well)?|will do(?: too)?)\b"
    r"|\b(?:it |they )?(?:can|could|may) (?:also )?be (?P<what3>[a-z][a-z '-]{2,24}?) (?:too|as well|instead)\b"
    r"|(?P<what4>[\u4e00-\u9fff]{1,6}?)(?:的)?(?:也|都)(?:行|可以|好|成)"
)
_INSTEAD = re.compile(r"\binstead\b(?! of)\W*(?:please\W*)?$")
"""What is named before it takes the place of how the thing was to be."""
_OPPOSITES: Mapping[str, tuple[str, ...]] = {
    "wired": ("wireless", "bluetooth", "cordless"), "corded": ("cordless", "wireless"), "cable": ("wireless", "cordless"),
    "manual": ("electric", "automatic"), "electric": ("manual",), "loud": ("quiet", "silent"), "heavy": ("light", "lightweight"),
    "有线": ("无线", "蓝牙"), "手动": ("电动", "自动"), "电动": ("手动",), "重": ("轻便", "轻"),
}  # fmt: skip
_TAIL = re.compile(
    r"\s+(?:ones?|part|bit|thing|requirement|condition|filter|criteri(?:on|a)|restriction|option|then|please|anymore|feature|at all)$"
)
_POINTS = re.compile(
    r"\bones?$|\b(?:first|second|third|fourth|last|cart|basket|order|account|it|that|this|them|item|product|everything|all)\b|购物车|订单|那个|这个"
)
_PRICE = re.compile(
    r"^(?:the )?(?:price|budget|money|cost|spending)?\s*(?:limit|cap|range|max(?:imum)?|ceiling|price|budget|money|cost)$|^(?:价格|预算|价钱)(?:限制|上限)?$"
)
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "color": ("color", "colour", "colors", "colours", "颜色"), "size": ("size", "sizes", "尺码", "尺寸", "大小"),
}  # fmt: skip
_BRAND = frozenset({"brand", "brands", "make", "牌子", "品牌"})
_RATING = frozenset({"rating", "ratings", "reviews", "stars", "star rating", "评分", "星级"})
_STOCK = frozenset({"stock", "in stock", "availability", "有货", "现货"})


@dataclass(frozen=True, slots=True)
class Dropped:
    """The wish in force without what a message takes back, and the rest of the message."""

    wish: Wish
    rest: str


def dropped(message: str, wish: Wish) -> Dropped | None:
    """Return what is left of a wish and of a message that takes conditions back, `None` where it takes none back.

    >>> from assistant.conversation.state import MustHave
    >>> held = Wish(text="quiet mouse", must_haves=(MustHave(text="quiet", forms=("quiet", "silent")),))
    >>> left = dropped("drop the quiet, make it cheap", held); left.wish.must_haves, left.wish.text, left.rest
    ((), 'mouse', 'make it cheap')
    >>> dropped("drop the black", held) is None
    True
    """
    lower, rest, eased = message.lower(), message, wish
    for found, sure in _found(lower):
        said = next(text for name, text in found.groupdict().items() if name.startswith("what") and text)
        if _POINTS.search(said) and not _PRICE.search(said):
            continue
        kept, will_do = eased, found.re is _WILL_DO
        for part in () if will_do else re.split(r"\s+(?:and|or)\s+|\s*&\s*|[和与、]", said):
            kept = _without(kept, _bare(part))
        if will_do:
            kept = _besides(kept, _bare(said))
        if kept != eased or sure:
            eased = kept
            rest = rest[: found.start()] + " " * (found.end() - found.start()) + rest[found.end() :]
    if (instead := _INSTEAD.search(lower)) and (other := _otherwise(eased, lower)) != eased:
        eased, rest = other, rest[: instead.start()]
    text = re.sub(r"^[\s.,;!，。；！]+", "", " ".join(rest.split()))
    return Dropped(eased, text) if rest != message else None


def _found(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield what may take a condition back, and whether it surely asks for none, in force or not."""
    for patterns, sure in ((_DROPS, False), (_NOT_NEEDED, True), (_MAYBE, False), ((_WILL_DO,), False)):
        for pattern in patterns:
            yield from ((found, sure) for found in pattern.finditer(text))


def _bare(said: str) -> str:
    before, said = "", said.strip()
    while before != said:
        before, said = (
            said,
            _TAIL.sub(
                "",
                re.sub(r"^(?:the|that|a|an|in|being|to be|my|actually|ok|okay|well|so|and|but|oh) ", "", said.strip()),
            ),
        )
    return said.removesuffix("的").strip()


def _without(wish: Wish, said: str) -> Wish:
    """Return a wish without what these words name of it; as it is where they name nothing."""
    if not said:
        return wish
    if _PRICE.search(said):
        return replace(wish, price_min_minor=None, price_max_minor=None)
    if said in _BRAND:
        return replace(wish, brands=())
    if said in _RATING:
        return replace(wish, rating_min=None)
    if said in _STOCK:
        return replace(wish, in_stock=False)
    name = next((name for name, forms in _FIELDS.items() if said in forms), "")
    if name:
        return _without_options(wish, name, wish.options.get(name, ()))
    return _without_words(_without_value(wish, said), said)


def _without_value(wish: Wish, said: str) -> Wish:
    """Return a wish without an option, a brand, or a refusal of this name."""
    for name in wish.options:
        parts = [part.lower() for part in wish.labels.get(f"option:{name}", "").split(" / ")]
        named = [value for value in wish.options[name] if value.lower() == said]
        if said in parts or named:
            values = wish.options[name] if parts == [said] else tuple(named)
            wish = _without_options(wish, name, values, said)
            break
    brands = tuple(brand for brand in wish.brands if brand.lower() != said)
    return replace(wish, brands=brands)


def _without_options(wish: Wish, name: str, values: tuple[str, ...], said: str = "") -> Wish:
    kept = tuple(value for value in wish.options.get(name, ()) if value not in values)
    key = f"option:{name}"
    label = " / ".join(part for part in wish.labels.get(key, "").split(" / ") if part.lower() != said)
    options = {other: held for other, held in wish.options.items() if other != name} | ({name: kept} if kept else {})
    labels = {other: held for other, held in wish.labels.items() if other != key} | ({key: label} if kept else {})
    words = [said] if said else wish.labels.get(key, "").split(" / ")
    return replace(wish, options=options, labels=labels, text=_cut(wish.text, words))


def _without_words(wish: Wish, said: str) -> Wish:
    """Return a wish without the must-haves and preferences that these words name."""
    musts = [must for must in wish.must_haves if _names(said, (must.text, *must.forms))]
    likes = [one for one in wish.preferences if _names(said, (one.text, *one.names))]
    if not musts and not likes:
        return wish
    words = [form for one in musts for form in (one.text, *one.forms)] + [one.text for one in likes]
    return replace(
        wish,
        must_haves=tuple(must for must in wish.must_haves if must not in musts),
        preferences=tuple(one for one in wish.preferences if one not in likes),
        text=_cut(wish.text, words),
    )


def _names(said: str, forms: tuple[str, ...]) -> bool:
    if HAN.search(said):
        return any(said in form or form in said for form in forms if HAN.search(form))
    wanted = set(stems(said))
    return bool(wanted) and any(wanted <= set(stems(form)) or set(stems(form)) == wanted for form in forms if form)


def _cut(text: str, words: list[str]) -> str:
    """Return the text that is searched for without these words, all of it where nothing else is left."""
    left = text
    for word in sorted(filter(None, words), key=len, reverse=True):
        whole = re.escape(word) if HAN.search(word) else rf"\b{re.escape(word)}\b"
        left = re.sub(whole, " ", left, flags=re.IGNORECASE)
    left = re.sub(r"^[\s,;，]+|[\s,;，]+$", "", re.sub(r"\s*,\s*(?=,)", "", " ".join(left.split())))
    return left or text


def _otherwise(wish: Wish, said: str) -> Wish:
    """Return a wish for what is not as it was to look or fit, where no colour, material or number is named instead."""
    told = (
        form for row in (*materials(), *((one.english, one.chinese) for one in colours().values())) for form in row[0]
    )
    if re.search(r"\d|\b(?:size|first|second|third|fourth|last|one|cart|basket)\b", said) or any(
        re.search(rf"\b{re.escape(form)}\b", said) for form in told
    ):
        return wish
    for must in wish.must_haves:
        if must.names and must.names != MADE_OF and not must.absent:
            barred = tuple(dict.fromkeys((*wish.excluded, must.text)))
            named = ", ".join(filter(None, (wish.labels.get("excluded"), must.text)))
            wish = _without_words(wish, must.text)
            wish = replace(wish, excluded=barred, labels={**wish.labels, "excluded": named})
    return wish


def _besides(wish: Wish, said: str) -> Wish:
    """Return a wish that what is named will do for as well: what was asked for instead of it, or refused, no longer is."""
    for word in _OPPOSITES.get(said, ()):
        wish = _without_words(wish, word)
    barred = {word.lower() for word in wish.excluded}
    if said not in barred:
        return wish
    kept = tuple(word for word in wish.excluded if not _names(said, (word,)))
    label = ", ".join(one for one in wish.labels.get("excluded", "").split(", ") if one.lower() != said)
    labels = {key: held for key, held in wish.labels.items() if key != "excluded"} | (
        {"excluded": label} if label else {}
    )
    return replace(wish, excluded=kept, labels=labels)
