"""What tells of something that one has and that went wrong: "the zip on my backpack broke", 鞋子穿两天就开胶了.

It is a matter of service, though it names a thing. Knows no order and no rule.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.wishing import BUYS

_WRONG = re.compile(
    r"\b(?:broke|broken|breaks|breaking|stopped (?:working|charging|heating|turning|closing)|"
    r"(?:doesn'?t|does not|don'?t|won'?t|no longer|not|isn'?t|never) (?:work(?:s|ing)?|turn(?:s|ing)? on|charg(?:e|es|ing)|"
    r"switch(?:es)? on|start(?:s|ing)?|clos(?:e|es|ing)|hold(?:s|ing)? (?:a |its |any )?charge|heat(?:s|ing)?(?: up)?)|"
    r"(?:died|dies|is dead|dead)|(?:fell|falling|falls|came|coming|comes) (?:apart|off|loose|undone)|"
    r"(?:packed|conked|given|gave) (?:up|in|out)|kaput|on the blink|bust(?:ed)?|ripped|torn|tore|split|snapped|cracked|shattered|leaks|leaked|leaking|peeled|peeling|faded|fading|shrank|shrunk|"
    r"pilling|pilled|faulty|defective|no sound|rust(?:ed|y|ing)|wore out|worn out|stuck|loose|"
    r"(?:gave|giv(?:en|ing)) (?:out|up|way)|gone (?:wrong|dead)|"
    r"(?:zips?|zippers?|straps?|seams?|handles?|wheels?|batter(?:y|ies)|motors?|screens?|switch(?:es)?|hinges?|heels?|soles?|bulbs?|clasps?|buttons?|elements?)\b"
    r"[^.,;?]{0,40}\b(?:went|gone|has had it)(?! (?:to|on|with|into|for|well|from)\b))\b|"
    r"坏了|坏掉|坏的|开胶|脱胶|掉色|褪色|缩水|起球|断了|断掉|裂了|裂开|开裂|漏水|漏液|没声音|没有声音|充不(?:进|上|了)电|开不了机|"
    r"不能用了|用不了|不工作|不亮|不响|不转|掉漆|脱线|破了|破洞|发霉|变质|异味|霉味|不是我(?:要|买|订|选|下单)的|(?:发|寄|送)错|[少漏]发|碎了|碎的|压坏|质量问题|失灵|卡住了|松了|生锈|变形"
)
_HAD = re.compile(
    r"\b(?:my|our|mine)\b|\b(?:i|we)(?:'ve| have)? (?:just )?(?:bought|got|ordered|received|had|own|purchased)\b|"
    r"\b(?:after|in|within) (?:only |just |barely )?(?:an? |one |two |three |\d+ |a few |a couple of )?"
    r"(?:days?|weeks?|months?|years?|wash(?:es)?|uses?|minutes)\b|\balready\b|\bfrom you\b|^\W*(?:bought|ordered)\b|"
    r"买的|买了|我的|收到|才|就|怎么办|[用穿洗戴骑].{0,4}(?:天|次|周|月|年)|一只|一边"
)
_LOOKS = re.compile(
    r"\b(?:looking for|show me|find me|recommend|do (?:you|u|ya) (?:have|sell|stock|do|carry|make)\b(?! (?:refunds?|returns?|repairs?|exchanges?|something|anything))|want (?:to buy )?an?(?: new)?|need an?|"
    r"replace it with|instead of it|(?:my )?budget(?: is)?)\b|推荐|有没有|想要|给我看"
)
_ARRIVED = re.compile(
    r"\b(?:arrived|came|delivered|received|got it|unpack(?:ed|ing)|opened the (?:box|parcel))\b|收到|刚到|拆开|打开(?:一看|发现|就)|寄来|送来"
)
_ANGRY = re.compile(
    r"\b(?:nobody|no ?one|noone) (?:\w+ )?(?:answers?|repl(?:y|ies)|responds?|helps?|cares?|reacts?|gets back)\b|"
    r"\b(?:e-?mailed|mailed|wrote|written|called|rang|phoned|messaged|contacted|reported)\b.*\b(?:(?:heard|had|got|received|get) "
    r"(?:nothing|no (?:reply|answer|response))|never (?:heard|got)|(?:no|without (?:a |any )?)(?: )?(?:reply|answer|response))\b|"
    r"\bdo something\b|\b(?:your|this|such an?|what an?) (?:\w+ )?(?:shop|store|service|company|support|(?:web)?site|app) (?:is|are) "
    r"(?:\w+ )?(?:terrible|awful|rubbish|useless|a joke|a scam|the worst|horrible|garbage|trash|bad)\b|"
    r"\b(?:terrible|awful|horrible|worst|disgraceful|unacceptable|appalling) (?:service|shop|store|company|experience|quality)\b|"
    r"\b(?:fed up|sick) (?:with|of) (?:you|this|your)\b|\b(?:rip[- ]?off|scammers?|con artists)\b|"
    r"太?垃圾(?!桶|袋|分类|处理|箱|铲)|骗子|骗人|差评|没人(?:理|管|回|答)|什么态度|太差了|太烂|坑人|气死|黑店"
)


def complains_of_thing(message: str) -> str:
    """Return the matter of service that a message about something of one's own is; empty where it is none.

    >>> complains_of_thing("the zip on my backpack broke after 8 months"), complains_of_thing("耳机一只没声音了怎么办")
    ('warranty', 'warranty')
    >>> complains_of_thing("my mug arrived cracked"), complains_of_thing("my kettle broke, I need a new one")
    ('damaged_item', '')
    """
    said = message.lower().replace("’", "'")
    if not (_WRONG.search(said) and _HAD.search(said)) or BUYS.search(said) or _LOOKS.search(said):
        return ""
    return "damaged_item" if _ARRIVED.search(said) else "warranty"


def is_angry(message: str) -> bool:
    """Return whether a message is nothing but anger at the shop.

    >>> is_angry("three weeks and nobody answers, do something!"), is_angry("太垃圾了你们家东西"), is_angry("垃圾桶")
    (True, True, False)
    """
    return bool(_ANGRY.search(message.lower().replace("’", "'")))


_MISUSED = re.compile(
    r"\b(?:used|using|took|stole|stolen|charged|hacked|bought (?:\w+ ){0,3}(?:with|on|using))\b[^.?!]{0,15}\bmy (?:\w+ )?(?:card|account|paypal)\b(?! (?:to|for) )|"
    r"\bmy (?:\w+ )?(?:card|account|paypal)\b[^.?!]{0,12}\b(?:was|has been|got|is being|been) (?:used|hacked|stolen|misused)\b|"
    r"盗刷|(?:卡|账号|账户)[^，。]{0,4}(?:被盗|被人?用|被别人用)|(?:孩子|儿子|女儿|别人|有人)[^，。]{0,4}(?:用|刷)了?我的(?:卡|账号|账户)",
    re.IGNORECASE,
)
_USED_MYSELF = re.compile(
    r"\b(?:i|we)(?:'ve| have| had)? (?:just |already )?(?:used|bought|charged)\b|\bif\b|如果|要是", re.IGNORECASE
)


def tells_of_misuse(message: str) -> bool:
    """Return whether a message tells that somebody else paid with its writer's card or used their account.

    >>> tells_of_misuse("my kid used my card and bought stuff"), tells_of_misuse("I used my card"), tells_of_misuse("卡被盗刷了")
    (True, False, True)
    """
    said = message.replace("’", "'")
    return bool(_MISUSED.search(said)) and not _USED_MYSELF.search(said)
