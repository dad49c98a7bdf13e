"""Goes on with a question about the shop's rules: "and to Canada?" after what delivery costs. Knows no product.

What goes on says too little to be found by itself; with the question before it, it names the paragraph that is meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, policy
from assistant.conversation.answers.by_name import pieces
from assistant.conversation.reading.framing import STOP
from assistant.service.policy_search import Paragraph

LOOKED_AT = 5
"""Paragraphs among which the new words decide."""
MOST_WORDS, MOST_CHARACTERS = 12, 14
_IF = re.compile(
    r"^\W*(?:(?:ok|okay|hm+|so|but|and)\W+)*(?:even if|what if|if|in case)\b|^(?:那)?(?:如果|要是|万一)", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:ok|okay|hm+|so|right)\W+)*(?:and|or|but|what about|how about)\b|呢[？?]?$", re.IGNORECASE
)
_ASKS = re.compile(
    r"^\W*(?:how|what|when|where|who|why|is|are|do|does|can|could|will)\b|[?？]\s*$|吗|多久|哪|几|怎", re.IGNORECASE
)
_LOOKS = re.compile(
    r"\b(?:show|find|looking|recommend|add|buy|cart|order)\b|推荐|找|买|看看|有没有|购物车|订单", re.IGNORECASE
)
_TAKEN_FOR = frozenset(
    {"find", "refine", "ask_product", "smalltalk", "out_of_scope", "help", "stock_alert", "cart_remove", "place_order"}
    | {"ask_policy", "delivery_time", "delivery_options", "damaged_item", "warranty"}
)
"""What a few words without their question are easily taken for."""
_STANDS = frozenset(
    {"human", "complaint", "contact", "greeting", "thanks", "goodbye", "cart_add", "checkout", "compare"}
)
"""What stands alone whatever it begins with."""


def following(asked: Asked) -> Answer | None:
    """Return the paragraph that answers what goes on with the question before, `None` where a message stands alone."""
    before = asked.state.rule if asked.state.rule_at == asked.state.turns - 1 else ""
    if not before or not _goes_on(asked):
        return None
    policies, language = asked.sources.policies, asked.language
    message = asked.found.message
    found = policies.find(f"{before} {message}", language, LOOKED_AT)
    if not found:
        return None
    said = pieces(message) - STOP
    best = max(found, key=lambda paragraph: len(said & _pieces(paragraph)))
    return replace(policy.told(asked, [best], question=f"{before} {message}"), intent="ask_policy")


def _goes_on(asked: Asked) -> bool:
    """Return whether a message says too little to stand alone."""
    found, message = asked.found, asked.found.message
    if found.order_number or _LOOKS.search(message):
        return False
    if _IF.search(message):
        return found.intent not in _STANDS
    if found.intent not in _TAKEN_FOR:
        return False
    if found.intent in ("ask_policy", "delivery_time", "delivery_options", "damaged_item", "warranty") and (
        asked.sources.policies.find(message, asked.language, 1)
    ):
        return False
    short = len(message.split()) <= MOST_WORDS and (message.isascii() or len(message) <= MOST_CHARACTERS)
    names = found.wish.categories or found.wish.brands or found.wish.price_max_minor is not None
    return short and not names and bool(_GOES_ON.search(message) or _ASKS.search(message))


def _pieces(paragraph: Paragraph) -> frozenset[str]:
    return pieces(f"{paragraph.heading} . {paragraph.text}")
