"""Whether a message wants something done or looked up for its writer, or asks how the shop's rules are.

"How long do refunds take?" asks for a rule, "where is my refund?" for the refund. Knows no order.
"""

from __future__ import annotations

import re

from assistant.conversation.answers import Asked
from assistant.conversation.answers.invoicing import INVOICES
from assistant.conversation.drafting.matters import STATUS, action_of
from assistant.conversation.drafting.ordered import order_numbers, whole
from assistant.conversation.drafting.told_apart import places, tells_apart
from assistant.conversation.intention.asking_of import questions
from assistant.conversation.reading import matters
from assistant.conversation.reading.addresses import written_address, written_street

EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
OWN = re.compile(r"\b(?:my|mine)\b|我的|我买|我要|帮我", re.IGNORECASE)
"""What speaks of something of the writer's own."""
_OWN_ORDER = re.compile(
    r"\b(?:my|our)(?: (?!data|details|card|account|credit)[\w'-]+){0,3}? (?:orders?|parcels?|packages?|"
    r"deliver(?:y|ies)|shipments?|purchases?|refunds?|money|returns?|exchanges?|stuff|invoices?)\b"
    r"(?! (?:data|details|history))|"
    r"\b(?:cancel|track) (?:it|them|this|that)\b|"
    r"我的?(?:那个|上一?个|这个)?(?:订单|包裹|快递|退款|换货|退货|货|钱)|帮我|给我(?:退|换|取消|改|查)",
    re.IGNORECASE,
)
"""What speaks of an order of the writer's own, which nobody can look up who does not know who writes."""
_HABIT = re.compile(
    r"\b(?:how|when|where|what|which|why)\b(?: \w+){0,3}? (?:do|does|would|will|can|could|are) (?:you|u|ya)\b|"
    r"\bhow (?:is|are|would|will) (?:it|this|that|these|those|they|such \w+|the \w+)(?: \w+)?(?: be)? "
    r"(?:deliver|ship|sen[dt]|post|pack)\w*|你们(?:一般|通常|都)?(?:什么时候|啥时候|怎么|如何|多久|几天)",
    re.IGNORECASE,
)
"""What asks how a shop does things."""
_ORDERS = re.compile(
    r"\b(?:can|could|will|would) (?:you|u)\b(?! (?:tell|explain|say|clarify|confirm|return|get|have)\b)", re.I
)
"""What asks to have something done, though it reads like a question."""
_TELL = re.compile(
    r"\b(?:tell me|know|explain|wonder(?:ing)?|understand|clarify) (?:how|when|what|whether|if|until)\b|\bif i\b", re.I
)
NO_ACCOUNT = re.compile(
    r"\b(?:no|not|without|don'?t|do not|haven'?t|never)\b[^.?!]{0,25}\b(?:account|log ?in|sign(?:ed)? (?:in|up)|"
    r"registered?|logging in|signing in)\b|"
    r"\bas a guest\b|\bguest (?:check-?out|order)\b|没有?(?:注册|账号|账户|会员)|(?:不|没|未|不用|不想)登[录陆]|游客",
    re.IGNORECASE,
)
"""What says that somebody has no account here."""
NO_NUMBER = re.compile(
    r"\b(?:lost|forgot(?:ten)?|deleted|misplaced|(?:can'?t|cannot|couldn'?t|can not) (?:find|remember)|"
    r"don'?t (?:have|know|remember)|do not have|haven'?t (?:got|kept)|no longer have|without|threw away|"
    r"not sure (?:of|about))\b[^.?!]{0,40}"
    r"\b(?:(?:order|reference|confirmation)(?: \w+)? ?(?:numbers?|no\b|e-?mails?)|numbers?(?= any ?more|\W*$))|"
    r"(?:订单号|单号|编号)[^，。]{0,8}(?:找不到|忘|丢|没了|不见|不记得|不知道)|"
    r"(?:忘|丢|找不到|不记得|没有|不知道)了?[^，。]{0,4}(?:订单号|单号)",
    re.IGNORECASE,
)
"""Says that the number of an order is not at hand."""
_NAMING = frozenset({"find", "refine", "empty", "told", "more", "ask_product"})
LOOKS = re.compile(
    r"\b(?:show|find|looking|search|recommend|do you (?:have|sell)|is there|are there)\b|有没有|有卖|推荐|找|搜|看看",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:polic(?:y|ies)|rules?|how long|how many days|in general|usual(?:ly)?|normal(?:ly)?|generally|"
    r"do you (?:offer|allow|accept|take)|what (?:is|are|if)|what's|is it possible|am i allowed|"
    r"can (?:i|you) (?:get|have|deliver) (?:it|this|them|that)(?: delivered)?(?: here)? (?:by|before|on|within|in)\b|"
    r"(?:when|after|once) (?:it|they|i get it|i have it)(?:'s| is| has| have)?"
    r"(?: (?:arrives?|comes?|gets? here|delivered))?)\b|"
    r"政策|规定|规则|多久|(?<![前这])几天|多少天|一般|通常|支持|如果|(?:收到|到货|到了|签收|发货)(?:货|了)?(?:以后|之后|后)",
    re.IGNORECASE,
)
"""A question about the rule itself; who speaks of an order of theirs wants it done."""
_AFTERWARDS = re.compile(
    r"\bafter (?:ordering|returning|buying|paying|placing (?:an|the) order|i (?:order|return|buy|pay)\b)|"
    r"(?:下单|付款|退货|寄回|购买)(?:了)?(?:以后|之后|后)(?:还|我)?(?:能|可以|多久|几天|多少天|怎么)",
    re.IGNORECASE,
)
"""How it is once something has been done, whoever does it: "can I change my address after ordering?"."""
_WONDERS = re.compile(
    r"(?:^|[,;.!?]\s*)\W*(?:(?:and|so|but|ok|okay|hi|hello|hm+)\W+)*(?:is|are|does|do|can i|could i|may i|who|when|"
    r"why|how|where|what|which)\b|\b(?:until|by|since) when\b|\bis that free\b|"
    r"[不呢][？?]?$|怎么|如何|哪[里儿]|到哪|什么|多少|吗|收费|要钱|免费|谁",
    re.IGNORECASE,
)
"""A question that a rule answers as well, asked by somebody who has not said who they are."""
_GENERAL = re.compile(
    r"\bhow (?:long|many days|soon|fast|quickly) (?:do|does|will|would|until|is|are)\b|\busual(?:ly)?\b|"
    r"\bnormal(?:ly)?\b|\bhow do refunds\b|"
    r"\bwhere (?:will|would|does|do) (?:the |a |any )?(?:refund|money)s?\b[^?]{0,20}\bgo\b|"
    r"(?:以后|之后|后|一般|通常|大概).{0,6}(?:多久|几天)|"
    r"退(?:款|货|回)?(?:到|回)哪(?!一步|[里儿]?了)",
    re.IGNORECASE,
)
"""What is asked of refunds and parcels in general."""
WOULD_COME = re.compile(
    r"(?:能|会|可以)(?:不能)?(?:到|送到|收到|送来)|(?:多久|几天|什么时候|几号|哪天)(?:能|会|可以|才)*(?:到|送|收到|发)|"
    r"\b(?:when|how (?:soon|fast|long|quick\w*))\b.*\b(?:arrive|come|get|be|reach|take|deliver\w*)\b|"
    r"\b(?:will|would|can|could) (?:it|they|this|that|i)\b.*"
    r"\b(?:arrive|come|get|be (?:here|delivered)|have)\b(?! with).*"
    r"\b(?:by|before|today|tomorrow|tonight|in time|until|within|this week|next week|\w+day|christmas)\b|"
    r"\b(?:will|would) (?:it|they|this|that) (?:arrive|be (?:here|delivered))\b",
    re.IGNORECASE,
)
"""Asks how soon something comes that is still to be ordered."""
BY_THEN = re.compile(
    r"\b(?:by|before|until|in time for) (?:\w+ )?(?:\w+day|tomorrow|tonight|christmas|the weekend|then|next week)\b|"
    r"(?:前|之前|以前|内|当天|赶)(?:能|会|可以|得)|赶(?:得|不)?(?:上|及)|来得及|[明后]天(?:能|会|可以|就)",
    re.IGNORECASE,
)
ORDERED = re.compile(
    r"\b(?:ordered|bought|placed|shipped|sent|yet|still|already|my|mine|it)\b|"
    r"(?:下|订|买|付|拍|寄|发)(?:了|过|好|的(?!话))|下单(?!的话)|下的单|订单|快递|包裹|还没|我的|物流|单号|货到",
    re.IGNORECASE,
)
"""Until when something shall be there, and what speaks of something that was ordered."""
MOST_CHOOSING = 8
"""Words of a message that only names another option."""
TOLD_OUTRIGHT = frozenset({"order_fact", "order_lost", "order_single", "order_state", "order_others"})
_IF = re.compile(
    r"\b(?:if|once|after|suppose|in case|(?:when|before) (?:it|i|they|you|something))\b|"
    r"如果|要是|万一|假如|(?:以后|之后|之前)",
    re.IGNORECASE,
)
"""What only may come to be."""
_SURE = 0.8
"""A wish that is this sure beats the errand that is open."""


def is_service(asked: Asked) -> bool:
    """Return whether a message wants something done or looked up, or goes on with an errand that does."""
    found = asked.found
    if found.intent in TOLD_OUTRIGHT:
        return True
    if asks_of_matter(asked):
        return False
    if found.intent in STATUS:
        return not asks_in_general(asked)
    if found.intent in INVOICES or action_of(found.intent, found.message):
        numbers = order_numbers(found.message)
        if _AFTERWARDS.search(found.message) and not numbers and not asked.state.errand.text:
            return False
        wonders = asked.principal.customer_id is None and not asked.state.errand.text
        mine = (_OWN_ORDER if wonders else OWN).search(found.message) or numbers
        asks_rule = _RULE.search(found.message) or (wonders and (_asks(found.message) or _IF.search(found.message)))
        return bool(mine) or not asks_rule
    if not asked.state.errand.text:
        return False
    if EMAIL.search(found.message) or order_numbers(found.message):
        return True
    if answers_what_was_asked(asked):
        return True
    if asked.state.errand.lacks == "identity" and (NO_ACCOUNT.search(found.message) or NO_NUMBER.search(found.message)):
        return True
    # Naming a thing or an address reads like a wish for one; looking for another begins with a word that says so.
    names = found.intent in _NAMING and not LOOKS.search(found.message)
    return asked.state.errand.lacks != "identity" and (names or found.sure < _SURE)


def asks_of_matter(asked: Asked) -> bool:
    """Return whether a message surely asks how the rules are: who is known, of what may come to be."""
    found = asked.found
    if found.ruled < matters.SURE or order_numbers(found.message) or asked.state.errand.text:
        return False
    guest, may_be = asked.principal.customer_id is None, bool(_IF.search(found.message))
    return (guest and (may_be or _asks(found.message))) or (may_be and _asks(found.message))


def answers_what_was_asked(asked: Asked) -> bool:
    """Return whether a message says which of the things listed are meant, or gives the address that was asked for."""
    lacks, message = asked.state.errand.lacks, asked.found.message
    if lacks == "order":
        return tells_apart(message) or whole(message)
    if lacks == "variant_ids":
        return bool(places(message) or whole(message))
    if lacks == "new_variant_ids":
        few = len(message.split()) <= MOST_CHOOSING and not LOOKS.search(message)
        return few and bool(asked.found.wish.options or asked.found.references)
    return lacks == "address" and bool(written_address(message) or written_street(message))


def asks_in_general(asked: Asked) -> bool:
    """Return whether a message that reads like a look at an order asks how it is in general."""
    message = asked.found.message
    if _AFTERWARDS.search(message) and not asked.found.order_number:
        return True
    if asked.principal.customer_id is not None:
        return bool(_GENERAL.search(message)) and not (OWN.search(message) or asked.found.order_number)
    if _soon(asked):
        return True
    general = _RULE.search(message) or _HABIT.search(message)
    return bool(general) and not (_OWN_ORDER.search(message) or asked.found.order_number)


def _soon(asked: Asked) -> bool:
    """Return whether a guest asks how soon something that is still to be ordered would be there."""
    state, message = asked.state, asked.found.message
    if state.order or state.errand.text or asked.found.order_number:
        return False
    spoken = bool(state.shown or state.focus or state.cart_at >= 0)
    spoken = spoken or bool(BY_THEN.search(message) and not ORDERED.search(message))
    return spoken and bool(WOULD_COME.search(message)) and not _OWN_ORDER.search(message)


def _asks(message: str) -> bool:
    """Return whether a message asks how something is rather than to have it done."""
    return bool(_WONDERS.search(message) or _TELL.search(message)) or (
        questions(message) and not _ORDERS.search(message)
    )
