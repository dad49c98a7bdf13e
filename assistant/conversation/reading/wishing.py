"""Words in which something is wished for, whatever else a message holds: the like of a thing, another, a new one.

Reads a message in lower case; decides no intent.
"""

from __future__ import annotations

import re

SIMILAR = re.compile(
    r"\b(?:similar|alike|comparable)\b|\b(?:something|anything|ones?|more) like (?:it|this|that|the)\b|"
    r"类似|差不多(?:的|一样的)|相似|同类|同款"
)
SUITS = re.compile(
    r"\bwhat (?:would|might|could|will|do you think would) (?:suit|fit|be (?:good|right) for) me\b|\bsurprise me\b|"
    r"\bwhat (?:do|would|can|should) (?:you (?:recommend|suggest)(?: (?:for|to) me)?|i (?:buy|get))\s*\??$|"
    r"\b(?:recommend|suggest|show) (?:me )?(?:something|anything)"
    r"(?: (?:for me|to me|i(?:'d| would| might)? like))?\s*[?!.]*$|\banything (?:for|that suits) me\b|"
    r"适合我|猜我喜欢|给我推荐(?:点|些|一下)?(?:东西|商品)?[吧呢]?[？?。！]*$|^有什么推荐|随便推荐"
)
POPULAR = re.compile(
    r"\bbest[- ]?sell(?:ers?|ing)\b|\b(?:most|really|very|your) popular\b|\bpopular (?:items?|products?|things?|ones?|gifts?|with)\b|"
    r"\b(?:is|are|what's|whats) (?:currently |really )?popular\b|"
    r"\btrending\b|\bwhat (?:do|are) (?:most |other )?(?:people|customers|others|everyone) (?:buy|buying|choose|get)\b|"
    r"热销|畅销|爆款|热门|热卖|卖得?最好|最火|最受欢迎|销量最?[高好]|人气最?[高旺]|大家都买"
)
"""What many choose."""
NEWEST = re.compile(
    r"\bnew arrivals?\b|\bnew in\b|\bnewest\b|\bwhat(?:'s| is) new\b|\bjust (?:in|arrived)\b|\b(?:latest|new) (?:products?|items?|stuff|"
    r"collection|models?|releases?)\b|新品|新款|上新|新到|新上[市架]|最近新"
)
"""What came in last, which records do not tell."""
REPROACHES = re.compile(
    r"\byou(?:'re| are)? (?:just |really |still |clearly )?(?:don'?t|do not|didn'?t|did not|never|can'?t|cannot|not)"
    r" (?:understand(?:ing)?|get (?:it|me|what)|getting (?:it|me)|listen(?:ing)?|help(?:ing)?|read)\b|"
    r"\b(?:this|that|it|you)(?:'s| is|'re| are| was) (?:so |really |just |completely |totally )*"
    r"(?:useless|no help|not helpful|not helping|unhelpful|stupid|dumb|hopeless|pointless|nonsense)\b|"
    r"\bthanks for nothing\b|\bwhat a (?:joke|waste of time)\b|"
    r"\b(?:not|isn'?t|wasn'?t) (?:at all )?what i (?:asked|said|meant|wanted|want)\b|"
    r"\bthat'?s (?:wrong|not it|not right|no answer|not an answer)\b|\bwrong (?:answer|again)\b|\bare you (?:even )?(?:listening|kidding)\b|"
    r"听不懂|没听懂|没明白我|答非所问|(?:真|太|好)(?:没用|笨|蠢|傻)|不是我想?(?:问|要|说|想)的|(?:你)?理解错|驴唇不对马嘴|牛头不对马嘴|说了半天"
)
"""Tells the assistant that it did not understand."""
OTHER = re.compile(
    r"\b(?:ones?|others?|another|else|something|anything|show|find|looking for|recommend)\b|"
    r"\bdo you (?:have|sell|stock|carry)\b|"
    r"别的|其他|其它|另外|推荐|想买|你们有|有没有.*的[吗？?]?$|[款种]的"
)
"""What looks for another product than the one in question."""
HAVE = re.compile(
    r"\b(?:do|have) you (?:have|got|sell|stock|carry)\b|有没有|有卖|卖不卖|请问有|(?:^|[。，,；;！!])\W*有.+[吗么]|有[吗么]\W*$"
)
BUYS = re.compile(
    r"\b(?:looking for|want to (?:buy|get)|need an?(?: new)?|buy (?:an?|another|some)|get myself)\b|"
    r"想(?:再|重新|要)?买|想(?:要|找|入手)|重新买|^买(?!过|的|单|家)"
)
"""What looks for a thing, whatever is told around it: "mine broke, I want to buy a parka" claims no warranty."""
ASKS_WHAT_I_AM = re.compile(
    r"\b(?:are|r) (?:you|u|this) (?:an? )?(?:real |actual |live |just an? )?"
    r"(?:robot|bot|chat ?bot|ai|a\.i\.|machine|computer|human(?: being)?|person|real)\b|"
    r"^\W*(?:(?:hi|hello|hey|sorry|but|and|so)\W+)*(?:who|what) (?:exactly )?(?:are|r) (?:you|u)(?: exactly| really| anyway)?\W*$|"
    r"\b(?:am i|i'm) (?:talking|chatting|speaking) (?:to|with) an? (?:robot|bot|machine|computer|human|(?:real )?person)\b|"
    r"你是(?:不是)?(?:个)?(?:机器人?|真人|人工智能|AI|人工|活人)",
    re.IGNORECASE,
)
"""Asks whether a person answers; wants none."""
ASKS_WHAT_I_CAN = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok(?:ay)?|but|and|so|then|well|tell me)\W+)*what(?: all| else| exactly| kinds? of things?)?"
    r"(?: (?:can|could|do)(?: (?:you|u))|(?: are|'?re) (?:you|u) able to)(?: even| actually| really)?"
    r" (?:do|help)(?: (?:me|us))?(?: with)?(?: for (?:me|us))?(?: (?:here|exactly|then|anyway))*\W*$|"
    r"^(?:那)?(?:你|您)(?:都|还|到底)?(?:能|会|可以)(?:帮我)?(?:做|干|帮)(?:点|些)?(?:什么|啥|嘛)",
    re.IGNORECASE,
)
"""Asks what the assistant is good for."""
ROBOT_THINGS = re.compile(
    r"(?:扫地|拖地|擦窗|洗地|炒菜|陪伴|玩具|吸尘|割草|早教|编程)机器人|"
    r"\brobot(?:ic)? (?:vacuums?|mops?|toys?|(?:lawn ?)?mowers?|cleaners?|hoovers?|kits?)\b"
)
"""Things that are called robots: who asks for one calls nobody."""
CHEAPER_ELSEWHERE = re.compile(
    r"\b(?:found|saw|seen|see|spotted) (?:it|this|that|them|(?:the|exactly the) same(?: \w+)?|one)\b.*\b(?:cheaper|for less|lower|less (?:on|at|in|elsewhere|somewhere))\b|"
    r"\b(?:cheaper|(?:for|\d+|dollars|bucks|quid|\d%) less|lower) (?:on|at|in|from) (?:an?other|a different|some other|a rival) (?:web)?(?:shop|site|store|place|retailer)\b|"
    r"\b(?:cheaper|for less|lower) (?:on|at|in) (?:amazon|ebay|walmart|target|etsy|[a-z]+\.com)\b|"
    r"\b(?:cheaper|less) (?:elsewhere|somewhere else|in another (?:shop|store)|at another (?:shop|store))\b|"
    r"(?:别家|别的(?:店|地方)|其他(?:店|地方|商家)|隔壁|某东|某宝)[^，。]{0,6}便宜"
)
"""Tells of a lower price in another shop, which is a matter of the rules."""
REDUCED_SINCE = re.compile(
    r"\b(?:on sale|reduced|cheaper|discounted|dropped|lower(?:ed)?|marked down)\b.*\b(?:after|since|once) (?:i|we)(?:'d| had| have|'ve)? "
    r"(?:bought|ordered|purchased|paid)|\b(?:bought|ordered|purchased|paid)\b.*\b(?:now|today|then|later)\b.*"
    r"\b(?:on sale|reduced|discounted|price (?:has )?dropped|marked down)\b|"
    r"(?:刚|才)(?:买|下单).*(?:降价|打折|便宜了|跌价)|(?:买|下单)(?:了|完|的|没).*(?:就|又|现在)?(?:降价|打折|便宜了|跌价)"
)
"""Tells that the shop's own price has fallen since something was bought."""
HOLDS = re.compile(
    r"(?:放|装|塞|容)得?(?:下|进)(?:去)?[^，。的]*[吗么不没嘛][？?]*$|(?:放|装|塞)不(?:放|装|塞)?得?(?:下|进)|"
    r"^(?:will|does|can|would|do) (?:it|they|this|that|these|those) (?:fit|hold|carry|take) "
)
"""Asks what goes into those shown, and looks for none of it: 能放下A4书和水壶不."""
WHY_SHOWN = re.compile(
    r"\bwhy (?:are|do|did|would|have|were) (?:you|u) (?:show\w*|recommend\w*|suggest\w*|pick\w*|choose|chose|chosen|think|"
    r"offer\w*|give|giving|list\w*)\b|\bwhy (?:exactly )?(?:this|that|these|those|him|her|them)(?: (?:ones?|products?|items?|things?))?\W*$|"
    r"\bwhy (?:am i|was i|were we) (?:shown|seeing|getting|given)\b|\bwhat makes you (?:think|suggest|recommend|show|pick)\b|"
    r"\bhow (?:did|do) you (?:choose|pick|decide|come up with|select)\b|\bwhy the (?:first|second|third|top) one\W*$|"
    r"\bhow come (?:you|these|this|i)\b.*\b(?:show\w*|see\w*|recommend\w*|suggest\w*|these|this|ones?)\b|"
    r"(?:为什么|为啥|为何|凭什么|凭啥|怎么(?:会|就)?)(?:要|会|你|都|一直)*(?:给我|跟我|向我)?(?:推荐|推|选|给|展示|显示)(?!不|货)|"
    r"为(?:什么|啥)(?:是|给我看)(?:这|那)|推荐(?:的)?(?:理由|原因|依据)"
)
"""Asks why something is shown."""
KNOWN_OF_ME = re.compile(
    r"\bwhat (?:did|have) i (?:told?|tell|said|say)(?: to)? ?(?:you)? about (?:me|myself)\b|"
    r"\bwhat (?:do|did|have) you (?:know|remember|noted?|stored?|saved?|learn(?:ed|t)?)(?: all)? (?:about|of|on) me\b|"
    r"\bwhat (?:do|did|have) you (?:got |have |)(?:know|remember|noted?|stored?|saved?|kept|on (?:file|record))(?: (?:about|of|on|for) me)?\W*$|"
    r"\bwhat (?:have|do) you (?:got|have) (?:stored|saved|noted|on (?:file|record)|written down) (?:about|of|on|for) me\b|"
    r"\bwhat(?:'s| is) (?:stored|saved|noted|known) (?:about|of|on) me\b|\bdo you (?:know|remember) (?:anything|something) (?:about|of) me\b|"
    r"\bwhat are my (?:preferences|tastes|likes)\b|我的(?:喜好|偏好|口味)(?:是什么|有哪些|是啥)|还记得我(?:什么|的喜好|吗)|"
    r"你(?:们)?(?:都)?(?:存|保存|储存)了我?(?:的)?(?:什么|哪些)|"
    r"\bwhat(?:'s| is) (?:in )?my profile\b|\b(?:show|tell) me what you know (?:about|of) me\b|"
    r"你(?:们)?(?:这里|那里|这边)?(?:都|还|现在)*(?:了解|知道|记得|记录|记下|记住|记着|记|存)了?(?:关于|有关)?我?(?:些|的)?(?:什么|哪些|啥)|"
    r"(?:了解|知道)我(?:些)?(?:什么|啥)|关于我.{0,6}(?:知道|记|了解|存).{0,4}(?:什么|哪些|啥)|我(?:都)?(?:告诉|跟你说)过?(?:了)?你?(?:些)?(?:什么|啥|哪些)(?:喜好|信息)?|"
    r"你(?:们)?(?:都|现在|这边|那边|这里|到底|已经)*(?:了解|知道|记得|记录|记下|记住|记|掌握|收集|存|保存|留)(?:了|着)?(?:有)?(?:关于)?我?(?:哪?些|的|多少)?(?:个人)?"
    r"(?:什么|哪些|多少|信息有哪些|几[条样])(?!时候|地方|价|钱|货|.{0,3}(?:信息|数据|资料))|(?:了解|知道)我(?:哪?些)?什么|(?:关于)?我的?(?:信息|资料|情况|尺码|记录)?你(?:们)?(?:都)?(?:记|存|知道)了?(?:些)?(?:什么|哪些)"
)
"""Asks what is known of who writes it."""
REMEMBERS = re.compile(
    r"\b(?:remember|note|keep|save|bear|write)(?: (?:it|that|this))?(?: (?:down|in mind|for (?:me|later|next time|the future)))?\b|"
    r"记住|记一?下|记着|备注"
)
"""Wants what is told of oneself to be kept."""
BROWSES = re.compile(
    r"^\W*(?:(?:hi|hello|hey|no|no thanks|i'm|i am|im|we're|we are|oh|just|only)\W+)*"
    r"(?:browsing|looking around|having a look|window shopping|just looking|(?:keep|continue) (?:shopping|looking))"
    r"\W*(?:thanks|thank you)?\W*$|"
    r"^(?:我)?(?:就|只是|先)?(?:随便|再|继续)?(?:看看|逛逛|瞧瞧|购物|逛)[吧而已]*[。.!！~]*$"
)
"""Looks for nothing yet."""
THANKS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|perfect|super|alright|all right|good|cool|no|nice|well)\W+)*"
    r"(?:many |much )?(?:thanks|thank you|thx|ty|cheers)\b(?: (?:so much|very much|a lot|again|a million|anyway))*"
    r"(?: for (?:(?:all|your|the|that|this|being so|helping|telling|explaining)\W*)+(?:\w+\W*){0,4})?\W*$|"
    r"^(?:好的|好|嗯|行|太好了|没事了)?[，,。！!\s]*(?:谢谢|多谢|感谢|辛苦)(?:你|您|了|啦|你们)*(?:的)?(?:帮助|帮忙|解答|耐心|回复)?[。！!～~]*$"
)
"""Thanks and nothing else."""
SIGNS_IN = re.compile(
    r"\b(?:how|where|can i|do i|must i|can'?t|cannot|unable to)\b[^.?!]*\b(?:sign|log)(?:ging|ning)?[- ]?(?:in|on)(?:to)?\b|"
    r"\b(?:i|we) (?:have no|don'?t have (?:an?|any)|never (?:made|had|opened) an?) (?:login|log-in|account|sign-in)\b|"
    r"\bordered as a guest\b|(?:怎么|如何|哪里|哪儿|在哪)登(?:录|陆)|登(?:录|陆)不(?:了|上)|没有?(?:注册|账[号户])|(?:不|没|未)(?:用|想)?登[录陆](?!不)|(?:需要|要|得|必须)先?登[录陆]|游客下的?单"
)
"""Asks how one signs in, or tells that one cannot."""
HOW_TO = re.compile(
    r"\b(?:how (?:do|can|should|would|could) (?:i|you|we|one)|how to|(?:best|easiest|right) way to|any tips (?:on|for))\s+"
    r"(?!buy|order|pay|return|find|cancel|track|contact|reach|sign|log|check|choose|pick|exchange|claim|redeem|shop|know)\w+|"
    r"(?:怎么|如何|怎样)(?!买|办|退|换|付|支付|下单|联系|查|取消|登|注册|选|收费|开|才|样|卖|寄|配|送|说|样)[\u4e00-\u9fff]"
)
"""Asks how something is done at home or anywhere, which no record of a shop tells."""
OF_ME = re.compile(
    r"\b(?:on|about|of) me\b|\bmy (?:data|details|history|information|personal)\b|我的(?:数据|资料|信息|记录)"
)
"""What a shop knows of a shopper, which is no cart."""
YOUNG = re.compile(
    r"\b(?:baby|babies|toddlers?|kids?|child|children|sons?|daughters?|grand(?:son|daughter|child|kid)s?|nephews?|nieces?|boys?|girls?|"
    r"dogs?|pupp(?:y|ies)|cats?|kittens?|pets?|years? old|year[- ]old)\b"
)
"""Who is no man and no woman: what is for him is no men's thing."""
_FOR_PURPOSE = re.compile(
    r"\b(?:looking for|in search of|i'?m after|i need|i want|searching for)\b.*"
    r"\b(?:something|anything|gifts?|presents?)\b|"
    r"\b(?:something|anything) (?:\w+ )?(?:to (?:wear|put|use|keep|make|give|sit|sleep|eat|drink|carry)|for)\b|"
    r"(?:想|要)(?:找|买|要).*(?:东西|礼物)"
)
"""Looks for something without its name."""
_ANEW_HAN = re.compile(r"(?:想|要|打算|准备|考虑)(?:再|重新)?换(?:一?个|一?[双把台条件款套床块]|新)")
_OF_BOUGHT_HAN = re.compile(
    r"[这那]|买|收到|寄|发来|到货|快递|下单|订单|店|退|坏|破|裂|瑕疵|质量|[大小长短紧松肥瘦]了|[码号色]|保修|换货|第[一二三\d]"
)
"""What tells of a thing that was bought here, or does not fit."""
_OF_SERVICE = re.compile(
    r"\b(?:orders?|ordered|parcels?|packages?|deliver\w*|refund\w*|return\w*|exchange\w*|accounts?|passwords?|pay\w*|paid|"
    r"invoices?|receipts?|cancel\w*|ship\w*|track\w*|complain\w*|warranty|address\w*|cards?|codes?|vouchers?|bought|"
    r"purchase\w*|subscri\w*|newsletters?|data|reviews?|e-?mails?|log|login|sign\w*|human|agent|broken?|broke|damage\w*|"
    r"missing|late|arriv\w*|work(?:s|ing)?|fault\w*|stopped|wrong|money|charged?|items?|stuff|where|got|received?|sent|send|"
    r"came|come|cart|basket|stock|price|buy|when)\b|[^\x00-\x7f]"
)
"""Words without which hardly anybody asks for service."""
_ASKS_THING = re.compile(
    r"(?<!n't )(?<!not )\b(?:want|need|looking for|look for|after|sell|have|buy|find|show me|get)\s+"
    r"(?:an?|some|any)?\s*"
    r"(?!something|anything|things?|ideas?|help|advice|ways?|gifts?|presents?|to\b|it\b|what\b|an?\b|some\b)[a-z-]{4,}",
    re.IGNORECASE,
)
"""Asks for a thing by a name that we do not know: "I want sunglasses for driving"."""


def hardly_service(said: str, *, new: bool) -> bool:
    """Return whether what is easily taken for a wish for service looks for something; `new` where nothing came before.

    >>> hardly_service("something to wear for a cold house", new=False), hardly_service("my gran can't hold cups", new=True)
    (True, True)
    >>> hardly_service("i want my money", new=True)
    False
    """
    return bool(_FOR_PURPOSE.search(said)) or (new and not _OF_SERVICE.search(said))


def replaces_old(said: str) -> bool:
    """Return whether a thing that has served its time is to be replaced by a new one, and nothing is exchanged.

    >>> replaces_old("枕头塌了，想换一个"), replaces_old("鞋小了，想换一双"), replaces_old("收到的杯子想换个颜色")
    (True, False, False)
    """
    return bool(_ANEW_HAN.search(said)) and not _OF_BOUGHT_HAN.search(said)


def asks_thing(message: str) -> bool:
    """Return whether a message asks for a thing by a name.

    >>> asks_thing("I want sunglasses"), asks_thing("I want something for the sun"), asks_thing("I don't want a lamp")
    (True, False, False)
    """
    return bool(_ASKS_THING.search(message))


def speaks_of_prices(message: str) -> bool:
    """Return whether a message tells of a lower price than the shop's own, or than the one that was paid.

    >>> speaks_of_prices("The same one is cheaper elsewhere"), speaks_of_prices("刚买就降价了")
    (True, True)
    """
    said = message.lower()
    return bool(CHEAPER_ELSEWHERE.search(said) or REDUCED_SINCE.search(said))
