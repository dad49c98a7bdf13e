"""Words for taking a thing: putting it into a cart, one of those shown, so many of it. Decides no intent.

Reads a message in lower case.
"""

from __future__ import annotations

import re

TAKES = re.compile(
    r"\b(?:add|put|throw|cart|basket|trolley|buy|order|purchase|check ?out|remove|delete|go with|get me|give me|"
    r"i(?:'ll| will) (?:take|have)|"
    r"(?:i'd|i would) like (?:the|this|that|(?:\d+|two|three|four) of)|take (?:it|the|this|that|one|two|both))\b|"
    r"加入|加到(?!\s*[\d一二两三四五六七八九十百])|加进|放进|放入|加购|购物[车袋]|下单|入手|我要(?!求)|要了|就要|来一?[个款件双]|删|移除|去掉|买(?![过的家])"
)

_PUTS_IT = re.compile(
    r"^\W*(?:(?:ok|okay|yes|great|right|then|and|please|fine|perfect|can you|could you|let'?s|i(?:'ll| will|'d like to)?|just|now|so|well|good)\b\W*)*"
    r"(?:(?:add|put|stick|pop|chuck|bung|drop|toss|throw|slip|take|buy|get|grab|order)\b|"
    r"(?:\d+|one|two|three|four|five|six) of (?:those|these|them|that|it)\b)|"
    r"^(?:那么?|好的?|行|嗯|就|还是|帮我|我|把|ok|[，, ])*(?:要|加|买|来|拿|选|这|那|第)"
)
_AND_CART = re.compile(
    r"\b(?:and|then)\b.*\b(?:total|check ?out|pay|cart|basket|owe|altogether|come to)\b|[,.;!].*\bcheck ?out\b|"
    r"\b(?:in|into|to) (?:my|the) (?:cart|basket|trolley|bag)\b|"
    r"加购.*(?:结账|结算|付款|多少)|[，,。].*(?:结账|结算|去付款|一共多少|总共多少)"
)


_INTO = re.compile(
    r"\b(?:(?:straight |right )?in(?:to)|to) (?:my|the) (?:cart|basket|trolley|bag)\b(?:\W+(?:please|pls|thanks|"
    r"thank you|then|now|too))*\W*$|"
    r"\bin (?:my|the) (?:cart|basket|trolley|bag)\b(?:\W+(?:please|pls|thanks|thank you))+\W*$"
)


def into_cart(message: str) -> bool:
    """Return whether a message ends with where a thing goes, and has no verb for it: "the cheapest, into my basket".

    >>> into_cart("the last of those in my basket, thanks"), into_cart("what is the cheapest in my basket?")
    (True, False)
    """
    said = message.lower()
    return bool(_INTO.search(said)) and not _OUT.search(said)


def puts_and_asks(message: str) -> bool:
    """Return whether a message puts something into the cart and goes on to it: "add it, and what's my total?".

    >>> [puts_and_asks(m) for m in ("Add it and what's my total?", "stick it in my cart", "就这双，加购然后结账")]
    [True, True, True]
    >>> puts_and_asks("what's in my cart?"), puts_and_asks("take the first out of my cart")
    (False, False)
    """
    said = message.lower()
    return bool(_PUTS_IT.search(said) and _AND_CART.search(said)) and not _OUT.search(said)


_DELIVERY = re.compile(
    r"包邮|运费|邮费|免运|免邮|快递费|配送费|\b(?:shipping|delivery|postage|delivered free)\b", re.IGNORECASE
)
_OF_CART = re.compile(
    r"还差|差多少|够不够|够了?吗|凑|这些|购物车|包邮[吗么吧不]?[？?]?$|(?:免|要|收|算)(?:不免)?运费|(?:多少|几块)(?:钱)?(?:的)?(?:运费|邮费)|(?:运费|邮费)(?:要|是)?(?:多少|几)|"
    r"\b(?:free|how much|enough|cart|basket|left|more|reach|extra|include[sd]?)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"退|换货|国外|海外|国际|加急|\b(?:return|abroad|international|express|overseas)\b", re.IGNORECASE
)


def asks_delivery(message: str) -> bool:
    """Return whether a message asks, maybe beside other things, what delivery costs.

    >>> asks_delivery("一共多少钱，包邮吗"), asks_delivery("how much is it with shipping?"), asks_delivery("退货运费谁出")
    (True, True, False)
    """
    return bool(_DELIVERY.search(message)) and not _ELSEWHERE.search(message)


def asks_delivery_of_cart(message: str) -> bool:
    """Return whether a message asks nothing but what the delivery of the cart costs: 还差多少免运费."""
    return asks_delivery(message) and bool(_OF_CART.search(message))


_OUT = re.compile(r"\b(?:out|off|remove|empty|clear|drop)\b|清空|删|去掉|拿掉|不要")

SO_MANY = re.compile(
    r"^\W*(?:(?:ok|okay|then|and|also|plus|just|yes|please)\W+)*(?:\d+|one|two|three|four|five|six) (?:\w+ )?of the "
    r"(?:first|second|third|fourth|fifth|last)(?: one)?(?:\W+(?:please|pls|then|thanks|too|also|as well))*\W*$"
)
"""A number of one of those shown, and nothing else: it is taken."""

PICKS = re.compile(
    r"^(?:那|好的?|行|嗯)?[，, ]?我?就?(?:要|拿|来|买|选)(?:一?[个件双])?"
    r"(?:第[一二三四五六\d]|[这那最])[^的吗呢？?]{0,4}[个件双款条]"
)
"""One of those shown, and that it is wanted: 要第三个，黑色的."""

PROMISES = re.compile(
    r"\bput (?:it|that|this|them) (?:down )?(?:in(?:to)?|on) (?:an? |the )?"
    r"(?:writing|record|paper|e-?mail|letter|contract)\b"
)
"""Asks for a promise and puts nothing into a cart: "put that in writing"."""

USES = re.compile(
    r"\b(?:take|put|bring|carry|get|have|buy) (?:it|this|that|them|these|one) "
    r"(?:along|with|in(?:to)?|on(?:to)?|through|under|over|near|next|to|abroad|outside|swimming|camping|travell?ing)\b"
    r"(?!\W+(?:to )?(?:my |the |a )?(?:shopping )?(?:cart|basket|trolley|order))|"
    r"(?:能|可以|能不能|可不可以|可否)(?:直接|一起)?(?:带|拿|放|装|塞|用|穿|戴|洗|泡|加热)(?!.{0,4}(?:购物|入车))"
)
"""Asks what can be done with a thing, or where it can go: "can I take it in my hand luggage", 能带上飞机吗."""

_REFUSED = re.compile(
    r"\b(?:don'?t|do not|didn'?t|no longer|not going to|won'?t) (?:really )?(?:want|need|like|add|buy|take|put|order)\b|"
    r"\bforget (?:it|that|this|the)\b|(?:不要|不想要?|不买|不需要|别加|别买|先别|不用)(?!紧|的|太)"
)
_WANTED = re.compile(
    r"\b(?:add|want|take|buy|put|get me|give me|instead|rather)\b|(?<!不)(?<!不想)(?:要|加|买|来|拿|换)(?!了)"
)


TOTALS = re.compile(r"\btotal\b|\bowe\b|\bcomes? to\b|\baltogether\b|一共|总共|合计|总价|加起来")
WHOLE = re.compile(
    r"\bhow much\b.*\b(?:altogether|all together|in total|in all)\b|(?:一共|总共|合计|加起来)(?:要|是)?(?:多少|几)"
)
"""Asks what everything in the cart comes to."""
PAYS = re.compile(r"\bcheck ?out\b|\bpay\b|结账|结算|付款|买单")
"""What is asked of the cart beside what is put into it."""
SETTLES = re.compile(
    r"^(?:那|好的?|行|就|都|全|一起|这些|帮我|给我|麻烦|[，, ])*"
    r"(?:结了|结一下|结账|结算|付了|付款|买单|下单)(?:都)?[吧了啊。！! ]*$"
)
"""Wants to pay for what is in the cart: 都帮我结了吧."""
OWED = re.compile(
    r"\bwhat(?:'?s| is) the damage\b|\bwhat (?:do|does|would|will) (?:they|it|those|these|both|everything|all of "
    r"(?:it|that|them)) "
    r"(?:all )?(?:cost|come to|make|be)(?: (?:together|altogether|in all|in total|all together))\b|\bwhat (?:do|"
    r"would|will) i (?:owe|have to pay|pay)\b|\b(?:grand|my|the) total\b|"
    r"\bwhat(?:'?s| is)(?: it| that| this| everything)* (?:al(?:l )?together|all together|all in all)\b|\bin total\b|"
    r"\bhow much\b.*\b(?:al(?:l )?together|all together|together|in all|comes? to|adds? up to)\b|"
    r"(?:一共|总共|合计|加起来|全部加一起|拢共)(?:是|要|得)?多少|总价|总额"
)
"""Asks what all that is in the cart costs."""
ALL_OF_IT = re.compile(r"\beverything\b|\bi owe\b|\bmy total\b|总价|总额|加起来")
"""Speaks of everything that is to be paid."""


def refuses_to_take(message: str) -> bool:
    """Return whether a message refuses to take a thing and wants no other in its place.

    >>> refuses_to_take("hmm, I don't need that after all"), refuses_to_take("I don't want it, add the first one")
    (True, False)
    """
    said = message.lower()
    refused = _REFUSED.search(said)
    return bool(refused) and not _WANTED.search(_REFUSED.sub(" ", said))


def speaks_of_taking(message: str) -> bool:
    """Return whether a message has words for putting something into a cart, buying it, or taking it out."""
    return bool(TAKES.search(USES.sub(" ", message.lower())))
