"""What a message wants changed of what was put into the cart: taken out, fewer, more, so many, another in its place.

Reads a message in lower case that is nothing but that; knows no cart and no product.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.references import Reference

ChangeKind = Literal["drop", "drop_all", "fewer", "more", "set", "swap", "swap_which", "further", "count"]

EN_N = r"(?P<n>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|a couple)"
UNIT = (
    r"(?:bags?|packs?|packets?|packages?|bars?|box(?:es)?|bottles?|pieces?|pcs|pairs?|tins?|pouch(?:es)?|sets?|tubes?|"
    r"jars?|cans?|rolls?|units?|tubs?|cartons?|copies|items?|sachets?)"
)
LEAD = (
    r"^\W*(?:(?:ok|okay|oh|ah|no|nope|nah|hm+|um|well|actually|sorry|wait|please|pls|yes|yeah|and|but|so|then|hang on|hold on|"
    r"that(?:'s| is) too (?:many|much)|(?:\w+ )?(?:\w+ )?(?:is|are|was|were) (?:a bit |one )?too (?:many|much)|too (?:many|much)|i changed my mind|my mistake|in fact|on second thoughts?|can you|could you|i think|i meant|i mean|i said|i wanted|maybe|let'?s|now)\b\W*)*"
)
TAIL = (
    r"(?:\W+(?:please|pls|thanks|thank you|then|now|instead|after all|any ?more|though|actually|too|in total|again|back|for me|"
    r"(?:from|of|off|out of|in|to|into) (?:the|my) (?:cart|basket|trolley)))*\W*$"
)
_THEM = r"(?:it|that|this|them|those|these)"
_ONE = rf"(?:(?:number|option) (?:\d|one|two|three|four|five|six)|that one|this one|{_THEM}|the (?:first|second|third|fourth|fifth|sixth|last)(?: one)?|the one (?:i|you) (?:just )?(?:added|put in))"
_ALL = (
    r"(?:both|both of them|either|either of them|any of (?:them|it|those|these)|all of (?:it|them|those)|everything|"
    r"them all|anything)"
)
_OF = r"(?: of (?:it|that|this|them|those|these))?"
_ENGLISH: tuple[tuple[ChangeKind, str], ...] = (
    ("set", rf"(?:add )?(?:one more|another)(?: one)?(?: of the same)?\W+(?:so |that(?:'s| is|'ll be) |makes? |to make |making )*{EN_N} (?:in total|altogether|all together)"),
    ("drop_all", rf"(?:i )?(?:don'?t|do not|no longer) (?:want|need) {_ALL}"),
    ("drop_all", r"(?:neither|none) of (?:them|those|these)|neither"),
    ("drop_all", rf"(?:remove|delete|drop|take out|take off|lose) {_ALL}|take {_ALL} (?:out|off|away)"),
    ("fewer", rf"(?:make it )?{EN_N} (?:less|fewer)|minus {EN_N.replace('<n>', '<m>')}"),
    ("fewer", rf"(?:remove|delete|drop|take out|take off|take away) (?:just |only )?{EN_N}{_OF}"),
    ("fewer", rf"take (?:just |only )?{EN_N}{_OF} (?:back )?(?:out|off|away)"),
    ("drop", rf"(?:i )?(?:don'?t|do not|no longer) (?:want|need) {_ONE}"),
    ("drop", rf"(?:please )?don'?t (?:add|put in) {_ONE}"),
    ("drop", rf"(?:remove|delete|drop|scratch|scrap|bin|chuck|ditch|dump|lose|cancel|forget|skip|leave out|take out|take off|get rid of) {_ONE}(?: (?:that )?(?:i|you) (?:just )?(?:added|put in|picked|chose))?(?: out| off)?"),
    ("drop", rf"(?:take|leave|throw) {_ONE} (?:out|off|away)"),
    ("set", rf"(?:i )?(?:(?:only|just) (?:want|need)|(?:want|need) (?:only|just)|only|just) {EN_N}(?: {UNIT})?{_OF}"),
    ("set", rf"(?:just |only )?(?:keep|leave)(?: me)?(?: just| only)? {EN_N}(?: {UNIT})?{_OF}(?: in)?"),
    ("set", rf"i (?:meant|mean|said|wanted|asked for) {EN_N}(?: {UNIT})?{_OF}"),
    ("set", rf"{EN_N}(?: {UNIT})?(?:'s| is| are| will be| would be) (?:enough|fine|plenty)|{EN_N.replace('<n>', '<m>')} will do"),
    ("set", rf"(?:make|let) (?:it|that|them)(?: be)?(?: only| just)? {EN_N}(?: {UNIT})?"),
    ("set", rf"(?:change|reduce|increase|set|lower|raise|update)(?: (?:it|that|them|the (?:quantity|amount|number)))?(?: down| up)? to {EN_N}(?: {UNIT})?"),
    ("more", rf"(?:add )?{EN_N} more(?: {UNIT})?{_OF}|(?:add )?another (?:one|{EN_N.replace('<n>', '<m>')}(?: {UNIT})?){_OF}"),
    ("count", rf"(?:(?:i(?:'ll| will) (?:take|have)|i(?:'d| would) like|give me|get me|i want|i need|add|take|make it) )?{EN_N} {UNIT}{_OF}"),
    ("count", rf"(?:i(?:'ll| will) (?:take|have)|i(?:'d| would) like|give me|get me|add|take) {EN_N}{_OF}"),
    ("count", rf"{EN_N}{_OF}(?=\W+(?:please|pls)\W*$)"),
)  # fmt: skip
_INSTEAD = re.compile(
    rf"{LEAD}(?:(?:swap|switch|change|exchange|replace|trade) .{{0,40}}?\b(?:for|to|with|into)\b|"
    r"(?:not|forget|remove|i don'?t want|without) the [\w ]{3,20}?[,;.]?\s*(?:but|,|;|\.|i want|give me|add|take|rather)+|"
    r"make (?:it|that|them) (?=the (?:first|second|third|fourth|fifth|sixth|last|cheap|dear|other))|"
    r"i(?:'d| would) (?:rather|prefer)(?: have| take)?|(?:give me|take|add|i(?:'ll| will) (?:take|have)) (?=.*\binstead\b)|"
    r"(?:i mean|i meant|no|wrong one|not that one)\b\W*(?:i (?:mean|meant|want(?:ed)?)\W*)?(?=the )|"
    r"(?=the .{0,30}\binstead\b))"
)
_MW = r"[个件双条只台瓶盒套把款本张份罐包袋支块箱副顶对杯听桶组枚板卷]"
_N = r"(?P<n>\d{1,3}|[一两二三四五六七八九十俩]{1,3})"
_M = _N.replace("<n>", "<m>")
ZH_LEAD = (
    r"^[\W]*(?:(?:(?:[\d一两二三四五六七八九十俩]{1,3}[个件双条瓶盒包袋块罐副只])?(?:(?:太|有点儿?|好像|是不是|[买拿要加])?多了点?|(?:太|有点儿?|是不是)多)[吧啦]?|哎呀?|唉|错了|搞错了?|嗯|哦|啊|呃|额|好吧|好的?|行|算了|还是|等等|等一下|不对|不好意思|抱歉|请|麻烦|帮我|给我|你|我|想|把|"
    r"那(?![个件双条款只瓶盒包袋]))[，, ]*)*"
)
ZH_TAIL = r"(?:[，, ]*(?:太贵|有点贵|用不着|没必要|够用)|吧|了|啦|哈|哦|呗|谢谢|好了|就行|就好|就够|够|可以了|[，,。.！!~～ ])*$"
_ZH_ONE = (
    rf"(?:(?:这|那|第[一二三四五六\d]){_MW}|它|刚才?(?:加|那|选|买|放)(?:进去)?的?(?:那)?{_MW}?|最后(?:一|那){_MW})"
)
_ZH_MANY = r"(?:(?:这|那)?(?:两|俩|三|几)[个件样种]|俩|全部?|通通|统统|所有的?|购物车里的)"
_ZH_OUT = r"(?:拿出[来去]|取出[来去]|不要|不想要|不想买|不买|不需要|不用|拿掉|去掉|去除|删了?|删掉|删除|撤掉?|拿走|取消掉?|移掉|移除)"
_CHINESE: tuple[tuple[ChangeKind, str], ...] = (
    (
        "set",
        rf"(?:再|多)(?:加|来|要|拿|买)?{_M}?{_MW}?(?:一样的|同样的|同款的?)?[，, ]*(?:一共|总共|加起来|凑)(?:就)?(?:是|要|够)?{_N}{_MW}",
    ),
    ("drop_all", rf"{_ZH_MANY}?(?:我|也|先|还是)*(?:都|全都|全部?|通通|统统)(?:先)?{_ZH_OUT}了?"),
    ("drop_all", rf"{_ZH_MANY}(?:我|也|先|还是)*{_ZH_OUT}了?"),
    ("set", rf"(?:不要|不用|不需要|要不了)(?:那么多|这么多|{_M}{_MW})了?[，, ]*(?:只?要|就要|来|买|留)?{_N}{_MW}"),
    (
        "set",
        rf"(?:只要|只需要|只买|就要|只拿|就来|就拿|只来|要|来|买|拿|就?留|只留|保留)?(?:着|下)?{_N}{_MW}(?:就?够用|就够|就行|就好|就可以|够|足够|就成)",
    ),
    ("set", rf"(?:只要|只需要|只买|只拿|只来|就|就?留|只留|保留|只保留|剩)(?:着|下)?{_N}{_MW}"),
    ("set", rf"{_M}{_MW}(?:改|换|变)(?:成|为)?{_N}{_MW}?"),
    (
        "set",
        rf"[\u4e00-\u9fff]{{0,12}}?(?:数量)?(?:改成|改为|改到|换成|变成|减到|减少到|减成|减为|加到|增加到|调成|调到|设为|设成|凑)\s*{_N}\s*{_MW}?",
    ),
    (
        "fewer",
        rf"{_ZH_ONE}?(?:再|里面?|先)?(?:减|减少|减掉|减去|少|少要|少来|少拿|少买|少加|去掉|拿掉|删掉?|退掉?|拿走|扣掉){_N}{_MW}",
    ),
    ("drop", rf"{_ZH_ONE}?(?:我|也|先|还是|暂时|就)*{_ZH_OUT}(?:{_ZH_ONE.replace('<n>', '<x>')})?(?:了|掉)?"),
    ("drop", rf"{_ZH_OUT}[这那]{_MW}[\u4e00-\u9fff]{{1,4}}?了"),
    ("swap_which", rf"{_ZH_ONE}?(?:我想|也|先)*(?:换掉|换一[个件款双条]|换别的)"),
    ("more", rf"{_ZH_ONE}?(?:再|多|再多)(?:加|来|要|拿|买|添|放)?{_N}{_MW}(?:一样的|同样的|同款的?)?"),
    ("count", rf"(?:来|要|买|拿|加|给我|就要|先来|先要)?{_N}{_MW}"),
)
_ZH_INSTEAD = re.compile(
    r"(?:换成|换为|换到|改成|改要|改为|换|还是要|(?:不对|错了|弄错|搞错|说错)[^。]*?[是要]|还是拿|还是买|(?:不要|不想要|去掉|删掉?|拿掉)[^，,。]{0,8}[，,。 ]+(?:还是|我|就|给我)*(?:要|来|换|拿|加|买))"
)
_CLAUSES = re.compile(r"[,;.!，。；！]+|\bbut\b|\s-\s")
_GROUNDS = re.compile(
    r"\b(?:too|expensive|pricey|sorry|mind|never|no|ok|okay|thanks|actually|already|enough|needed)\b|"
    r"贵|算了|抱歉|不好意思|谢谢|已经|够|没用|用不上|等等|不对|改主意"
)
_NEW = ("place", "middle", "last", "cheapest", "dearest", "best", "one", "previous")
_AWAY = re.compile(r"(?:换掉|不要了?|删掉?|去掉|拿掉)$")


_PICKS = re.compile(
    r"^(?:那么?|嗯|好的?|行|ok|可以|[，, ])*(?:就|我就|还是|我?就?要|我?就?选|我?就?拿|我?就?买)?(?:是)?REF(?:就?[行好]了?|就可以了?|吧|了)[。！! ]*$|"
    r"^(?:那么?|嗯|好的?|行|[，, ])*(?:我)?(?:就(?:要|选|拿|买|是)?|选|拿)REF(?:吧|了|好了|行了)?[。！! ]*$|"
    r"^\W*(?:(?:ok|okay|yes|well|then|right|great|perfect|good|alright|so)\W+)*"
    r"(?:REF(?: please| pls| then please)|REF (?:will do|it is|is fine|sounds good|is perfect)|(?:i(?:'ll| will)|let'?s|let me) (?:go|pick|choose)(?: (?:for|with))? REF|"
    r"(?:and |also |plus )+REF(?: too| as well| also)?|REF (?:too|as well))(?:\W+(?:please|then|thanks))*\W*$"
)
"""One of those shown (REF) is chosen: 就第一个吧, "the second one it is", "and the third one too"."""
_SO_MANY = re.compile(
    rf"(?<![\d.第]){_N}\s*[瓶包盒袋罐件个条双只支本台套把副块张份听桶](?!装|套|入|[\u4e00-\u9fff]*(?:茶包|一套))[，,。！! 吧的]*(?:$|[，, ])|"
    rf"\b{EN_N.replace('<n>', '<m>')} (?:{UNIT}\b|of (?:the|these|those|them|it)\b)|[来要拿买](?P<l>俩|仨)[吧了。！! ]*$|[,;]\s*{EN_N.replace('<n>', '<k>')}(?:\W+(?:please|pls|thanks))+\W*$"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the cart: how many it speaks of, `None` where it says none, and from where on the new thing is said.

    `name` is what it calls the thing in the cart by, empty where it only points.
    """

    kind: ChangeKind
    quantity: int | None = None
    new_from: int = -1
    name: str = ""


def change_in(message: str, references: Sequence[Reference] = ()) -> Change | None:
    """Return the change that a message in lower case is nothing but, `None` where it is none.

    >>> [change_in(said).kind for said in ("i don't want it anymore", "one less", "两个都不要了", "减一个", "再来一个")]
    ['drop', 'fewer', 'drop_all', 'fewer', 'more']
    >>> change_in("不要两个 一个就够"), change_in("2 bags please").quantity, change_in("a red bag")
    (Change(kind='set', quantity=1, new_from=-1, name=''), 2, None)
    """
    if swap := _swap(message, references):
        return swap
    if _refused(message):
        return Change("drop")
    for kind, pattern in _PATTERNS:
        if match := pattern.search(message):
            return Change(kind, _quantity(match))
    return None


_PATTERNS: tuple[tuple[ChangeKind, re.Pattern[str]], ...] = (
    *((kind, re.compile(rf"{LEAD}(?:just )?(?:{pattern}){TAIL}")) for kind, pattern in _ENGLISH),
    *((kind, re.compile(rf"{ZH_LEAD}(?:{pattern}){ZH_TAIL}")) for kind, pattern in _CHINESE),
)


def _refused(message: str) -> bool:
    """Return whether several clauses of a message together do nothing but refuse: "forget that one, I don't need it"."""
    clauses = [part for part in _CLAUSES.split(message) if part.strip()]
    if len(clauses) < 2:
        return False
    drops = [any(kind == "drop" and pattern.search(part) for kind, pattern in _PATTERNS) for part in clauses]
    return any(drops) and all(drop or _GROUNDS.search(part) for drop, part in zip(drops, clauses, strict=True))


def _swap(message: str, references: Sequence[Reference]) -> Change | None:
    """Return that one thing shall take the place of another: what is said after the verb is the new one."""
    pointed = [one for one in references if one.which in _NEW]
    for match in (_INSTEAD.search(message), _ZH_INSTEAD.search(message)):
        if match and any(one.start >= match.end() for one in pointed):
            return Change("swap", new_from=match.end())
    return None


def _quantity(match: re.Match[str]) -> int | None:
    held = match.groupdict()
    said = held.get("n") or held.get("m") or held.get("k") or held.get("l") or ""
    said = {"a couple": "2", "a dozen": "12", "an": "1", "俩": "2", "仨": "3"}.get(said, said)
    value = read_number(said) if said else None
    return int(value) if value is not None else None


_TAKING = re.compile(r"\b(?:take|have|add|buy|get|order|go with)\b|[要拿来买]")
"""What takes a thing in so many words."""


def picks(message: str, references: Sequence[Reference]) -> bool:
    """Return whether a message in lower case chooses just one of what was shown.

    >>> from assistant.conversation.reading.references import references
    >>> [picks(said, references(said)) for said in ("就第一个吧", "第二个就行", "and the third one too", "the first one?")]
    [True, True, True, False]
    """
    pointed = [one for one in references if one.which != "focus"] or list(references)
    if len(pointed) != 1:
        return False
    one = pointed[0]
    if one.which == "best" and not _TAKING.search(message):
        return False  # "the best rated one please" asks which one that is
    return bool(_PICKS.search(f"{message[: one.start]}REF{message[one.end :]}"))


def so_many(message: str) -> int | None:
    """Return how many pieces a message in lower case counts, wherever it says so: "the first one, two please".

    >>> so_many("我要第二款 250ml的 两瓶"), so_many("the first one, two please"), so_many("a red bag")
    (2, 2, None)
    """
    match = _SO_MANY.search(message)
    return _quantity(match) if match else None
