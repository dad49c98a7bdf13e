"""What is asked of an order of one's own: its price, how it was paid, where it goes, what is in it. Knows no order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Asks = Literal["list", "state", "deadline", "why", "paid", "address", "option", "items", "placed", "arrived", "total",
               "spent", "ever", "dearest", "cheapest"]  # fmt: skip

_ASKS: Mapping[Asks, re.Pattern[str]] = {
    "state": re.compile(
        r"^\W*(?:(?:so|and|ok(?:ay)?|then|wait)\W+)*(?:is|was|has|did)(?: (?:it|that|this|everything|my order|"
        r"the order))(?: \w+){0,2} "
        r"(?:cancell?ed|changed|returned|done|refunded|registered|cancel|change|worked?|gone through|go through)\b|"
        r"(?:取消|退|换|改|办)(?:好|成功|完|掉)?了[吗么没]|(?:取消|办理|修改)成功",
        re.IGNORECASE,
    ),
    "deadline": re.compile(
        r"\b(?:how (?:long|much time|much longer|many days)|until when|till when|by when|when|what(?:'s|"
        r" is) the (?:deadline|last day))"
        r"\b.*\b(?:return|send|exchange|bring|swap)(?:ed|ing)?\b|\b(?:can|could|may|am i able to|"
        r"is it too late)\b.*\bstill\b.*"
        r"\b(?:return|send (?:it|them|\w+) back|go back|exchange|be returned)|\b(?:can|could|may)\b.*\b(?:return|"
        r"go back|be returned|"
        r"exchange)\b.*\bstill\b|\btoo late to (?:return|exchange|send)|\bcan still (?:go back|be returned)|"
        r"还(?:能|可以|来得及)(?:不能)?(?:退|换)|(?:退|换)货?(?:期限|截止|期)|(?:什么时候|几号|"
        r"哪天)(?:之?前)?(?:能|可以|要)?(?:退|换)|"
        r"还有(?:多久|几天|多少天).{0,4}(?:退|换)|(?:退|换)货?还有(?:多久|几天)",
        re.IGNORECASE,
    ),
    "dearest": re.compile(
        r"\b(?:orders?|purchases?|thing i (?:ever |have |had )*(?:bought|ordered))\b.*\b(?:most expensive|dearest|cost "
        r"(?:me )?(?:the )?most|(?:biggest|largest|highest)(?: \w+)?)\W*$|"
        r"\b(?:most expensive|dearest|biggest|largest)\b.{0,12}\b(?:order|purchase)\b(?! of\b)|"
        r"(?:哪|那)(?:一)?(?:单|笔|个订单).{0,6}最(?:贵|多|大)|最贵的.{0,4}(?:订单|那?一?[单笔])",
        re.IGNORECASE,
    ),
    "cheapest": re.compile(
        r"\b(?:orders?|purchases?)\b.*\b(?:cheapest|least expensive|cost (?:me )?(?:the )?least|smallest)\W*$|"
        r"\b(?:cheapest|least expensive|smallest)\b.{0,12}\b(?:order|purchase)\b(?! of\b)|"
        r"(?:哪|那)(?:一)?(?:单|笔|个订单).{0,6}最(?:便宜|少|小)|最便宜的.{0,4}(?:订单|那?一?[单笔])",
        re.IGNORECASE,
    ),
    "list": re.compile(
        r"\bwhat (?:else |other orders )?(?:have|do|did) i (?:have |got |get )*(?:open|on order|coming|outstanding|"
        r"under way)\b|"
        r"\b(?:all|list|show)(?: me)?(?: of)?(?: all)?(?: of)? (?:my )?(?:past |previous |recent |old )?(?:orders|"
        r"purchases)\b|\border history\b|\b(?:my|any|which) (?:open|outstanding|current|undelivered|pending|active) "
        r"(?:orders|parcels|packages)\b|"
        r"\bhow many (?:orders|parcels|packages)\b|\b(?:which|what) (?:of my )?(?:orders|purchases)\b|"
        r"\bwhat (?:orders|purchases) (?:do|did|have) i\b|"
        r"\bwhat(?:'ve| have| did) (?:i|we) (?:bought|ordered|buy|order|got|get)\b[^?]{0,20}\b(?:lately|recently)\b|"
        r"(?:下|买|拍)过?了?(?:几|多少)(?:单|次|个订单)|(?:几|多少)(?:笔|张)?单(?!价)|"
        r"几个订单|多少(?:个)?(?:订)?单|(?:哪些|哪几个|所有|全部|历史)(?:的)?订单|订单(?:都)?有(?:哪些|几个|多少)|"
        r"历史订单|买过(?:哪些|什么|啥)|最近(?:都)?买了(?:什么|啥|哪些)",
        re.IGNORECASE,
    ),
    "spent": re.compile(
        r"\bhow much (?:money )?(?:have|did|had) (?:i|we) (?:\w+ )?spen[dt]\b(?!.*\b(?:order|it|that|one|on (?:the|"
        r"my))\b)|"
        r"(?:一共|总共|今年|去年)(?:在你们这(?:儿|里)?)?(?:花|消费)了多少",
        re.IGNORECASE,
    ),
    "ever": re.compile(
        r"\b(?:have|did) (?:i|we) (?:ever |already |once )?(?:buy|bought|order|ordered|had|got|get)\b.*\b(?:from "
        r"you|before(?! that)|here|ever|"
        r"already|once)\b|\b(?:have|did) (?:i|we) ever (?:buy|bought|order|ordered)\b|我(?:以前|"
        r"之前)?(?:有没有)?买过.{1,12}[吗么没]",
        re.IGNORECASE,
    ),
    "why": re.compile(
        r"\bcancell?ed\b.*\bwhy\b|"
        r"\b(?:why (?:was|is|were|did|has|have)|how come)\b.*\b(?:cancel|refund|return)|为(?:什么|啥|"
        r"何).{0,12}(?:取消|退)|"
        r"怎么(?:就)?(?:被)?取消",
        re.IGNORECASE,
    ),
    "paid": re.compile(
        r"\bhow (?:did|have) (?:i|we) pa(?:y|id)\b|\bwh(?:at|ich) (?:card|method|account)?\b.*\b(?:i|we) pa(?:y|"
        r"id) (?:with|by|for (?:it|that) with)|"
        r"\b(?:which|what) (?:card|payment|account)\b(?! (?:do|can|may|should|will|types?)\b)|\b(?:was|were|is) "
        r"(?:it|that|"
        r"this|i) (?:charged|billed|paid)\b|\b(?:did|have) you (?:already )?(?:tak(?:e|en)|charged?) (?:(?:any|the|"
        r"my) )?(?:money|card|"
        r"payment|me)\b|\b(?:payment|pay) method (?:did|was|on|of|for|used)|\bhow was (?:it|that|"
        r"this) paid\b|"
        r"(?:用|拿|刷)(?:的)?(?:是)?(?:支付宝|微信|信用卡|银行卡|卡|礼品卡|paypal|visa).{0,2}(?:付|支付|买)的|"
        r"(?:用|拿)的?(?:是)?什么(?:方式)?(?:付|支付|买)|怎么付的|付款方式是|哪张卡",
        re.IGNORECASE,
    ),
    "address": re.compile(
        r"\b(?:is|was|are) (?:it|that|they|this) (?:being )?(?:going|sent|shipped|delivered) to\b|"
        r"\b(?:what|which|whose)\b.*\baddress (?:on|of|for|is|was|did)\b|\bwhat(?:'s| is|"
        r" was) the (?:\w+ )?address\b|\bwhich address\b|"
        r"\bwhere(?:'s| is| was| are| will| did| does)\b.*\b(?:sent|being sent|shipped|delivered|going|go) "
        r"?(?:to)?\W*$|"
        r"(?:寄|送|发)(?:到|往|去)(?:哪|什么地方|什么地址)|(?:收货|送货|配送)?地址(?:是|填|写)(?:的)?(?:哪|什么|"
        r"啥)|填的(?:什么|哪).{0,3}地址",
        re.IGNORECASE,
    ),
    "option": re.compile(
        r"\b(?:what|which) (?:colou?r|size|flavou?r|capacity|version)(?: (?:and|or) (?:what )?(?:colou?r|"
        r"size))?\b.*\b(?:was|is|did|were|are)\b.*\b(?:it|that|"
        r"they|i|the \w+|my \w+)\b|"
        r"(?:什么|哪个|哪种)(?:颜色|尺码|码|号|规格|口味)的?",
        re.IGNORECASE,
    ),
    "items": re.compile(
        r"^\W*(?:(?:and|ok(?:ay)?|so)\W+)*what(?:'s| is| was) (?:inside|in there)\W*$|"
        r"\bwhat(?: exactly| actually| else)?(?:'s| is| was| were| are)(?: all| actually)? (?:in|inside|on|part of) "
        r"(?:it|that|this|there|the|my|r-)|"
        r"\bwhat (?:did|does|do) (?:it|that|r-?\d+|"
        r"(?:that|the|this|my) (?:\w+ )?order)(?: \w+)? (?:contain|include|have)|\bcontains?\b|"
        r"\bwhat did i (?:order|buy|get)\b|\bwhat (?:\w+ ){1,3}did i (?:order|buy|get|have)\b|\bremind me what\b|"
        r"(?:里面?|订单里|都)(?:有|是|买了?)(?:些)?(?:什么|啥|哪些)|买(?:了|的)(?:些)?(?:什么|啥)|"
        r"买的(?:是)?(?:什么|啥)|包含(?:什么|哪些)",
        re.IGNORECASE,
    ),
    "placed": re.compile(
        r"\bwhen (?:did|was|have) (?:i|it|that|this|we)(?: \w+)? (?:order|buy|bought|place|purchase)|"
        r"\bwhat day did i (?:order|buy)|"
        r"(?:什么时候|哪天|几号|啥时候)(?:买|下单|订|拍)的?",
        re.IGNORECASE,
    ),
    "arrived": re.compile(
        r"\bwhen (?:did|was|were)\b.*\b(?:arriv|come|came|deliver|get here)|(?:什么时候|哪天|几号|啥时候)(?:送?到|"
        r"签收|收到)的",
        re.IGNORECASE,
    ),
    "total": re.compile(
        r"\b(?:what|how much) (?:was|is|were)(?: \w+){0,2} total\b|\bin total\b|\bthe total(?: again| amount|"
        r" price| cost)?\b|\bhow much (?:did|was|were|have)\b|"
        r"\bwhat did (?:it|that|this|i|the \w+|r-?\d+)(?: \w+){0,3} (?:cost|pay|spend)|\bprice (?:of|for|"
        r"did)\b.*\b(?:order|paid|pay)|\bdid i (?:get charged|pay|have to pay)\b.*\b(?:shipping|delivery|postage|"
        r"tax)\b|\bhow much (?:tax|shipping|delivery)\b.*\bi pa(?:y|id)|"
        r"\bi pa(?:y|id)\b|(?:付|花|交)了多少|(?:总共|一共|总价|总额|合计)|多少钱",
        re.IGNORECASE,
    ),
}
OWN_PAST = re.compile(
    r"\b(?:did|have|had) (?:i|we) (?:\w+ )?(?:pay|paid|spend|spent|order|ordered|buy|bought|get|return|returned)\b|"
    r"\bi (?:paid|spent)\b|"
    r"(?:最近|上次|上一?[单笔]|那单|这单|那个订单).{0,4}(?:买|订|花|付|用)(?:了|的)|我(?:之前|上次|以前)?(?:付|花|买|订|退|"
    r"下单)了?(?:多少|什么|啥|哪)|我(?:是)?用什么付",
    re.IGNORECASE,
)
"""A question about what one has bought, whatever was talked about."""


_WHICH_CAN = re.compile(
    r"\b(?:which|what|any)\b[^.?!]{0,30}\b(?:can|could|may)\b[^.?!]{0,20}\b(?P<do>cancel|return|sen[dt] back|go "
    r"back|exchange|swap|chang)"
    r"|\b(?:which|what|any)\b[^.?!]{0,25}\b(?:is|are|be) (?:still )?(?P<is>cancel|return|exchange|chang)\w*able\b|"
    r"(?:哪些|哪个|哪几个)(?:订单|东西|单)?(?:还)?(?:能|可以)(?P<zh>取消|退|换|改)",
    re.IGNORECASE,
)
_CAN_DO = {"cancel": "cancel", "return": "return", "send back": "return", "sent back": "return", "go back": "return",
           "exchange": "exchange", "swap": "exchange", "chang": "address", "取消": "cancel", "退": "return",
           "换": "exchange", "改": "address"}  # fmt: skip


def asks_which_can(message: str) -> str:
    """Return what somebody asks of which of their orders it can be done: "cancel", "return"; empty for nothing.

    >>> asks_which_can("which ones can I still cancel?"), asks_which_can("哪些订单还能退"), asks_which_can("can I cancel?")
    ('cancel', 'return', '')
    """
    found = _WHICH_CAN.search(message)
    word = next((str(one) for one in found.groups() if one), "").lower() if found else ""
    return _CAN_DO.get(word, "")


def tells_of_return(message: str) -> bool:
    """Return whether a message tells of a thing that was sent back already, and asks for nothing by it.

    >>> tells_of_return("I returned something in October"), tells_of_return("I want to return it")
    (True, False)
    """
    said = message.lower().replace("’", "'")
    return bool(_SENT_BACK.search(said)) and not _STARTS.search(said)


def asks_of_order(message: str) -> Asks | None:
    """Return what a message asks of an order, `None` where it asks for none of this.

    >>> asks_of_order("how did I pay?"), asks_of_order("寄到哪里"), asks_of_order("where is it?")
    ('paid', 'address', None)
    """
    said = message.replace("’", "'")
    return next((asks for asks, pattern in _ASKS.items() if pattern.search(said)), None)


AFTER = re.compile(
    r"^\W*(?:and|what about|how about)\b[^?]{0,30}\W*$|"
    r"\b(?:news|update|status|progress|happen\w*|going on|where|whats? up|what's up|any word|heard|arrived?|"
    r"received?|got|reach\w*|"
    r"processed|sorted|dealt with|done|come through|through|yet|still waiting|waiting for|how(?:'s| is)|did you "
    r"(?:get|receive)|"
    r"have you (?:got|received))\b|"
    r"进度|怎么样|如何了|到哪|处理|好了[吗没]|到了[吗没]|收到[了没吗]|什么时候|多久|还没|哪一?步|进展|结果|到账|呢\W*$",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:my|the|an|that|of|this|any|both|all|two|three|four|several)(?: \w+)? (?P<a>return|exchange|swap|refund|replacement)s?\b(?! (?:policy|label|"
    r"window|form|period|rules?))|"
    r"\b(?P<b>return|exchange|refund)(?: of| for| on)? (?=r-?\d)|^\W*(?P<c>return|exchange|refund) (?:status|progress)|"
    r"(?:我的|我申请的|申请的|那个|之前的|上次的|我)?(?P<d>退货|换货|退款|退换|退(?:掉|回|回去|回来)?的(?:货|东西|那|(?=[\u4e00-\u9fff]{1,10}(?:你们|收到|到|怎么|处理|$))))(?!政策|规则|"
    r"运费|要|怎么(?!样)|"
    r"流程|吗|需要|还有|期)",
    re.IGNORECASE,
)
_SENT_BACK = re.compile(
    r"\b(?:i|we)(?:'ve| have| had)? (?:already |just )?(?:sent|posted|shipped|mailed|dropped|returned|brought|gave|"
    r"asked (?:you )?to (?:send|return|take))\b"
    r"(?:[^.?!]{0,30}\b(?:back|off)\b|(?<=returned))|"
    r"\b(?:return|refund) (?:that )?(?:i|we)(?:'ve| have| had)? (?:already |just )?(?:requested|asked for|filed|opened|"
    r"put in|started|raised)\b|\b(?:i|we)(?:'ve| have| had)? (?:already |just )?(?:requested|filed|opened|put in) (?:a|the) "
    r"(?:return|refund)\b|"
    r"(?:申请|办|提交|登记|约)(?:过|了|好)?(?:的)?(?:退货|退款|退换)(?:了)?的(?:那|这|单|订单|货|东西)|"
    r"(?:申请|办|提交|登记|约)(?:过|了|好了?)(?:的)?(?:退货|退款)|"
    r"我(?:寄|退|送)回去?的|(?:已经)?(?:寄|退)回(?:去|给你们)了?"
)
"""What tells of a thing that is on its way back already."""
_SWAPPED = re.compile(
    r"\b(?:i|we)(?:'ve| have| had)? (?:already )?(?:swapped|exchanged)\b|我(?:换|退换)的|"
    r"(?:申请|办|提交)(?:过|了|好)?(?:的)?换货(?:了)?的(?:那|这|单|订单)|(?:申请|办|提交)(?:过|了|好了?)换货",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"\b(?:i want|i'd like|i would like|i need|can i|could i|may i|how (?:do|can|to)|want to|please (?=return\b|"
    r"exchange\b|refund\b|swap\b|start\b|take\b|cancel\b)|let me|start(?! "
    r"of)|"
    r"make|request|begin)\b(?!.*\b(?:know|hear|see|tell)\b)|"
    r"\bwhere (?:will|would|does|do)\b[^?]{0,30}\bgo\b|退(?:到|回到?)哪(?!一步|[里儿]?了)|"
    r"我(?:要|想)(?:申请)?(?:退|换)|帮我(?:申请)?(?:退|换)|怎么(?:退|换|申请)|能不能|可以.*吗",
    re.IGNORECASE,
)


def asks_after(message: str) -> str:
    """Return what somebody asks after that is on its way back: "return", "exchange", "refund"; empty for nothing.

    >>> asks_after("any news about my exchange?"), asks_after("换货进度"), asks_after("I want to start a return")
    ('exchange', 'exchange', '')
    """
    said = message.replace("’", "'")
    thing = _THING.search(said)
    if thing is None and _SWAPPED.search(said.lower()) and AFTER.search(said):
        return "exchange"
    if thing is None and _SENT_BACK.search(said.lower()) and AFTER.search(said) and not _STARTS.search(said):
        return "return"
    if thing is None or not AFTER.search(said) or _STARTS.search(said):
        return ""
    word = next((str(one) for one in thing.groups() if one), "").lower()
    if word.startswith("退") and "的" in word:
        return "return"
    return {
        "退货": "return",
        "退换": "return",
        "换货": "exchange",
        "swap": "exchange",
        "replacement": "exchange",
        "退款": "refund",
    }.get(word, word)


_USED = re.compile(
    r"(?<!not )(?<!never )(?<!n't )\b(?:been |was |is |were |are |it's |have |has |i |i've |"
    r"already )(?:been )?(?:only |just |already )?"
    r"(?:opened|used|worn|wore|washed|unsealed)\b|\b(?:opened|used|wore) (?:it|them|the \w+)\b|\bworn (?:it |"
    r"them )?(?:once|twice|outside)\b|"
    r"\b(?:cut|tore|took|ripped|removed|threw)(?: \w+){0,3} (?:tags?|labels?|packaging|box)\b|\bwithout (?:the |"
    r"its )?(?:tags?|labels?|box|packaging)\b|"
    r"(?<!没)(?<!未)(?:拆封|拆开|打开|开封|用|穿|洗|点|吃|喝|戴|骑|涂|抹|试用)过?(?:了|过)(?!吗|[两二三2-9]|[^，。]{0,4}(?:单|错))|(?:剪|撕|丢|扔)(?:掉)?了?(?:吊牌|包装)|"
    r"吊牌(?:剪|撕|没)",
    re.IGNORECASE,
)


def says_used(message: str) -> bool:
    """Return whether a message says that something was opened, used or washed.

    >>> says_used("it's been opened but only once"), says_used("it was never worn"), says_used("穿过一次")
    (True, False, True)
    """
    said = re.sub(
        r"\b(?:is|was|has|have|had)(?: \w+)?(?: not| never|n't)(?: been| \w+)? \w+|un(?:used|opened|worn|washed)|"
        r"没\w{0,3}|未\w{0,2}",
        " ",
        message.lower().replace("’", "'"),
    )
    return bool(_USED.search(said)) and "?" not in message and "？" not in message
