"""Goes on with a question about the shop's rules: "and to Canada?" after what delivery costs. Knows no product.

What goes on says too little to be found by itself; with the question before it, it names the paragraph that is meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, policy
from assistant.conversation.answers.same_rule import (
    ALIKE,
    GOES_ON,
    IF,
    OF_AMOUNT,
    asks_what_it_costs,
    costs_of_it,
    few_words,
    same_rule,
)
from assistant.conversation.answers.wanting import OWN
from assistant.conversation.drafting.matters import STATUS
from assistant.conversation.reading import matters
from assistant.conversation.reading.families import family
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.places import countries_named
from assistant.service.policy_search import Paragraph
from assistant.service.policy_words import asks_how_much, says_little

MOST_WORDS, MOST_CHARACTERS = 12, 14
ANOTHER = 0.95
"""So likely, a matter of its own is what a message asks about."""
_WHAT_OF = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|but|hm+)\W+)*(?:what|how) about\b|"
    r"^\W*and (?!then\b|now\b|what\b|how\b|that)(?:\w+\W*){1,3}$|"
    r"^那?[^，。]{1,6}呢[？?]?$",
    re.IGNORECASE,
)
"""Asks the same of another thing."""
_THAT_CASE = re.compile(
    r"\bin (?:that|this|such a|which) case\b|\b(?:does|would|will|is|did) (?:that|it|this) (?:matter|count|apply|"
    r"work|help|included?|"
    r"change (?:anything|that)|still (?:apply|count|hold))\b|\b(?:too|as well|then)\W*$|(?:这|那)(?:种|样)(?:情况|"
    r"的话)",
    re.IGNORECASE,
)
"""What points at what was just told."""
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
FEWEST = 3
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
    found = same_rule(asked) or costs_of_it(asked) or _other_matter(asked)
    found = found or policy.with_matter(asked, policy.paragraphs(asked, before=before)) or _holds_too(asked)
    if not found:
        return None
    return replace(policy.told(asked, found, question=f"{before} {asked.found.message}"), intent="ask_policy")


def _holds_too(asked: Asked) -> list[Paragraph]:
    """Return the paragraph just told, where it is asked of something else that no rule names: "and earrings?"."""
    message = asked.found.message
    if not _WHAT_OF.search(message) or not few_words(message) or _names(asked) or not asked.state.rule_told:
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
    if countries_named(before) or ALIKE.search(asked.found.message):
        return []
    found = policy.paragraphs(asked)[:1]
    if found and found[0].id != told:
        return found
    goes_on = policy.paragraphs(asked, before=before)[:1]
    by_name = policy.of_matter(asked) if goes_on and goes_on[0].id == told else []
    return by_name if by_name and by_name[0].id != told else []


def _goes_on(asked: Asked) -> bool:
    """Return whether a message says too little to stand alone."""
    found, message = asked.found, asked.found.message
    if found.order_number or _points(asked) or _LOOKS.search(OF_AMOUNT.sub(" ", message)):
        return False
    if same_rule(asked) or costs_of_it(asked):
        return True
    if _names_amount(asked):
        return True
    if GOES_ON.search(message) and countries_named(message) and found.intent not in _STANDS:
        return bool(asked.state.rule_told)
    if found.trait or found.wish.options:
        return False  # "is it waterproof?", "can I get it in black?" ask of a thing
    if IF.search(message):
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
    least = 1.0 if bare else matters.SURE if few_words(message) else matters.LEAST
    unsure = asked.sources.embedder is not None and found.ruled < least
    alone = ruled and not unsure
    if alone and policy.paragraphs(asked, more=policy.more_for(asked)):
        return False
    if GOES_ON.search(message):
        return True
    outside = found.intent in ("out_of_scope", "smalltalk") and found.sure >= _OUTSIDE and not _REFERS.search(message)
    return not outside and not _names(asked) and bool(_ASKS.search(message))


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
