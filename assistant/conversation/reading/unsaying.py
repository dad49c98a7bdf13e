"""What of a shopper's taste is to be forgotten: "forget the colour", "I'm not vegan any more", 忘掉我喜欢绿色.

Only what is said of oneself counts; a condition of the wish in force is dropped elsewhere. Knows no portrait.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.self_told import self_told
from assistant.conversation.state import State


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What is to be forgotten: one taste, all of one `key` where `value` is empty, everything where both are."""

    key: str = ""
    value: str = ""


_FORGET = re.compile(
    r"^\W*(?:(?:please|pls|ok|okay|actually|no|oh|and|also|now|scratch that|never ?mind|on second thoughts?|my mistake|wait|sorry|"
    r"hm+|well|can you|could you|would you|i want you to|i'd like you to|"
    r"you can|you should)\W+)*(?:(?P<strong>forget|unlearn|un-?remember|don'?t remember|do not remember|"
    r"stop remembering|no longer remember)|(?P<weak>delete|remove|clear|wipe|reset|erase))(?: about| out)? (?P<what>.+)$|"
    r"^(?:请|麻烦|帮我|你|可以|能不能|那|就|算了|不对|等等|还是|，)*(?:(?P<strong2>忘(?:掉|了|记)|(?:别|不要)(?:再)?记(?:住|得|着)?)|"
    r"(?P<weak2>(?:删|清|抹)(?:掉|除|空)?|重置))(?:一下)?(?P<what2>.+)$|"
    r"^(?:那|就|还有|算了|不对|，)*(?P<what4>[^，,。]{1,12}?)(?:的?(?:那|这)[条个件]事?|的(?:事|信息|记录))?(?:你|就|先|可以|还是)*"
    r"(?P<strong4>(?:别|不要|不用|甭)(?:再|给我)?记(?:住|得|着)?)了?[吧啊。！!]*$|"
    r"(?:把|将)(?P<what3>.+?)(?:都|全|全部|给我?)*(?:忘(?:掉|了|记)|(?P<weak3>(?:删|清|抹)(?:掉|除|空|了)))(?:吧|了)?[。！!]*$"
)
_LATE = re.compile(
    r"(?:(?:那|这)(?:个|条|件事|回事|点)|的(?:事儿?|事情)|[\s,]+(?:please|pls|again|now|then|for me|thanks|thank you)|吧|了|好吗|可以吗|[\s.!?。！？])+$"
)
_ALL = re.compile(
    r"^(?:everything|it all|all of it|all|anything)(?: (?:that )?(?:you|i|we)\b(?!.* order).*| (?:about|of|on) (?:me|myself)\b.*)?$|"
    r"^(?:what(?:ever)? (?:that )?)you(?:'ve| have)? (?:know|noted?|learn\w*|remember\w*|stored|saved)\b.*$|"
    r"^what(?:ever)? i(?:'ve)? (?:told|tell|said)(?: to)? ?(?:you)? about (?:me|myself).*$|^(?:about )?me$|"
    r"^(?:(?:你(?:们)?(?:知道|记得|记住|了解|记下)的?)?(?:所有|全部|一切)?(?:关于|有关)?我的?"
    r"(?:所有|全部|一切|信息|事情?|情况|资料|说过的话?)*(?:东西)?|一切|所有(?:的)?(?:东西|事情?)?|全部)$"
)
_TASTES = re.compile(
    r"^(?:(?:all|everything)(?: of| about)? )?(?:my|the) (?:\w+ )?"
    r"(?:preferences?|tastes?|likes(?: and dislikes)?|dislikes and likes|taste profile|style profile|portrait)$|"
    r"^(?:关于)?我的?(?:所有|全部)?的?(?:喜好|偏好|口味|画像)$"
)
_JUST_SAID = re.compile(
    r"^(?:that|it|this|all that|what i (?:just |have just )?(?:said|told you|wrote|mentioned))(?: (?:again|now|please|then))*\W*$|"
    r"^(?:我?(?:刚(?:才|刚)?|上面|前面)(?:我)?(?:(?:说|讲|告诉你)的?)?(?:话|那[些个句条]|的|事)?|[这那](?:个|条|件事|点)|它)[吧了。！!]*$"
)
"""What was told of oneself in the message before."""
_KEYS: Mapping[str, str] = {
    "color": r"colou?rs?|颜色",
    "size": r"(?:\w+ )?sizes?|尺码|码数|鞋码|尺寸",
    "brand": r"brands?|品牌|牌子",
    "material": r"materials?|fabrics?|材质|面料",
    "diet": r"diets?|饮食(?:习惯)?|忌口",
    "avoid": r"allerg(?:y|ies)|dislikes?|aversions?|过敏(?:信息|源)?|不喜欢的(?:东西)?",
}
_NAMED = {
    key: re.compile(
        rf"^(?P<whose>my |the |that |this )?(?:favou?rite |preferred |saved |noted )?(?:{names})"
        rf"(?: (?:i|that|which|you)\b.*| preferences?)?$|^(?P<wessen>我)?(?:的|最?喜欢的|说的)*(?:{names})(?:的?(?:信息|偏好))?$"
    )
    for key, names in _KEYS.items()
}
_NO_LONGER = re.compile(
    r"\bi(?:'m| am) (?:not|no longer) (?P<am>[\w -]+?)(?: (?:any ?more|any longer|now))?\W*$|"
    r"\bi no longer (?P<verb>like|love|prefer|wear|eat|avoid) (?P<what>[\w -]+?)\W*$|"
    r"\bi (?:don'?t|do not) (?P<verb2>like|love|prefer|wear) (?P<what2>[\w -]+?) (?:any ?more|any longer)\W*$|"
    r"我(?:现在)?(?:不再?|已经不)(?P<han>(?:喜欢|吃|穿)[\u4e00-\u9fff\w]{1,8}?)了[。！!]*$"
)
_ENDED = re.compile(r"\b(?:any ?more|any longer|no longer)\b|了[。！!]*$")


def unsaid(message: str, lexicon: Lexicon, state: State) -> tuple[Unsaid, ...]:
    """Return what a message wants forgotten of its writer's taste; empty where it wants nothing forgotten.

    >>> from index.catalogue.vocabulary import Vocabulary
    >>> words, new = Lexicon(Vocabulary()), State()
    >>> unsaid("please forget that I like green", words, new), unsaid("forget everything about me", words, new)
    ((Unsaid(key='color', value='green'),), (Unsaid(key='', value=''),))
    >>> unsaid("forget the colour", words, new), unsaid("delete the lamp", words, new)
    ((Unsaid(key='color', value=''),), ())
    """
    said = message.lower().replace("’", "'").strip()
    if ended := _NO_LONGER.search(said):
        return _of_clause(_as_told(ended), lexicon) if _ENDED.search(said) else ()
    found = _FORGET.search(said)
    if found is None:
        return ()
    weak = bool(found["weak"] or found["weak2"] or found["weak3"])
    named = found["what"] or found["what2"] or found["what3"] or found["what4"] or ""
    if _JUST_SAID.match(named.strip()):
        return _of_clause(state.last_message.lower(), lexicon)
    what = _LATE.sub("", named).strip()
    of_memory = bool(found["strong4"]) or "记" in (found["strong2"] or "")
    if _TASTES.match(what) or (_ALL.match(what) and not weak):
        return (Unsaid(),)
    for key, pattern in _NAMED.items():
        of_key = pattern.match(what)
        own = of_key and ((of_key["whose"] or "").strip() == "my" or of_key["wessen"])
        if of_key and (own or of_memory or (not weak and state.wish.empty)):
            return (Unsaid(key),)
    if of_memory:
        state = State()  # what is remembered is no condition of a wish
    return () if weak else _of_clause(what, lexicon) or _of_thing(what, lexicon, state)


def _as_told(ended: re.Match[str]) -> str:
    """Return in so many words what is no longer so."""
    if ended["am"]:
        return f"i am {ended['am']}"
    if ended["han"]:
        return f"我{ended['han']}"
    return f"i {ended['verb'] or ended['verb2']} {ended['what'] or ended['what2']}"


def _of_clause(what: str, lexicon: Lexicon) -> tuple[Unsaid, ...]:
    """Return what a clause tells of its writer: "that I like green", "about me being vegan"."""
    clause = re.sub(r"^(?:about |that |the fact that )+", "", what)
    clause = re.sub(r"^me (?:being|liking|wearing|preferring) ", "i am ", clause)
    return tuple(dict.fromkeys(Unsaid(one.key, one.value) for one in self_told(clause, lexicon)))


def _of_thing(what: str, lexicon: Lexicon, state: State) -> tuple[Unsaid, ...]:
    """Return the taste that a bare word names, where no wish is in force that it might be a condition of."""
    if not state.wish.empty:
        return ()
    thing = re.sub(r"^(?:the|about|my) ", "", what)
    told = self_told(f"i like {thing}" if thing.isascii() else f"我喜欢{thing}", lexicon)
    return tuple(Unsaid(one.key, one.value) for one in told)


_ASIDE = re.compile(
    r"(?:^|[,.;!，。；！]\s*|\s+)(?:and )?(?:(?:please )?(?:remember|note|keep|save|store|write down|bear)(?: down)? (?:that|this|it)"
    r"(?: (?:in mind|for (?:next time|later|the future|me)|down))?|(?:please )?(?:don'?t forget|do not forget)(?: (?:that|this|it))?|"
    r"(?:just )?so you know|fyi|for (?:the )?(?:next time|future|record))(?=\W*(?:$|[,.;!]|i\b|i'))|"
    r"^\W*(?:(?:no|nope|sorry|wait|actually)\W+)*(?:that(?:'s| is) (?:wrong|not right|incorrect|not true|no longer true|a mistake|old)|wrong)\b[\s,.;!:-]*|"
    r"(?:请|麻烦|帮我)*(?:记住|记一下|记下来?|记好)(?:这个|这点|了|吧|哦|啊)*[，,。！!：:]?|别忘了[，,。！!]?|"
    r"^(?:不对|不是|错了|说错了|记错了|你记错了)[，,。！!\s]+",
    re.IGNORECASE,
)
"""What is said around something told of oneself: "remember that", "that's wrong"."""


_REMEMBER = re.compile(
    r"^\W*(?:(?:please|pls|can you|could you|hi|hello|also|and)\W+)*(?:remember|note|keep in mind|bear in mind|save|write down)(?: down)? (?:that |for (?:next time|later) )?(?:i|my|i'm)\b|"
    r"^(?:请|麻烦|你|帮我|帮忙|那|先|，)*(?:记住|记一下|记下来?|记着|记好|备注一下|备注)(?:，|,|：|:|一下)*(?:我|本人|家里)",
    re.IGNORECASE,
)


_BUDGET = re.compile(r"\bmy (?:price )?(?:budget|limit|maximum)\b|预算", re.IGNORECASE)
_BEFORE_OWN = re.compile(r"^.*?(?=\b(?:my|i|i'm)\b|我)", re.IGNORECASE)
"""What stands before what is told of oneself."""


def asks_to_remember(message: str) -> bool:
    """Return whether a message asks to have noted what it tells of its writer.

    >>> asks_to_remember("记住我穿42码的鞋"), asks_to_remember("please remember that I'm vegan"), asks_to_remember("我要鞋")
    (True, True, False)
    """
    return bool(_REMEMBER.search(message))


def without_asides(message: str, lexicon: Lexicon) -> str:
    """Return a message that tells of its writer, or what may be spent, without what only says so; others as they are.

    >>> from index.catalogue.vocabulary import Vocabulary
    >>> words = Lexicon(Vocabulary())
    >>> without_asides("I'm vegetarian, remember that", words), without_asides("remember my budget is 50", words)
    ("I'm vegetarian", 'my budget is 50')
    """
    if _REMEMBER.search(message) and _BUDGET.search(message):
        return _BEFORE_OWN.sub("", message, count=1)
    if not _ASIDE.search(message) or not self_told(message, lexicon):
        return message
    return _ASIDE.sub(" ", message).strip(" ,.;，。；") or message
