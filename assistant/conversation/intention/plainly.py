"""What a message is for where its words say so outright, whatever the classifier takes it for.

Thanks, what somebody is, what is known of them, prices elsewhere, things that went wrong, anger, how something is done.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.complaining import complains_of_thing, is_angry, tells_of_misuse
from assistant.conversation.reading.families import services
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.language import wants_other_language
from assistant.conversation.reading.self_asked import known_key
from assistant.conversation.reading.wishing import (
    ASKS_WHAT_I_AM,
    ASKS_WHAT_I_CAN,
    BROWSES,
    HOLDS,
    HOW_TO,
    KNOWN_OF_ME,
    SIGNS_IN,
    THANKS,
    WHY_SHOWN,
    speaks_of_prices,
)
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

_WEAK = frozenset(
    {"find", "refine", "more", "ask_product", "compare", "smalltalk", "out_of_scope", "help", "told", "human"}
    | {"cart_remove", "cart_change", "cart_add", "ask_policy"}
)
"""What a message that tells of a thing gone wrong, or of anger, is easily taken for."""
_BOUGHT = re.compile(
    r"\b(?:bought|ordered|purchased|from you|already|after|within)\b|"
    r"买|才|就|怎么办|收到|[用穿洗戴骑].{0,4}(?:天|次|周|月|年)",
    re.IGNORECASE,
)
_OF_MONEY = re.compile(
    r"\b(?:refund\w*|money|where|when|parcel|package|delivery|tracking)\b|退款|退钱|到哪|什么时候|快递"
)
"""What asks after an order or a refund, whatever went wrong besides."""
_BUYERS_SAY = re.compile(
    r"\b(?:reviewers?|buyers?|customers?|people|owners?|others|any(?:one|body))\b[\w' ]{0,25}\b"
    r"(?:complain\w*|moan\w*|grumbl\w*|unhappy|happy|like|love|dislike|hate|disappointed|regret)\b|"
    r"\bany (?:complaints|downsides|drawbacks)\b|\bwhat (?:are|were) the (?:complaints|downsides|drawbacks)\b|"
    r"(?:买家|买过的人|大家|用户|别人|评论里?|评价里?).{0,6}(?:抱怨|吐槽|不满|喜欢)|(?:有什么|有啥|"
    r"有没有)(?:人)?(?:缺点|槽点|抱怨|吐槽)"
)
"""Asks what those who bought a thing make of it, and complains of nothing."""
_IN_THE_BOX = re.compile(
    r"\bwhat(?:'?s| is| all is|ever is)?(?: (?:comes|do i get|included))* in(?:side)? the (?:box|package|pack|set)\b|"
    r"(?:包装|盒子|盒|箱子|套装)(?:里面?|内)(?:都)?有(?:什么|啥|哪些)"
)
"""Asks what comes with a thing."""
_WHY_SO = re.compile(
    r"\bwhy (?:is|are) (?:it|they|this|that|these|those)(?: ones?)? (?:so |that )?(?:expensive|cheap|pricey|dear)\b|"
    r"(?:为什么|为啥|凭什么|凭啥|怎么)(?:会|能)?(?:这么|那么|这样)(?:贵|便宜)"
)
"""Asks why something costs what it does."""
_NEXT_DAY = re.compile(
    r"\b(?:next|same|two|one|1|2)[- ]day\b(?!'?s| (?:\w+ )?(?:creams?|face|trip|hike))|"
    r"\bovernight (?:delivery|shipping|post)\b|"
    r"次日达|隔日达|当日达|当天(?:送|到)|第二天(?:送|到|能到)"
)
"""Asks for a delivery by how soon it comes."""
_WITH_DELIVERY = re.compile(
    r"\b(?:how much|what)\b.{0,24}\b(?:with|by|for|including|incl\.?|plus)\b.{0,6}\b(?:express|"
    r"next[- ]day)\b(?: delivery| shipping| post)?"
    r"\W*$|(?:发|走|用|选)?加急(?:配送)?的?(?:话)?(?:要|是|得)?(?:多少|几)(?:钱|块|运费)?"
)
"""Asks what it comes to when it is sent faster."""
_NEWCOMER = re.compile(
    r"\b(?:new customers?|first[- ]time (?:customer|buyer|shopper|order)s?|first (?:order|purchase))\b"
    r"[^.]{0,40}\b(?:discounts?|deals?|offers?|codes?|off|vouchers?|coupons?|cheaper)\b|"
    r"\b(?:discounts?|deals?|offers?|codes?|off|vouchers?|coupons?)\b[^.]{0,30}\b(?:new customers?|first[- ]time|"
    r"first (?:order|purchase))\b|"
    r"(?:新人|新客|新用户|新顾客|首单|头一单|第一[次单])[^。？?]{0,10}(?:优惠|折扣|打折|便宜|福利|立减|券)"
)
"""Asks what somebody gets off who buys here for the first time."""
_OF_ORDERS = frozenset({"order_status", "refund_status", "order_arrival"})
_OF_ACCOUNTS = frozenset({"create_account", "password", "registration_problem", "switch_account"})
_HOW = re.compile(r"\b(?:how|where)\b|怎么|如何|哪")
_IN_OPTION = re.compile(
    r"\b(?:can|could|do|does|is|are|will) (?:i |we |you )?(?:get |have |order |come |do |sell )*"
    r"(?:it|that|this|them|these|those|they) (?:come |available |also |made )*in\b|"
    r"^[\u4e00-\u9fff]{0,3}(?:这个|那个|它)有.{1,6}(?:的|色|码)吗"
)
"""Asks whether what is spoken of comes in a colour or a size: "can I get that in purple?"."""
_ANY_OF = re.compile(
    r"^\W*(?:(?:and|so|ok|okay)\W+)*(?:are |do |does |have you got |got |is )?"
    r"any (?:one )?of (?:them|these|those|the)\b.*\bin\b"
)
"""Asks for those of the ones shown that come in an option."""
_MORE = re.compile(
    r"[.,;!?]\s*(?:(?:and|so|but|ok|okay|well)\W+)*(?:(?:what|any ?thing|something) else|(?:any |show me )?others?)"
    r"(?: (?:have you got|do you have|is there|you got|you have|there|to show|please|then|maybe|you can show))*\W*$"
)
"""Wants to see others, after what is said against those shown."""
_FORGOT = re.compile(r"\b(?:forg[eo]t\w*|password|lost|reset|locked)\b|忘|密码")
_HARDLY = 0.5
"""Less sure than this of a wish for service, what a message says outright counts more."""


def plainly(found: Understanding, state: State, *, guess: Guess) -> str:
    """Return the intent that the words of a message tell outright; empty where they tell none."""
    said = found.message.lower()
    if _WITH_DELIVERY.search(said) and not found.wish.categories:
        return "delivery_options"
    if ASKS_WHAT_I_AM.search(said):
        return "smalltalk"
    if ASKS_WHAT_I_CAN.search(said) and not state.errand.text:
        return "help"
    spoken_of = found.wish.categories or state.errand.text or state.shown
    if _NEXT_DAY.search(said) and not spoken_of and guess.intent in _WEAK:
        return "delivery_time"
    if tells_of_misuse(said) and not state.errand.text:
        return "complaint"
    if BROWSES.search(said):
        return "greeting"
    if wants_other_language(said):
        return "refine" if state.shown else "greeting"
    if THANKS.search(said) and guess.exact not in services():
        return "thanks"
    if WHY_SHOWN.search(said) and (state.shown or state.focus):
        return "why_shown"
    if _WHY_SO.search(said) and (state.shown or state.focus) and not found.wish.categories:
        return "ask_product"
    if HOLDS.search(said) and (state.shown or state.focus):
        return "ask_product"
    if KNOWN_OF_ME.search(said) or known_key(said):
        return "known_of_me"
    if speaks_of_prices(said) or _NEWCOMER.search(said):
        return "ask_policy"
    if _asks_of_thing(found, state):
        return "ask_product"
    if (
        _MORE.search(said)
        and state.shown
        and not (found.wish.categories or found.wish.options or found.wish.must_haves)
    ):
        return "more"
    if found.wish.options and _ANY_OF.search(said) and state.shown and not found.wish.categories:
        return "refine"
    if found.wish.options and _IN_OPTION.search(said) and (state.focus or state.shown) and not found.wish.categories:
        return "ask_product"
    weak = guess.intent in _WEAK and guess.exact not in services()
    if SIGNS_IN.search(said) and (weak or _asks_how(said, guess)):
        return "sign_in"
    astray = weak or guess.exact_sure < _HARDLY or (guess.exact in _OF_ORDERS and not _OF_MONEY.search(said))
    if astray and not found.order_number and (gone := _gone_wrong(found, state)):
        return gone
    told = bool(state.rule) and state.rule_at == state.turns - 1  # how what a rule just told of is done
    how_to = guess.intent == "out_of_scope" and HOW_TO.search(said) and not told
    return "out_of_scope" if how_to and not found.references and not found.trait else ""


def _asks_of_thing(found: Understanding, state: State) -> bool:
    """Return whether a message asks what buyers make of what was shown, or what comes with it."""
    said = found.message.lower()
    spoken_of = bool(state.focus or state.shown) and not (found.order_number or state.errand.text)
    return spoken_of and bool(_BUYERS_SAY.search(said) or _IN_THE_BOX.search(said)) and not found.wish.categories


def _asks_how(said: str, guess: Guess) -> bool:
    """Return whether what reads like trouble with an account only asks how one signs in."""
    asks = _HOW.search(said) and not _FORGOT.search(said)
    return guess.exact in _OF_ACCOUNTS and bool(asks or guess.exact_sure < _HARDLY)


def _gone_wrong(found: Understanding, state: State) -> str:
    """Return the service that somebody needs who tells of a thing gone wrong, or of anger alone; empty for others.

    While something is open, what is told is an answer to it.
    """
    if state.errand.text or state.asked or found.ideas:
        return ""
    matter = complains_of_thing(found.message)
    if matter and (found.wish.categories or _BOUGHT.search(found.message)):
        return matter
    return "complaint" if is_angry(found.message) and not found.wish.categories else ""
