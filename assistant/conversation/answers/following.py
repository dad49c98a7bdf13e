"""Goes on with a question about the shop's rules: "and to Canada?" after what delivery costs. Knows no product.

What goes on says too little to be found by itself; with the question before it, it names the paragraph that is meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, policy
from assistant.conversation.answers.spoken_of import just_refused
from assistant.conversation.answers.wanting import OWN
from assistant.conversation.drafting.matters import STATUS
from assistant.conversation.reading import matters
from assistant.conversation.reading.families import family
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.places import countries_named
from assistant.service.policy_search import Paragraph
from assistant.service.policy_words import asks_how_much, says_little, speaks_of_cost, speaks_of_refunds, speaks_of_time

MOST_WORDS, MOST_CHARACTERS = 12, 14
ANOTHER = 0.95
"""So likely, a matter of its own is what a message asks about."""
_IF = re.compile(
    r"^\W*(?:(?:ok|okay|hm+|so|but|and)\W+)*(?:even if|what if|if|in case)\b|^(?:那)?(?:如果|要是|万一)", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:ok|okay|hm+|so|right)\W+)*(?:and|or|but|what about|how about)\b|^那|呢[？?]?$", re.IGNORECASE
)
_WHAT_OF = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|but|hm+)\W+)*(?:what|how) about\b|"
    r"^\W*and (?!then\b|now\b|what\b|how\b|that)(?:\w+\W*){1,3}$|"
    r"^那?[^，。]{1,6}呢[？?]?$",
    re.IGNORECASE,
)
"""Asks the same of another thing."""
_SAME_CASE = re.compile(
    r"\b(?:does|would|will|is) (?:that|it|this) (?:matter|change (?:anything|that)|make a difference|still (?:apply|"
    r"count|hold))\b|"
    r"(?:有|会有)(?:影响|区别|关系)吗",
    re.IGNORECASE,
)
"""Asks whether what was just told holds all the same."""
_THAT_CASE = re.compile(
    r"\bin (?:that|this|such a|which) case\b|\b(?:does|would|will|is|did) (?:that|it|this) (?:matter|count|apply|"
    r"work|help|included?|"
    r"change (?:anything|that)|still (?:apply|count|hold))\b|\b(?:too|as well|then)\W*$|(?:这|那)(?:种|样)(?:情况|"
    r"的话)",
    re.IGNORECASE,
)
"""What points at what was just told."""
_PAYS = re.compile(
    r"\bwho(?:'s)? pay|^\W*(?:and |ok |so |for )?how much(?: is (?:it|that)| (?:does|would|will) (?:it|that) "
    r"cost)?\W*$|^\W*(?:and |ok |so )*what(?:'?s| is| are| would be) the (?:extra |additional |added |"
    r"total )?(?:costs?|charges?|fees?|"
    r"price|surcharge)\W*$|\b(?:what|how much)(?:'?s| is| would| will| does) (?:it|that|this)(?: be| cost|"
    r" come to| set me back)?\b(?= (?:on|for|with)\b|\W*$)|\b(?:do|must|would|will) (?:i|we) (?:have to )?pay\b|"
    r"\b(?:and|what about|how about) .*(?:postage|shipping|delivery|fees?|costs?)\b|"
    r"运费|邮费|谁(?:出|付|承担)|要钱|收费",
    re.IGNORECASE,
)
_OF_AMOUNT = re.compile(
    r"\b(?:on|for|with) (?:an? |my )?(?:order of )?(?:about |around )?[$€£]?\d+(?:\.\d+)?(?:[$€£]|"
    r"[- ]?(?:dollars?|bucks|usd))?"
    r"(?:'s)?(?: worth)?(?: (?:order|purchase|basket|cart))?\W*$|(?:买|订单|满|消费)?\d+(?:美元|美金|块钱?|元|"
    r"刀)的?(?:订单|单子|东西|货)",
    re.IGNORECASE,
)
"""Of which amount something is asked: "on a 30 dollar order"."""
_ALIKE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|so|hm+)\W+)*(?:(?:is|does) (?:it|that|this) )?(?:the )?same\b(?: (?:thing|story|"
    r"rule|deal))? "
    r"(?:goes |true |apply )?(?:with|for|if|when|in|to|on|applies to)\b|\b(?:the same|likewise|too|as well)\W*$|"
    r"(?:也是|也一样|一样|也这样|也是这样|同样)(?:的)?[吗么嘛吧]?[？?]?$",
    re.IGNORECASE,
)
"""Asks whether what was told holds for another as well: "same with PayPal?", 支付宝也一样吗."""
_FRAMES = re.compile(
    r"\b(?:what|how) about\b|\b(?:ok(?:ay)?|and|or|but|so|is|it|does|do|that|the|same|thing|with|for|if|when|to|"
    r"too|as well|goes|"
    r"i|use|pay|by|via|using|my|an?|then|also)\b|那么?|要是|如果|换成|[呢吗么嘛吧？?，, ]|用|也是这样|也是|"
    r"也一样|一样|同样|的",
    re.IGNORECASE,
)
"""What stands around that other."""
_WHO_PAYS = re.compile(
    r"\bwho(?:'s| is| will)? (?:pay|cover)|\b(?:do|must|would|will|should) (?:i|we) (?:have to )?(?:pay|cover)\b|"
    r"\b(?:paid|covered) by (?:me|you)\b|谁(?:来)?(?:出|付|承担|掏|负责)|(?:我|你们?|自己)(?:来)?(?:出|付|承担|掏)",
    re.IGNORECASE,
)
_WE_PAY = re.compile(r"\bwe (?:pay|cover|bear)\b|\bat our (?:cost|expense)\b|由?我们(?:承担|负担|支付)", re.IGNORECASE)
"""Who pays for what is sent, and a paragraph that says the shop does."""
_COST = {"en": "what does it cost", "zh": "费用"}
_BACK_TO = re.compile(
    r"^\W*(?:(?:and|so|ok)\W+)*(?:where|(?:(?:to|on|onto|in) )?(?:which|what) (?:card|account|method)|"
    r"(?:is|does|will) (?:it|that|the money))\b.*"
    r"\b(?:go|paid|card|account|method)\b|^那?(?:钱)?退(?:回|到|回到)哪|原路",
    re.IGNORECASE,
)
"""Where money goes back to."""
_AMOUNT = re.compile(
    r"\b(?:spend|order|buy|pay|costs?|worth|over|under|more than|up to)\b.*\d{2}|(?:满|买|花).{0,4}\d{2}"
)
"""What may be spent."""
_CASE = re.compile(
    r"^(?=.*\b(?:though|tho|already|ago|by mistake|myself|only|just)\b)\W*(?:(?:but|well|hm+|oh|and|ok(?:ay)?)\W+)*"
    r"(?:i(?:'ve|'m| have| had| am| was)?|it(?:'s| is| was| has)?|mine(?:'s| is| was)?|they(?:'re| are| were)?|we|"
    r"she|he)\b|^\W*(?:(?:and|but|so)\W+)*(?:i(?:'ve| have)? )?(?:saw|seen|found|spotted) (?:it|them|this|that|"
    r"one)\b|"
    r"^\W*(?:but|although)\b.*\b(?:i|it|mine|they|we)\b|^(?:不过|可是|但是?).{0,6}我|^我.{0,12}(?:已经|之前|"
    r"前).{0,8}了",
    re.IGNORECASE,
)
"""What tells how it is in one's own case: "I bought mine three weeks ago though"."""
_DEADLINE = re.compile(r"\bhow long\b|\bhow many days\b|\bdeadline\b|期限|多久|几天|多少天", re.IGNORECASE)
FEWEST = 3
FEW = 8
"""Words (characters) of a question that says no more than that."""
_ASKS = re.compile(
    r"^\W*(?:how|what|when|where|who|which|why|is|are|do|does|can|could|will|would|to|for|from|until|by|also)\b|"
    r"[?？]\s*$|吗|么|多久|哪|几|怎|谁|不$",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"\b(?:show|find|looking|recommend|add|buy|cart|order|got any|any)\b|推荐|找|买|看看|有没有|购物车|订单",
    re.IGNORECASE,
)
_WEAK = frozenset(
    {"find", "refine", "more", "ask_product", "compare", "smalltalk", "out_of_scope", "help", "told", "suit_me"}
    | {"stock_alert", "cart_remove", "cart_change", "place_order", "create_account", "refund_status", "order_arrival"}
    | {"checkout", "cancellation_fee", "cart_show"}
)
"""What a few words without their question are easily taken for."""
_OUTSIDE = 0.85
"""So sure of what is beyond a shop, only a word that goes on makes it a question about a rule."""
_REFERS = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|but)\W+)*(?:how|where|when|who|what|can|could|do|does|should|must)\b"
    r"(?: [\w']+){1,4}? (?:it|that|this|them)\b\W*$",
    re.IGNORECASE,
)
"""What asks on about what was just told: "how do I prove it?"."""
_COMES_TO = re.compile(
    r"\b(?:basket|cart|order|total|purchase|spend(?:ing)?|it)\b.*?\b(?:is|be|comes? to|of|for|worth|over|at)\b.*?"
    r"(?:[$€£]\s?\d|\d+\s*(?:dollars?|bucks|usd|euros?|pounds?))|"
    r"(?:满|买|订单|购物车|总共|一共).{0,4}\d+\s*(?:美元|美金|块|元|刀)",
    re.IGNORECASE,
)
"""What an order comes to."""
_MONEY = re.compile(r"\b(?:dollars?|bucks|usd|euros?|pounds?|yuan|rmb)\b|美元|美金|[块元刀]", re.IGNORECASE)
_STANDS = frozenset(
    {"human", "complaint", "contact", "greeting", "thanks", "goodbye", "cart_add", "checkout", "compare", "cart_show"}
)
"""What stands alone whatever it begins with."""


def following(asked: Asked) -> Answer | None:
    """Return the paragraph that answers what goes on with the question before, `None` where a message stands alone."""
    before = policy.just_asked(asked.state)
    if not before or _wanted_of_another(asked) or not _goes_on(asked):
        return None
    if asked.found.ruled >= matters.SURER and not policy.of_matter(asked):
        return None  # the rules say nothing of what is surely asked now
    found = _same(asked) or _costs_of_it(asked) or _other_matter(asked)
    found = found or policy.with_matter(asked, policy.paragraphs(asked, before=before)) or _holds_too(asked)
    if not found:
        return None
    return replace(policy.told(asked, found, question=f"{before} {asked.found.message}"), intent="ask_policy")


def _holds_too(asked: Asked) -> list[Paragraph]:
    """Return the paragraph just told, where it is asked of something else that no rule names: "and earrings?"."""
    message = asked.found.message
    if not _WHAT_OF.search(message) or not _few(message) or _names(asked) or not asked.state.rule_told:
        return []
    told = asked.sources.policies.now(asked.state.rule_told, asked.language)
    return [told] if told else []


def _wanted_of_another(asked: Asked) -> bool:
    """Return whether what was just refused of one order is wanted of another (`taken_up`), which no rule answers."""
    held = asked.state.errand.text
    return bool(held) and held == asked.state.refused.text and asked.state.refused_at == asked.state.turns - 1


def _other_matter(asked: Asked) -> list[Paragraph]:
    """Return what the rules say of another matter than the one told of, which is surely asked for."""
    if not asked.found.matter or asked.found.ruled < ANOTHER:
        return []
    told, before = asked.state.rule_told, policy.just_asked(asked.state)
    if countries_named(before) or _ALIKE.search(asked.found.message):
        return []
    found = policy.paragraphs(asked)[:1]
    if found and found[0].id != told:
        return found
    goes_on = policy.paragraphs(asked, before=before)[:1]
    by_name = policy.of_matter(asked) if goes_on and goes_on[0].id == told else []
    return by_name if by_name and by_name[0].id != told else []


def _same(asked: Asked) -> list[Paragraph]:
    """Return the paragraph just told, where only what it says is asked: how long one had, where the money goes."""
    message = asked.found.message
    told = asked.sources.policies.now(asked.state.rule_told, asked.language) if asked.state.rule_told else None
    if told is None or not _few(message):
        return []
    refused = bool(_DEADLINE.search(message)) and just_refused(asked.state)
    back = bool(_BACK_TO.search(message)) and speaks_of_refunds(told.text, told.language)
    amount = bool(_AMOUNT.search(message) and _IF.search(message)) and speaks_of_cost(told.text, told.language)
    matters_not = bool(_SAME_CASE.search(message)) or speaks_of(told, message)
    pays = bool(_WHO_PAYS.search(message) and _WE_PAY.search(told.text))
    in_time = refused and speaks_of_time(told.text, told.language)
    return [told] if back or amount or pays or matters_not or in_time else []


def speaks_of(told: Paragraph, message: str) -> bool:
    """Return whether the paragraph just told says how it is in the other case asked after: "same with PayPal?"."""
    if not (_ALIKE.search(message) or _GOES_ON.search(message)):
        return False
    left, text = _FRAMES.sub(" ", message.lower()), told.text.lower()
    words = re.findall(r"[^\W_]+", left)
    return bool(words) and all(re.search(rf"\b{one}" if one.isascii() else one, text) for one in words)


def _costs_of_it(asked: Asked) -> list[Paragraph]:
    """Return what the text just told says of who pays, where the paragraph told does not say so itself."""
    language, policies = asked.language, asked.sources.policies
    told = policies.now(asked.state.rule_told, language) if asked.state.rule_told else None
    if told is None or not asks_what_it_costs(asked.found.message) or speaks_of_cost(told.text, told.language):
        return []
    found = policies.find(f"{told.title} {_COST[language]}", language, 1)
    return found if found and found[0].policy == told.policy else []


def _goes_on(asked: Asked) -> bool:
    """Return whether a message says too little to stand alone."""
    found, message = asked.found, asked.found.message
    if found.order_number or _points(asked) or _LOOKS.search(_OF_AMOUNT.sub(" ", message)):
        return False
    if _same(asked) or _costs_of_it(asked):
        return True
    if _names_amount(asked):
        return True
    if _GOES_ON.search(message) and countries_named(message) and found.intent not in _STANDS:
        return bool(asked.state.rule_told)
    if found.trait or found.wish.options:
        return False  # "is it waterproof?", "can I get it in black?" ask of a thing
    if _IF.search(message):
        return found.intent not in _STANDS
    if not asked.state.rule_told:
        return False
    guest = asked.principal.customer_id is None
    ruled = family(found.intent) == "ask_policy" or (guest and found.intent in STATUS and not OWN.search(message))
    if guest and _CASE.search(message) and _short(message) and found.intent not in _STANDS and not _names(asked):
        return True
    if found.intent in STATUS and OWN.search(message):
        return False
    on = found.intent == "complaint" and bool(_REFERS.search(message))
    if not (ruled or on or found.intent in _WEAK) or not _short(message) or found.wish.price_max_minor is not None:
        return False
    if (
        _THAT_CASE.search(message)
        or asks_what_it_costs(message)
        or says_little(message, asked.language, before=asked.state.rule)
    ):
        return True
    bare = len(message.split()) <= FEWEST and (message.isascii() or len(message) <= FEWEST + 1)
    least = 1.0 if bare else matters.SURE if _few(message) else matters.LEAST
    unsure = asked.sources.embedder is not None and found.ruled < least
    alone = ruled and not unsure
    if alone and policy.paragraphs(asked, more=policy.more_for(asked)):
        return False
    if _GOES_ON.search(message):
        return True
    outside = found.intent in ("out_of_scope", "smalltalk") and found.sure >= _OUTSIDE and not _REFERS.search(message)
    return not outside and not _names(asked) and bool(_ASKS.search(message))


def asks_what_it_costs(message: str) -> bool:
    """Return whether it is asked in few words who pays, or how much: of what was just spoken of."""
    return bool(_PAYS.search(message)) and (_few(message) or bool(_OF_AMOUNT.search(message)))


def _few(message: str) -> bool:
    return len(message.split()) <= FEW and (message.isascii() or len(message) <= FEW + 2)


def _names_amount(asked: Asked) -> bool:
    """Return whether only what an order comes to is added to a question of what something costs: "and for $160?"."""
    found, before = asked.found, asked.state.rule
    wish = found.wish
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    bought = bool(_COMES_TO.search(found.message))
    named = wish.categories or wish.brands or content(_MONEY.sub(" ", found.unpointed))
    return bool(asked.state.rule_told) and (bought or (priced and not named)) and asks_how_much(before, asked.language)


def _points(asked: Asked) -> bool:
    """Return whether a product that was shown is pointed at."""
    shown = bool(asked.state.shown or asked.state.focus)
    return shown and any(one.which != "focus" for one in asked.found.references)


def _short(message: str) -> bool:
    return len(message.split()) <= MOST_WORDS and (message.isascii() or len(message) <= MOST_CHARACTERS)


def _names(asked: Asked) -> bool:
    return bool(asked.found.wish.categories or asked.found.wish.brands)
