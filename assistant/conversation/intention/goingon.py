"""Whether a message goes on with the wish in force: "which of these are yellow?", 短袖的有吗, "the mat should be teal".

Decides from what was understood and what the conversation holds; knows no catalogue.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.clauses import clauses
from assistant.conversation.reading.comparatives import comparatives
from assistant.conversation.reading.conditions import sorting
from assistant.conversation.reading.describing import named_aside, only_refuses, says_how
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.sizes import extreme
from assistant.conversation.reading.words import HAN, stem
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding

_WHICH = re.compile(
    r"\b(?:which|any|some|none|one|ones) (?:one |ones )?(?:of|among|from) (?:these|those|them|the)\b"
    r"|^\W*(?:(?:and|so|but|ok|okay)\W+)*(?:which|what) (?:ones? )?(?:are|of|come|have|do)\b"
    r"|\b(?:do|does|are|is|have) any\b|\b(?:with|without|in) (?:that|which)\b"
    r"|哪[些几]?[个款件双条]?(?:是|有|能|可以|支持|带)|(?:这|那)(?:些|几[个款件])(?:里面?|当中|中)?(?:有没有|哪|有)"
)
_SUPERLATIVE = re.compile(
    r"^\W*(?:(?:fine|ok|okay|so|then|and|well|right|now)\W+)*"
    r"(?:what(?:'?s| is)|which(?: one)?(?:'?s| is)|show me|give me|and)?\s*"
    r"the (?:cheapest|dearest|most expensive|best[- ]rated|highest[- ]rated|top[- ]rated)(?: ones?| option)?"
    r"(?:\W+(?:then|you have|you've got|you sell|available|please))*\W*$"
)
_ADJECTIVE_HAN = re.compile(
    r"^(?:那|那么)?(?:有没有|有|要|想要|只要|来|换成?|给我)?(?:个|款|点|些)?(?P<how>[\u4e00-\u9fffA-Za-z0-9+]{1,10}?)(?:的(?:那种|这种)?|那种|这种)"
    r"(?:有吗|有没有|有么|有哪些|有哪几[个款件双]|有啥|有什么|吗|呢|吧|么|款|[就也]行|也可以|都行|也好|最好|更好|优先)?[\s？?。！!]*$"
)
_COMPLAINT_HAN = re.compile(
    r"^(?:[这那]个?些?|都|有点|感觉|颜色|样子|声音)*(?:太|有点|不够).{1,4}?(?:了|啦)?[，, ]+(?=换|要|来|有没有|想要)"
)
"""What is wrong with those shown, before how they should be: 太吵了，换静音的吧."""
_SOMEWHAT_HAN = re.compile(
    r"^(?:能不能|可不可以|有没有|要|想要|最好|再|稍微|颜色|款式|样子|样式|面料|材质)*(?P<how>[\u4e00-\u9fff]{1,4})(?:一点|一些|点|些)(?:儿|的)*(?:吗|吧|"
    r"呢|么|有吗|就行|就好)?[。！!？?]*$"
)
"""Nothing but how a thing should rather be: 浅色一点, 颜色素净一些."""
_STYLE_HAN = re.compile(r"^(?:想?要|来|换成?)?(?P<how>[\u4e00-\u9fff]{1,3}[款型式])的?[。！!]*$")
"""Nothing but a style of the thing: 短款, 翻盖式的."""
_EXCEEDS = re.compile(
    r"^\W*(?:(?:and|but|ok|okay|do you have|have you got|is there|are there|i want|i'd like|i need|show me|maybe)\W+)*"
    r"(?:(?:something|anything|any|an?|one|ones?|that's|that is|with|a bit|bit|slightly|much|even|the|which is)\W+)*"
    r"\w+(?: \w+)?(?: ones?| than [\w ]+)?(?:\W+(?:please|pls|maybe|if possible|available))*\W*$"
    r"|有没有|有|要|来|换|想|^.{0,4}(?:一点|一些)|比.{1,6}[更轻薄]"
)
_ADDS = re.compile(
    r"^\W*(?:(?:and|but|or|ok|okay)\W+)*"
    r"(?:(?:(?:something|anything|ones?) )?(?:with|without|in|for|made of|made from|from)|only)\b"
    r"(?!\W+(?:case|example|that|now)\b)"
    r"(?!.*\b(?:order|return|refund|deliver\w*|ship\w*|cart|basket)\b)"
)

_REFUSES_HAN = re.compile(
    r"^(?:那|就|可以)?(?:不要|不想要|别要?|不喜欢|不考虑|排除|除了)(?!紧|急|太|了|担心|误会|再)[\u4e00-\u9fffa-z]{1,8}$|"
    r"^(?!还|也|什么|啥|我|都)[\u4e00-\u9fffa-z]{1,6}的?(?:[都就也]|一律)?(?:不要|不考虑|免了)了?$"
)
"""What is refused, before why: 不要茶，他喝不完; "not wool, the cat scratches it"."""
_REFUSES = re.compile(
    r"^(?:(?:but|and|please|ok|okay|just)\W+)*(?:not|nothing|without|no)\b"
    r"(?! (?:thanks|thank|problem|worries|idea|need|way|doubt|matter|longer|more|sure|really|that)\b).{2,25}$"
)
_SEEKS = re.compile(
    r"\b(?:show|find|looking|wants?|needs?|add|order|cart|basket|buy|do you|have you|get me|give me|"
    r"recommend|instead|rather|return|refund|deliver\w*|cancel)\b"
)
_SEEKS_HAN = re.compile(
    r"有没有(?!.*的[吗么]?$)|推荐|[找买看选挑搜来](?:[一两几]?[个款件双条台只把些套]|点|看|找)|想[要买找看]|加入|购物车|下单|退|换货|运费|包邮|发货|订单|客服|谢谢"
)
"""Looks for a thing anew, or wants something done."""
BRIEF = 2
"""Characters behind what describes a thing that only describe it further: 深色的，显瘦."""


_RETURNS = re.compile(
    r"\b(?:back|return|returning) to\b(?! (?:you|stock|the (?:shop|store|sender)))|"
    r"\b(?:about|to|see|me|with) the (?:[\w-]+ ){1,3}again\b|\b(?:from|like|as) (?:before|earlier)\b|"
    r"\bthe (?:earlier|previous)\b|"
    r"回到|还是(?:看|要|买|选)|再看看?(?:刚才|之前)|(?:刚才|之前|前面)(?:看)?的?"
)
"""How a shopper goes back to what was looked for before."""


def goes_on(reading: Reading, found: Understanding, state: State) -> bool:
    """Return whether a message asks for what was asked for before, in another way or with more conditions."""
    pointed = any(one.which not in ("all", "first_n") for one in found.references)
    if state.wish.empty or found.order_number or found.told:
        return False
    said = found.message.lower().strip()
    if _SUPERLATIVE.search(said) and found.wish.sort != "relevance":
        return True
    if says_on(found, state) or (sorting(said) and not reading.rest()) or describes_how(found):
        return True
    if found.wish.categories:
        return _narrows(reading, found, state) or (resumed(found, state) is not None and states_condition(found))
    if state.shown and (extreme(said) or (_EXCEEDS.search(said) and comparatives(said))):
        return True
    if pointed:
        return False
    if state.shown and found.wish.excluded and len(reading.rest()) <= 1 and not found.references:
        return True  # "loose, not in bags"
    if state.shown and _WHICH.search(said) and states_condition(found):
        return True
    return (
        (describes(said) or _describe_all(reading))
        or bool(state.shown and _ADDS.search(said))
        or (states_condition(found) and names_nothing_else(reading, state))
    )


def describes_how(found: Understanding) -> bool:
    """Return whether a message begins with how those of before should be, and names no kind of thing there."""
    said = found.message
    first = next(clauses(said), (0, 0))[1]
    named = any(one.start < first for one in found.named if one.term.kind == "category")
    return describes_first(said) and not named


def _narrows(reading: Reading, found: Understanding, state: State) -> bool:
    """Return whether a message names nothing but some of the kinds that are wished for: 入耳式的, of headphones."""
    forms = "".join(one.form.lower() for one in found.named if one.term.kind == "category")
    return set(found.wish.categories) < set(state.wish.categories) and all(word in forms for word in reading.rest())


def says_on(found: Understanding, state: State) -> bool:
    """Return whether a sentence says how what is wished for must be; a kind of thing in it is what it is to go with."""
    said = found.message.lower().strip()
    if state.wish.empty or not says_how(said) or any(one.which not in ("focus", "all") for one in found.references):
        return False
    if only_refuses(said) and not (found.wish.excluded or any(must.absent for must in found.wish.must_haves)):
        return False
    kinds = [one for one in found.named if one.term.kind == "category"]
    held = set(state.wish.categories)
    return all(named_aside(said, one.start) or set(one.term.values) & held for one in kinds)


def states_condition(found: Understanding) -> bool:
    """Return whether a message states a condition other than the thing itself."""
    wish = found.wish
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    stated = wish.must_haves or wish.options or wish.brands or wish.excluded or wish.rating_min is not None
    return bool(stated or priced or wish.in_stock)


def _describes(said: str) -> bool:
    """Return whether a Chinese message is nothing but how a thing must be: 短袖的有吗, 带抓绒内里的."""
    found = _ADJECTIVE_HAN.match(_COMPLAINT_HAN.sub("", said)) or _SOMEWHAT_HAN.match(said) or _STYLE_HAN.match(said)
    return bool(
        found and not re.search(r"谁|什么|怎|哪|我|你|他|她|它|这|那|的|别|其[他它]|更多|还有|比", found["how"])
    )


def only_style(message: str) -> bool:
    """Return whether a Chinese message is nothing but a style of the thing: 短款."""
    return bool(_STYLE_HAN.match(message.strip())) and describes(message)


def describes(message: str) -> bool:
    """Return whether a Chinese message says how those of before should be, and names nothing: 太吵了，换静音的吧."""
    return _describes(message.lower().strip()) or describes_first(message)


def describes_first(message: str) -> bool:
    """Return whether a message begins with how those of before should be (or not), and goes on to say why or how else.

    >>> describes_first("有没有亚麻的？夏天穿着不闷"), describes_first("结实点的，伞面大一点，两个人撑")
    (True, True)
    >>> describes_first("not wool, the cat scratches it"), describes_first("not wool, show me cotton ones")
    (True, False)
    >>> describes_first("便宜点的，再找个书包"), describes_first("亚麻的")
    (False, False)
    """
    said = message.lower().strip()
    first, *rest = [said[start:end].strip() for start, end in clauses(said)] or [""]
    how = _describes(first) or bool(_REFUSES_HAN.match(first) or _REFUSES.match(first))
    return bool(rest) and how and not any(_SEEKS_HAN.search(one) or _SEEKS.search(one) for one in rest)


def _describe_all(reading: Reading) -> bool:
    """Return whether every part of a Chinese message says how a thing must be, or was read already: 自动的 红色."""
    left = reading.unread()
    parts = list(re.finditer(r"[^\s，,。、;；]+", reading.message))
    how = [_describes(part.group().lower()) or says_how(part.group().lower()) for part in parts]
    stated = [not content(left[part.start() : part.end()]) for part in parts]
    stated = [
        one or (bool(at) and len(part.group()) <= BRIEF)
        for at, (one, part) in enumerate(zip(stated, parts, strict=True))
    ]
    return len(parts) > 1 and any(how) and all(a or b for a, b in zip(how, stated, strict=True))


def names_nothing_else(reading: Reading, state: State) -> bool:
    """Return whether all that a message names was named by a wish of before: the mat of a yoga mat."""
    left = reading.rest()
    held = [" ".join((wish.text, *wish.labels.values())) for wish in (state.wish, *state.others)]
    return bool(left) and any(all(_in(word, text) for word in left) for text in held)


def returning(message: str) -> bool:
    """Return whether the words of a message go back to something."""
    return bool(_RETURNS.search(message.lower()))


def returns(found: Understanding, state: State) -> bool:
    """Return whether a message goes back to something that was looked for before."""
    in_force = bool(set(found.wish.categories) & set(state.wish.categories))
    return returning(found.message) and (in_force or resumed(found, state) is not None)


def resumed(found: Understanding, state: State) -> Wish | None:
    """Return the wish beside the one in force, or before it, that a message comes back to; `None` for none."""
    left = state.left if returning(found.message) else ()
    categories, words = set(found.wish.categories), content(found.message)
    for wish in (*state.others, *left):
        if categories & set(wish.categories) or (not categories and any(_in(word, wish.text) for word in words)):
            return wish
    return None


def _in(word: str, text: str) -> bool:
    if HAN.search(word):
        return word in text
    return stem(word) in {stem(other) for other in content(text)}
