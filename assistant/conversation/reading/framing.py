"""What of a message is about the thing itself: cuts "I'm looking for … please", "有没有 …". Knows no catalogue."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from assistant.conversation.reading.words import words

_ENGLISH = re.compile(
    r"^(?:(?:again|once more|quick(?:ly)?|look|right|anyway|hi|hello|hey|hiya|ok|okay|yes|no|so|well|um|oh|maybe|perhaps|actually|if (?:that'?s|that is|it'?s|it is|at all )? ?possible|please|thanks|thank you|good (?:morning|evening|day))\b[\s,.:!]*)*"
    r"(?:(?:i|we)(?:'d| would) (?:just |really )?(?:like|love)(?: to (?:buy|find|see|get|have|order))? |"
    r"(?:can|could|would|will) you (?:please )?|(?:please |kindly )|(?:i'm|i am|im|i) (?:just )?|we(?:'re| are)? |do you |have you |is there |are there |what |where can i |let me |help me |what about |how about |and what about |is there anything )*"
    r"(?:(?:be )?(?:looking|searching|shopping|hunting|searching) (?:for|to buy)|look(?:ing)? for|after|in need of|need(?: to (?:buy|get|find))?|want(?: to (?:buy|get|find|see))?|"
    r"(?:would|'d|d) like(?: to (?:buy|get|find|see))?|show(?: me)?|find(?: me)?|search(?: for)?|recommend(?: me)?|suggest(?: me)?|get me|give me|make (?:it|that)|"
    r"have(?: got)?|got|sell|carry(?![ -]?on\b)|stock|see|buy|get|browse|choose|pick|add|put|throw)?\s*"
    r"(?:any(?:thing)?|some(?:thing)?|an?|the|your|good|nice|few|couple of)?\b\s*",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:你好|您好|请问|老板|麻烦|谢谢|再说一遍|快点|赶时间|急用)[，,。！!\s]*|^(?:明白了?|知道了|好的|好吧|行吧?|嗯+|哦|可以)[，,。！!\s]+|^那么?(?=给|来|有|找|看|要|帮)|我(?:想)?要的是|我?(?:想要?|要|需要|想买|想看看?|在找|想入手)(?:买|看看|找|一下)?(?:[一两几][个款件双条台只把些套]|套(?![装餐头])|个(?!人)|款|件|条(?![纹形])|双(?![肩人层面头])|台(?![灯历式面]))?|帮我|给我|(?:上次|之前|刚才|昨天|前几天)我?(?:看|说|问|提)(?:过|到|中|的)*(?:那[个款件双条台只把])?|还有(?:没有|货)?(?=[吗么？?]|$)|(?:有的?卖的?|有得卖)(?=[吗么没？?]|$)|(?:你们)?(?:这里|店里|这儿)?(?:有没有(?=$|[？?！!。])|有(?:什么|啥|哪些)$|(?:有没有|有卖|卖不卖|有什么|有啥|有哪些|卖|有)(?=[^的]))|"
    r"(?:推荐|找|看看|搜索|搜|来|求推荐|求)(?:一下|一?[个款件双条台只把些份罐瓶盒])?|^买(?:[一两几三四五六\d]*[个款件双条台只把些份罐瓶盒包])?(?![过单])|(?:^|(?<=[，。, ]))(?:[一两几][个款件双条台只把些本张套份罐瓶盒]|[个款件些])(?=[^人])|(?:吗|呢|吧|么|啊|呀|推荐|好)[？?！!。]?$|[？?！!。]$"
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:(?:in|into|to|on) (?:my |the |a )?(?:cart|basket|trolley|bag|order)|please|pls|plz|thanks|thank you|thx|maybe|perhaps|or something(?: like that| similar)?|or the like|or so|for me|can you help(?: me)?(?: out)?|nothing else|do you have|available|on sale|you have|would you recommend|if (?:that'?s |that is |it'?s |it is |at all )?possible|(?:sounds?|would be|looks?|might be|could be) (?:really |very )?(?:nice|good|great|lovely|perfect|ideal|handy|useful|helpful|a plus|a bonus|fun|ok|okay|fine)(?: too)?|(?:is|sounds like) a (?:nice|good|great|lovely) idea))+\s*[?.!]*$",
    re.IGNORECASE,
)


def _listed(name: str) -> frozenset[str]:
    text = files("assistant.conversation.reading").joinpath("framing.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)[name]).split())


STOP = _listed("stop")
GENERIC = _listed("generic")
PERSONS = _listed("persons")
PERSONS_HAN = re.compile(
    "妈妈|妈|母亲|爸爸|爸|父亲|父母|老婆|妻子|老公|丈夫|女朋友|男朋友|女友|男友|朋友|姐姐|妹妹|哥哥|弟弟|儿子|女儿|孩子|小孩|奶奶|爷爷|外婆|"
    "外公|对象|爱人|媳妇|太太|阿姨|叔叔|老师|同事|老板|领导|他|她|女生|男生"
)
"""Whom a gift is for: alone with the word gift, it names no thing."""
_LIKES = re.compile(
    r"\b(?:(?:he|she|they|who)(?:'s| is| are|'re)?|(?:my|a|an|his|her) \w+(?: who)?(?! into\b)) (?:really |also |just |always )?"
    r"(?:loves?|likes?|enjoys?|adores?|(?:is |are )?(?:into|fond of|crazy about|keen on))\b(?: to)?|"
    r"(?:[他她]|(?:爸|妈|朋友|女友|男友|老婆|老公|孩子|儿子|女儿|叔叔|阿姨|爷爷|奶奶|外公|外婆|姐姐|妹妹|哥哥|弟弟|老师|同事|领导|老板)妈?爸?)"
    r"(?:们)?(?:很|特别|最|比较|平时|都|就|也)?(?:喜欢|爱|热爱|迷)(?:[喝吃用玩看](?=[\u4e00-\u9fff]))?",
    re.IGNORECASE,
)
"""What somebody likes whom a thing is for: the thing that is liked is what is looked for."""
_FOR_WHOM = re.compile(
    rf"我?(?:想|要|打算|准备)?[给为帮](?:我的?)?(?:{PERSONS_HAN.pattern})(?:买|选|挑|找|看看?)(?:一?[个件双条台只把些本张套款])?"
)
"""Whom something is bought for, and no part of what it is: 给我爸买个."""
_HAN_STOP = re.compile(
    r"算了|[一两](?:个|件|双|条|台|只|把|盒|瓶)(?![装套])|怎么样|怎样|怎么|如何|咋样|请问|告诉|关于|介绍|说说|讲讲|请|我|你|您|的|了|吗|呢|吧|啊|呀|么|有|没|要|想|买|看|找|个|款|件|双|条|台|只|把|些|一|这|那|什|哪|多少|给|帮|请问|推荐|别|其他|其它|再|更|点|便宜|贵|大|小|换|颜色|尺码|品牌|牌子|"
    r"价格|钱|块|元|和|跟|与|就|都|还|也|是|在|到|可以|能|不|好|东西|商品|产品|一下|不错|合适|适合|送|礼物|礼品|生日|类似|差不多|但|以|"
    r"(?<![\u3400-\u9fff])[码号](?![\u3400-\u9fff])"
)
GENERIC_HAN = re.compile("礼物|礼品|送|生日")


_GOOD = re.compile(r"^(?:好的|不错的|好用的)(?=.)|(?<=.)(?:好的|不错的|好用的)$")
"""What every shopper wants and no record says: 背包有什么好的."""


_LOOSE_END = re.compile(
    r"(?:[\s,;.]+(?:or|nor|and|but|that|which|who|i|it|they|is|are|with|in|for|not|to|at|of|a|an|the))+[\s,;.!?]*$",
    re.IGNORECASE,
)
"""Words that joined on what was read as a condition: "a backpack, or"."""


def core(text: str) -> str:
    """Return the words of a message that name what is looked for, in their order.

    >>> core("Hi, I'm looking for a red wine glass please"), core("请问有没有防水的背包吗？")
    ('red wine glass', '防水的背包')
    >>> core("I'd love to find a gold lamp"), core("背包有什么好的")
    ('gold lamp', '背包')
    >>> core("cleaning cloths有yellow的吗")
    'cleaning cloths yellow的'
    """
    cut = _LIKES.sub(" ", _TAIL.sub("", _ENGLISH.sub("", text.strip(), count=1)))
    if re.search(r"[\u3400-\u9fff]", cut):
        cut = _GOOD.sub("", _CHINESE.sub(_gap, _FOR_WHOM.sub(" ", cut)))
    cut = _LOOSE_END.sub("", re.sub(r"([,，])(?:\s*[,，])+", r"\1", cut))
    return re.sub(r"\s+", " ", re.sub(r"^[\s,.;:!?，。！？、的]+|[\s,.;:!?，。！？、]+$", "", cut)).strip()


_IF_POSSIBLE = re.compile(
    r"[\s,]*\bif (?:(?:that'?s|that is|it'?s|it is|this is|at all|you can|there is any|there are any) ?)?(?:at all )?(?:possible|available)\b|"
    r"[\s,]*\bif you (?:can|could|have (?:it|that|one|any|them))\b(?=\W*$)|"
    r"[\s,]*\bif you(?:'ve| have) got(?: (?:it|that|one|any|them|some))?\b|"
    r"[\s,;]+(?:(?:both|either|any)(?: one| of them)? (?:is |are |would be )?(?:fine|ok|okay|good)|whichever)\b(?=\W*$)|"
    r"^(?:(?:ok|okay|let'?s|we can|we could|i'?ll|i would)\s+)*(?:start|begin) with (?:the |an? )?(?=\w)|(?:如果|要是)(?:可以|有|方便)的?话[，,]?",
    re.IGNORECASE,
)


_IF_SO = re.compile(
    r"[，,。？?]\s*(?:如果|要是)?(?:有货?|有的话)(?:的话)?(?:我)?(?:就|给我|帮我)*(?:来|要|拿|买|下单)(?:[一1][双个件条只瓶])?[吧了]?[。！!]*$|"
    r"[,.?]\s*(?:and )?if (?:so|yes|you do),? i(?:'?ll| will| would|'?d) (?:take|buy|have|get) (?:one|it|them|a pair)\W*$",
    re.IGNORECASE,
)
"""Wants one in case that it is had, where none was named yet."""
_POINTED = re.compile(r"[这那第它]|\b(?:this|that|these|those|it|first|second|third|last)\b(?=.*[,.?])", re.IGNORECASE)
_PRAISES = re.compile(
    r"^\W*(?:(?:oh|ooh|ah|that'?s|that is|sounds?|looks?|so|very|really)\s+)*(?:lovely|perfect|brilliant|wonderful|excellent|"
    r"awesome|fantastic|fab|superb|amazing|nice one|love it|very nice)(?:\s*[,.!]+\s*)+(?=\w+(?:\W+\w+){2})",
    re.IGNORECASE,
)
"""Praise before what is wanted: "Lovely, one of those please"."""


def without_courtesy(text: str) -> str:
    """Return a message without what only asks whether it can be had.

    >>> without_courtesy("something for swimming, if that's possible"), without_courtesy("if possible")
    ('something for swimming', 'if possible')
    """
    left = _PRAISES.sub("", _IF_POSSIBLE.sub("", text)).strip()
    left = left if _POINTED.search(left) else _IF_SO.sub("", left)
    return left or text


def likes_of_somebody(text: str) -> bool:
    """Return whether a message says what somebody else likes.

    >>> likes_of_somebody("she loves tea"), likes_of_somebody("I like the second one"), likes_of_somebody("他喜欢钓鱼")
    (True, False, True)
    """
    return bool(_LIKES.search(text))


def _gap(cut: re.Match[str]) -> str:
    """Return what takes the place of words cut out: a space between two Latin words that they held apart."""
    around = cut.string[cut.start() - 1 : cut.start()], cut.string[cut.end() : cut.end() + 1]
    return " " if all(side.isascii() and side.isalnum() for side in around) else ""


def content(text: str) -> list[str]:
    """Return the words that carry meaning; empty where a message only frames, points or compares.

    >>> content("something cheaper please"), content("a gift for a runner"), content("红色的有吗")
    ([], ['gift', 'runner'], ['红色'])
    """
    found: list[str] = []
    for word in words(text):
        if word.han:
            found += [run for run in _HAN_STOP.sub(" ", word.text).split() if run]
        elif word.text not in STOP and not word.text.isdigit() and len(word.text) > 1:
            found.append(word.text)
    return found
