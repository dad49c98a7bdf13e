"""Wishes about an order of one's own that are said outright, whatever their letters are taken for.

"Any news about my exchange?", "how did I pay?", "cancel my order, I found it cheaper", "it says delivered but I have
nothing", 茶叶发霉了. Looks at the words, and at what was bought where something is said to be wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.answers.spoken_of import just_refused
from assistant.conversation.answers.wanting import OWN
from assistant.conversation.drafting.asking_for import names_address, trouble
from assistant.conversation.drafting.matters import ACTIONS, STATUS, named_action
from assistant.conversation.drafting.ordered import described, order_numbers, titles_of
from assistant.conversation.reading.order_questions import (
    OWN_PAST,
    asks_after,
    asks_of_order,
    asks_which_can,
    tells_of_return,
)
from assistant.service.orders import OrderLookup
from assistant.store.records import Order

_CANCELS = re.compile(
    r"^\W*(?:(?:hi|hello|hey|please|pls|ok(?:ay)?|so|and|then|actually|sorry|can you|could you|would you|i want to|"
    r"i'd like to|i need to|i wanna|you can)\W+)*"
    r"(?:please )?(?:cancel|stop)\b.*\b(?:order|purchase|r-\d+|one|everything|it)\b|\b(?:order|"
    r"one)\b[^?]{0,30}[,;.] *(?:please |can you )?cancel (?:it|that)|"
    r"\bdon'?t (?:send|ship) (?:it|that|my order|the order)\b|"
    r"取消(?:掉|一下|我的|这个|那个|最近|了?吧)?.{0,6}(?:订单|单|它|r-?\d+)|(?:订单|单子?|R-?\d+).{0,8}取消(?!了吗|"
    r"了么|费|的原因)|^(?:请|帮我|麻烦)*取消[吧了一下]*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\bhow (?:do|can|to|long|much)\b|\bwhat\b|\bwhen\b|\bwhy\b|\bwhether\b|\bpolicy\b|\bfee\b|\bis it possible\b|"
    r"\bwhich\b|怎么|如何|多久|为什么|什么时候|政策|费用|取消了[吗么]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
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
_OTHER_ADDRESS = re.compile(
    r"\b(?:e-?mail|billing|account|profile|default|save|web)\b|邮箱|账户|账号|默认|账单", re.IGNORECASE
)
_SINGLE = re.compile(
    r"\b(?:take|remove|drop|delete|cancel|leave)\b(?! (?:my|the|this|that|whole|"
    r"entire) (?:\w+ )?order\b).{3,60}\b(?:out of|from|off|in|of) (?:my|the|this|that)(?: \w+)? order\b|"
    r"\badd\b.{2,60}\bto (?:my|the|this|that|an?)(?: \w+)? order\b|\bcancel (?:just|only) (?:the|one)\b|"
    r"(?:订单|单子?)里?.{0,6}(?:加(?!急)(?:一|个|件|点|上)|添加|再加)|(?:从|把)?(?:我的)?订单(?:里|"
    r"中)?.{0,10}(?:去掉|删掉|删除|拿掉|移除)|只取消",
    re.IGNORECASE,
)
_OUT_OF_IT = re.compile(
    r"^\W*(?:(?:oh|ok(?:ay)?|so|and|then|good|great|actually|please|pls|can you|could you|can we|i want to|i'd like "
    r"to)\W+)*"
    r"(?:take|remove|drop|delete|leave|scrap|get rid of|cancel)\b(?: (?!it\b|that\b|this\b|everything\b|the "
    r"(?:whole|lot|order)\b)"
    r"[\w'&-]+){1,5} (?:out|off|from)(?: of)?(?: (?:it|that|there|this|that one|this one|the order))?\b|"
    r"(?:把)?.{1,10}从(?:里面|那单|这单)(?:去掉|拿掉|删掉)",
    re.IGNORECASE,
)
"""Takes one thing out of what was just told of: "take the pyjamas out of that one"."""
_ADDS_TO_IT = re.compile(r"\badd\b.{2,60}\bto (?:it|that|this|that one|this one)\W*$", re.IGNORECASE)
_SWAPS = re.compile(
    r"\b(?:in|from|of) (?:my|the)(?: \w+)? order\b.*\b(?:larger|bigger|smaller|size|colou?r|instead|xs|s|m|l|xl|xxl)\b|"
    r"\b(?:size|colou?r|larger|bigger|smaller)\b.*\b(?:in|of|for) (?:my|the)(?: \w+)? order\b|订单(?:里|"
    r"中).{0,12}(?:尺码|颜色|换|大一|小一)",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"\b(?:go|goes|send|sent|ship|shipped|deliver|delivered|redirect)\b.*\d|(?:寄|送|改寄|发)(?:到|往|去|"
    r"给)",
    re.IGNORECASE,
)
_BUYS_ANOTHER = re.compile(r"\bold\b|\bbuy\b|\blooking for\b|\brecommend\b|\bshow me\b|旧|想买|推荐", re.IGNORECASE)
"""What looks for another thing to buy rather than for amends."""
_ACCOUNT = re.compile(r"(?<![a-z0-9-])c-\d{3,}\b", re.IGNORECASE)
_HURRIES = re.compile(
    r"催(?:一?下|个)?(?:发货|快递|物流|单|订单|送货)?|\bhurry (?:up )?(?:my|the) (?:order|parcel|"
    r"delivery)\b",
    re.IGNORECASE,
)
_OF_DELIVERY = frozenset({"delivery_time", "delivery_options"})
_MY_ORDER = re.compile(
    r"\bmy (?:\w+ )?(?:order|parcel|package|delivery)\b(?=.*\b(?:arriv|come|get here|ship|sent|here)|\W*$)|"
    r"\bwhen\b.*\bmy (?:\w+ )?(?:order|parcel|package)\b|"
    r"我(?:的|那个?|这个?|上一?个?|昨天|刚)?.{0,4}(?:订单|单子|那单|包裹|快递).{0,6}(?:什么时候|啥时候|多久|几天|"
    r"几号|哪天)",
    re.IGNORECASE,
)
"""Asks when what one ordered comes."""
_STATE = re.compile(
    r"^(?=.*\b(?:can|could|may|able to|possible|allowed|would you)\b)(?=.*\b(?:return|send|exchange|take|refund|"
    r"swap|bring)\b)"
    r".*\b(?:if|although|though|but|when|once|after)\b.*\b(?:open|opened|unsealed|used|worn|wore|tried|washed|"
    r"unpacked|boiled|tags?|labels?|packag\w*|box|seal)\b|"
    r"^(?=.*(?:退|换))(?=.*(?:吗|么|能不能|可以不|？|\?)).*(?:拆|打开|开封|用过|穿过|洗过|试过|吊牌|包装|盒子)",
    re.IGNORECASE,
)
"""Whether something may come back in a state that it may be in."""
_LOST = re.compile(
    r"\bnever (?:arrived|came|got (?:here|it|to me)|received|turned up|reached)\b|\b(?:says|shows?|marked|"
    r"status is)\b.*\bdelivered\b.*"
    r"\b(?:but|don't|haven't|not|nothing|never)\b|\b(?:is|it's|got|was|be|been|gone|went|think it'?s) (?:lost|"
    r"missing(?! (?:its|all|both|half|an?|the|some|one|two|three|of|parts?|pieces?|\w+s)\b)|stolen)\b|\blost (?:in "
    r"the mail|parcel|package)\b|"
    r"显示(?:已)?签收.{0,10}没|没(?:有)?收到.{0,12}(?:签收|送达)|(?:包裹|快递|订单|东西)(?:是不是)?(?:丢|不见)了?|"
    r"丢件|(?:签收|送达)了?.{0,8}(?:没收到|没拿到|没见到)",
    re.IGNORECASE,
)
_ASKS_PARCEL = re.compile(
    r"(?:发货?|寄|送)(?:出来?|走)?了?(?:吗|没有?)(?!货)|(?:寄|发|送)出来?(?:没|了)|到(?:了)?(?:吗|没有?)(?!货)|到哪|"
    r"(?:什么时候|几号|哪天|多会儿)(?:能|会|才|可以)*(?:到(?!货)|发|送|寄|收到)|还(?:没|不)(?:有)?(?:到(?!货)|发|"
    r"收到|送|寄|来)|"
    r"物流|快递|单号|没收到|在路上|"
    r"\b(?:has|have|did|is|are|was|were)\b.*\b(?:ship(?:ped)?|sent|left|arriv\w*|on (?:its|their|the) way|dispatched|"
    r"packed)\b|"
    r"\bwhen\b.*\b(?:arrive|come|get here|ship|be here|turn up)\b|\bwhere(?:'s| is| are)\b(?!.*\bfrom\b)|\btracking\b|"
    r"\b(?:still )?(?:hasn't|haven't|not) (?:arrived|come|shipped)\b",
    re.IGNORECASE,
)
"""Asks where something that was ordered is."""
_AND_THAT = re.compile(
    r"^(?:那|还有|那么)?[^，。？?]{1,12}呢[？?]?$|^\W*(?:and|what about|how about)\b[^?]{2,40}\?*$", re.IGNORECASE
)
"""Names another thing after something was told of the first: 猫粮呢."""
_THAT_ORDER = re.compile(r"[那这上]一?[单笔](?!.{0,4}满)", re.IGNORECASE)
_OF_PARCELS = re.compile(
    r"^(?=.*\b(?:where|when|what|which|how|any|has|have|is|are|did|news|still|yet|sent|left|shipp\w+|arriv\w+|"
    r"inside)\b)"
    r".*\b(?:my|our|i(?:'ve| have| got| am| was)|expecting|waiting (?:for|on))\b[^.?!]{0,25}\b(?:parcels?|packages?|"
    r"orders?|"
    r"deliver(?:y|ies)|shipments?)\b(?! (?:cost|charge|fee|option|time)s?\b)",
    re.IGNORECASE,
)
"""What is asked of parcels of one's own, whatever else is in the message."""
_BOUGHT = re.compile(
    r"\b(?:i|we)(?:'ve| have| had)?(?: (?:also|just|already|once))? (?:bought|ordered|got|purchased)\b|"
    r"我(?:之前|上次|以前|去年|上个?月)?(?:买|订|下单)(?:了|的|过)",
    re.IGNORECASE,
)
_WHAT_OF = re.compile(r"^\W*(?:(?:and|ok(?:ay)?|so|hm+|but)\W+)*(?:what|how) about\b|^那|呢[？?]?$", re.IGNORECASE)
"""Goes on from what was spoken of to another thing."""
_COMES = frozenset(
    {"find", "refine", "ask_product", "stock_alert", "delivery_time", "smalltalk", "out_of_scope", "more"}
)
_COMING = re.compile(
    r"\b(?:when(?:'?s| is| are| will| does| do)?|where(?:'?s| is| are)?|any (?:idea|news)|has|have|is|"
    r"are|did|if|whether)\b.*\b(?:com(?:e|es|ing)|"
    r"arriv\w+|get(?:s|ting)? here|be here|deliver\w+|shipp\w+|left|post(?:ed)?|sent|send|dispatched|turn(?:s|ing)? "
    r"up|on (?:its|their|the) way)\b",
    re.IGNORECASE,
)
"""Asks when what one has bought comes."""
_OF_RECORD = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|hi|hello|hey)\W+)*(?:what|which|when|how (?:much|many)|where)\b.*\b(?:was|were|did|"
    r"had)\b",
    re.IGNORECASE,
)
"""Asks how something was, and wants nothing done."""
_MAY_BE = re.compile(r"\b(?:if|in case|suppose)\b|如果|要是|万一|假如", re.IGNORECASE)
"""What may become of a parcel, and has not."""
_LOOSE = frozenset({"find", "refine", "more", "ask_product", "ask_policy", "smalltalk", "out_of_scope", "help", "told",
                    "compare", "suit_me", "cart_remove", "cart_change", "cart_add", "thanks", "goodbye"})  # fmt: skip
"""Intents of the shop's talk, for which wishes about an order are easily taken."""
_OF_MINE = re.compile(
    r"\bwhich (?:orders|of|things)\b|那单|订单|那个|\bmy (?:\w+ )?(?:orders?|purchases?|things)\b", re.IGNORECASE
)
_TAKEN_FOR = frozenset({"return_item", "damaged_item", "get_refund"})
"""Wishes for which a question after a parcel is taken."""
RECENT = 3
"""Turns for which an order that was told of may be asked about without being named."""


def of_parcel(asked: Asked) -> Asked:
    """Return the message as one that asks where something bought is, where it names that and asks so."""
    found = asked.found
    if asked.sources.serving is None or asked.principal.customer_id is None or found.harm or found.order_number:
        return asked
    likely = found.intent in _LOOSE | _OF_DELIVERY or (found.intent in _TAKEN_FOR and not trouble(found.message))
    served = likely and not asked.state.errand.text
    told = asked.state.order_at == asked.state.turns - 1 >= 0
    asks = bool(_ASKS_PARCEL.search(found.message)) and not _MAY_BE.search(found.message)
    goes_on = told and bool(_AND_THAT.search(found.message)) and not asks_of_order(found.message)
    if not served or not (asks or goes_on) or asks_after(found.message):
        return asked
    if found.references and asked.state.shown and not told:
        return asked
    if not _bought(asked, found.message, named=False):
        return asked
    return replace(asked, found=replace(found, intent="order_status", sure=1.0, errands=(), parts=()))


def said_outright(asked: Asked) -> Asked:
    """Return the message with the intent that its words say outright, where they say one of an order."""
    asked = _without_told(asked)
    intent = _intent(asked) if asked.sources.serving is not None else ""
    if not intent or intent == asked.found.intent:
        return asked
    return replace(asked, found=replace(asked.found, intent=intent, sure=1.0, errands=()))


def _without_told(asked: Asked) -> Asked:
    """Return the message without the wishes of it that only tell what was sent back before."""
    found = asked.found
    kept = [
        one for one in found.errands if one.intent not in ("return_item", "get_refund") or not tells_of_return(one.text)
    ]
    if not found.errands or len(kept) == len(found.errands) or not kept:
        return asked
    errands = tuple(kept) if len(kept) > 1 else ()
    return replace(asked, found=replace(found, intent=kept[0].intent, sure=kept[0].sure, errands=errands))


def _intent(asked: Asked) -> str:
    found, message = asked.found, asked.found.message.replace("’", "'")
    if found.intent in ("empty", "human", "contact") or found.harm or len(found.errands) > 1:
        return ""
    named = bool(order_numbers(message))
    own = named or _just_told(asked) or (asked.principal.customer_id is not None and bool(OWN.search(message)))
    if _somebody_elses(asked, message):
        return "order_others"
    if _HURRIES.search(message) and (own or asked.principal.customer_id):
        return "order_arrival"
    if asked.principal.customer_id and found.intent in _OF_DELIVERY and _MY_ORDER.search(message):
        return "order_arrival"
    if asked.principal.customer_id and asks_which_can(message) and (own or found.intent not in _LOOSE):
        return "order_fact"
    if (
        asked.principal.customer_id
        and found.intent in _COMES
        and _COMING.search(message)
        and _bought(asked, message, named=named)
    ):
        return "order_arrival"
    if asks_after(message) and (own or asked.principal.customer_id):
        return "order_fact"
    if just_refused(asked.state) and not named and asks_of_order(message) == "deadline":
        return "return_item" if found.intent in STATUS else ""
    if (asks := asks_of_order(message)) and _of_an_order(asked, message, asks=asks, named=named):
        return "order_fact"
    if _STATE.search(message) and (named or _bought(asked, message, named=named)):
        return "order_state"
    if _LOST.search(message) and not _MAY_BE.search(message) and (own or asked.principal.customer_id):
        return "order_lost"
    single = _SINGLE.search(message) or (_OUT_OF_IT.search(message) and _told_last(asked))
    single = single or (_ADDS_TO_IT.search(message) and _told_last(asked))
    if single and not _SWAPS.search(message):
        return "order_single"
    if _BOUGHT.search(message) and _WHAT_OF.search(message) and _bought(asked, message, named=named):
        return "return_item" if _of_returns(asked) else "order_status"
    if found.intent in ACTIONS and _OF_RECORD.search(message) and not (trouble(message) or named_action(message)):
        return "order_fact" if asked.principal.customer_id is not None else "order_status"
    if asked.principal.customer_id and found.intent in _LOOSE and _OF_PARCELS.search(message):
        return "order_status" if not named_action(message) else ""
    if not _ASKS.search(message) and _CANCELS.search(message) and "subscri" not in message.lower():
        return "cancel_order"
    if asked.principal.customer_id and _GOES.search(message) and _elsewhere(message):
        return "change_address"
    if (
        (own or asked.principal.customer_id)
        and _ADDRESS.search(message)
        and not _OTHER_ADDRESS.search(message)
        and not _ASKS.search(message)
    ):
        return "change_address"
    if asked.principal.customer_id and _SWAPS.search(message) and not trouble(message):
        return "change_order"
    named_first = named_action(message)
    meant = ACTIONS.get(found.intent, "")
    if named_first in ("return", "exchange") and meant == "cancel" and not _ASKS.search(message):
        return "return_item" if named_first == "return" else "exchange_item"
    if _just_told(asked) and found.intent == "cart_remove" and named_first == "cancel":
        return "cancel_order"
    action = named_first if found.intent in _LOOSE and not _ASKS.search(message) else ""
    if action in ("return", "exchange") and _bought(asked, message, named=named):
        return "return_item" if action == "return" else "exchange_item"
    loose = found.intent in _LOOSE or found.intent in ("order_status", "order_arrival", "complaint", "warranty")
    loose = loose and not _BUYS_ANOTHER.search(message)
    return "damaged_item" if loose and trouble(message) and _bought(asked, message, named=named) else ""


def _told_last(asked: Asked) -> bool:
    """Return whether orders were what was told of in the turn before, and nothing was put into a cart since."""
    state = asked.state
    return 0 <= state.order_at == state.turns - 1 and state.cart_at < state.order_at


def _of_returns(asked: Asked) -> bool:
    """Return whether what is spoken of is how things come back: that was just asked for, and a rule told."""
    told = asked.sources.policies.now(asked.state.rule_told, asked.language) if just_refused(asked.state) else None
    return told is not None and bool(named_action(told.title))


def _elsewhere(message: str) -> bool:
    """Return whether a message gives a whole address that is none of the account itself."""
    return names_address(message) and not _OTHER_ADDRESS.search(message)


def _somebody_elses(asked: Asked, message: str) -> bool:
    """Return whether a message names the account of somebody else than its writer."""
    named = {number.upper() for number in _ACCOUNT.findall(message)}
    return bool(named - {(asked.principal.customer_id or "").upper()}) and asked.principal.customer_id is not None


def _of_an_order(asked: Asked, message: str, *, asks: str, named: bool) -> bool:
    """Return whether a question that may be of an order is of one of the shopper's own."""
    if named or _just_told(asked):
        return True
    if asked.principal.customer_id is None:
        return False
    if asks in ("list", "spent", "ever"):
        return True
    if asks == "why":
        return _bought(asked, message, named=False)
    if asks == "deadline":
        return bool(_OF_MINE.search(message)) or _bought(asked, message, named=False)
    past = OWN_PAST.search(message) or _THAT_ORDER.search(message)
    return bool(past) or (bool(OWN.search(message)) and "order" in message.lower())


def _just_told(asked: Asked) -> bool:
    """Return whether an order was told of lately; "it" is an order only where it was told of last."""
    state = asked.state
    points = asked.found.references
    since = 1 if points and all(one.which == "focus" for one in points) else 0 if points else RECENT
    last = state.order_at == state.turns - 1 and bool(points)
    return bool(state.order) and state.order_at >= state.turns - since and (last or not asked.found.wish.categories)


def _bought(asked: Asked, message: str, *, named: bool) -> bool:
    """Return whether a message speaks of something that its writer bought. Blocks."""
    if asked.principal.customer_id is None:
        return False
    if named:
        return True
    own: Sequence[Order] = OrderLookup(asked.sources.orders).latest(asked.principal, limit=50)
    products = asked.sources.catalogue.get(sorted({line.product_id for order in own for line in order.lines}))
    return bool(described(message, own, titles_of(products, asked.found.named))[0])
