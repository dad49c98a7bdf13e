"""How wishes about an order of one's own are said, whatever their letters are taken for. Knows no order and no state."""

from __future__ import annotations

import re

CANCELS = re.compile(
    r"^\W*(?:(?:hi|hello|hey|please|pls|ok(?:ay)?|so|and|then|actually|sorry|can you|could you|would you|i want to|"
    r"i'd like to|i need to|i wanna|you can)\W+)*"
    r"(?:please )?(?:cancel|stop)\b.*\b(?:order|purchase|r-\d+|one|everything|it)\b|\b(?:order|"
    r"one)\b[^?]{0,30}[,;.] *(?:please |can you )?cancel (?:it|that)|"
    r"\bdon'?t (?:send|ship) (?:it|that|my order|the order)\b|"
    r"取消(?:掉|一下|我的|这个|那个|最近|了?吧)?.{0,6}(?:订单|单|它|r-?\d+)|(?:订单|单子?|R-?\d+).{0,8}取消(?!了吗|"
    r"了么|费|的原因)|^(?:请|帮我|麻烦)*取消[吧了一下]*$",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\bhow (?:do|can|to|long|much)\b|\bwhat\b|\bwhen\b|\bwhy\b|\bwhether\b|\bpolicy\b|\bfee\b|\bis it possible\b|"
    r"\bwhich\b|怎么|如何|多久|为什么|什么时候|政策|费用|取消了[吗么]",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\b(?:wrong|incorrect|old) (?:street|address|house number|zip|postcode|city|flat|apartment)\b|"
    r"\b(?:chang\w*|updat\w*|correct\w*|fix\w*|edit\w*|alter\w*|redirect)\b.*\b(?:address|where (?:it|my order|"
    r"the order|the parcel) (?:goes|gets|is|will)|destination)\b|"
    r"\b(?:it|that|this|order|parcel|package|them|everything|r-?\d+)\b.{0,25}\b(?:sent|shipped|delivered|going|go|"
    r"redirected|forwarded)\b"
    r".{0,12}(?:\bto (?:my|the|our|a|another|a different|some)\b|\belsewhere|\bsomewhere else)|"
    r"\b(?:send|ship|deliver|go)\b.*\b(?:order|parcel|package|it)\b.*\bto (?:my|the|our|a)(?: new)? (?:office|work|"
    r"home|place|house|address|mum|mom|parents|neighbou?r|friend)\b|"
    r"地址.{0,4}(?:写|填|输)错|(?:改|换|修改|更改)(?:一?下)?.{0,8}地址|地址.{0,6}(?:改|换)",
    re.IGNORECASE,
)
OTHER_ADDRESS = re.compile(
    r"\b(?:e-?mail|billing|account|profile|default|save|web)\b|邮箱|账户|账号|默认|账单", re.IGNORECASE
)
SINGLE = re.compile(
    r"\b(?:take|remove|drop|delete|cancel|leave)\b(?! (?:my|the|this|that|whole|"
    r"entire) (?:\w+ )?order\b).{3,60}\b(?:out of|from|off|in|of) (?:my|the|this|that)(?: \w+)? order\b|"
    r"\badd\b.{2,60}\bto (?:my|the|this|that|an?)(?: \w+)? order\b|\bcancel (?:just|only) (?:the|one)\b|"
    r"(?:订单|单子?)里?.{0,6}(?:加(?!急)(?:一|个|件|点|上)|添加|再加)|(?:从|把)?(?:我的)?订单(?:里|"
    r"中)?.{0,10}(?:去掉|删掉|删除|拿掉|移除)|只取消",
    re.IGNORECASE,
)
OUT_OF_IT = re.compile(
    r"^\W*(?:(?:oh|ok(?:ay)?|so|and|then|good|great|actually|please|pls|can you|could you|can we|i want to|i'd like "
    r"to)\W+)*"
    r"(?:take|remove|drop|delete|leave|scrap|get rid of|cancel)\b(?: (?!it\b|that\b|this\b|everything\b|the "
    r"(?:whole|lot|order)\b)"
    r"[\w'&-]+){1,5} (?:out|off|from)(?: of)?(?: (?:it|that|there|this|that one|this one|the order))?\b|"
    r"(?:把)?.{1,10}从(?:里面|那单|这单)(?:去掉|拿掉|删掉)",
    re.IGNORECASE,
)
"""Takes one thing out of what was just told of: "take the pyjamas out of that one"."""
ADDS_TO_IT = re.compile(r"\badd\b.{2,60}\bto (?:it|that|this|that one|this one)\W*$", re.IGNORECASE)
SWAPS = re.compile(
    r"\b(?:in|from|of) (?:my|the)(?: \w+)? order\b.*\b(?:larger|bigger|smaller|size|colou?r|instead|xs|s|m|l|xl|xxl)\b|"
    r"\b(?:size|colou?r|larger|bigger|smaller)\b.*\b(?:in|of|for) (?:my|the)(?: \w+)? order\b|订单(?:里|"
    r"中).{0,12}(?:尺码|颜色|换|大一|小一)",
    re.IGNORECASE,
)
GOES = re.compile(
    r"\b(?:go|goes|send|sent|ship|shipped|deliver|delivered|redirect)\b.*\d|(?:寄|送|改寄|发)(?:到|往|去|"
    r"给)",
    re.IGNORECASE,
)
BUYS_ANOTHER = re.compile(r"\bold\b|\bbuy\b|\blooking for\b|\brecommend\b|\bshow me\b|旧|想买|推荐", re.IGNORECASE)
"""What looks for another thing to buy rather than for amends."""
ACCOUNT = re.compile(r"(?<![a-z0-9-])c-\d{3,}\b", re.IGNORECASE)
HURRIES = re.compile(
    r"(?<!不)(?<!不用)催(?:一?下|个)?(?:发货|快递|物流|单|订单|送货)?|\bhurry (?:up )?(?:my|the) (?:order|parcel|"
    r"delivery)\b",
    re.IGNORECASE,
)
OF_DELIVERY = frozenset({"delivery_time", "delivery_options"})
MY_ORDER = re.compile(
    r"\bmy (?:\w+ )?(?:order|parcel|package|delivery)\b(?=.*\b(?:arriv|come|get here|ship|sent|here)|\W*$)|"
    r"\bwhen\b.*\bmy (?:\w+ )?(?:order|parcel|package)\b|"
    r"我(?:的|那个?|这个?|上一?个?|昨天|刚)?.{0,4}(?:订单|单子|那单|包裹|快递).{0,6}(?:什么时候|啥时候|多久|几天|"
    r"几号|哪天)",
    re.IGNORECASE,
)
"""Asks when what one ordered comes."""
STATE = re.compile(
    r"^(?=.*\b(?:can|could|may|able to|possible|allowed|would you)\b)(?=.*\b(?:return|send|exchange|take|refund|"
    r"swap|bring)\b)"
    r".*\b(?:if|although|though|but|when|once|after)\b.*\b(?:open|opened|unsealed|used|worn|wore|tried|washed|"
    r"unpacked|boiled|tags?|labels?|packag\w*|box|seal)\b|"
    r"^(?=.*(?:退|换))(?=.*(?:吗|么|能不能|可以不|？|\?)).*(?:拆|打开|开封|用过|穿过|洗过|试过|吊牌|包装|盒子)",
    re.IGNORECASE,
)
"""Whether something may come back in a state that it may be in."""
LOST = re.compile(
    r"\b(?:has|have|still)(?:n'?t| not) (?:turned up|shown up|been delivered|appeared|moved|budged|updated)\b|\bstill (?:not|isn'?t|"
    r"hasn'?t|haven'?t) "
    r"(?:here|come|arrived|turned up)\b|"
    r"\b(?:nothing|none of it)(?:'s| has| is)? (?:come|arrived|turned up|shown up|here)\b|\bstill nothing\b|"
    r"\bnever (?:arrived|came|got (?:here|it|to me)|received|turned up|reached)\b|\b(?:says|shows?|marked|"
    r"status is)\b.*\bdelivered\b.*"
    r"\b(?:but|don't|haven't|not|nothing|never)\b|\b(?:is|it's|got|was|be|been|gone|went|think it'?s) (?:lost|"
    r"stuck(?= (?:in|at|on|for|since|somewhere)\b)|missing(?! (?:its|all|both|half|an?|the|some|one|two|three|of|parts?|pieces?|\w+s)\b)|stolen)\b|\blost (?:in "
    r"the mail|parcel|package)\b|"
    r"显示(?:已)?签收.{0,10}没|没(?:有)?收到.{0,12}(?:签收|送达)|(?:包裹|快递|订单|东西)(?:是不是)?(?:丢|不见)了?|(?:物流|快递|包裹)[^，。]{0,8}(?:没动|不动|没更新|不更新|没有?变化|停在|卡在)|"
    r"丢件|(?:签收|送达)了?.{0,8}(?:没收到|没拿到|没见到)",
    re.IGNORECASE,
)
ASKS_PARCEL = re.compile(
    r"(?:发货?|寄|送)(?:出来?|走)?了?(?:吗|没有?)(?!货)|(?:寄|发|送)出来?(?:没|了)|到(?:了)?(?:吗|没有?)(?!货)|到哪|"
    r"(?:什么时候|啥时候?|几时|何时|几号|哪天|多会儿)(?:能|会|才|可以)*(?:到(?!货)|发|送|寄|收到)|还(?:没|不)(?:有)?(?:到(?!货)|发|"
    r"收到|送|寄|来)|"
    r"物流|快递|单号|没收到|在路上|"
    r"\b(?:has|have|did|is|are|was|were)\b.*\b(?:ship(?:ped)?|sent|left|arriv\w*|on (?:its|their|the) way|dispatched|"
    r"packed)\b|"
    r"\bwhen\b.*\b(?:arrive|come|get here|ship|be here|turn up)\b|\bwhere(?:'s| is| are)\b(?!.*\bfrom\b)|\btracking\b|"
    r"\b(?:still )?(?:hasn't|haven't|not) (?:arrived|come|shipped)\b",
    re.IGNORECASE,
)
"""Asks where something that was ordered is."""
ORDERS_AGAIN = re.compile(
    r"\bre-?order\b|\b(?:order|buy|get|have|purchase)\b(?! (?:my|the) money)[^.?!]{1,50}\bagain\b(?!st)|"
    r"(?:再|重新)(?:买|订|下单|来)(?:一|同)|回购|复购",
    re.IGNORECASE,
)
"""Wants once more what was bought before."""
AND_THAT = re.compile(
    r"^(?:那|还有|那么)?[^，。？?]{1,12}呢[？?]?$|^\W*(?:and|what about|how about)\b[^?]{2,40}\?*$", re.IGNORECASE
)
"""Names another thing after something was told of the first: 猫粮呢."""
THAT_ORDER = re.compile(r"[那这上]一?[单笔](?!.{0,4}满)", re.IGNORECASE)
OF_PARCELS = re.compile(
    r"^(?=.*\b(?:where|when|what|which|how|any|has|have|is|are|did|news|still|yet|sent|left|shipp\w+|arriv\w+|"
    r"inside)\b)"
    r".*\b(?:my|our|i(?:'ve| have| got| am| was)|expecting|waiting (?:for|on))\b[^.?!]{0,25}\b(?:parcels?|packages?|"
    r"orders?|"
    r"deliver(?:y|ies)|shipments?)\b(?! (?:cost|charge|fee|option|time)s?\b)",
    re.IGNORECASE,
)
"""What is asked of parcels of one's own, whatever else is in the message."""
BOUGHT = re.compile(
    r"\b(?:i|we)(?:'ve| have| had)?(?: (?:also|just|already|once))? (?:bought|ordered|got|purchased)\b|"
    r"我(?:之前|上次|以前|去年|上个?月)?(?:买|订|下单)(?:了|的|过)",
    re.IGNORECASE,
)
WHAT_OF = re.compile(r"^\W*(?:(?:and|ok(?:ay)?|so|hm+|but)\W+)*(?:what|how) about\b|^那|呢[？?]?$", re.IGNORECASE)
"""Goes on from what was spoken of to another thing."""
COMES = frozenset(
    {"find", "refine", "ask_product", "stock_alert", "delivery_time", "smalltalk", "out_of_scope", "more"}
)
COMES_ALONE = re.compile(
    r"^\W*(?:(?:so|and|hi|hello|hey|ok(?:ay)?|please|do you know|any idea)\W+)*(?:when|where)(?:'?s| is| are| will| does| do)?"
    r" (?:it|they|that|this|everything|all of it|my (?:stuff|things))\b[^?]{0,15}\b(?:come|coming|arrive|arriving|here|get here|"
    r"delivered|due)\b|^(?:什么时候|几时|哪天|多久)(?:能|会|才|可以)*(?:到|送到|收到)",
    re.IGNORECASE,
)
"""Asks when something comes, and names nothing."""
MISSING_OF = re.compile(r"\b(?:parcel|package|box|order|delivery|shipment)\b|包裹|箱子|盒子|快递|订单", re.IGNORECASE)
"""Names what came as a whole."""
COMING = re.compile(
    r"\b(?:when(?:'?s| is| are| will| does| do)?|where(?:'?s| is| are)?|any (?:idea|news)|has|have|is|"
    r"are|did|if|whether)\b.*\b(?:com(?:e|es|ing)|"
    r"arriv\w+|get(?:s|ting)? here|be here|deliver\w+|shipp\w+|left|post(?:ed)?|sent|send|dispatched|turn(?:s|ing)? "
    r"up|on (?:its|their|the) way)\b",
    re.IGNORECASE,
)
"""Asks when what one has bought comes."""
WAS = re.compile(
    r"\bhow much (?:was|were|did)\b|\bwhat did\b.*\bcost\b|(?:当时|那时候|买的时候).*多少钱",
    re.IGNORECASE,
)
"""Asks what something that was bought did cost."""
OF_RECORD = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|hi|hello|hey)\W+)*(?:what|which|when|how (?:much|many)|where)\b.*\b(?:was|were|did|"
    r"had)\b",
    re.IGNORECASE,
)
"""Asks how something was, and wants nothing done."""
MAY_BE = re.compile(r"\b(?:if|in case|suppose)\b|如果|要是|万一|假如", re.IGNORECASE)
"""What may become of a parcel, and has not."""
LOOSE = frozenset({"find", "refine", "more", "ask_product", "ask_policy", "smalltalk", "out_of_scope", "help", "told",
                    "compare", "suit_me", "cart_remove", "cart_change", "cart_add", "thanks", "goodbye"})  # fmt: skip
"""Intents of the shop's talk, for which wishes about an order are easily taken."""
OF_MINE = re.compile(
    r"\bwhich (?:orders|of|things)\b|那单|订单|那个|\bmy (?:\w+ )?(?:orders?|purchases?|things)\b", re.IGNORECASE
)
TAKEN_FOR = frozenset({"return_item", "damaged_item", "get_refund"})
"""Wishes for which a question after a parcel is taken."""
BOUGHT_ONCE = re.compile(r"[买订拍](?:了|的|过)|上次|上回|老买|常买|之前|以前|那时|当时|上个?月|去年", re.IGNORECASE)
"""Speaks of something that was bought some time."""
CANCELLING = LOOSE | {"cancellation_fee"}
"""What the wish to cancel what was just told of is easily taken for."""

POINTS = re.compile(
    r"^\W*(?:(?:ok|okay|just|only|i mean|it'?s|no|and|that|the)\W+)*"
    r"(?:latest|last|newest|most recent|first|second|third|older|oldest|other|previous)(?: (?:one|order))?(?: please)?\W*$|"
    r"^(?:就|我说的?是?)?(?:最近|最新|上次|最早|最后)的?(?:那|这)?[个单笔]?[。！!]*$",
    re.IGNORECASE,
)
"""Says no more than which of the orders just told of is meant."""
CALLS = re.compile(
    r"^\W*(?:(?:ok|okay|just|only|i mean|it'?s|no|and)\W+)*(?:the|that) (?:[\w'-]+ ){0,2}[\w'-]+(?: one| order)?(?: please)?\W*$|"
    r"^(?:就|我说的?是?)?(?:那个|那单|买)[\u4e00-\u9fff]{1,8}(?:那单|那个|的)?[。！!]*$",
    re.IGNORECASE,
)
"""Says no more than what was bought: "the towel one"."""
WAS_CANCELLED = re.compile(
    r"\b(?:why|when|who|how come|what happened)\b[^.,;?!]*\b(?:was|were|is|are|got|been|has|have)\b[^.,;?!]*\bcancell?ed\b|"
    r"(?:为什么|为啥|怎么|谁).{0,12}(?:被取消|取消了)",
    re.IGNORECASE,
)
"""Asks why or when an order was cancelled, and wants none cancelled."""
